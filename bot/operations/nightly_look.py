"""A look at the pages of sources every night, by one setting: in a process of its own, whichever begins it."""

import logging
from datetime import datetime

from bot.operations.by_night import Running, begin, struck
from bot.store.store import Store

log = logging.getLogger(__name__)

TURN = "nightly look at sources"  # the counter by which one process does it


class NightlyLook:
    """Begins `overstap knowledge look` when it is time: whatever becomes of it, the bot goes on."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._running: Running | None = None

    def look(self, at: datetime) -> None:
        """To be called every minute or so."""
        if self._running and (code := self._running.poll()) is not None:
            self._running = None
            if code:
                log.error("the look at sources failed (%s); the next night goes on where it was", code)
        if self._running is None and self.is_time(at):
            self._running = begin(self.store.settings, "knowledge", "look", "--quiet")

    def is_time(self, at: datetime) -> bool:
        """Whether it is to begin now, by this process: true once a night for all of them."""
        hour = self.store.settings.look_at
        if hour is None:
            return False
        return self.store.clock.is_first_since(TURN, struck(self.store.calendar, hour, at), at)
