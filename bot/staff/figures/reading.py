"""The report of a quarter for a member of staff, from the store."""

from datetime import date

from bot.staff.desk import Desk
from bot.staff.figures.quarter import Quarter
from bot.staff.figures.report import Report, report
from bot.staff.labels import Labels
from bot.store.team import Role


def read_report(desk: Desk, quarter: Quarter, labels: Labels) -> Report:
    """Raises `Refused` for who does not work here."""
    desk.need(Role.READER, "figures")
    cells = desk.store.figures.between(quarter.before.first, quarter.last)
    return report(cells, quarter, today(desk), labels)


def quarters(desk: Desk) -> list[Quarter]:
    """Those of which there is something, the latest first; always that of today."""
    first = Quarter.of(desk.store.figures.first_day() or today(desk))
    found: list[Quarter] = []
    each = Quarter.of(today(desk))
    while each >= first or not found:
        found.append(each)
        each = each.before
    return found


def today(desk: Desk) -> date:
    return desk.store.calendar.day(desk.now())
