"""The face of the room: turns for everyone, on every channel; several processes; what the clock brings.

What arrived, the new state, the lead and the messages are committed together. A crash before the commit leaves
everything as it was, and the update is handled again; a crash after it leaves the messages in the outbox.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy.exc import OperationalError

from bot.compiled import Compiled
from bot.conversations.batch import Batch, place
from bot.conversations.requests import Reply, Request, UpdateOutcome, event_from_json, event_to_json
from bot.conversations.schedule import Schedule
from bot.conversations.staff_desk import StaffDesk
from bot.conversations.unit_of_work import UnitOfWork
from bot.engine.effects import Message
from bot.engine.events import Event
from bot.operations.nightly import Nightly
from bot.store import Address, Outgoing, Store
from bot.store.inbox import Arrival, Received, UpdateKey
from bot.store.outbox import OutboxMessage

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
        self.content_trouble: str | None = None
        self._schedule = Schedule(store, self.turns)

    def use(self, compiled: Compiled) -> None:
        """Go on with this content, from the next turn on."""
        self.compiled = compiled
        self.store.use(compiled)

    @property
    def trouble(self) -> str | None:
        """What an operator should know: health tells it."""
        damaged = len(self.store.damaged)
        rows = f"{damaged} damaged value{'s' * (damaged > 1)} in the database; the log names them" if damaged else None
        clock, steps, backup = self._schedule.clock_trouble, self._schedule.steps_trouble, self.nightly.trouble
        return "\n".join(filter(None, (self.content_trouble, clock, rows, steps, backup))) or None

    @property
    def nightly(self) -> Nightly:
        return self._schedule.nightly

    def time(self) -> datetime:
        """The time to go by: that of the clock, and never before what was seen already."""
        return self.store.clock.steady(self.now())

    def full(self) -> frozenset[str]:
        """The flows that have no place left for who is new."""
        return self.store.capacity.full(self.compiled.content.flows)

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
                log.error("%d turns failed together: %s at %s", len(requests), type(error).__name__, place(error))
        return self._one_by_one(requests)

    def _together(self, requests: Sequence[Request]) -> list[Reply]:
        with self.store.transaction():
            return self._batch().run(requests)

    def _batch(self) -> Batch:
        at, clock = self.now(), self.store.clock
        return Batch(UnitOfWork(self.store, self.compiled, clock.steady(at), clock.is_ahead(at)), self.staff)

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
                    log.error("no turn could be given: %s at %s", type(error).__name__, place(error))
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
        log.error("update %s failed: %s at %s", request.update_id, type(error).__name__, place(error))
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
                Request(Address(channel, str(each.user)), event_from_json(each.event or {}), each.update.id)
                for each in waiting.arrivals
            ]
            return (self._batch().run(requests) if requests else []), waiting.more

    def press(self, adviser: Address, data: str, group: Address, update: UpdateKey) -> tuple[str, tuple[Outgoing, ...]]:
        """A button in the group of advisers: a word to who pressed it, and what the group hears. It counts once."""
        with self.store.transaction():
            if self.staff is None or not self.store.inbox.first(update):
                return "", ()
            word, line = self.staff.press(adviser, data)
            messages = [OutboxMessage(None, group, Message(line))] if line else []
            return word, tuple(self.store.outbox.queue(messages))

    # ------------------------------------------------------------ the clock
    def look_after(self) -> None:
        """What every process does every minute or so: see what an operator should know, and begin a nightly backup."""
        self._schedule.look_after(self.now())

    def elapse(self, channel: str) -> list[Reply]:
        """What the clock brings on a channel, to be called every minute or so: reminders, ends, retention."""
        return self._schedule.elapse(channel, self.now())
