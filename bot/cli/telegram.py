"""`overstap telegram`: the bot on Telegram; `overstap run`: the main job, on whatever this machine has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractAsyncContextManager

    from starlette.routing import BaseRoute

    from bot.channels.http import Health, Serving
    from bot.conversations import Conversations
    from bot.settings import Settings


@click.command()
def telegram() -> None:
    """The bot on Telegram: long polling, or a webhook when WEBHOOK_URL is set."""
    from bot import logs
    from bot.channels.telegram import serve
    from bot.cli.beside import jobs_for_staff
    from bot.cli.freshness_figures import FreshnessFigures
    from bot.cli.reloading import reloading, say_broken
    from bot.cli.wiring import open_compiled_or_last_good, open_conversations
    from bot.errors import BotError
    from bot.settings import Settings
    from bot.staff.chat import StaffChat
    from bot.staff.labels import Labels

    settings = Settings.read()
    if not settings.telegram_bot_token:
        raise BotError("TELEGRAM_BOT_TOKEN is not set. Ask @BotFather for one, and put it in .env.")
    logs.set_up(settings)
    compiled, trouble = open_compiled_or_last_good(settings)
    conversations = open_conversations(settings, compiled)
    if trouble:
        say_broken(conversations, trouble)
    FreshnessFigures(conversations).publish()
    with reloading(settings, conversations):
        staff = StaffChat(conversations.store, conversations.time, lambda: Labels.of(conversations.compiled.content))
        conversations.staff = staff
        beside = jobs_for_staff(settings, conversations.store, conversations.time)
        if settings.web_url:
            from bot.cli import web

            listener = web.place(settings)
            beside.append(lambda: web.beside(conversations, listener))
        serve.run(settings, conversations, _with_the_desk(settings, conversations), staff, click.echo, beside)


def _with_the_desk(settings: Settings, conversations: Conversations) -> Serving:
    """The server, which has the desk as well once it is set up: `DESK_URL`."""
    from bot.web.server import serving

    if not settings.desk_url:
        return serving
    from bot.cli.desk import routes_of

    desk = routes_of(conversations)

    def with_desk(
        settings: Settings, routes: Sequence[BaseRoute], health: Health, *, is_required: bool
    ) -> AbstractAsyncContextManager[None]:
        return serving(settings, [*routes, *desk], health, is_required=is_required)

    return with_desk


@click.command()
@click.pass_context
def run(ctx: click.Context) -> None:
    """The bot: on Telegram when TELEGRAM_BOT_TOKEN is set, else in this terminal."""
    from bot.settings import Settings

    if Settings.read().telegram_bot_token:
        ctx.invoke(telegram)
        return
    from bot.cli.chat import talk

    click.echo("No TELEGRAM_BOT_TOKEN is set, so the bot talks to you here. Stop with /quit or Ctrl-D.")
    talk(with_page=True)
