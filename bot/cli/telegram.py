"""`overstap telegram`: the bot on Telegram; `overstap run`: the main job, on whatever this machine has."""

import click


@click.command()
def telegram() -> None:
    """The bot on Telegram: long polling, or a webhook when WEBHOOK_URL is set."""
    from bot import logs
    from bot.channels.telegram import serve
    from bot.cli.beside import jobs_for_staff
    from bot.cli.reloading import reloading, say_broken
    from bot.cli.wiring import open_compiled_or_last_good, open_conversations
    from bot.errors import BotError
    from bot.settings import Settings
    from bot.staff.chat import StaffChat
    from bot.staff.labels import Labels
    from bot.web.server import serving

    settings = Settings.read()
    if not settings.telegram_bot_token:
        raise BotError("TELEGRAM_BOT_TOKEN is not set. Ask @BotFather for one, and put it in .env.")
    logs.set_up(settings)
    compiled, trouble = open_compiled_or_last_good(settings)
    conversations = open_conversations(settings, compiled)
    if trouble:
        say_broken(conversations, trouble)
    with reloading(settings, conversations):
        staff = StaffChat(conversations.store, conversations.time, lambda: Labels.of(conversations.compiled.content))
        conversations.staff = staff
        beside = jobs_for_staff(settings, conversations.store, conversations.time)
        serve.run(settings, conversations, serving, staff, click.echo, beside)


@click.command()
@click.pass_context
def run(ctx: click.Context) -> None:
    """The bot: on Telegram when TELEGRAM_BOT_TOKEN is set, else in this terminal."""
    from bot.settings import Settings

    if Settings.read().telegram_bot_token:
        ctx.invoke(telegram)
        return
    from bot.cli.chat import talk

    click.echo("No TELEGRAM_BOT_TOKEN is set, so the bot talks to you here. Stop with /quit or Ctrl-D.\n")
    talk()
