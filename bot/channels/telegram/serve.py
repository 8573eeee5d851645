"""The process: a bot that polls, or has a webhook, until it is told to stop."""

import asyncio
import gc
import hashlib
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext, suppress
from typing import Any
from urllib.parse import urlsplit

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.channels.delivery.batching import settled
from bot.channels.http import Serving
from bot.channels.telegram import menu
from bot.channels.telegram.bot import TelegramBot
from bot.channels.telegram.lock import only_one
from bot.channels.telegram.polling import Poller
from bot.channels.telegram.request import make_request
from bot.channels.telegram.staff import StaffMenu
from bot.channels.telegram.update import ALLOWED_UPDATES
from bot.channels.telegram.webhook import webhook
from bot.conversations import Conversations
from bot.errors import BotError
from bot.settings import Settings

log = logging.getLogger(__name__)

# Of the ten in which the bot stops: for what is under way to arrive, and be written down; after it the process ends,
# whatever the database waits for. Nothing is lost by that: it is as if it was killed.
STOP_SECONDS = 7.0
END_SECONDS = 9.0
SETTLE_SECONDS = 1.5  # for what was begun in the database


def run(
    settings: Settings,
    conversations: Conversations,
    serving: Serving,
    staff: StaffMenu | None = None,
    began: Callable[[str], None] = lambda _: None,
) -> None:
    """Run the bot until SIGTERM, SIGINT or Ctrl-C. `began` hears in one line what it does."""
    # What is here now stays: the collector need not look at content and indexes again and again.
    gc.collect()
    gc.freeze()
    with asyncio.Runner(loop_factory=_loop_factory(settings.telegram_fast)) as runner:
        runner.run(serve(settings, conversations, serving, staff, began))


def _loop_factory(fast: bool) -> Callable[[], asyncio.AbstractEventLoop] | None:
    if not fast:
        return None
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


async def serve(
    settings: Settings,
    conversations: Conversations,
    serving: Serving,
    staff: StaffMenu | None = None,
    began: Callable[[str], None] = lambda _: None,
    stop: asyncio.Event | None = None,
) -> None:
    """Run the bot until a signal, or until `stop` is set."""
    stop = stop or asyncio.Event()
    _listen_to_signals(stop)
    shared = bool(settings.webhook_url) and not settings.sqlite
    async with _open_bot(settings) as ptb:
        bot = TelegramBot(ptb, conversations, settings.telegram_fast, shared, _name(settings))
        arriving = _webhook if settings.webhook_url else _polling
        jobs: set[asyncio.Task[None]] = set()
        # On several machines PostgreSQL keeps processes apart. One file is of one machine, and of one process.
        lock = nullcontext() if shared else only_one(settings.data_folder / f"telegram-{ptb.bot.id}.lock")
        with lock:
            try:
                async with arriving(settings, bot, serving, began) as arrivals:
                    # Not before the port, or the lock, is ours: what a process of this name left behind is ours then.
                    publishing = menu.publish(ptb, conversations.compiled, staff)
                    jobs |= {asyncio.create_task(bot.run()), asyncio.create_task(publishing)}
                    log.info("@%s takes messages (%s)", ptb.username, "webhook" if settings.webhook_url else "polling")
                    await _until(stop, {*arrivals, *jobs})
                    log.info("stopping")
                with suppress(TimeoutError):
                    async with asyncio.timeout(STOP_SECONDS):
                        await bot.drain()
            finally:
                for job in jobs:
                    job.cancel()
                await asyncio.gather(*jobs, return_exceptions=True)
                await settled(SETTLE_SECONDS)
                log.info("stopped")


def _name(settings: Settings) -> str:
    """A name for this process that no other one has while it lives: its port, or the folder that it locked."""
    place = str(settings.webhook_port) if settings.webhook_url else "polling"
    where = f"{socket.gethostname()} {settings.data_folder.absolute()} {place}"
    return hashlib.sha256(where.encode()).hexdigest()[:32]


async def _until(stop: asyncio.Event, tasks: set[asyncio.Task[None]]) -> None:
    """Wait until it is time to stop; raises what a task raises."""
    stopping = asyncio.create_task(stop.wait())
    waiting: set[asyncio.Task[Any]] = {stopping, *tasks}
    try:
        while not stop.is_set():
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
    finally:
        stopping.cancel()


def _listen_to_signals(stop: asyncio.Event) -> None:
    if sys.platform == "win32":  # there Ctrl-C cancels us
        return

    def end() -> None:
        stop.set()
        last = threading.Timer(END_SECONDS, os._exit, [0])
        last.daemon = True
        last.start()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, end)


@asynccontextmanager
async def _open_bot(settings: Settings) -> AsyncIterator[Bot]:
    """A bot that knows its name."""
    assert settings.telegram_bot_token
    bot = Bot(
        settings.telegram_bot_token,
        base_url=f"{settings.telegram_base_url}/bot",
        base_file_url=f"{settings.telegram_base_url}/file/bot",
        request=make_request(settings.telegram_fast),
        get_updates_request=make_request(settings.telegram_fast, connections=1),
    )
    try:
        await _introduce(bot)
        yield bot
    finally:
        await bot.shutdown()


async def _introduce(bot: Bot) -> None:
    """Let Telegram tell the bot its own name."""
    try:
        await bot.initialize()
    except InvalidToken:
        raise BotError("Telegram does not know TELEGRAM_BOT_TOKEN. Ask @BotFather for it.") from None
    except TelegramError as error:
        raise BotError(f"Telegram cannot be reached: {type(error).__name__}. Is this machine online?") from None


@asynccontextmanager
async def _polling(
    settings: Settings, bot: TelegramBot, serving: Serving, began: Callable[[str], None]
) -> AsyncIterator[list[asyncio.Task[None]]]:
    async with serving(settings, [], bot, is_required=False):
        polling = asyncio.create_task(Poller(bot.bot, bot.take).run())
        began(f"@{bot.bot.username} is on Telegram (long polling). Stop with Ctrl-C.")
        try:
            yield [polling]
        finally:
            polling.cancel()
            await asyncio.gather(polling, return_exceptions=True)


@asynccontextmanager
async def _webhook(
    settings: Settings, bot: TelegramBot, serving: Serving, began: Callable[[str], None]
) -> AsyncIterator[list[asyncio.Task[None]]]:
    assert settings.webhook_url
    if not settings.webhook_secret:
        raise BotError("WEBHOOK_SECRET is required with WEBHOOK_URL: without it anyone can send the bot messages.")
    route = webhook(urlsplit(settings.webhook_url).path or "/", settings.webhook_secret, bot.take)
    async with serving(settings, [route], bot, is_required=True):
        try:
            await bot.bot.set_webhook(
                settings.webhook_url, secret_token=settings.webhook_secret, allowed_updates=ALLOWED_UPDATES
            )
        except TelegramError as error:
            raise BotError(f"Telegram does not take WEBHOOK_URL: {error}") from None
        began(f"@{bot.bot.username} is on Telegram (webhook at {settings.webhook_url}). Stop with Ctrl-C.")
        yield []
