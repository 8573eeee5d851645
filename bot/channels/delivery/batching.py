"""Updates that wait for their turn: all that wait together go into one commit."""

import asyncio
import logging
import math
import time
from collections.abc import Callable, Mapping
from itertools import islice
from typing import TypeVar

from bot.conversations import Address, Conversations, Reply, Request, UpdateOutcome
from bot.store import Store
from bot.store.inbox import UpdateKey

log = logging.getLogger(__name__)
T = TypeVar("T")

BATCH = 100  # in one commit; more would keep the first of them waiting for the last
GATHERING_ROUNDS = 3  # of the event loop; measured at 100 chats: 27 turns a commit instead of 20
RETRY_SECONDS = 0.2  # between the tries of an update that fails
# How long a failure counts. Who sends nothing to a bot that is not ready must try again, or no turn ever shows that
# the store is back. A poller tries sooner than this (LAST_PAUSE), so there it counts until the store is back.
FAILED_SECONDS = 60.0

_Wait = tuple[Request, asyncio.Future[Reply]]


class Turns:
    """Gives everyone their turn: one person strictly in order, many people in one transaction.

    `take` returns when the turn is committed, so that an update is acknowledged after that and never before.
    """

    def __init__(self, conversations: Conversations):
        self._conversations = conversations
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

    async def take(self, request: Request) -> Reply:
        """Wait for a turn; raises what the store raises, and then nothing has happened.

        An update that waits already is not taken twice: whoever brings it again hears the same.
        """
        update = request.update
        assert update is not None, "only what has a number can be recognised when it comes again"
        if update not in self._waiting:
            self._waiting[update] = (request, asyncio.get_running_loop().create_future())
            self._news.set()
        return await asyncio.shield(self._waiting[update][1])

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
            replies = await blocking(self._conversations.store, lambda: self._conversations.turns(requests))
        except Exception as error:  # the store is down: nobody had a turn, and nothing is acknowledged
            log.exception("turns were not committed")
            self._failed_at = time.monotonic()
            for update, (_, future) in batch.items():
                del self._waiting[update]
                future.set_exception(error)
                future.exception()  # who asked may be gone
            return
        self._failed_at = -math.inf
        for (update, (request, future)), reply in zip(batch.items(), replies, strict=True):
            if reply.outcome is UpdateOutcome.FAILED:
                self._hold(request.address)
            else:
                del self._waiting[update]
                future.set_result(reply)

    def _hold(self, address: Address) -> None:
        self._held.add(address)
        asyncio.get_running_loop().call_later(RETRY_SECONDS, self._release, address)

    def _release(self, address: Address) -> None:
        self._held.discard(address)
        self._news.set()


def _order(update: UpdateKey) -> tuple[str, int, str]:
    """Of a channel that counts: "9" before "10"."""
    return update.channel, len(update.id), update.id


async def blocking(store: Store, work: Callable[[], T]) -> T:
    """Do something that blocks. On SQLite a transaction takes less time than handing it to a thread."""
    return work() if store.sqlite else await asyncio.to_thread(work)
