"""The process: a bot that polls, or has a webhook, until it is told to stop."""

import asyncio
import gc
import logging
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.request import BaseRequest

from bot.channels.telegram import menu
from bot.channels.telegram.bot import TelegramBot
from bot.channels.telegram.lock import only_one
from bot.channels.telegram.polling import Poller
from bot.channels.telegram.request import make_request
from bot.channels.telegram.staff import StaffChat
from bot.channels.telegram.update import ALLOWED_UPDATES
from bot.channels.telegram.webhook import Webhook, make_app
from bot.conversations import Conversations
from bot.errors import BotError
from bot.settings import Settings

log = logging.getLogger(__name__)

STOP_SECONDS = 1.0  # for requests that are being answered; what was committed has its own time after that


def run(
    settings: Settings,
    conversations: Conversations,
    staff: StaffChat | None = None,
    began: Callable[[str], None] = lambda _: None,
) -> None:
    """Run the bot until SIGTERM, SIGINT or Ctrl-C. `began` hears in one line what it does."""
    # What is here now stays: the collector need not look at content and indexes again and again.
    gc.collect()
    gc.freeze()
    with asyncio.Runner(loop_factory=_loop_factory(settings.telegram_fast)) as runner:
        runner.run(serve(settings, conversations, staff, began))


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
    staff: StaffChat | None = None,
    began: Callable[[str], None] = lambda _: None,
    stop: asyncio.Event | None = None,
) -> None:
    """Run the bot until a signal, or until `stop` is set."""
    stop = stop or asyncio.Event()
    _listen_to_signals(stop)
    async with _open_bot(settings) as (ptb, request, updates_request):
        bot = TelegramBot(ptb, request, conversations, staff, settings.telegram_fast)
        webhook = settings.webhook_url is not None
        arriving = _webhook(settings, bot, began) if webhook else _polling(settings, bot, updates_request, began)
        jobs = {asyncio.create_task(bot.run()), asyncio.create_task(menu.publish(ptb, conversations.compiled, staff))}
        try:
            async with arriving as arrivals:
                await _until(stop, {*arrivals, *jobs})
            await bot.drain()
        finally:
            for job in jobs:
                job.cancel()
            await asyncio.gather(*jobs, return_exceptions=True)


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
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)


@asynccontextmanager
async def _open_bot(settings: Settings) -> AsyncIterator[tuple[Bot, BaseRequest, BaseRequest]]:
    """A bot that knows its name, its client, and the client that waits for updates."""
    assert settings.telegram_bot_token
    request = make_request(settings.telegram_fast)
    updates_request = make_request(settings.telegram_fast, connections=1)
    bot = Bot(
        settings.telegram_bot_token,
        base_url=f"{settings.telegram_base_url}/bot",
        base_file_url=f"{settings.telegram_base_url}/file/bot",
        request=request,
        get_updates_request=updates_request,
    )
    try:
        await _introduce(bot)
        yield bot, request, updates_request
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
    settings: Settings, bot: TelegramBot, request: BaseRequest, began: Callable[[str], None]
) -> AsyncIterator[list[asyncio.Task[None]]]:
    with only_one(settings.data_folder / f"telegram-{bot.bot.id}.lock"):
        async with _http(
            make_app(bot.is_ready, trouble=lambda: bot.conversations.trouble), settings, is_required=False
        ):
            polling = asyncio.create_task(Poller(bot.bot, request, bot.take).run())
            began(f"@{bot.bot.username} is on Telegram (long polling). Stop with Ctrl-C.")
            try:
                yield [polling]
            finally:
                polling.cancel()
                await asyncio.gather(polling, return_exceptions=True)


@asynccontextmanager
async def _webhook(
    settings: Settings, bot: TelegramBot, began: Callable[[str], None]
) -> AsyncIterator[list[asyncio.Task[None]]]:
    assert settings.webhook_url
    if not settings.webhook_secret:
        raise BotError("WEBHOOK_SECRET is required with WEBHOOK_URL: without it anyone can send the bot messages.")
    webhook = Webhook(settings.webhook_secret, bot.answer if settings.telegram_fast else bot.take)
    app = make_app(bot.is_ready, webhook, urlsplit(settings.webhook_url).path or "/", lambda: bot.conversations.trouble)
    async with _http(app, settings, is_required=True):
        await bot.bot.set_webhook(
            settings.webhook_url, secret_token=settings.webhook_secret, allowed_updates=ALLOWED_UPDATES
        )
        began(f"@{bot.bot.username} is on Telegram (webhook at {settings.webhook_url}). Stop with Ctrl-C.")
        yield []


@asynccontextmanager
async def _http(app: web.Application, settings: Settings, *, is_required: bool) -> AsyncIterator[None]:
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=STOP_SECONDS)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.webhook_host, settings.webhook_port).start()
    except OSError as error:
        place = f"{settings.webhook_host}:{settings.webhook_port}"
        if is_required:
            raise BotError(f"{place} is not free: {error.strerror}. Set WEBHOOK_PORT.") from None
        log.warning("no health and no figures: %s is not free: %s", place, error.strerror)
    try:
        yield
    finally:
        await runner.cleanup()
