"""Which leads somebody asks for, as conditions on the table."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement

from bot.store.database import Database
from bot.store.lead_codes import Status
from bot.store.lead_terms import term_is_over
from bot.store.tables import leads, staff
from bot.workdays import Calendar


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


def conditions(which: Filter, store: Database, calendar: Calendar) -> Iterator[ColumnElement[bool]]:
    """A condition for each field that narrows; one that is forgotten here shows more people than were asked for."""
    listed = {
        leads.c.status: which.status,
        leads.c.kind: which.kind,
        leads.c.sector: which.sector,
        leads.c.place: which.place,
        staff.c.name: which.assignee,
        staff.c.team: which.team,
    }
    yield from (column.in_(some) for column, some in listed.items() if some)
    yield from (condition for narrows, condition in _facts(which) if narrows)
    yield from _days(which, store, calendar)
    if which.source is not None:
        yield leads.c.source_index == store.keys.blind("source", which.source)
    if which.changed_after is not None:
        yield leads.c.change > which.changed_after


def _facts(which: Filter) -> Iterator[tuple[bool, ColumnElement[bool]]]:
    yield which.unassigned, leads.c.assignee_id.is_(None)
    yield which.open, leads.c.status.not_in([Status.DONE, Status.LAPSED])
    yield which.asked, leads.c.asked_at.is_not(None)
    yield not which.erased, leads.c.erased_at.is_(None)


def _days(which: Filter, store: Database, calendar: Calendar) -> Iterator[ColumnElement[bool]]:
    if which.due_on is not None:
        yield leads.c.next_action_on <= which.due_on
    if which.overdue_on is not None:
        yield leads.c.next_action_on < which.overdue_on
    if which.since is not None:
        yield leads.c.created_at >= calendar.at(which.since)
    if which.gone_by is not None:
        yield term_is_over(store.settings, which.gone_by)
