"""The `!` lines of a conversation test: a lead, a consent and other effects, with the fields that a test may name."""

from bot.content.conditions import Value
from bot.engine.effects import (
    Effect,
    FileLead,
    Forget,
    HandOver,
    NoteUnansweredQuestion,
    RecordConsent,
    Send,
    ShowMyData,
    WithdrawConsent,
)


def kind_of(effect: Effect) -> str:
    match effect:
        case FileLead():
            return "lead"
        case HandOver():
            return "handover"
        case RecordConsent():
            return "consent"
        case WithdrawConsent():
            return "withdrawn"
        case NoteUnansweredQuestion():
            return "unanswered"
        case ShowMyData():
            return "mydata"
        case Forget():
            return "forget"
        case Send():
            return "message"


def told(effect: Effect) -> dict[str, str]:
    """What a test may ask of an effect; the one thing that it is about has no name."""
    match effect:
        case FileLead(draft):
            own = {"flow": draft.flow, "complete": _word(draft.complete), "reached": draft.reached or "nothing"}
            facts = {name: _word(value) for name, value in draft.facts.items()}
            return {**own, **facts, **draft.contact, "": draft.flow}
        case RecordConsent(purpose) | WithdrawConsent(purpose):
            return {"": purpose}
        case HandOver(reason):
            return {"": reason}
        case NoteUnansweredQuestion() | ShowMyData() | Forget() | Send():
            return {}


def _word(value: Value) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case frozenset():
            return ",".join(sorted(value))
        case int() | float():
            return f"{value:g}"
        case str():
            return value
