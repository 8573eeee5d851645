"""A lead: somebody who asked for help, as advisers see them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, NamedTuple, Self, TypedDict

from bot.content.staff_sentences import StaffSentence
from bot.store.lead_codes import CloseReason, EventKind, LeadOutcome, NextStep, Status


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
