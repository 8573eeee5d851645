"""The talk itself: the page with all of it, and what a form brings."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.channels.delivery.batching import TryLater, blocking
from bot.channels.web import LONGEST_SAID
from bot.channels.web.channel import Sent, Shown
from bot.engine.buttons import CommandButton
from bot.engine.effects import Keyboard
from bot.engine.events import Pressed, Said, Started
from bot.environment import CODE
from bot.store.conversations import Conversation
from bot.store.talks import IDLE, Line, in_turn
from bot.web.chat.limits import Limits
from bot.web.chat.opening import Openings
from bot.web.chat.visit import Visit
from bot.web.public.rendering import linked, to_html
from bot.web.public.site import language_name

BY_SCRIPT = "x-talk"  # the header of our script: the last line that it has; it wants the next at once, and no redirect
LONGEST_NUMBER = 18  # digits: a database has no larger ones
NEWEST = "#newest"
LONGEST_DATA = 256
# What can be pressed beside the talk at any time, by the name of its sentence.
ALWAYS = {
    name: CommandButton(command).data
    for name, command in {
        "want_a_person": "human",
        "review": "review",
        "plan": "plan",
        "privacy": "privacy",
        "mydata": "mydata",
        "forget": "forget",
    }.items()
}


class Talk:
    """Answers for `/`: shows the talk, and takes what is said."""

    def __init__(self, limits: Limits) -> None:
        self.limits, self.openings = limits, Openings()

    # ------------------------------------------------------------ GET
    async def show(self, visit: Visit) -> Response:
        shown = await blocking(lambda: visit.channel.look(visit.key))
        return self.page(visit, shown) if shown else await self.opening(visit, self._started(visit))

    # ------------------------------------------------------------ POST
    async def act(self, visit: Visit) -> Response:
        """Take what was typed or pressed. What comes too fast, or cannot be taken now, changes nothing."""
        self.limits.check_turn(visit)
        person = await blocking(lambda: visit.channel.find(visit.key))
        sent = self._sent(visit, person)
        if sent is None:
            return await self._unchanged(visit)
        after = self._has(visit) if person else 0
        try:
            if person is None:
                if "begins" not in visit.form or await blocking(lambda: visit.channel.was_taken(sent.update_id)):
                    return self.ended(visit, "away", typed=visit.form["text"])
                self.limits.check_beginning(visit)
                person = await visit.channel.begin(visit.key, self._started(visit))
            shown = await visit.channel.take(person, sent, after if self._in_one(visit) else None)
        except (TryLater, SQLAlchemyError, OSError):
            raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE) from None
        if shown.person is None:
            return self.erased(visit, shown, person.state.language)
        if not self._in_one(visit):
            return visit.go(anchor=NEWEST)
        if not after:
            return self.page(visit, shown)
        # In another language all that stands around the talk is another; what was sent twice adds nothing to it.
        is_new = any(line.is_theirs for line in shown.lines)
        if not is_new or shown.person.state.language != person.state.language:
            return await self._unchanged(visit)
        return self.fragment(visit, shown)

    async def _unchanged(self, visit: Visit) -> Response:
        """The talk as it is."""
        if not self._in_one(visit):
            return visit.go(anchor=NEWEST)
        return await self.show(visit)

    def _in_one(self, visit: Visit) -> bool:
        """A frame has no cookie by which a second request would know it, and our script wants no second one."""
        return visit.framed or BY_SCRIPT in visit.request.headers

    def _has(self, visit: Visit) -> int:
        """The last line that a page has which a script only adds to; 0: it needs all of it."""
        has = visit.request.headers.get(BY_SCRIPT, "")
        return int(has) if has.isascii() and has.isdecimal() and len(has) <= LONGEST_NUMBER else 0

    def _sent(self, visit: Visit, person: Conversation | None) -> Sent | None:
        form = visit.form
        text = form["text"][:LONGEST_SAID]
        if data := form["press"]:
            return Sent(Pressed(data[:LONGEST_DATA]), visit.update_id("press", data), self._label(visit, person, data))
        if "change" in form and (language := form["language"]) in visit.site.languages:
            return Sent(Said(f"/language {language}"), visit.update_id("language", language), language_name(language))
        return Sent(Said(text), visit.update_id("text", text)) if text else None

    def _label(self, visit: Visit, person: Conversation | None, data: str) -> str | None:
        """What stands on a button beside the talk."""
        language = person.state.language if person else self._started(visit).language or ""
        name = next((name for name, each in ALWAYS.items() if each == data), None)
        return visit.site.sentences(language).say("talk", name) if name else None

    def _started(self, visit: Visit) -> Started:
        """By which link, and in which language they came; a form of the opening says it again."""
        asked = visit.form if visit.request.method == "POST" else None
        start = asked["start"] if asked else visit.request.query_params.get("start", "")
        language = asked["language"] if asked else visit.request.query_params.get("language", "")
        if language not in visit.site.languages:
            language = visit.site.language_for(visit.request.headers.get("accept-language"))
        return Started(start if CODE.fullmatch(start) else None, language)

    # ------------------------------------------------------------ pages
    async def opening(self, visit: Visit, started: Started) -> Response:
        bot = visit.site.bot
        lines = self.openings.lines(bot.compiled, started, bot.time(), await blocking(bot.full))
        values: dict[str, Any] = {"started": started, "earlier": (), "lines": self._lines(visit, lines), "focus": False}
        return visit.page("talk", started.language or "nl", **values, **self._below(visit, lines))

    def page(self, visit: Visit, shown: Shown) -> Response:
        assert shown.person
        earlier, now = in_turn(shown.lines)
        # What the bot said before their last words stays in sight: it is what they answered.
        between, _ = in_turn(earlier[:-1]) if earlier else ((), ())
        old, near = (earlier[: len(between)], earlier[len(between) :]) if len(earlier) > 4 else ((), earlier)
        values: dict[str, Any] = {
            "started": None,
            "earlier": self._lines(visit, old),
            "lines": self._lines(visit, [*near, *now]),
            **_focus(now),
        }
        return visit.page("talk", shown.person.state.language, **values, **self._below(visit, now))

    def fragment(self, visit: Visit, shown: Shown) -> Response:
        """What is new, for a script that adds it to the page: all else on it stays as it is."""
        assert shown.person
        _, now = in_turn(shown.lines)
        values = {"started": None, "lines": self._lines(visit, shown.lines), **_focus(now)}
        return visit.page("talk.new", shown.person.state.language, **values, **self._below(visit, now))

    def _below(self, visit: Visit, now: Sequence[Line]) -> dict[str, Any]:
        """What can be pressed and typed now."""
        region = visit.site.bot.compiled.content.country.phone.region
        messages = [line.message for line in now if line.message]
        buttons = [one.buttons for one in messages if one.keyboard is Keyboard.INLINE and one.buttons]  # by message
        example = next((one.placeholder for one in reversed(messages) if one.placeholder), None)
        return {
            "buttons": buttons,
            "example": example,
            "idle_seconds": int(IDLE.total_seconds()),
            "longest": LONGEST_SAID,
            "always": ALWAYS,
            "linked": lambda text: linked(text, (), region),
        }

    def _lines(self, visit: Visit, lines: Sequence[Line]) -> list[dict[str, object]]:
        numbers = visit.site.help_lines.numbers
        region = visit.site.bot.compiled.content.country.phone.region
        return [
            {
                "id": line.id,
                "theirs": line.is_theirs,
                "said": line.said,
                "title": line.message.title if line.message else None,
                "html": to_html(line.message.text, numbers, region) if line.message else None,
                "document": line.message.document if line.message else None,
            }
            for line in lines
        ]

    def ended(self, visit: Visit, why: str, typed: str = "", language: str | None = None) -> Response:
        """Nothing of a talk is on the screen any more, and the browser has no key."""
        spoken = language or visit.site.language_for(visit.request.headers.get("accept-language"))
        return visit.forget_key(visit.page("ended", spoken, why=why, typed=typed, words=[]))

    def erased(self, visit: Visit, after: Shown, language: str) -> Response:
        lines = [Line(0, visit.site.bot.time(), message=each) for each in after.last_words if each.text]
        words = self._lines(visit, lines)
        return visit.forget_key(visit.page("ended", language, why="erased", typed="", words=words))


def _focus(now: Sequence[Line]) -> dict[str, Any]:
    """On the first thing that the bot says now."""
    return {"focus": True, "newest": next((line.id for line in now if not line.is_theirs), None)}
