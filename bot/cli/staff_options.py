"""What the commands for advisers share: who is working, which leads, and a table."""

from __future__ import annotations

import getpass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.staff.desk import Desk
    from bot.staff.labels import Labels
    from bot.staff.locale import Locale
    from bot.store import Store
    from bot.store.lead_model import Filter

STATUSES = ("nieuw", "opgepakt", "contact_gezocht", "in_gesprek", "afgerond", "vervallen")


class Day(click.DateTime):
    """A day, which is refused in Dutch and with an example; `click` would show its codes."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            from bot.cli.wiring import today
            from bot.settings import Settings

            soon = today(Settings.read().content_root) + timedelta(days=7)
            self.fail(f"{value!r} is geen datum. Typ bijvoorbeeld {soon} of {soon:%d-%m-%Y}.", param, ctx)


DAY = Day(["%Y-%m-%d", "%d-%m-%Y"])


def open_store() -> Store:
    from bot.settings import Settings
    from bot.store import Store

    store = Store.open(Settings.read())
    click.get_current_context().call_on_close(store.close)
    return store


def open_locale() -> Locale:
    """How to say things to staff, before or without a desk."""
    from bot.content.load import read_country
    from bot.settings import Settings
    from bot.staff.locale import Locale

    return Locale(read_country(Settings.read().content_root))


def open_labels(settings: Settings) -> Labels | None:
    """What flows and knowledge call things now; None when an editor's files cannot be read just then."""
    from bot.cli.content import load
    from bot.content.problems import BrokenContent
    from bot.staff.labels import Labels

    try:
        return Labels.of(load(settings.content_root))
    except BrokenContent:
        return None


def open_desk(name: str | None) -> Desk:
    """The desk of `name`, or of who is logged in. The first one to work here becomes the administrator."""
    from bot.errors import BotError
    from bot.staff.desk import Desk
    from bot.store.database import now
    from bot.store.team import Role

    store = open_store()
    name = name or getpass.getuser()
    member = store.team.named(name)
    if member is None and not store.team.all():
        member = store.team.add(name, Role.ADMIN)
        click.echo(f"{name} is nu beheerder. Voeg collega's toe met: overstap staff add NAAM", err=True)
    if member is None:
        raise BotError(f"{name} is niet bekend. Een beheerder voegt je toe met: overstap staff add {name}")
    return Desk(store, member, lambda: store.clock.steady(now()))


def with_filters(command: Any) -> Any:
    """Give a command the options that narrow down which leads."""
    options = (
        click.option("--status", type=click.Choice(STATUSES), multiple=True, help="Only with this; may be repeated."),
        click.option("--kind", multiple=True, metavar="FLOW", help="Only from this flow: intake, employer ..."),
        click.option("--assignee", metavar="NAME", help="Only of this adviser."),
        click.option("--mine", is_flag=True, help="Only your own."),
        click.option("--unassigned", is_flag=True, help="Only those that nobody has."),
        click.option("--overdue", is_flag=True, help="Only those whose next action should have been done."),
        click.option("--since", type=DAY, metavar="DATE", help="Only those that came in on this day or later."),
        click.option("--source", metavar="CODE", help="Only those who came by this link."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def to_filter(desk: Desk, asked: dict[str, Any], *, only_open: bool = False) -> Filter:
    from bot.store.code_labels import to_code
    from bot.store.lead_model import Filter, Status

    since: datetime | None = asked["since"]
    return Filter(
        status=tuple(to_code(Status, each) for each in asked["status"]),
        kind=asked["kind"],
        assignee=desk.who.name if asked["mine"] else asked["assignee"],
        unassigned=asked["unassigned"],
        overdue_on=desk.store.calendar.day(desk.now()) if asked["overdue"] else None,
        since=since.date() if since else None,
        source=asked["source"],
        open=only_open and not asked["status"],
    )


def agreed(question: str) -> bool:
    """Ask for a Dutch yes; anything else is a no."""
    answer: str = click.prompt(f"{question} [j/N]", default="n", show_default=False, prompt_suffix=" ")
    return answer.strip().casefold() in {"j", "ja", "y", "yes"}


def say_table(rows: list[tuple[str, ...]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
