"""What advisers call what is stored as a code: in lists, in files, on Telegram, and when they type it.

One table, and the only one: the database and the code know the codes alone.
"""

from enum import StrEnum
from typing import Any, TypeVar

from bot.store.lead_model import AttemptOutcome, CloseReason, EventKind, LeadEvent, NextStep, Status

Kind = TypeVar("Kind", bound=StrEnum)

# As one word, as they are typed and as files for programs have them: those words never change.
WORDS: dict[str, str] = {
    Status.NEW: "nieuw",
    Status.CLAIMED: "opgepakt",
    Status.TRIED: "contact_gezocht",
    Status.TALKING: "in_gesprek",
    Status.DONE: "afgerond",
    Status.LAPSED: "vervallen",
    CloseReason.ENROLLED: "aangemeld_voor_opleiding",
    CloseReason.FUNDED: "regeling_aangevraagd",
    CloseReason.REFERRED: "doorverwezen",
    CloseReason.UNREACHED: "geen_gehoor",
    CloseReason.ON_THEIR_OWN: "zelf_verder",
    CloseReason.DUPLICATE: "dubbel",
    CloseReason.WITHDRAWN: "ingetrokken",
    CloseReason.ERASED: "gewist",
    CloseReason.EXPIRED: "termijn_voorbij",
    NextStep.CALL: "bellen",
    NextStep.MAIL: "mailen",
    NextStep.CLOSE: "afsluiten?",
    AttemptOutcome.NO_ANSWER: "geen_gehoor",
    AttemptOutcome.VOICEMAIL: "voicemail",
    AttemptOutcome.SPOKEN: "gesproken",
    # of `bot.store.team.Role`
    "reader": "lezer",
    "adviser": "adviseur",
    "coordinator": "coordinator",
    "admin": "beheerder",
}

# Why somebody needs a person: "asked" is a command of ours, the other a step of the intake.
REASONS = {"asked": "vroeg om een mens", "not_called": "is nog niet gebeld"}


def word(code: str | None) -> str:
    """The word for a code; what is none, such as a next step in an adviser's own words, is said as it is."""
    return WORDS.get(code, code) if code else ""


def words(code: str | None) -> str:
    """The same, to be read in a sentence."""
    return WORDS[code].replace("_", " ") if code in WORDS else code or ""


def to_code(kind: type[Kind], typed: str) -> Kind:
    """The code of a word that somebody typed; raises ValueError."""
    for each in kind:
        if WORDS[each] == typed.casefold():
            return each
    raise ValueError(typed)


CODED: frozenset[EventKind] = frozenset({"attempt", "closed", "erased"})


def detail_of(event: LeadEvent) -> dict[str, Any]:
    """The detail of an event, with words for the codes of ours; the reason of another event is a flow's own."""
    if event.kind not in CODED:
        return dict(event.detail)
    return {name: word(value) if isinstance(value, str) else value for name, value in event.detail.items()}


def all_words(kind: type[StrEnum]) -> tuple[str, ...]:
    return tuple(WORDS[each] for each in kind)
