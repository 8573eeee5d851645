"""`overstap desk`: the desk of advisers in the browser, and the link for its first administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from bot.conversations import Conversations
    from bot.settings import Settings


@click.group(invoke_without_command=True)
@click.pass_context
def desk(ctx: click.Context) -> None:
    """The desk of advisers, in the browser."""
    if ctx.invoked_subcommand is None:
        _serve()


@desk.command()
@click.argument("name")
def invite(name: str) -> None:
    """A link with which a member of staff chooses how they sign in. The first one here becomes the administrator."""
    from bot.cli.staff_options import open_locale, open_store
    from bot.cli.wiring import now
    from bot.content.staff_sentences import StaffSentence
    from bot.errors import BotError
    from bot.staff.signing_in import SigningIn
    from bot.store.team import Role

    store, locale = open_store(), open_locale()
    member = store.team.named(name)
    admin = locale.words.word(Role.ADMIN)
    if member is None and not store.team.all():
        member = store.team.add(name, Role.ADMIN)
        click.echo(locale.say(StaffSentence.FIRST_MEMBER, name=name, role=admin), err=True)
    if member is None:
        raise BotError(locale.say(StaffSentence.UNKNOWN_MEMBER, name=name, role=admin))
    token = SigningIn(store).invite(member, "operator", now())
    click.echo(f"{address(store.settings)}/desk/invitation/{token}")


def address(settings: Settings) -> str:
    """Where staff reach the desk: as it is set, else on this machine."""
    return settings.desk_url or f"http://{settings.webhook_host}:{settings.webhook_port}"


def routes_of(conversations: Conversations) -> list[BaseRoute]:
    """The desk over the same store and content as the bot."""
    from bot.staff.labels import Labels
    from bot.web.desk.app import desk as routes

    known: dict[str, Labels] = {}  # of the content in use

    def labels() -> Labels:
        content = conversations.compiled.content
        if content.version not in known:
            known.clear()
            known[content.version] = Labels.of(content)
        return known[content.version]

    return routes(conversations.store, conversations.time, labels, conversations)


def _serve() -> None:
    from bot import logs
    from bot.cli.freshness_figures import FreshnessFigures
    from bot.cli.reloading import reloading, say_broken
    from bot.cli.wiring import open_compiled_or_last_good, open_conversations
    from bot.settings import Settings
    from bot.web.server import run

    settings = Settings.read()
    logs.set_up(settings)
    compiled, trouble = open_compiled_or_last_good(settings)
    conversations = open_conversations(settings, compiled)
    if trouble:
        say_broken(conversations, trouble)

    FreshnessFigures(conversations).publish()

    def began() -> None:
        click.echo(f"The desk is at {address(settings)}/desk/. Stop with Ctrl-C.")

    with reloading(settings, conversations):
        run(settings, routes_of(conversations), _Health(conversations), began)


class _Health:
    """How the desk is when it runs by itself."""

    def __init__(self, conversations: Conversations) -> None:
        self.conversations = conversations
        self.deaf: str | None = None  # who of the team gets no messages, in words

    def is_ready(self) -> bool:
        from sqlalchemy.exc import SQLAlchemyError

        from bot.store import notices

        try:
            self.deaf = notices.trouble(self.conversations.store)
        except SQLAlchemyError:
            return False
        return True

    def trouble(self) -> str | None:
        return "\n".join(filter(None, (self.conversations.trouble, self.deaf))) or None

    def state(self) -> str | None:
        return self.conversations.nightly.state
