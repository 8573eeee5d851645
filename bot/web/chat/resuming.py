"""Going on later, or in another place: with a code on paper, or a link that works once."""

import secrets
from dataclasses import replace

import segno
from markupsafe import Markup
from starlette.responses import Response

from bot.channels.delivery.batching import blocking
from bot.channels.web.channel import Sent
from bot.engine.events import Started
from bot.store.conversations import Conversation
from bot.store.talks import LINK_LASTS, Access
from bot.web.chat.limits import Limits
from bot.web.chat.resume_code import new_code, read_code
from bot.web.chat.talk import Talk
from bot.web.chat.visit import KEY_BYTES, Visit

PREFIX = "resume-"  # of the links to Telegram: what follows is the token


class Resuming:
    def __init__(self, talk: Talk, limits: Limits) -> None:
        self.talk, self.limits = talk, limits

    # ------------------------------------------------------------ giving
    async def give(self, visit: Visit) -> Response:
        """A code and links. Each time they are new ones: we keep none that could be shown again."""
        self.limits.check_turn(visit)
        shown = await blocking(lambda: visit.channel.look(visit.key))
        if shown is None or shown.person is None:
            return self.talk.ended(visit, "away")
        person, code = shown.person, new_code()
        here, there = secrets.token_urlsafe(24), secrets.token_urlsafe(24)

        def keep() -> None:
            at = visit.channel.time()
            with visit.channel.store.transaction():
                visit.channel.store.talks.grant(person.id, Access.CODE, code, at)
                visit.channel.store.talks.grant(person.id, Access.LINK, here, at)
                visit.channel.store.talks.grant(person.id, Access.LINK, there, at)

        await blocking(keep)
        settings = visit.site.settings
        root = settings.web_url or str(visit.request.base_url).rstrip("/")
        bot = settings.telegram_bot_name
        telegram = f"https://t.me/{bot}?start={PREFIX}{there}" if bot else None
        return visit.page(
            "code",
            person.state.language,
            code=code,
            address=f"{root}/resume",
            qr=_qr(f"{root}/resume/{here}"),
            telegram=telegram,
            telegram_qr=_qr(telegram) if telegram else None,
            minutes=int(LINK_LASTS.total_seconds() // 60),
        )

    # ------------------------------------------------------------ taking
    async def ask(self, visit: Visit) -> Response:
        return self._form(visit)

    async def take_code(self, visit: Visit) -> Response:
        """The words that somebody typed. Ten tries in a quarter of an hour from one address: see `Limits`."""
        self.limits.check_try(visit)
        code = read_code(visit.form["code"])
        person = await self._whose(visit, code, Access.CODE) if code else None
        return await self._enter(visit, person) if person else self._form(visit, error="unknown_code")

    async def look(self, visit: Visit) -> Response:
        """A link that was followed: nothing happens until they press, so that no preview uses it up."""
        return self._form(visit, link=visit.request.path_params["token"])

    async def take_link(self, visit: Visit) -> Response:
        self.limits.check_try(visit)
        person = await self._whose(visit, visit.request.path_params["token"], Access.LINK)
        return await self._enter(visit, person) if person else self._form(visit, error="unknown_link")

    def _form(self, visit: Visit, error: str = "", link: str = "") -> Response:
        language = visit.site.language_for(visit.request.headers.get("accept-language"))
        return visit.page("resume", language, error=error, link=link, typed=visit.form["code"])

    async def _whose(self, visit: Visit, token: str, kind: Access) -> Conversation | None:
        return await blocking(lambda: visit.channel.store.talks.redeem(token, kind, visit.channel.time()))

    async def _enter(self, visit: Visit, person: Conversation) -> Response:
        """This browser has the talk open from now on, under a key of its own."""
        key = secrets.token_urlsafe(KEY_BYTES)
        entered = replace(visit, key=key)
        there = await blocking(lambda: visit.channel.come_back(person, key))
        shown = await visit.channel.take(there, Sent(Started(), entered.update_id("resume")))
        return self.talk.page(entered, shown) if visit.framed else entered.go()


def _qr(text: str) -> Markup:
    """A picture for a camera, within the page: dark on light also where the page is dark."""
    code = segno.make(text, error="m", micro=False)
    return Markup(code.svg_inline(scale=4, border=4, dark="#000", light="#fff", omitsize=True, svgclass="overstap-qr"))  # noqa: S704  # of our own token
