"""Sends what is committed: each chat in order, all chats at once, again and again until it worked."""

import asyncio
import logging
import time
from bisect import insort
from collections.abc import Awaitable, Callable, Iterable
from datetime import timedelta
from functools import partial
from typing import Generic, TypeVar

from bot.channels import metrics
from bot.channels.delivery.batching import blocking
from bot.channels.delivery.transport import Blocked, NotNow, Part, Transport, Undeliverable
from bot.store import Address, Outgoing, Store
from bot.store.database import now
from bot.store.outbox import HEAD_START

log = logging.getLogger(__name__)
T = TypeVar("T")

AT_ONCE = 64  # calls under way; a chat that waits for its own time is none of them
FIRST_PAUSE, LAST_PAUSE = 0.5, 300.0  # seconds before a call is repeated; it doubles
SWEEP_SECONDS = 10.0  # between looks for what another process queued, or left behind
MARK_SECONDS = 0.05  # what was sent in this time is written down in one commit


class Sender(Generic[Part]):
    """Every message that is given to `post` is sent over one channel, and written down as sent.

    A time-out can mean that the channel did deliver; the message is then sent twice rather than never.
    """

    def __init__(self, transport: Transport[Part], store: Store):
        self._transport, self._store = transport, store
        # What waits for its turn in one chat, in the order of the outbox; a chat is here while something is sent to it.
        self._chats: dict[Address, list[Outgoing]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._under_way: dict[int, float] = {}  # messages, and since when (monotonic)
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._sent: list[tuple[int, int | None]] = []
        self._to_mark = asyncio.Event()
        self._swept = asyncio.Event()  # what was left behind is posted, so that nothing of now goes before it

    @property
    def waiting(self) -> int:
        return len(self._under_way)

    def oldest(self) -> float:
        """For how many seconds a message has waited at most."""
        return time.monotonic() - next(iter(self._under_way.values())) if self._under_way else 0.0

    def post(self, messages: Iterable[Outgoing]) -> None:
        """Send these, each after what was committed earlier for the same chat."""
        for message in messages:
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
        # At the start everything is ours to send: the time in which another process would do it has not begun.
        await self._sweep(HEAD_START)
        self._swept.set()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._mark_forever())
            group.create_task(self._sweep_forever())

    async def drain(self, within: float) -> None:
        """Give what is under way some seconds to arrive; what does not, waits in the outbox for the next start."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=within)
        for task in self._tasks:
            task.cancel()
        await self._mark()

    async def _sweep_forever(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            await self._sweep(timedelta())

    async def _sweep(self, ahead: timedelta) -> None:
        due, channel = now() + ahead, self._transport.name
        try:
            self.post(await blocking(self._store, lambda: self._store.outbox.pending(channel, due, limit=1000)))
        except Exception:  # the store is down: there is nothing to send that way now
            log.exception("the outbox was not read")

    async def _mark_forever(self) -> None:
        while True:
            await self._to_mark.wait()
            await asyncio.sleep(MARK_SECONDS)
            await self._mark()

    async def _mark(self) -> None:
        self._to_mark.clear()
        sent, self._sent = self._sent, []
        try:
            await blocking(self._store, lambda: self._store.outbox.sent_all(sent))
        except Exception:  # when this process ends before it worked, these messages are sent once more
            log.exception("%d parts that were sent were not written down", len(sent))
            self._sent += sent

    # ------------------------------------------------------------ one chat
    async def _send_all(self, address: Address, queue: list[Outgoing]) -> None:
        try:
            await self._swept.wait()
            while queue:
                message = queue.pop(0)
                try:
                    await self._send(message)
                finally:
                    del self._under_way[message.id]
        finally:  # what is left, when the store is down, is found by a sweep
            del self._chats[address]
            for message in queue:
                del self._under_way[message.id]

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
                await blocking(self._store, lambda: self._store.conversations.blocked(message.address))
            await self._give_up(message, str(error))
        except Exception as error:  # one message that cannot be shown must not hold up what comes after it
            log.exception("message %d cannot be shown", message.id)
            await self._give_up(message, type(error).__name__)
        else:
            self._arrived(message, numbers)

    def _arrived(self, message: Outgoing, numbers: list[int | None]) -> None:
        """Write down, soon, that a message arrived: each part has a number by which it can be deleted."""
        self._sent += [(message.id, number) for number in numbers or [None]]
        metrics.SEND_SECONDS.observe(time.monotonic() - self._under_way[message.id])
        self._to_mark.set()

    async def _give_up(self, message: Outgoing, reason: str) -> None:
        log.warning("message %d will not arrive: %s", message.id, reason)
        await blocking(self._store, lambda: self._store.outbox.dead(message.id, reason))

    async def _repeat(self, message: Outgoing, call: Callable[[], Awaitable[T]]) -> T:
        """Make a call of a message, however often it takes. Raises Undeliverable."""
        pause = FIRST_PAUSE
        while True:
            try:
                async with self._slots:
                    return await call()
            except NotNow as error:
                wait = error.seconds
                if wait is None:
                    wait, pause = pause, min(2 * pause, LAST_PAUSE)
                log.info("message %d is tried again in %.1f s: %s", message.id, wait, error)
            if wait > HEAD_START.total_seconds():  # so that no sweep of another process takes it meanwhile
                later = now() + timedelta(seconds=wait)
                try:
                    await blocking(self._store, partial(self._store.outbox.retry, message.id, later))
                except Exception:  # a store that fails for a moment is no reason to give a message up
                    log.exception("that message %d waits was not written down", message.id)
            await asyncio.sleep(wait)
