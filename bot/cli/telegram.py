"""`overstap telegram`: the bot on Telegram."""

import click


@click.command()
def telegram() -> None:
    """The bot on Telegram: long polling, or a webhook when WEBHOOK_URL is set."""
    from bot import logs
    from bot.channels.telegram import serve
    from bot.cli.assembly import open_conversations, open_library
    from bot.cli.reloading import reloading
    from bot.errors import BotError
    from bot.settings import Settings
    from bot.staff.chat import StaffChat
    from bot.staff.labels import Labels
    from bot.web.server import serving

    settings = Settings.read()
    if not settings.telegram_bot_token:
        raise BotError("TELEGRAM_BOT_TOKEN is not set. Ask @BotFather for one, and put it in .env.")
    logs.set_up(settings)
    conversations = open_conversations(settings, open_library(settings))
    with reloading(settings, conversations):
        staff = StaffChat(conversations.store, conversations.time, lambda: Labels.of(conversations.compiled.content))
        serve.run(settings, conversations, serving, staff, click.echo)
