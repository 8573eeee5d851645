"""The log as a member of staff may read it: their own lines, or everybody's for a coordinator."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.staff.desk import Desk
from bot.store.logbook import Asked, Line
from bot.store.team import Role

PAGE = 50


@dataclass(frozen=True, slots=True)
class Search:
    """`day`: None for every day, where a lead says enough."""

    day: date | None
    actor: str | None = None
    reference: str | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Found:
    lines: Sequence[Line]
    more: bool


def read_log(desk: Desk, search: Search) -> Found:
    """A page of the log, the latest first. That it was read is written down. Raises `Refused`."""
    desk.need(Role.ADVISER, "log")
    store = desk.store
    calendar, today = store.calendar, store.calendar.day(desk.now())
    first = search.day or today - timedelta(days=store.settings.keep_audit_days)
    last = search.day or today
    actor = search.actor if desk.who.role.may(Role.COORDINATOR) else desk.who.name
    asked = Asked(calendar.at(first), calendar.at(last + timedelta(days=1)), actor, search.reference)
    lines = store.logbook.lines(asked, PAGE + 1, PAGE * (search.page - 1))
    store.audit.write(desk.who.name, "log read", search.reference, at=desk.now(), day=str(search.day or "all"))
    return Found(lines[:PAGE], len(lines) > PAGE)


def reference_of(desk: Desk, typed: str) -> str | None:
    """The number of a lead as it is written in full: "42" is that of this year; None when nothing was typed."""
    typed = typed.strip().upper()
    if typed.isdecimal():
        return f"L-{desk.now().year}-{int(typed):04}"
    return typed or None
