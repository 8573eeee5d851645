"""A request at the talk: from a browser with a key of its own, in a cookie, or in the form where a frame has none."""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.channels.web.channel import WebChannel
from bot.web.forms import Form
from bot.web.headers import policy
from bot.web.public.site import Site

FRAME = "/frame"  # before every address of the talk in a frame of another site
CSRF, KEY, NONCE = "csrf", "key", "turn"  # fields of every form
OURS = frozenset({"same-origin", "none"})  # where a form may come from, as the browser says it
KEY_BYTES = 32
LONGEST_KEY = 64


@dataclass(frozen=True)
class Visit:
    site: Site
    channel: WebChannel
    request: Request
    form: Form
    framed: bool
    key: str = field(repr=False)  # of this browser; new when it had none

    @cached_property
    def csrf(self) -> str:
        """What only a page for this browser can know."""
        return self.channel.store.keys.blind("web csrf", self.key)[:32]

    def path(self, path: str = "/") -> str:
        return f"{FRAME}{'' if path == '/' else path}" if self.framed else path

    def update_id(self, *content: str) -> str:
        """The name by which what a form brings counts once: the same again is the same, another text is another."""
        parts = [self.key, self.form[NONCE], *content]
        return self.channel.store.keys.blind("web update", "\0".join(parts))

    # ------------------------------------------------------------ answers
    def page(self, template: str, language: str, status: int = HTTPStatus.OK, **values: object) -> Response:
        proof = {KEY: self.key} if self.framed else {CSRF: self.csrf}
        known = {"hidden": {**proof, NONCE: secrets.token_urlsafe(12)}, "path": self.path, "here": "talk"}
        response = self.site.page(template, language, status, self.framed, **{**known, **values})
        return self._with_key(self._for_whom(response))

    def go(self, path: str = "/", anchor: str = "") -> Response:
        """On with a GET, so that a reload sends nothing."""
        return self._with_key(RedirectResponse(self.path(path) + anchor, HTTPStatus.SEE_OTHER))

    def forget_key(self, response: Response) -> Response:
        """The browser has a key no longer."""
        if not self.framed:
            response.headers.append("Set-Cookie", f"{cookie_name(self.site)}=; Max-Age=0; {self._attributes}")
        return response

    def _with_key(self, response: Response) -> Response:
        if not self.framed and self.request.cookies.get(cookie_name(self.site)) != self.key:
            response.headers.append("Set-Cookie", f"{cookie_name(self.site)}={self.key}; {self._attributes}")
        return response

    @property
    def _attributes(self) -> str:
        return "Path=/; HttpOnly; SameSite=Lax" + ("; Secure" if self.site.is_secure else "")

    def _for_whom(self, response: Response) -> Response:
        """Robots keep away from talks; other sites show the framed one alone, when they are named."""
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        origins = " ".join(self.site.settings.web_frame_origins)
        if self.framed and origins:
            response.headers["Content-Security-Policy"] = policy(origins, connect="'self'")
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            response.headers["Cross-Origin-Opener-Policy"] = "unsafe-none"
        return response


def cookie_name(site: Site) -> str:
    """`__Host-`: of this host alone, over TLS alone, and no other site can set it."""
    return "__Host-talk" if site.is_secure else "talk"


def visit(site: Site, channel: WebChannel, request: Request, form: Form, framed: bool) -> Visit:
    """The visit of a request. Raises HTTPException for a form that no page of ours made for this browser."""
    found = form[KEY] if framed else request.cookies.get(cookie_name(site), "")
    has_key = KEY_BYTES <= len(found) <= LONGEST_KEY
    made = Visit(site, channel, request, form, framed, found if has_key else secrets.token_urlsafe(KEY_BYTES))
    if request.method != "POST":
        return made
    # A key in the form is the proof itself: it stands in no page but ours.
    is_ours = has_key and (framed or hmac.compare_digest(form[CSRF].encode(), made.csrf.encode()))
    if not is_ours or request.headers.get("sec-fetch-site", "same-origin") not in OURS:
        raise HTTPException(HTTPStatus.FORBIDDEN)
    return made


Act = Callable[[Visit], Response]
