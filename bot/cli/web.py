"""`overstap web`: the page on which people talk with the bot; also beside Telegram, and beside the terminal."""

from __future__ import annotations

import asyncio
import logging
import threading
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

import click

from bot.errors import BotError

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator, Iterator

    from starlette.types import ASGIApp

    from bot.channels.web.channel import WebChannel
    from bot.conversations import Conversations
    from bot.settings import Settings

log = logging.getLogger(__name__)

STOP_SECONDS = 5.0


@click.command()
def web() -> None:
    """The page on which people talk with the bot."""
    from bot import logs
    from bot.cli.reloading import reloading, say_broken
    from bot.cli.wiring import open_compiled_or_last_good, open_conversations
    from bot.settings import Settings

    settings = Settings.read()
    logs.set_up(settings)
    compiled, trouble = open_compiled_or_last_good(settings)
    conversations = open_conversations(settings, compiled)
    if trouble:
        say_broken(conversations, trouble)

    async def serve() -> None:
        from bot.web.server import stopping

        stop = stopping()
        async with page(conversations, place(settings)):
            click.echo(f"The page is at {address(settings)}. Stop with Ctrl-C.")
            await stop.wait()

    with reloading(settings, conversations):
        asyncio.run(serve())


def address(settings: Settings) -> str:
    """Where people reach the page: as it is set, else on this machine."""
    host = f"[{settings.web_host}]" if ":" in settings.web_host else settings.web_host
    return settings.web_url or f"http://{host}:{settings.web_port}"


def place(settings: Settings) -> socket.socket:
    """Raises BotError when it is not free."""
    from bot.web.server import listen

    return listen(settings.web_host, settings.web_port, "WEB_PORT")


def app_of(conversations: Conversations, channel: WebChannel) -> ASGIApp:
    """The site over the same store and content as the bot."""
    from bot.web.chat import routes as chat
    from bot.web.public.app import public
    from bot.web.public.site import Site

    site = Site(conversations, conversations.store.settings, [chat.ROOM], [chat.MENU])
    return public(site, chat.routes(site, channel))


@asynccontextmanager
async def page(conversations: Conversations, listener: socket.socket) -> AsyncIterator[None]:
    """The page answers meanwhile, and its channel gives turns."""
    from bot.channels.web.channel import WebChannel
    from bot.web.server import answering

    channel = WebChannel(conversations)
    working = asyncio.create_task(channel.run())
    try:
        async with answering(app_of(conversations, channel), listener):
            yield
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)


async def beside(conversations: Conversations, listener: socket.socket) -> None:
    """As `page`, until it is cancelled: a job beside those of another channel."""
    async with page(conversations, listener):
        await asyncio.Event().wait()


@contextmanager
def in_background(conversations: Conversations) -> Iterator[str | None]:
    """The page answers in a thread of its own meanwhile; gives where, or None when that place is not free."""
    settings = conversations.store.settings
    try:
        listener = place(settings)
    except BotError as error:
        log.info("there is no page: %s", error)
        yield None
        return
    loop, stop = asyncio.new_event_loop(), asyncio.Event()

    async def serve() -> None:
        async with page(conversations, listener):
            await stop.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), name="page", daemon=True)
    thread.start()
    try:
        yield address(settings)
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(STOP_SECONDS)
        if not thread.is_alive():
            loop.close()
