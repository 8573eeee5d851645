"""How far people come, and in which figures a lead is counted: each milestone once, whatever happens to it later.

Pure: what was counted of a lead is kept with it, as a `Ledger`; the rest follows from what the lead is now.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self

from bot.store.lead_codes import CloseReason, EventKind
from bot.workdays import Calendar

SIGNED_UP = "signed_up"
OTHER = "other"  # a source that the centre does not know: its code could be a name
UNDONE = frozenset({"undone"})
"""What takes back a milestone. Whatever else happens, what was reached stays counted: a lead that is opened again was
closed before."""


class Milestone(StrEnum):
    """How far somebody came. The first five are of a conversation, the others of a lead."""

    STARTED = "started"
    RESULT = "result"  # they saw what fits
    STOPPED = "stopped"  # at the question in the detail, without asking for a call
    FAR = "far"  # they saw nothing near for the work in the detail
    TAKEN_BACK = "taken_back"  # they said that we had read wrong: "QUESTION|CODE" in the detail
    ASKED = "asked"  # for a call; "half" in the detail: they stopped half-way, and let us pass it on
    PERSON = "person"  # they asked for one, for the reason in the detail
    CALLED = "called"  # or written to; after how long is in the detail, as in `WAITS`
    SPOKE = "spoke"  # the same
    OUTCOME = "outcome"  # what came of it, with what is known: "signed_up|PROGRAMME|SCHEME|STAGE"
    CLOSED = "closed"  # by an adviser, for the reason in the detail
    GONE = "gone"  # withdrawn, erased, or its term was over


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Cell:
    """What a number counts. "" where something is not known."""

    day: date
    milestone: Milestone
    flow: str
    source: str = ""
    sector: str = ""
    place: str = ""
    detail: str = ""

    def to_json(self) -> dict[str, str]:
        """As a lead keeps it: with what is known, and no more."""
        fields = {name: str(getattr(self, name)) for name in Cell.__slots__}
        return {name: value for name, value in fields.items() if value}

    @classmethod
    def from_json(cls, json: Mapping[str, str]) -> Self:
        day, milestone = date.fromisoformat(json["day"]), Milestone(json["milestone"])
        return cls(**{**json, "day": day, "milestone": milestone})  # type: ignore[arg-type]


Ledger = Mapping[str, Cell]
"""The cells that a lead is counted in, by what was reached ("spoke", "outcome signed_up")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What the milestones of a lead follow from."""

    flow: str
    source: str  # as it is counted: see `named_source`
    sector: str | None
    place: str | None
    complete: bool
    attempts: int
    created_at: datetime
    first_contact_at: datetime | None
    closed_at: datetime | None
    close_reason: str | None
    outcome: str | None
    outcome_detail: Mapping[str, str] | None


def named_source(code: str | None, known: tuple[str, ...]) -> str:
    """The code of a link as it is counted: whoever made the link could put a name in it, so only the centre's own
    codes are said."""
    return (code if code in known else OTHER) if code else ""


def follow(before: Ledger, lead: Progress, kind: EventKind, reason: str, at: datetime, calendar: Calendar) -> Ledger:
    """The ledger of a lead after something happened to it: an event, with its `reason` where that has one.

    What was reached keeps its day, also when the lead gets another sector or place: the cell moves along. Another
    detail (a second reason to close) is of today.
    """
    reached = dict(_reached(before, lead, kind, reason, at, calendar))
    if kind not in UNDONE:
        kept = {key: before[key] for key in before if key not in reached}
        reached |= {key: _where(cell, lead) for key, cell in kept.items()}
    return reached


def _reached(
    before: Ledger, lead: Progress, kind: EventKind, reason: str, at: datetime, calendar: Calendar
) -> Iterator[tuple[str, Cell]]:
    today = calendar.day(at)

    def cell(key: str, day: date, milestone: Milestone, detail: str = "") -> tuple[str, Cell]:
        known = before.get(key)
        found = replace(known, detail=detail) if known else Cell(day=day, milestone=milestone, flow="", detail=detail)
        return key, _where(found if not known or known.detail == detail else replace(found, day=today), lead)

    yield cell(Milestone.ASKED, calendar.day(lead.created_at), Milestone.ASKED, "" if lead.complete else "half")
    if kind == "handed over":
        yield cell(Milestone.PERSON, today, Milestone.PERSON, reason)
    elif known := before.get(Milestone.PERSON):
        yield Milestone.PERSON, _where(known, lead)
    if lead.attempts:
        known = before.get(Milestone.CALLED)
        first = known.detail if known else wait(lead.created_at, lead.first_contact_at or at, calendar)
        yield cell(Milestone.CALLED, today, Milestone.CALLED, first)
    if lead.first_contact_at:
        waited = wait(lead.created_at, lead.first_contact_at, calendar)
        yield cell(Milestone.SPOKE, calendar.day(lead.first_contact_at), Milestone.SPOKE, waited)
    # Who closes with "enrolled" and writes down no more than that has said what came of it.
    if outcome := lead.outcome or (SIGNED_UP if lead.close_reason == CloseReason.ENROLLED else None):
        more = lead.outcome_detail or {}
        detail = "|".join([outcome, *(more.get(name, "") for name in ("programme", "scheme", "stage"))])
        key = f"{Milestone.OUTCOME} {outcome}"
        counted = before.get(key, Cell(day=today, milestone=Milestone.OUTCOME, flow=""))
        yield key, _where(replace(counted, detail=detail), lead)
    if lead.closed_at and lead.close_reason:
        yield cell(Milestone.CLOSED, calendar.day(lead.closed_at), Milestone.CLOSED, lead.close_reason)


def gone(lead: Progress, reason: str, day: date) -> Cell:
    """A lead that is erased, for a reason; "uncalled" behind it when nobody had tried to reach them."""
    detail = reason if lead.attempts or lead.first_contact_at else f"{reason} uncalled"
    return _where(Cell(day=day, milestone=Milestone.GONE, flow="", detail=detail), lead)


def _where(cell: Cell, lead: Progress) -> Cell:
    return replace(cell, flow=lead.flow, source=lead.source, sector=lead.sector or "", place=lead.place or "")


# ------------------------------------------------------------------ waiting
WAITS = ("1h", "4h", "0d", "1d", "2d", "3d", "5d", "10d", "20d", "more")
"""How long somebody waited: up to so many hours, else on the same working day, or up to so many working days."""

_HOURS = (1, 4)
_DAYS = (0, 1, 2, 3, 5, 10, 20)


def wait(since: datetime, until: datetime, calendar: Calendar) -> str:
    """How long it took, as one of `WAITS`. What comes in on a Sunday waits from Monday on."""
    hours = (until - since).total_seconds() / 3600
    for most in _HOURS:
        if hours <= most:
            return f"{most}h"
    day, last = calendar.add_workdays(calendar.day(since), 0), calendar.day(until)
    for most in _DAYS:
        if last <= calendar.add_workdays(day, most):
            return f"{most}d"
    return "more"


def to_json(ledger: Ledger) -> dict[str, Any]:
    return {key: cell.to_json() for key, cell in ledger.items()}


def from_json(json: Mapping[str, Any] | None) -> Ledger:
    return {key: Cell.from_json(cell) for key, cell in (json or {}).items()}
