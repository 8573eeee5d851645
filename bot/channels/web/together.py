"""Small writes of many pages in one transaction: a database takes one writer at a time, and each commit costs."""

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from bot.channels.delivery.batching import blocking
from bot.store import Store

log = logging.getLogger(__name__)
T = TypeVar("T")


class Together:
    """`do` returns when its work is committed, with all that came meanwhile. One that fails leaves the others alone."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: list[tuple[Callable[[], Any], asyncio.Future[Any]]] = []
        self._news = asyncio.Event()

    async def do(self, work: Callable[[], T]) -> T:
        """Raises what the work raises."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, future))
        self._news.set()
        return await asyncio.shield(future)

    async def run(self) -> None:
        """Carry out what comes, until cancelled."""
        while True:
            await self._news.wait()
            self._news.clear()
            batch, self._waiting = self._waiting, []
            if not batch:
                continue
            try:
                results = await blocking(partial(self._all, [work for work, _ in batch]))
            except Exception:  # noqa: BLE001  # each by itself: whose fault it was hears of it
                results = [await self._alone(work) for work, _ in batch]
            for (_, future), result in zip(batch, results, strict=True):
                if isinstance(result, Exception):
                    future.set_exception(result)
                    future.exception()  # who asked may be gone
                else:
                    future.set_result(result)

    def _all(self, works: list[Callable[[], Any]]) -> list[Any]:
        with self._store.transaction():
            return [work() for work in works]

    async def _alone(self, work: Callable[[], Any]) -> Any:
        try:
            return await blocking(work)
        except Exception as error:  # noqa: BLE001  # given to who asked
            return error
