"""Updates that wait for their turn: all that wait together go into one commit."""

import asyncio
import logging
import math
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial
from itertools import islice
from typing import Any, Protocol, TypeVar

from bot.channels import metrics
from bot.conversations import Address, Conversations, Request, UpdateOutcome
from bot.store import Outgoing
from bot.store.inbox import UpdateKey

log = logging.getLogger(__name__)
T = TypeVar("T")

BATCH = 100  # in one commit; more would keep the first of them waiting for the last
GATHERING_ROUNDS = 3  # of the event loop; measured at 100 chats: 27 turns a commit instead of 20
RETRY_SECONDS = 0.2  # between the tries of an update that fails
# How long a failure counts. Who sends nothing to a bot that is not ready must try again, or no turn ever shows that
# the store is back. A poller tries sooner than this (LAST_PAUSE), so there it counts until the store is back.
FAILED_SECONDS = 60.0
LOOK_SECONDS = 1.0  # between looks for what another process was killed over
GAP_SECONDS = 0.02  # between looks for an update that is on its way to another process

Post = Callable[[Iterable[Outgoing]], None]
_Wait = tuple[Request, asyncio.Future[UpdateOutcome]]


class Taking(Protocol):
    """Where updates of one channel go to have their turn."""

    @property
    def waiting(self) -> int:
        """How many have none yet, as far as this process knows."""

    @property
    def failing(self) -> bool:
        """Whether turns cannot be written at the moment."""

    async def take(self, request: Request) -> None:
        """Take an update: when this returns it may be acknowledged. Raises what the store raises, and then nothing has
        happened."""

    async def pass_over(self, update: UpdateKey) -> None:
        """This update needs no turn."""

    async def run(self) -> None:
        """Give turns until cancelled."""


class TryLater(Exception):
    """No turn could be given, and what was said is not to blame."""


class Turns:
    """Gives everyone their turn where one process works: one person strictly in order, many people in one transaction.

    `take` returns when the turn is committed, so that an update is acknowledged after that and never before. What is
    said then goes to `post`.
    """

    def __init__(self, conversations: Conversations, post: Post):
        self._conversations, self._post = conversations, post
        self._waiting: dict[UpdateKey, _Wait] = {}
        self._held: set[Address] = set()  # whose update failed: what they sent later waits for it
        self._news = asyncio.Event()
        self._failed_at = -math.inf  # when the last group was not committed; on the monotonic clock

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    @property
    def failing(self) -> bool:
        """Whether the last group was not committed, as on a full disk that can still be read."""
        return time.monotonic() - self._failed_at < FAILED_SECONDS

    async def take(self, request: Request) -> None:
        """Wait for a turn; an update that waits already is not taken twice: whoever brings it again hears the same."""
        update = request.update
        assert update is not None, "only what has a number can be recognised when it comes again"
        began = time.perf_counter()
        if update not in self._waiting:
            self._waiting[update] = (request, asyncio.get_running_loop().create_future())
            self._news.set()
        outcome = await asyncio.shield(self._waiting[update][1])
        metrics.TURN_SECONDS.observe(time.perf_counter() - began)
        metrics.TURNS.labels(type(request.event).__name__, outcome).inc()

    async def pass_over(self, update: UpdateKey) -> None:
        """Here nothing waits for a number."""

    async def run(self) -> None:
        """Give turns until cancelled."""
        while True:
            await self._news.wait()
            # Whatever arrived at the same moment joins: a webhook brings one update a connection, and the loop needs
            # a few rounds to read them all.
            for _ in range(GATHERING_ROUNDS):
                await asyncio.sleep(0)
            self._news.clear()
            while batch := self._next():
                await self._give(batch)

    def _next(self) -> dict[UpdateKey, _Wait]:
        """Numbers go up within one chat, while connections overtake each other."""
        waiting = sorted(self._waiting, key=_order)
        free = (each for each in waiting if self._waiting[each][0].address not in self._held)
        return {each: self._waiting[each] for each in islice(free, BATCH)}

    async def _give(self, batch: Mapping[UpdateKey, _Wait]) -> None:
        requests = [request for request, _ in batch.values()]
        try:
            replies = await blocking(lambda: self._conversations.turns(requests))
        except Exception as error:  # the store is down: nobody had a turn, and nothing is acknowledged
            log.exception("turns were not committed")
            self._failed_at = time.monotonic()
            for update, (_, future) in batch.items():
                del self._waiting[update]
                future.set_exception(error)
                future.exception()  # who asked may be gone
            return
        self._failed_at = -math.inf
        not_now: set[Address] = set()
        for (update, (request, future)), reply in zip(batch.items(), replies, strict=True):
            match reply.outcome:
                case UpdateOutcome.FAILED:
                    self._hold(request.address)
                case UpdateOutcome.HELD if request.address not in not_now:
                    pass  # it waits for the one before it
                case UpdateOutcome.NOT_NOW | UpdateOutcome.HELD:
                    # Who brings it does so again, later and later: with what they said after it.
                    not_now.add(request.address)
                    self._failed_at = time.monotonic()
                    del self._waiting[update]
                    future.set_exception(TryLater())
                    future.exception()
                case outcome:
                    del self._waiting[update]
                    self._post(reply.outgoing)
                    future.set_result(outcome)

    def _hold(self, address: Address) -> None:
        self._held.add(address)
        asyncio.get_running_loop().call_later(RETRY_SECONDS, self._release, address)

    def _release(self, address: Address) -> None:
        self._held.discard(address)
        self._news.set()


class SharedTurns:
    """Gives turns where several processes share the work on one database.

    `take` returns when the update is written down. Then whichever process is free gives its chat a turn, in the order
    of the channel: see `bot.store.inbox`.
    """

    def __init__(self, conversations: Conversations, channel: str, post: Post):
        self._conversations, self._channel, self._post = conversations, channel, post
        self._arrived: dict[UpdateKey, tuple[Request | None, asyncio.Future[None]]] = {}
        self._to_write, self._to_turn = asyncio.Event(), asyncio.Event()
        self._failed_at = -math.inf

    @property
    def waiting(self) -> int:
        return len(self._arrived)

    @property
    def failing(self) -> bool:
        return time.monotonic() - self._failed_at < FAILED_SECONDS

    async def take(self, request: Request) -> None:
        assert request.update is not None, "only what has a number has an order"
        began = time.perf_counter()
        await self._write_down(request.update, request)
        metrics.TURN_SECONDS.observe(time.perf_counter() - began)
        metrics.TURNS.labels(type(request.event).__name__, "received").inc()

    async def pass_over(self, update: UpdateKey) -> None:
        """What comes after it need not wait for it."""
        await self._write_down(update, None)

    async def run(self) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self._write_forever())
            group.create_task(self._give_forever())

    async def _write_down(self, update: UpdateKey, request: Request | None) -> None:
        if update not in self._arrived:
            self._arrived[update] = (request, asyncio.get_running_loop().create_future())
            self._to_write.set()
        await asyncio.shield(self._arrived[update][1])

    async def _write_forever(self) -> None:
        while True:
            await self._to_write.wait()
            for _ in range(GATHERING_ROUNDS):
                await asyncio.sleep(0)
            self._to_write.clear()
            batch = dict(self._arrived)
            if not batch:
                continue
            requests = [request for request, _ in batch.values() if request]
            passed = [update for update, (request, _) in batch.items() if request is None]
            receive = partial(self._conversations.receive, requests, passed)
            failure: Exception | None = None
            try:
                await blocking(receive)
            except Exception as error:  # the store is down: nothing is acknowledged
                log.exception("updates were not written down")
                self._failed_at, failure = time.monotonic(), error
            for update, (_, future) in batch.items():
                del self._arrived[update]
                if failure:
                    future.set_exception(failure)
                    future.exception()  # who asked may be gone
                else:
                    future.set_result(None)
            if self._arrived:
                self._to_write.set()
            self._to_turn.set()

    async def _give_forever(self) -> None:
        give = partial(self._conversations.turns_received, self._channel)
        while True:
            self._to_turn.clear()
            pause = LOOK_SECONDS
            try:
                replies, more = await blocking(give)
                self._failed_at = -math.inf
            except Exception:  # the store is down, or comes back: what was written down waits there
                log.exception("turns were not committed")
                self._failed_at = time.monotonic()
            else:
                for reply in replies:
                    self._post(reply.outgoing)
                failed = any(reply.outcome in (UpdateOutcome.FAILED, UpdateOutcome.NOT_NOW) for reply in replies)
                if failed:
                    await asyncio.sleep(RETRY_SECONDS)
                if replies:
                    continue
                if more:
                    pause = GAP_SECONDS
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._to_turn.wait()


def _order(update: UpdateKey) -> tuple[str, int, str]:
    """Of a channel that counts: "9" before "10"."""
    return update.channel, len(update.id), update.id


_under_way: set[asyncio.Future[Any]] = set()


async def blocking(work: Callable[[], T]) -> T:
    """Do something that blocks, in a thread: a database that is locked, or slow, holds up only who waits for it.

    What was begun is finished, also when whoever waits for it is cancelled.
    """
    future = asyncio.get_running_loop().run_in_executor(None, work)
    _under_way.add(future)
    future.add_done_callback(_finished)
    return await asyncio.shield(future)


def _finished(future: asyncio.Future[Any]) -> None:
    _under_way.discard(future)
    if not future.cancelled():
        future.exception()  # who asked may be gone


async def settled(within: float) -> None:
    """Wait for what was begun in threads, for some seconds at most."""
    loop = asyncio.get_running_loop()
    if mine := [future for future in _under_way if future.get_loop() is loop]:
        await asyncio.wait(mine, timeout=within)
