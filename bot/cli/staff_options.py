"""What the commands for advisers share: who is working, which leads, and a table."""

from __future__ import annotations

import getpass
import os
from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.settings import Settings
    from bot.staff.desk import Desk
    from bot.staff.labels import Labels
    from bot.staff.locale import Locale
    from bot.store import Store
    from bot.store.lead_filter import Filter

LOCALE = "overstap.locale"  # in what a click context keeps
ROWS_FOR_WIDTHS = 500
LINES_AT_ONCE = 200
STATUSES = ("new", "claimed", "tried", "talking", "done", "lapsed")
QUEUES = ("asked", "new", "mine", "overdue", "expiring", "all")


# How an error says what to do next.
IN_WORDS = {
    "show": "overstap leads show {reference}",
    "claim": "overstap leads claim {reference}",
    "release": "overstap leads release {reference}",
    "reopen": "overstap leads reopen {reference}",
    "list": "overstap leads list",
    "forget": "overstap leads forget",
}


class SpeaksForTheDesk(click.Group):
    """A group that puts what the desk refuses into words."""

    def invoke(self, ctx: click.Context) -> Any:
        from bot.errors import BotError
        from bot.staff.errors import DeskError
        from bot.staff.refusals import say

        try:
            return super().invoke(ctx)
        except DeskError as error:
            raise BotError(say(error, IN_WORDS, open_locale())) from None


class Coded(click.Choice[str]):
    """A choice from codes, which staff read and type in their own words. Those are read when they are needed."""

    def __init__(self, *codes: str, of: str | None = None) -> None:
        """`of`: the words of another kind than those of a lead ("queues")."""
        self.codes, self.case_sensitive, self.kind = codes, False, of

    @property
    def choices(self) -> Sequence[str]:  # type: ignore[override]  # click has it as an attribute
        words = open_locale().words
        return [getattr(words, self.kind)[code] if self.kind else words.word(code) for code in self.codes]

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        word = super().convert(value, param, ctx)
        return self.codes[list(self.choices).index(word)]


class Day(click.ParamType[date]):
    """A day as staff write it, or as programs do; any other is refused in words and with an example."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        from bot.cli.wiring import now
        from bot.content.staff_sentences import StaffSentence

        locale = open_locale()
        day: date | None = None
        for written in ("%Y-%m-%d", locale.day_format):
            with suppress(ValueError):
                day = datetime.strptime(value, written).date()  # noqa: DTZ007  # a day has no hour
        if day is None:
            soon = locale.country.calendar.day(now()) + timedelta(days=7)
            self.fail(locale.say(StaffSentence.NO_DATE, typed=value, iso=soon, day=locale.day(soon)), param, ctx)
        return day


DAY = Day()


def open_store() -> Store:
    from bot.settings import Settings
    from bot.store import Store

    store = Store.open(Settings.read())
    store.audit.login = login()
    click.get_current_context().call_on_close(store.close)
    return store


def login() -> str:
    """Who is logged in, as the machine knows it, also under sudo: not by the environment, where anybody writes."""
    try:
        return os.getlogin()
    except OSError:  # no terminal: a timer, a container
        return _user()


def _user() -> str:
    try:
        import pwd
    except ImportError:  # Windows
        return getpass.getuser()
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def open_locale() -> Locale:
    """How to say things to staff; read once for a command."""
    from bot.content.load import read_country, read_staff_language
    from bot.settings import Settings
    from bot.staff.locale import Locale

    ctx = click.get_current_context(silent=True)  # None: click says what was typed wrongly, and is done
    kept = ctx.meta if ctx else {}
    if LOCALE not in kept:
        root = Settings.read().content_root
        kept[LOCALE] = Locale(read_country(root), read_staff_language(root))
    locale: Locale = kept[LOCALE]
    return locale


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
    from bot.content.staff_sentences import StaffSentence
    from bot.errors import BotError
    from bot.staff.desk import Desk
    from bot.store.database import now
    from bot.store.notices import deaf
    from bot.store.team import Role

    store, locale = open_store(), open_locale()
    store.country, store.staff_language = locale.country, locale.language  # so that they are read once
    admin = locale.words.word(Role.ADMIN)
    name = name or getpass.getuser()
    member = store.team.named(name)
    if member is None and not store.team.all():
        member = store.team.add(name, Role.ADMIN)
        click.echo(locale.say(StaffSentence.FIRST_MEMBER, name=name, role=admin), err=True)
    if member is None:
        raise BotError(locale.say(StaffSentence.UNKNOWN_MEMBER, name=name, role=admin))
    for each in deaf(store):
        if each.name is None:
            click.echo(locale.say(StaffSentence.GROUP_REFUSES, why=each.reason), err=True)
    return Desk(store, member, lambda: store.clock.steady(now()))


def with_filters(command: Any) -> Any:
    """Give a command the options that narrow down which leads."""
    options = (
        click.option("--status", type=Coded(*STATUSES), multiple=True, help="Only with this; may be repeated."),
        click.option("--kind", multiple=True, metavar="FLOW", help="Only from this flow: intake, employer ..."),
        click.option("--assignee", metavar="NAME", multiple=True, help="Only of this adviser; may be repeated."),
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
    from bot.store.lead_codes import Status
    from bot.store.lead_filter import Filter

    return Filter(
        status=tuple(map(Status, asked["status"])),
        kind=asked["kind"],
        assignee=desk.mine() if asked["mine"] else asked["assignee"],
        unassigned=asked["unassigned"],
        overdue_on=desk.store.calendar.day(desk.now()) if asked["overdue"] else None,
        since=asked["since"],
        source=asked["source"],
        open=only_open and not asked["status"],
    )


def agreed(question: str) -> bool:
    """Ask for a yes, in the language of staff or in English; anything else is a no."""
    yes, no = (open_locale().say_bool(answer) for answer in (True, False))
    letters = f"[{yes[0]}/{no[0].upper()}]"
    answer: str = click.prompt(f"{question} {letters}", default=no[0], show_default=False, prompt_suffix=" ")
    return answer.strip().casefold() in {yes[0], yes, "y", "yes"}


def say_table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Say a table as its rows come. The first rows decide how wide its columns are."""
    coming = iter(rows)
    first = [head, *islice(coming, ROWS_FOR_WIDTHS)]
    form = "  ".join(f"{{:{max(map(len, column))}}}" for column in zip(*first, strict=True))
    say_lines(form.format(*row).rstrip() for row in chain(first, coming))


def say_lines(lines: Iterable[str]) -> None:
    """Say lines as they come, some at a time: each by itself would be most of the work."""
    coming = iter(lines)
    while some := list(islice(coming, LINES_AT_ONCE)):
        click.echo("\n".join(some))
