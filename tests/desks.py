"""The desk for tests: with no browser, over ASGI, as somebody who signed in the way they do."""

import asyncio
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import httpx
import pyotp
from argon2 import PasswordHasher
from starlette.applications import Starlette

from bot.compiled import Compiled
from bot.staff import signing_in
from bot.staff.labels import Labels
from bot.staff.signing_in import SigningIn
from bot.store import Store
from bot.store.team import Member, Role
from bot.web.desk.app import desk
from bot.web.desk.guard import SESSION_COOKIE

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
PASSWORD = "een zin die niemand raadt"

# To hash a password takes long on purpose, and nearly every test of the desk does it. One test is of the real strength.
REAL_HASHER, signing_in.HASHER = signing_in.HASHER, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass
class Bureau:
    """A desk with its own clock, and browsers at it."""

    store: Store
    labels: Labels = field(default_factory=Labels)
    now: datetime = MONDAY
    compiled: Compiled | None = None  # for the screens that show knowledge
    trouble: str | None = None

    def __post_init__(self) -> None:
        self.app = Starlette(routes=desk(self.store, lambda: self.now, lambda: self.labels, self))

    def browser(self) -> "Browser":
        return Browser(self.app)

    def member(self, name: str = "Sanne", role: Role = Role.ADVISER) -> Member:
        return self.store.team.add(name, role)

    def secret_of(self, member: Member) -> str:
        """Of their codes, after they accepted their invitation."""
        account = self.store.accounts.of(member.id)
        assert account and account.secret
        return account.secret

    def code(self, member: Member) -> str:
        """One that was not used: time goes on for it."""
        self.now += timedelta(seconds=30)
        return pyotp.TOTP(self.secret_of(member)).at(self.now)

    def inside(self, name: str, role: Role) -> "Browser":
        """A browser of a new member, however they came in: signing in is proven elsewhere, and costs two pages."""
        token, browser = secrets.token_urlsafe(), self.browser()
        self.store.sessions.start(self.member(name, role).id, token, self.now)
        browser.cookies.set(SESSION_COOKIE, token, domain="desk.example", path="/")
        return browser

    def signed_in(self, name: str = "Sanne", role: Role = Role.ADVISER) -> "Browser":
        """A browser of a new member, who followed an invitation."""
        member = self.member(name, role)
        token = SigningIn(self.store).invite(member, "operator", self.now)
        browser = self.browser()
        page = browser.get(f"/desk/invitation/{token}")
        secret = "".join(re.findall(r"<code[^>]*>([^<]+)</code>", page)[0].split())
        fields = {"password": PASSWORD, "again": PASSWORD, "code": pyotp.TOTP(secret).at(self.now)}
        browser.post(f"/desk/invitation/{token}", fields, 303)
        return browser


class Browser:
    """Follows no redirect by itself; sends the token of the last page with each form."""

    def __init__(self, app: Starlette) -> None:
        self.app, self.csrf, self.location = app, "", ""
        self.cookies = httpx.Cookies()

    def get(self, path: str, status: int = 200) -> str:
        return self._seen(self.ask("GET", path), status)

    def post(self, path: str, fields: Mapping[str, object] | None = None, status: int = 303) -> str:
        """Send a form; `fields` may hold lists."""
        return self._seen(self.ask("POST", path, data={"csrf": self.csrf, **(fields or {})}), status)

    def follow(self) -> str:
        return self.get(self.location)

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        async def answer() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(
                transport=transport, base_url="https://desk.example", cookies=self.cookies
            ) as client:
                response = await client.request(method, path, **more)
                self.cookies = client.cookies
                return response

        return asyncio.run(answer())

    def _seen(self, response: httpx.Response, expected: int) -> str:
        text = response.text
        assert response.status_code == expected, (response.status_code, words(text)[:600])
        self.location = response.headers.get("location", "")
        if found := re.search(r'name="csrf" value="([0-9a-f]+)"', text):
            self.csrf = found[1]
        return text


def words(text: str) -> str:
    """What a page says, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())
