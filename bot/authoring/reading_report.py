"""What is read in a message, for people who want to know why: its parts, what speaks for each, and the acts."""

from dataclasses import fields
from datetime import datetime
from typing import Any

from bot.answers import Understood
from bot.compiled import Compiled
from bot.engine.handlers.text import clean
from bot.engine.reading import context_of
from bot.engine.state import Mode, State
from bot.engine.turn import TurnContext
from bot.understanding import Act, understand


def report(compiled: Compiled, text: str, asked: str | None, on: datetime) -> dict[str, Any]:
    """What is read in `text`, said to the question `asked`; without one, to the first question of the intake."""
    turn = TurnContext(compiled, State(compiled.content.country.languages[0], mode=Mode.RUNNING, editing=asked), on)
    text = clean(text)
    read = compiled.languages.of(text, turn.state.language)
    foreign = read.code if read.certainty and read.code not in compiled.content.country.languages else None
    context = context_of(turn)
    understood = understand(text, context, foreign)
    return {
        "language": read.code,
        "parts": [
            {
                "kind": part.kind.value,
                "words": part.words,
                "certainty": round(part.certainty, 2),
                "second": part.second.value,
                "because": ", ".join(compiled.parts.why(part, context.moment)),
            }
            for part in compiled.parts.of(text, context.moment)
        ],
        "acts": [as_json(act) for act in understood.acts],
        "unread": list(understood.unread),
    }


def as_json(act: Act) -> dict[str, Any]:
    """An act with what it says, in plain values."""
    said: dict[str, Any] = {"act": type(act).__name__}
    for one in fields(act):
        value = getattr(act, one.name)
        match value:
            case Understood():
                plain = sorted(value.value) if isinstance(value.value, frozenset) else value.value
                said |= {"value": plain, "certainty": value.certainty}
            case tuple():
                said[one.name] = [getattr(each, "raw", each) for each in value]
            case _:
                said["fact" if one.name == "question" else one.name] = value
    return said
