"""A backup every night that proves itself, by one setting; and how old the last one is."""

import logging
from datetime import datetime, timedelta
from pathlib import Path

from bot.operations.backup import VERIFIED, noted
from bot.operations.by_night import Running, begin, struck
from bot.settings import Settings
from bot.store.store import Store

log = logging.getLogger(__name__)

TURN = "nightly backup"  # the counter by which one process makes it
AGAIN = timedelta(hours=1)  # after one that failed
TOO_OLD = timedelta(hours=26)
PATTERN = "overstap-*.backup"


def name_of(settings: Settings, at: datetime) -> Path:
    return settings.backup_folder / f"overstap-{at:%Y%m%d-%H%M%S}.backup"


def prune(settings: Settings) -> list[Path]:
    """Delete the oldest backups; gives those that went. The names say how old they are."""
    old = sorted(settings.backup_folder.glob(PATTERN))[: -settings.backup_keep]
    for file in old:
        file.unlink(missing_ok=True)
    return old


def age(store: Store, at: datetime) -> timedelta | None:
    """How long ago the last backup was made that was proven; None when there was none."""
    with store.reading() as db:
        made_at = noted(db, VERIFIED)
    return None if made_at is None else at - made_at


class Nightly:
    """Makes the backup in a process of its own, when it is time: whatever becomes of that one, the bot goes on."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._running: Running | None = None
        self.age: timedelta | None = None

    @property
    def is_running(self) -> bool:
        """Whether the backup that this process began was still being made when it looked last."""
        return self._running is not None

    @property
    def trouble(self) -> str | None:
        if self.store.settings.backup_at is None or (self.age is not None and self.age <= TOO_OLD):
            return None
        return "no backup was proven to be of use " + ("yet" if self.age is None else f"for {_hours(self.age)}")

    @property
    def state(self) -> str | None:
        """The age of the last one, in words; None when there was none."""
        return None if self.age is None else f"the last proven backup is {_hours(self.age)} old"

    def look(self, at: datetime) -> None:
        """Begin the backup if it is time; and see how old the last one is. To be called every minute or so."""
        self.age = age(self.store, at)
        if self._running and (code := self._running.poll()) is not None:
            self._running = None
            if code:
                log.error("the nightly backup failed (%s); it is tried again in an hour", code)
        if self._running is None and self._is_time(at):
            self._running = begin(self.store.settings, "db", "backup", "--verify", "--prune")

    def _is_time(self, at: datetime) -> bool:
        hour = self.store.settings.backup_at
        if hour is None:
            return False
        begins = struck(self.store.calendar, hour, at)
        if self.age is not None and at - self.age >= begins:
            return False
        return self.store.clock.is_first_since(TURN, max(begins, at - AGAIN), at)


def _hours(age: timedelta) -> str:
    hours = round(age.total_seconds() / 3600)
    return f"{hours} hours" if hours != 1 else "1 hour"
