"""What the page shows before a talk began: what the bot opens with, worked out and kept nowhere."""

from collections.abc import Sequence
from datetime import datetime

from bot.compiled import Compiled
from bot.engine import advance
from bot.engine.effects import Message, Send
from bot.engine.events import Started
from bot.engine.state import State
from bot.store.talks import Line

MOST = 64  # openings at hand: languages and links


class Openings:
    """By content, language, link, day and what is full; the same for everybody."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], Sequence[Line]] = {}

    def lines(self, compiled: Compiled, started: Started, at: datetime, full: frozenset[str]) -> Sequence[Line]:
        asked = compiled.content.version, started, compiled.content.country.calendar.day(at), full
        if asked not in self._known:
            if len(self._known) >= MOST:
                self._known.clear()
            messages = _messages(compiled, started, at, full)
            self._known[asked] = tuple(Line(-n, at, message=each) for n, each in enumerate(messages, start=1))
        return self._known[asked]


def _messages(compiled: Compiled, started: Started, at: datetime, full: frozenset[str]) -> list[Message]:
    state = State.new(compiled.content.language_for(started.language))
    turn = advance(compiled, state, started, on=at, full=full)
    return [effect.message for effect in turn.effects if isinstance(effect, Send)]
