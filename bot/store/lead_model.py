"""A lead: somebody who asked for help, as advisers see them, with what they may ask for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, Literal, NamedTuple, Self, TypedDict

from bot.content.staff_sentences import StaffSentence


# Codes; what advisers call them stands in `bot.content.staff_words`.
class Status(StrEnum):
    NEW = "new"
    CLAIMED = "claimed"
    TRIED = "tried"
    TALKING = "talking"
    DONE = "done"
    LAPSED = "lapsed"

    @property
    def closed(self) -> bool:
        return self in (Status.DONE, Status.LAPSED)


class CloseReason(StrEnum):
    ENROLLED = "enrolled"
    FUNDED = "funded"
    REFERRED = "referred"
    UNREACHED = "unreached"
    ON_THEIR_OWN = "on_their_own"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"
    EXPIRED = "expired"


class AttemptOutcome(StrEnum):
    """How an attempt to reach someone ended."""

    NO_ANSWER = "no_answer"
    VOICEMAIL = "voicemail"
    SPOKEN = "spoken"
    MAILED = "mailed"
    WRONG_NUMBER = "wrong_number"


class LeadOutcome(StrEnum):
    """What came of it for the person, whatever the reason to close was; it may be known much later."""

    SIGNED_UP = "signed_up"  # for a course
    STARTED = "started"  # with it
    NEW_JOB = "new_job"  # without a course
    STAYS = "stays"  # in the work that they have
    STOPPED = "stopped"


class Stage(StrEnum):
    """How far somebody came who stopped."""

    NO_CONTACT = "no_contact"
    CHOOSING = "choosing"
    PAYING = "paying"
    ADMISSION = "admission"
    LEARNING = "learning"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a lead: in which programme and with which scheme (ids of the knowledge), or where they stopped."""

    kind: LeadOutcome
    programme: str | None = None
    scheme: str | None = None
    stage: Stage | None = None


class NextStep(StrEnum):
    """A next step of ours; all others are in an adviser's own words."""

    CALL = "call"
    MAIL = "mail"
    CLOSE = "close"  # tried often enough: perhaps


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
    "assigned",
    "undone",
    "note struck",
    "contact corrected",
    "outcome",
    "escalated",
    "proposed",
    "placed",
    "no match",
]


def how_to_reach(contact: Mapping[str, str]) -> NextStep:
    """The next action with somebody who left only an e-mail address is no call."""
    return NextStep.MAIL if contact.get("email") and not contact.get("phone") else NextStep.CALL


AnswerValue = str | int | float | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeadAnswer:
    """What somebody answered, or said without being asked."""

    value: AnswerValue | None  # None: nothing was made of the words, or they do not know
    words: str | None  # their own; the code of a choice that was pressed
    column: str  # what an export calls it

    def to_json(self) -> dict[str, Any]:
        return {"value": self.value, "words": self.words, "column": self.column}

    @classmethod
    def from_json(cls, json: Mapping[str, Any]) -> Self:
        value = json["value"]
        return cls(tuple(value) if isinstance(value, list) else value, json["words"], json["column"])


@dataclass(frozen=True, slots=True)
class ShownOffer:
    """A programme or a route that somebody was shown."""

    id: str
    name: str
    verdict: str
    reasons: tuple[str, ...]  # as sentences
    money: tuple[str, ...]  # the ways to pay in its plan, by id


@dataclass(frozen=True, slots=True)
class ShownMoney:
    """A way to pay that may go with it."""

    id: str
    status: str


@dataclass(frozen=True, slots=True)
class LeadAdvice:
    """What somebody was shown, best first. `json` is all of it, as `overstap match` writes it, for files."""

    offers: tuple[ShownOffer, ...]
    money: tuple[ShownMoney, ...]
    json: Mapping[str, Any] = field(repr=False)

    @classmethod
    def from_json(cls, json: Mapping[str, Any]) -> Self:
        money = tuple(ShownMoney(each["id"], each["status"]) for each in json.get("subsidies", ()))
        return cls(tuple(map(_offer, json.get("programmes", ()))), money, json)


def _offer(json: Mapping[str, Any]) -> ShownOffer:
    plan = json.get("plan") or {}
    return ShownOffer(
        id=json["id"],
        name=json.get("name", json["id"]),
        verdict=json["verdict"],
        reasons=tuple(reason["text"] for reason in json.get("reasons", ())),
        money=tuple(step["id"] for step in plan.get("money", ())),
    )


class LeadChanges(TypedDict, total=False):
    """What can be set in a lead; what is not named stays."""

    conversation_id: int | None
    status: Status
    close_reason: CloseReason | None
    assignee_id: int | None
    claimed_at: datetime | None
    language: str
    source: str | None
    source_index: str | None
    sector: str | None
    place: str | None
    complete: bool
    without_place: bool
    progress: str | None
    contact: Mapping[str, str] | None
    phone: str | None
    email: str | None
    answers: Mapping[str, LeadAnswer] | None
    advice: LeadAdvice | None
    versions: Mapping[str, str]
    duplicate_of_id: int | None
    attempts: int
    waiting_since: datetime
    first_contact_at: datetime | None
    last_contact_at: datetime | None
    closed_at: datetime | None
    next_action: str | None
    next_action_on: date | None
    next_action_time: time | None
    asked_at: datetime | None
    asked_reason: str | None
    outcome: LeadOutcome | None
    outcome_detail: Mapping[str, str] | None
    erased_at: datetime | None


def planned(step: str | None = None, on: date | None = None, hour: time | None = None) -> LeadChanges:
    """The next step, with its day, and its hour by the clock of the country; none of it stays of the one before."""
    return {"next_action": step, "next_action_on": on, "next_action_time": hour}


def anew(at: datetime) -> LeadChanges:
    """What a lead has that is nobody's and waits, as when it came in; the next action is for who puts it back."""
    return {
        "assignee_id": None,
        "claimed_at": None,
        "close_reason": None,
        "closed_at": None,
        "status": Status.NEW,
        "waiting_since": at,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """A row of `leads`, with the name of who has it, and whether the person still hears the bot."""

    id: int
    reference: str
    conversation_id: int | None
    kind: str
    status: Status
    close_reason: CloseReason | None
    assignee_id: int | None
    assignee: str | None
    claimed_at: datetime | None
    language: str
    channel: str
    source: str | None
    sector: str | None
    place: str | None
    complete: bool
    without_place: bool  # all places of its flow were taken when it came
    progress: str | None
    contact: Mapping[str, str]
    answers: Mapping[str, LeadAnswer]
    advice: LeadAdvice | None
    versions: Mapping[str, str]
    duplicate_of_id: int | None
    attempts: int
    waiting_since: datetime
    first_contact_at: datetime | None
    last_contact_at: datetime | None
    closed_at: datetime | None
    next_action: str | None  # a `NextStep`, or an adviser's own words
    next_action_on: date | None
    next_action_time: time | None
    asked_at: datetime | None  # they asked for a person, and nobody spoke with them since
    asked_reason: str | None  # "asked", "not_called", or a flow's own
    outcome: LeadOutcome | None
    outcome_detail: Mapping[str, str] | None
    created_at: datetime
    updated_at: datetime
    erased_at: datetime | None
    change: int
    blocked: bool  # the person has blocked the bot

    @property
    def name(self) -> str:
        return self.contact.get("name", "")

    @property
    def only_by(self) -> StaffSentence | None:
        return only_by(self.blocked, self.contact)


def only_by(blocked: bool, contact: Mapping[str, str]) -> StaffSentence | None:
    """How somebody can still be reached who has blocked the bot; None for who has not."""
    match blocked, bool(contact.get("phone")), bool(contact.get("email")):
        case True, True, True:
            return StaffSentence.ONLY_BY_BOTH
        case True, True, False:
            return StaffSentence.ONLY_BY_PHONE
        case True, False, True:
            return StaffSentence.ONLY_BY_EMAIL
        case _:
            return None


class LeadLine(NamedTuple):
    """What a list shows of a lead: answers and advice, which are nearly all of it, are not looked at."""

    reference: str
    kind: str
    status: str
    sector: str | None
    place: str | None
    assignee: str | None
    complete: bool
    without_place: bool
    blocked: bool
    next_action_on: date | None
    next_action_time: time | None
    asked_at: datetime | None
    outcome: str | None
    created_at: datetime
    contact: Mapping[str, str]
    next_action: str | None
    source: str | None  # None: there is none, or nobody asked for it

    @property
    def name(self) -> str:
        return self.contact.get("name", "")

    @property
    def only_by(self) -> StaffSentence | None:
        return only_by(self.blocked, self.contact)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which leads. An empty filter means all that are not erased; the fields narrow it down together."""

    status: tuple[Status, ...] = ()
    kind: tuple[str, ...] = ()
    assignee: tuple[str, ...] = ()
    team: tuple[str, ...] = ()  # of who has them
    sector: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    source: str | None = None
    unassigned: bool = False
    open: bool = False
    asked: bool = False  # for a person, and nobody spoke with them since
    due_on: date | None = None  # the next step is on this day or before it
    overdue_on: date | None = None  # the next step is before this day
    gone_by: datetime | None = None  # their term is over then, unless somebody does something
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
    change: int | None = field(default=None, compare=False)  # a note with the same one was written with it


@dataclass(frozen=True, slots=True)
class Note:
    """The first of a lead is number 1."""

    at: datetime
    author: str
    text: str
    struck_at: datetime | None = None
    struck_by: str | None = None
    change: int | None = field(default=None, compare=False)


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
    notes: list[Note] = field(default_factory=list)  # those that were struck as well
    consents: list[Consent] = field(default_factory=list)
