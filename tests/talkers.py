"""People on the page for tests: with no browser, over ASGI, who send the forms that they were shown."""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape

import httpx
from starlette.types import ASGIApp

from bot.channels.web.channel import WebChannel
from bot.cli.web import app_of
from bot.compiled import Compiled
from bot.conversations import Conversations
from bot.store import Store

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@dataclass
class Page:
    """The page with its clock, and people at it."""

    store: Store
    compiled: Compiled
    now: datetime = MONDAY
    seen: list[httpx.Response] = field(default_factory=list)  # every answer that anybody got

    def __post_init__(self) -> None:
        self.conversations = Conversations(self.store, self.compiled, lambda: self.now)
        self.channel = WebChannel(self.conversations)
        self.app = app_of(self.conversations, self.channel)

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Page"]:
        working = asyncio.create_task(self.channel.run())
        try:
            yield self
        finally:
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)

    def talker(self, **more: object) -> "Talker":
        return Talker(self.app, self.seen, **more)  # type: ignore[arg-type]

    def people(self) -> int:
        """How many conversations there are."""
        from sqlalchemy import func, select

        from bot.store.tables import conversations

        with self.store.reading() as db:
            return int(db.execute(select(func.count()).select_from(conversations)).scalar_one())


class Talker:
    """Somebody with a browser. `root` is `/frame` for who reads the page in a page of another site."""

    def __init__(self, app: ASGIApp, seen: list[httpx.Response], root: str = "", address: str = "203.0.113.5") -> None:
        self.root, self.text, self.response, self.seen = root, "", httpx.Response(200), seen
        transport = httpx.ASGITransport(app, client=(address, 1234), raise_app_exceptions=False)
        self.client = httpx.AsyncClient(transport=transport, base_url="http://page.example")

    @property
    def home(self) -> str:
        return self.root or "/"

    async def get(self, path: str | None = None, status: int = 200) -> str:
        return await self._seen(await self.client.get(path or self.home, headers={"Accept-Language": "nl"}), status)

    async def send(self, form: str, fields: Mapping[str, str], path: str | None = None, status: int = 200) -> str:
        """Send a form of the page as it is, and follow where that leads."""
        data = {**self.hidden(form), **fields}
        response = await self.client.post(path or self.home, data=data)
        self.seen.append(response)
        if response.status_code == 303:
            response = await self.client.get(response.headers["location"].partition("#")[0])
        return await self._seen(response, status)

    async def say(self, text: str, status: int = 200) -> str:
        return await self.send("type", {"text": text}, status=status)

    async def say_by_script(self, text: str) -> str:
        """As our script sends it: the last line that it has goes along. Gives what comes back."""
        has = re.findall(r'data-line="([^"]+)"', self.text)[-1]
        data = {**self.hidden("press"), "text": text}
        return await self._seen(await self.client.post(self.home, data=data, headers={"X-Talk": has}), 200)

    async def press(self, label: str, status: int = 200) -> str:
        return await self.send("press", {"press": self.button(label)}, status=status)

    def hidden(self, form: str) -> dict[str, str]:
        """What a form has in it that nobody sees."""
        part = self.text.partition(f'id="{form}"')[2].partition("</form>")[0]
        return {name: unescape(value) for name, value in HIDDEN.findall(part)}

    def button(self, label: str) -> str:
        found = re.findall(r'name="press" value="([^"]*)">([^<]*)<', self.text)
        return next(unescape(data) for data, shown in found if unescape(shown) == label)

    def words(self) -> str:
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.text)).split())

    async def _seen(self, response: httpx.Response, status: int) -> str:
        self.seen.append(response)
        self.response, self.text = response, response.text
        assert response.status_code == status, (response.status_code, self.words()[:400])
        return self.text
