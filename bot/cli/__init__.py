"""The `overstap` command: the one place that puts the parts together.

Each command lives in a module of its own that is imported when it is called, so that `overstap --help` stays quick.
"""

import errno
import sys
from importlib import import_module

import click

from bot.errors import BotError

COMMANDS = {
    # name: (module:object, one line for --help)
    "run": ("bot.cli.telegram:run", "The bot: on Telegram when there is a token, else in this terminal."),
    "chat": ("bot.cli.chat:chat", "The bot in this terminal."),
    "telegram": ("bot.cli.telegram:telegram", "The bot on Telegram: long polling, or a webhook."),
    "web": ("bot.cli.web:web", "The page on which people talk with the bot."),
    "desk": ("bot.cli.desk:desk", "The desk of advisers in the browser."),
    "faq": ("bot.cli.faq:faq", "The answer to a question, or 'I don't know'."),
    "match": ("bot.cli.match:match", "What fits a person, and why."),
    "explore": ("bot.cli.explore:explore", "Work worth a look, for who does not know what they want."),
    "explain": ("bot.cli.match:explain", "The whole reasoning about one programme or scheme."),
    "understand": ("bot.cli.understand:understand", "What the bot makes of a job, a wish or a place."),
    "leads": ("bot.cli.leads:leads", "The adviser's work: list, claim, note, close, export."),
    "staff": ("bot.cli.team:staff", "Who may work with leads."),
    "check": ("bot.cli.check:check", "Everything wrong in flows/ and knowledge/, and how to fix it."),
    "knowledge": ("bot.cli.knowledge:knowledge", "What has to be verified; confirm a fact; import ESCO."),
    "flows": ("bot.cli.flows:flows", "Draw, walk and compare the flows."),
    "test": ("bot.cli.flows:test", "Run conversations, and say what no conversation reaches."),
    "schema": ("bot.cli.check:schema", "JSON Schemas, so that editors complete while typing."),
    "db": ("bot.cli.db:db", "Schema, backup and restore."),
    "privacy": ("bot.cli.privacy:privacy", "Retention, erasure and the accountability pack."),
}


NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""A full disk, a quota, a limit on files: what cannot be written has often no name any more."""


class LazyGroup(click.Group):
    """A group that imports a command when it is needed, and says in one line what a person can fix."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[name][0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BotError as error:
            click.echo(error, err=True)
            sys.exit(1)
        except OSError as error:
            if error.errno in NO_ROOM:
                what = error.filename or "What you asked for"
                click.echo(f"{what} cannot be written: {error.strerror}. Make room, and try again.", err=True)
                sys.exit(1)
            if error.filename is None:  # no file: a broken pipe, or the network
                raise
            click.echo(f"{error.filename}: {error.strerror}. Does the folder exist, and may you write there?", err=True)
            sys.exit(1)
        except Exception as error:
            database = sys.modules.get("sqlalchemy.exc")  # None: no database was opened, and starting stays quick
            if database is None or not isinstance(error, database.OperationalError):
                raise
            # A full disk, a lost server: looking at leads writes, too. The statement holds data, and is not said.
            click.echo(f"The database cannot be used: {str(error.orig).splitlines()[0].rstrip('.')}.", err=True)
            sys.exit(1)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="overstap")
def main() -> None:
    """Overstap: a career-switch assistant on Telegram, and the tools of the career centre behind it."""
