"""`overstap run`: the main job, on whatever this machine has."""

import click


@click.command()
@click.pass_context
def run(ctx: click.Context) -> None:
    """The bot: on Telegram when TELEGRAM_BOT_TOKEN is set, else in this terminal."""
    from bot.settings import Settings

    if Settings.read().telegram_bot_token:
        from bot.cli.telegram import telegram

        ctx.invoke(telegram)
        return
    from bot.cli.chat import talk

    click.echo("No TELEGRAM_BOT_TOKEN is set, so the bot talks to you here. Stop with /quit or Ctrl-D.\n")
    talk()
