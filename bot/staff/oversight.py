"""How it is with the desk itself, for a coordinator: the backup, and what is erased when."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.privacy.retention import Due, Retention
from bot.staff.desk import Desk
from bot.store.tables import BACKUP_VERIFIED, counters
from bot.store.team import Role

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Oversight:
    backup_at: datetime | None  # of the last one that was proven; None: there was none
    now: Due  # what has had its term, and goes within the hour
    week: Due  # and in a week, when nobody does anything


def look(desk: Desk) -> Oversight:
    """Raises `Refused` for who is no coordinator."""
    desk.need(Role.COORDINATOR, "oversight")
    at = desk.now()
    now, week = Retention(desk.store, at).look(), Retention(desk.store, at + WEEK).look()
    return Oversight(_backup(desk), now, week)


def _backup(desk: Desk) -> datetime | None:
    with desk.store.reading() as db:
        seconds = db.execute(select(counters.c.value).where(counters.c.name == BACKUP_VERIFIED)).scalar()
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
