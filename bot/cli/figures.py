"""`overstap leads figures`: how many people came how far in a quarter, without people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from bot.cli.staff_options import open_desk, open_labels, say_table

if TYPE_CHECKING:
    from bot.staff.figures.report import Part
    from bot.staff.figures.wording import Wording


@click.command()
@click.option("--quarter", "asked", metavar="QUARTER", help="As 2026Q4; that of today if not said.")
@click.option("--csv", "as_csv", is_flag=True, help="As CSV, for a spreadsheet.")
@click.pass_obj
def figures(name: str | None, asked: str | None, as_csv: bool) -> None:
    """How many people came how far in a quarter. Small numbers are hidden."""
    from bot.errors import BotError
    from bot.staff.figures.quarter import Quarter
    from bot.staff.figures.reading import read_report, today
    from bot.staff.figures.sheet import to_csv
    from bot.staff.figures.wording import Wording
    from bot.staff.labels import Labels
    from bot.web.desk.office import sentences_in

    desk = open_desk(name)
    labels = open_labels(desk.store.settings) or Labels()
    try:
        quarter = Quarter.read(asked) if asked else Quarter.of(today(desk))
    except ValueError:
        raise BotError(f"A quarter is written as 2026Q4, found {asked!r}.") from None
    report = read_report(desk, quarter, labels)
    sentences = sentences_in(desk.locale.language.code, desk.store.settings.content_root)

    def say(name: str, /, **values: Any) -> str:
        return sentences.say("figures", name, **values)

    wording = Wording(say, labels, desk.locale)
    if as_csv:
        click.echo(to_csv(report, wording), nl=False)
        return
    if not report.is_over:
        click.echo(say("not_over"), err=True)
    for part in report.parts:
        if not part.is_empty:
            _say_part(part, wording)
    if all(part.is_empty for part in report.parts):
        click.echo(say("nothing"), err=True)


def _say_part(part: Part, wording: Wording) -> None:
    click.echo(f"\n{wording.say(f'part_{part.name}')}")
    steps = [*part.steps.items(), ("person", part.person)]
    first, *rest = [(wording.column(step), wording.count(count)) for step, count in steps]
    say_table(first, rest)
    for table in part.tables:
        click.echo(f"\n{wording.table(table)}")
        head = (wording.rows_of(table), *map(wording.column, table.columns))
        rows = [(wording.row(table, row), *map(wording.count, row.cells)) for row in table.rows]
        say_table(head, rows)
