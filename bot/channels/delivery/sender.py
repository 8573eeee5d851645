"""Sends what is committed: each chat in order, all chats at once, again and again until it worked."""

import asyncio
import logging
import time
from bisect import insort
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from functools import partial
from typing import Generic, TypeVar
from uuid import uuid4

from sqlalchemy.exc import SQLAlchemyError

from bot.channels import metrics
from bot.channels.delivery.batching import blocking, settled
from bot.channels.delivery.transport import Blocked, NotNow, Part, Transport, Undeliverable
from bot.store import Address, Outgoing, Store, notices, outbox
from bot.store.database import now
from bot.store.outbox import LEASE

log = logging.getLogger(__name__)
T = TypeVar("T")

AT_ONCE = 64  # calls under way; a chat that waits for its own time is none of them
FIRST_PAUSE, LAST_PAUSE = 0.5, 300.0  # seconds before a call is repeated; it doubles
# Seconds, whatever a channel asks: a number from a broken proxy silences nobody for a year.
LONGEST_WAIT = outbox.LONGEST_WAIT.total_seconds()
KEPT_WAIT = 30.0  # seconds: a wait that is longer is written down, so that a restart does not forget it
SWEEP_SECONDS = 1.0  # between looks for what another process queued, or left behind
MARK_SECONDS = 0.05  # what was sent in this time is written down in one commit
RENEW_SECONDS = LEASE.total_seconds() / 4


class Sender(Generic[Part]):
    """Every message that is given to `post` is sent over one channel, and written down as sent.

    `owner`: as who it leases chats. A process that starts again under the same name has at once what it left behind; so
    no two that live may share one. A time-out can mean that the channel did deliver: the message is then sent twice
    rather than never.
    """

    def __init__(
        self,
        transport: Transport[Part],
        store: Store,
        owner: str | None = None,
    ):
        self._transport, self._store = transport, store
        store.outbox.send_as(transport.name, owner or uuid4().hex)
        # What waits for its turn in one chat, in the order of the outbox; a chat is here while something is sent to it.
        self._chats: dict[Address, list[Outgoing]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._under_way: dict[int, float] = {}  # messages, and since when (monotonic)
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._sent: list[tuple[int, int | None]] = []
        self._hears: set[Address] = set()  # of staff: a notice arrived there
        self._to_mark = asyncio.Event()
        self._to_sweep = asyncio.Event()
        self._swept = asyncio.Event()  # what was left behind is posted, so that nothing of now goes before it
        self._renewed = time.monotonic()  # until `LEASE` after this, what is under way is ours for certain

    @property
    def waiting(self) -> int:
        return len(self._under_way)

    def oldest(self) -> float:
        """For how many seconds a message has waited at most."""
        return time.monotonic() - next(iter(self._under_way.values())) if self._under_way else 0.0

    def post(self, messages: Iterable[Outgoing]) -> None:
        """Send these, each after what was committed earlier for the same chat."""
        for message in messages:
            if not message.ours:  # whoever sends to that chat takes it along; or they were killed, and we do
                self._to_sweep.set()
                continue
            if message.id in self._under_way:
                continue
            self._under_way[message.id] = time.monotonic()
            if (waiting := self._chats.get(message.address)) is not None:
                insort(waiting, message, key=lambda each: each.id)
                continue
            queue = self._chats[message.address] = [message]
            task = asyncio.create_task(self._send_all(message.address, queue))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    # ------------------------------------------------------------ life
    async def run(self) -> None:
        """Pick up what was left behind, and write down what arrived, until cancelled."""
        await self._until_it_works(lambda: self._store.outbox.release(self._transport.name))
        await self._sweep()
        self._renewed = time.monotonic()
        self._swept.set()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._mark_forever())
            group.create_task(self._sweep_forever())
            group.create_task(self._renew_forever())

    @asynccontextmanager
    async def running(self, drain: float) -> AsyncIterator[None]:
        """Send for as long as the block takes; then what is under way has `drain` seconds to arrive, and what is done
        in threads as many to end: afterwards the store may be closed."""
        running = asyncio.create_task(self.run())
        try:
            yield
        finally:
            await self.drain(drain)
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
            await settled(drain)

    async def drain(self, within: float) -> None:
        """Give what is under way some seconds to arrive; the rest is for the others, or for the next start."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=within)
        for task in self._tasks:
            task.cancel()
        await self._mark()
        try:
            await blocking(lambda: self._store.outbox.release(self._transport.name))
        except Exception:  # then the leases end by themselves
            log.exception("what waits was not given back")

    async def _until_it_works(self, work: Callable[[], object]) -> None:
        while True:
            try:
                await blocking(work)
                return
            except Exception:
                log.exception("the store is down")
            await asyncio.sleep(SWEEP_SECONDS)

    async def _sweep_forever(self) -> None:
        while True:
            try:
                async with asyncio.timeout(SWEEP_SECONDS):
                    await self._to_sweep.wait()
            except TimeoutError:
                pass
            self._to_sweep.clear()
            await self._sweep()

    async def _sweep(self) -> None:
        """Lease chats to which nobody sends, and send what waits there."""
        try:
            while found := await blocking(lambda: self._store.outbox.claim(self._transport.name)):
                self.post(found)
        except Exception:  # the store is down: there is nothing to send that way now
            log.exception("the outbox was not read")

    async def _mark_forever(self) -> None:
        while True:
            await self._to_mark.wait()
            await asyncio.sleep(MARK_SECONDS)
            await self._mark()

    async def _mark(self) -> None:
        """Write down what arrived; and only then look what others queued meanwhile for the same chats."""
        self._to_mark.clear()
        sent, self._sent = self._sent, []
        hears, self._hears = self._hears, set()
        try:
            await blocking(lambda: self._write_down(sent, hears))
        except Exception:  # when this process ends before it worked, these messages are sent once more
            log.exception("%d parts that were sent were not written down", len(sent))
            self._sent += sent
            self._hears |= hears
            if sent:
                self._to_mark.set()
                await asyncio.sleep(SWEEP_SECONDS)
        else:
            for number, _ in sent:
                self._under_way.pop(number, None)
            if not self._store.sqlite:  # a file is of one process; what its commands queue can wait a second
                self._to_sweep.set()

    async def _renew_forever(self) -> None:
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            began, chats = time.monotonic(), list(self._chats)
            try:
                if chats:
                    renew = partial(self._store.outbox.renew, self._transport.name, chats)
                    await blocking(renew)
                self._renewed = began
            except Exception:
                log.exception("the leases were not renewed")

    def _is_ours(self) -> bool:
        """Whether the leases hold for certain: who stood still for long may have lost them."""
        return time.monotonic() - self._renewed < LEASE.total_seconds()

    # ------------------------------------------------------------ one chat
    async def _send_all(self, address: Address, queue: list[Outgoing]) -> None:
        try:
            await self._swept.wait()
            while queue and self._is_ours():
                message = queue.pop(0)
                try:
                    await self._send(message)
                except BaseException:
                    self._under_way.pop(message.id, None)
                    raise
        except _LeaseLost:
            log.warning("messages to a chat are left to who leases it now")
        finally:  # what is left is found by a sweep
            del self._chats[address]
            for message in queue:
                self._under_way.pop(message.id, None)

    async def _send(self, message: Outgoing) -> None:
        numbers: list[int | None] = []
        try:
            if earlier := message.message.deletes:
                await self._repeat(message, partial(self._transport.delete, message.address, earlier))
            for part in self._transport.parts(message):
                number = await self._repeat(message, partial(self._transport.send, part))
                numbers.append(number)
        except Undeliverable as error:
            if isinstance(error, Blocked):
                await self._until_it_works(lambda: self._store.conversations.blocked(message.address))
            await self._give_up(message, str(error))
        except _LeaseLost:
            raise
        except Exception as error:  # one message that cannot be shown must not hold up what comes after it
            log.exception("message %d cannot be shown", message.id)
            await self._give_up(message, type(error).__name__)
        else:
            self._arrived(message, numbers)

    def _arrived(self, message: Outgoing, numbers: list[int | None]) -> None:
        """Write down, soon, that a message arrived: each part has a number by which it can be deleted."""
        self._sent += [(message.id, number) for number in numbers or [None]]
        if message.about:
            self._hears.add(message.address)
        metrics.SEND_SECONDS.observe(time.monotonic() - self._under_way[message.id])
        self._to_mark.set()

    async def _give_up(self, message: Outgoing, reason: str) -> None:
        log.warning("message %d will not arrive: %s", message.id, reason)
        passed_on: list[Outgoing] = []
        await self._until_it_works(lambda: passed_on.extend(self._write_off(message, reason)))
        self._under_way.pop(message.id, None)
        self.post(each for each in passed_on if each.address.channel == self._transport.name)

    def _write_off(self, message: Outgoing, reason: str) -> Sequence[Outgoing]:
        """Write down that a message will not arrive. Of a lead somebody else hears in their place: gives what is queued
        for them."""
        with self._store.transaction():
            self._store.outbox.dead(message.id, reason)
            if message.about:
                log.error("%s", notices.trouble(self._store))
            return notices.pass_on(self._store, message, now())

    def _write_down(self, sent: Iterable[tuple[int, int | None]], hears: Iterable[Address]) -> None:
        with self._store.transaction():
            self._store.outbox.sent_all(sent)
            for each in hears:
                self._store.outbox.answers(each)

    async def _repeat(self, message: Outgoing, call: Callable[[], Awaitable[T]]) -> T:
        """Make a call of a message, however often it takes. Raises Undeliverable."""
        pause = FIRST_PAUSE
        while True:
            if not self._is_ours():
                raise _LeaseLost
            try:
                async with self._slots:
                    return await call()
            except (NotNow, OSError, SQLAlchemyError) as error:  # the others: the disk of a document, the store
                wait = error.seconds if isinstance(error, NotNow) else None
                if wait is None:
                    wait, pause = pause, min(2 * pause, LAST_PAUSE)
                wait = min(max(wait, 0.0), LONGEST_WAIT)
                log.info("message %d is tried again in %.1f s: %s", message.id, wait, error)
            if wait > KEPT_WAIT:
                later = now() + timedelta(seconds=wait)
                try:
                    await blocking(partial(self._store.outbox.retry, message.id, later))
                except Exception:  # a store that fails for a moment is no reason to give a message up
                    log.exception("that message %d waits was not written down", message.id)
            await asyncio.sleep(wait)


class _LeaseLost(Exception):
    """Somebody else may be sending to this chat by now."""
