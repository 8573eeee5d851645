"""Turns for everyone, on every channel: many at once, one by one, received and given later, and those of the clock."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy.exc import OperationalError

from bot.compiled import Compiled
from bot.conversations.requests import Reply, Request, StaffDesk, UpdateOutcome, event_of, event_to_json
from bot.conversations.turns import Turns, place_of
from bot.engine.effects import (
    Message,
)
from bot.engine.events import Elapsed, Event
from bot.privacy.retention import Retention
from bot.store import Address, Outgoing, Store
from bot.store.inbox import Arrival, Received, UpdateKey
from bot.store.outbox import OutboxMessage

TIDY_EVERY = timedelta(hours=1)
# Somebody whose reminder fails, for whatever reason, is not the first to be looked at for the rest of time.
POSTPONED = timedelta(hours=1)

log = logging.getLogger(__name__)


class Conversations:
    """Turns for everyone, on every channel. `now` gives the time, with a zone."""

    def __init__(
        self, store: Store, compiled: Compiled, now: Callable[[], datetime], staff: StaffDesk | None = None
    ) -> None:
        self.store, self.now, self.staff = store, now, staff
        self.use(compiled)
        self._is_untidy = False  # the last removal failed
        self.content_trouble: str | None = None
        self.clock_trouble: str | None = None

    def use(self, compiled: Compiled) -> None:
        """Go on with this content, from the next turn on."""
        self.compiled = compiled
        self.store.use(compiled)

    @property
    def trouble(self) -> str | None:
        """What an operator should know: health tells it."""
        damaged = len(self.store.damaged)
        rows = f"{damaged} damaged value{'s' * (damaged > 1)} in the database; the log names them" if damaged else None
        return "\n".join(filter(None, (self.content_trouble, self.clock_trouble, rows))) or None

    def time(self) -> datetime:
        """The time to go by: that of the clock, and never before what was seen already."""
        return self.store.clock.steady(self.now())

    def turn(self, address: Address, event: Event, update_id: int | str | None = None) -> tuple[Outgoing, ...]:
        """One event, one transaction: gives what is to be sent. Without an `update_id`, an error is raised as it is."""
        return self.turns([Request(address, event, update_id)])[0].outgoing

    def turns(self, requests: Sequence[Request]) -> list[Reply]:
        """Many events, one commit, in this order; a reply for each. One that fails leaves the others alone.

        Raises OperationalError when the database is locked, full or gone: then nothing has happened.
        """
        try:
            return self._together(requests)
        except OperationalError:
            raise
        except Exception as error:
            if len(requests) == 1 and requests[0].update is None:
                raise
            if len(requests) > 1:
                log.error("%d turns failed together: %s at %s", len(requests), type(error).__name__, place_of(error))
        return self._one_by_one(requests)

    def _together(self, requests: Sequence[Request]) -> list[Reply]:
        with self.store.transaction():
            return self._group().run(requests)

    def _group(self) -> Turns:
        at = self.now()
        ahead = self.store.clock.is_ahead(at)
        return Turns(self.store, self.compiled, self.store.clock.steady(at), ahead, self.staff)

    def _one_by_one(self, requests: Sequence[Request]) -> list[Reply]:
        """A transaction for each: something in one of them spoils what they are written down with."""
        replies: list[Reply] = []
        stuck: set[Address] = set()
        down = False
        for request in requests:
            outcome = UpdateOutcome.HELD
            if request.address not in stuck:
                try:
                    replies += self._together([request])
                    continue
                except (OperationalError, OSError) as error:
                    # What happened is not to blame. When it is the database, nobody after it has to wait for it too.
                    log.error("no turn could be given: %s at %s", type(error).__name__, place_of(error))
                    outcome = UpdateOutcome.NOT_NOW
                    down = down or isinstance(error, OperationalError)
                except Exception as error:  # noqa: BLE001  # counted and logged; the others go on
                    outcome = self._count(request, error)
                stuck.add(request.address)
            if down:
                stuck.update(each.address for each in requests)
            replies.append(Reply((), outcome))
        return replies

    def _count(self, request: Request, error: Exception) -> UpdateOutcome:
        """Write down that a turn failed, apart from the transaction that it spoilt."""
        log.error("update %s failed: %s at %s", request.update_id, type(error).__name__, place_of(error))
        if request.update is None:
            self.store.conversations.postpone(request.address, self.time() + POSTPONED)
            return UpdateOutcome.FAILED
        dead = self.store.inbox.failed(request.update, error) is Received.DEAD
        return UpdateOutcome.DEAD if dead else UpdateOutcome.FAILED

    # ------------------------------------------------------------ several processes
    def receive(self, requests: Sequence[Request], passed: Sequence[UpdateKey] = ()) -> set[UpdateKey]:
        """Write down what arrived, for whichever process gives it its turn; gives those that were not here before.
        `passed`: needs no turn, and only its number counts."""
        arrivals = [Arrival(each, int(each.id)) for each in passed]
        for request in requests:
            update = request.update
            assert update is not None, "only what has a number has an order"
            arrivals.append(Arrival(update, int(update.id), request.address.user, event_to_json(request.event)))
        return self.store.inbox.receive(arrivals)

    def turns_received(self, channel: str) -> tuple[list[Reply], bool]:
        """Turns for chats that nobody else is at, of what was written down: the replies, and whether something waits
        for what should have arrived before it. Raises what the store raises."""
        with self.store.transaction():
            waiting = self.store.inbox.next_chats(channel)
            requests = [
                Request(Address(channel, str(each.user)), event_of(each.event or {}), each.update.id)
                for each in waiting.arrivals
            ]
            return (self._group().run(requests) if requests else []), waiting.more

    def press(self, adviser: Address, data: str, group: Address, update: UpdateKey) -> tuple[str, tuple[Outgoing, ...]]:
        """A button in the group of advisers: a word to who pressed it, and what the group hears. It counts once."""
        with self.store.transaction():
            if self.staff is None or not self.store.inbox.first(update):
                return "", ()
            word, line = self.staff.press(adviser, data)
            letters = [OutboxMessage(None, group, Message(line))] if line else []
            return word, tuple(self.store.outbox.queue(letters))

    # ------------------------------------------------------------ the clock
    def elapse(self, channel: str) -> list[Reply]:
        """What the clock brings, to be called every minute or so: reminders and ends of conversations on a channel,
        and every hour the removal of what has had its term. Nothing ends when the clock may have jumped ahead."""
        clock = self.store.clock
        clock.look(self.now())  # a person may have said elsewhere that the clock is right
        before, self.clock_trouble = self.clock_trouble, clock.doubt(self.now())
        if self.clock_trouble and not before:
            log.error("%s", self.clock_trouble)
        if clock.is_ahead(self.now()):
            return []
        at = clock.steady(self.now())
        due = self.store.conversations.due(channel, at)
        replies = self.turns([Request(address, Elapsed()) for address in due]) if due else []
        if clock.is_turn("retention", at, TIDY_EVERY.total_seconds()) or self._is_untidy:
            self._is_untidy = True
            Retention(self.store, at).run()
            self._is_untidy = False
        return replies
