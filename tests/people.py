"""People for tests: one driver, the one that conversation files and programs use, with the bot as it ships."""

import json
from copy import copy
from datetime import UTC, datetime

from libraries import real_library

from bot.authoring.rehearsal import Rehearsal
from bot.compiled import Compiled
from bot.engine import State, Turn
from bot.engine.events import Started

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)


def newcomer(
    compiled: Compiled | None = None, *, on: datetime = MONDAY, language: str = "nl", state: State | None = None
) -> Rehearsal:
    """Somebody who said nothing yet."""
    return Rehearsal(compiled or real_library(), on, language, watch=_survives_the_store, state=state)


def begun(*said: str, compiled: Compiled | None = None, on: datetime = MONDAY, language: str = "nl") -> Rehearsal:
    """Somebody who began, and then said this. Who begins like another goes on from where that one was."""
    compiled = compiled or real_library()
    key = id(compiled), said, on, language
    if key not in BEGUN:
        if said:
            person = begun(*said[:-1], compiled=compiled, on=on, language=language)
            person.say(said[-1])
        else:
            person = newcomer(compiled, on=on, language=language)
            person.take(Started(None, language))
        BEGUN[key] = person
    return copy(BEGUN[key])


BEGUN: dict[tuple[int, tuple[str, ...], datetime, str], Rehearsal] = {}
"""The engine is a function: the same words come to the same. Who is in here holds their content, so that no other gets
its number."""


def in_flow(compiled: Compiled, flow: str) -> Rehearsal:
    """Somebody who followed a link into a flow."""
    person = newcomer(compiled, state=State(language="nl", flow=flow))
    person.take(Started(flow, "nl"))
    return person


def _survives_the_store(_: State, turn: Turn, __: datetime) -> None:
    assert State.from_json(json.loads(json.dumps(turn.state.to_json()))) == turn.state
