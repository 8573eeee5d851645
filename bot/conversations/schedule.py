"""What the clock brings: reminders, ends, retention, the backup at night, and steps of an erasure that wait."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.conversations.requests import Reply, Request
from bot.engine.events import Elapsed
from bot.operations.nightly import Nightly
from bot.operations.nightly_look import NightlyLook
from bot.privacy.retention import Retention
from bot.privacy.steps import carry_out, unfinished
from bot.store import Store

TIDY_EVERY = timedelta(hours=1)
LATE_STEP = timedelta(minutes=10)  # of an erasure

log = logging.getLogger(__name__)


class Schedule:
    """What is done because time passed; `turns` gives people their turn."""

    def __init__(self, store: Store, turns: Callable[[Sequence[Request]], list[Reply]]) -> None:
        self.store, self.turns = store, turns
        self.nightly, self._look = Nightly(store), NightlyLook(store)
        self.clock_trouble: str | None = None
        self.steps_trouble: str | None = None
        self._is_untidy = False  # the last removal failed

    def look_after(self, now: datetime) -> None:
        """What every process does every minute or so: see what an operator should know, and begin a nightly backup."""
        at, waits = self.store.clock.steady(now), unfinished(self.store)
        late = waits is not None and at - waits > LATE_STEP
        self.steps_trouble = f"a step of an erasure waits since {waits:%Y-%m-%d %H:%M} (UTC)" if late else None
        self.nightly.look(at)
        self._look.look(at)

    def elapse(self, channel: str, now: datetime) -> list[Reply]:
        """Reminders and ends of conversations on a channel, and every hour the removal of what has had its term.
        Nothing ends when the clock may have jumped ahead."""
        clock = self.store.clock
        carry_out(self.store, clock.steady(now))  # whatever the clock says: they asked to be erased
        clock.look(now)  # a person may have said elsewhere that the clock is right
        before, self.clock_trouble = self.clock_trouble, clock.doubt(now)
        if self.clock_trouble and not before:
            log.error("%s", self.clock_trouble)
        if clock.is_ahead(now):
            return []
        at = clock.steady(now)
        due = self.store.conversations.due(channel, at)
        replies = self.turns([Request(address, Elapsed()) for address in due]) if due else []
        if clock.is_turn("retention", at, TIDY_EVERY.total_seconds()) or self._is_untidy:
            self._is_untidy = True
            Retention(self.store, at).run()
            self._is_untidy = False
        return replies
