"""Long polling: updates are fetched, and confirmed to Telegram after they are committed, never before."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Bot
from telegram.error import Conflict, EndPointNotFound, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.transport import seconds
from bot.channels.telegram.update import ALLOWED_UPDATES, number_of
from bot.errors import BotError

log = logging.getLogger(__name__)

POLL_SECONDS = 50  # how long Telegram holds a request without news
SLACK_SECONDS = 10.0  # after which such a request is believed lost
PROBATION_SECONDS = 5.0  # a second poller finds out within this time that it is one
FIRST_PAUSE, LAST_PAUSE = 0.5, 30.0
LONGEST_WAIT = 300.0  # seconds, whatever Telegram, or what looks like it, asks

JSON = dict[str, Any]


class AlreadyPolled(BotError):
    """Two processes cannot poll one bot, for each would get a part of the updates; nor serve one file."""

    def __init__(self) -> None:
        super().__init__(
            "Another process runs this bot already. Stop that one first, or give this one another token. "
            "Several processes for one bot need PostgreSQL and a webhook: see docs/operations.md."
        )


class Poller:
    """Fetches updates, and gives each batch to `take`, which returns when all of it is committed."""

    def __init__(self, bot: Bot, take: Callable[[JSON], Awaitable[None]]):
        self._bot, self._take = bot, take
        self._offset: int | None = None
        self._pause = FIRST_PAUSE

    async def run(self) -> None:
        """Poll until cancelled; raises AlreadyPolled at the start, when another process does."""
        # An earlier webhook would keep everything for itself.
        await self._bot.delete_webhook(drop_pending_updates=False)
        started = time.monotonic()
        while True:
            try:
                await self._poll()
                self._pause = FIRST_PAUSE
            except Conflict:
                # Telegram sends away whoever asked first. The one that was here before asks again and stays.
                if time.monotonic() - started < PROBATION_SECONDS:
                    raise AlreadyPolled from None
                log.error("another process polls this bot")
                await asyncio.sleep(FIRST_PAUSE)
            except (InvalidToken, EndPointNotFound):
                raise BotError("Telegram does not know TELEGRAM_BOT_TOKEN (any more). Ask @BotFather for it.") from None
            except RetryAfter as error:
                await asyncio.sleep(min(max(seconds(error), FIRST_PAUSE), LONGEST_WAIT))
            except TelegramError as error:
                log.warning("no updates: %s; again in %.1f s", error, self._pause)
                await self._rest()
            except Exception:  # the store is down: nothing was confirmed, so everything comes again
                log.exception("updates were not taken; again in %.1f s", self._pause)
                await self._rest()

    async def _poll(self) -> None:
        updates = await self._fetch()
        if not updates:
            # What we have is confirmed by now. Numbers start again after a quiet week: ask for whatever there is.
            self._offset = None
            return
        await asyncio.gather(*map(self._take, updates))
        numbers = [number for update in updates if (number := number_of(update)) is not None]
        if numbers:  # what has none is confirmed with the others
            self._offset = max(numbers) + 1
        else:
            await self._rest()

    async def _fetch(self) -> list[JSON]:
        """One getUpdates, as JSON. `Bot.get_updates` reads a whole batch: one update that it cannot read stops it."""
        given: JSON = {"timeout": POLL_SECONDS, "allowed_updates": ALLOWED_UPDATES}
        if self._offset is not None:
            given["offset"] = self._offset
        patience = POLL_SECONDS + SLACK_SECONDS
        updates: list[JSON] = await self._bot.do_api_request("getUpdates", api_kwargs=given, read_timeout=patience)
        return updates

    async def _rest(self) -> None:
        await asyncio.sleep(self._pause)
        self._pause = min(2 * self._pause, LAST_PAUSE)
