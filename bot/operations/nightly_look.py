"""A look at the pages of sources every night, by one setting: in a process of its own, whichever begins it."""

import logging
import subprocess
import sys
from datetime import datetime, timedelta

from bot.settings import Settings
from bot.store.store import Store

log = logging.getLogger(__name__)

TURN = "nightly look at sources"  # the counter by which one process does it


class NightlyLook:
    """Begins `overstap knowledge look` when it is time: whatever becomes of it, the bot goes on."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._running: subprocess.Popen[bytes] | None = None

    def look(self, at: datetime) -> None:
        """To be called every minute or so."""
        if self._running and (code := self._running.poll()) is not None:
            self._running = None
            if code:
                log.error("the look at sources failed (%s); the next night goes on where it was", code)
        if self._running is None and self.is_time(at):
            self._running = begin(self.store.settings)

    def is_time(self, at: datetime) -> bool:
        """Whether it is to begin now, by this process: true once a night for all of them."""
        hour = self.store.settings.look_at
        if hour is None:
            return False
        calendar = self.store.calendar
        begins = calendar.at(calendar.day(at), hour)
        if begins > at:
            begins = calendar.at(calendar.day(at) - timedelta(days=1), hour)
        return self.store.clock.is_first_since(TURN, begins, at)


def begin(settings: Settings) -> subprocess.Popen[bytes]:
    """As somebody would type it where the bot was started."""
    command = [sys.executable, "-c", "from bot.cli import main; main()", "knowledge", "look", "--quiet"]
    return subprocess.Popen(command, cwd=settings.root, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
