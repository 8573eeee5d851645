"""A lead: somebody who asked for help, as advisers see them, with what they may ask for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal


class Status(StrEnum):
    NEW = "nieuw"
    CLAIMED = "opgepakt"
    TRIED = "contact_gezocht"
    TALKING = "in_gesprek"
    DONE = "afgerond"
    LAPSED = "vervallen"

    @property
    def closed(self) -> bool:
        return self in (Status.DONE, Status.LAPSED)


class CloseReason(StrEnum):
    ENROLLED = "aangemeld_voor_opleiding"
    FUNDED = "regeling_aangevraagd"
    REFERRED = "doorverwezen"
    UNREACHED = "geen_gehoor"
    ON_THEIR_OWN = "zelf_verder"
    DUPLICATE = "dubbel"
    WITHDRAWN = "ingetrokken"
    ERASED = "gewist"
    EXPIRED = "termijn_voorbij"


# What is written down of a lead. Whoever reads it in words has a word for each: tests hold us to it.
EventKind = Literal[
    "filed",
    "changed",
    "contact changed",
    "duplicate",
    "handed over",
    "withdrawn",
    "claimed",
    "released",
    "attempt",
    "noted",
    "snoozed",
    "closed",
    "reopened",
    "erased",
]


# Why somebody needs a person, as advisers read it: "asked" is a command of ours, the other a step of the intake.
REASONS = {"asked": "vroeg om een mens", "not_called": "is nog niet gebeld"}


def how_to_reach(contact: Mapping[str, str]) -> str:
    """The next action with somebody who left only an e-mail address is no call."""
    return "mailen" if contact.get("email") and not contact.get("phone") else "bellen"


def anew(at: datetime) -> dict[str, Any]:
    """What a lead has that is nobody's and waits, as when it came in; the next action is for who puts it back."""
    nothing = dict.fromkeys(("assignee_id", "claimed_at", "close_reason", "closed_at"))
    return {**nothing, "status": Status.NEW, "waiting_since": at}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """A row of `leads`, with the name of who has it, and whether the person still hears the bot."""

    id: int
    reference: str
    conversation_id: int | None
    kind: str
    status: Status
    close_reason: str | None
    assignee_id: int | None
    assignee: str | None
    claimed_at: datetime | None
    language: str
    channel: str
    source: str | None
    sector: str | None
    place: str | None
    complete: bool
    progress: str | None
    contact: Mapping[str, str]
    answers: Mapping[str, Mapping[str, Any]]
    advice: Mapping[str, Any] | None
    versions: Mapping[str, Any]
    duplicate_of_id: int | None
    attempts: int
    waiting_since: datetime
    first_contact_at: datetime | None
    last_contact_at: datetime | None
    closed_at: datetime | None
    next_action: str | None
    next_action_on: date | None
    created_at: datetime
    updated_at: datetime
    erased_at: datetime | None
    change: int
    blocked: bool  # the person has blocked the bot

    @property
    def name(self) -> str:
        return self.contact.get("name", "")

    @property
    def only_by(self) -> str | None:
        """How somebody can still be reached who has blocked the bot; None for who has not."""
        ways = [word for kind, word in (("phone", "telefoon"), ("email", "e-mail")) if self.contact.get(kind)]
        return f"alleen {' of '.join(ways)}" if self.blocked and ways else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which leads. An empty filter means all that are not erased; the fields narrow it down together."""

    status: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    assignee: str | None = None
    source: str | None = None
    unassigned: bool = False
    open: bool = False
    overdue_on: date | None = None
    since: date | None = None
    changed_after: int | None = None
    erased: bool = False  # erased ones as well: who has an older export must hear of it

    def to_json(self) -> dict[str, Any]:
        """Only what narrows, for the audit."""
        said = {each.name: getattr(self, each.name) for each in fields(self)}
        return {
            name: value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
            for name, value in said.items()
            if value not in (None, False, ())
        }


@dataclass(frozen=True, slots=True)
class LeadEvent:
    at: datetime
    actor: str
    kind: EventKind
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    at: datetime
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class Consent:
    purpose: str
    language: str
    given_at: datetime
    withdrawn_at: datetime | None
    text_sha256: str
    text: str


@dataclass(frozen=True, slots=True)
class Details:
    """What belongs to a lead and stands in other tables, the oldest first."""

    events: list[LeadEvent] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
