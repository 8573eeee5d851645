"""`overstap knowledge`: keep what the bot knows true."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.content import with_root
from bot.cli.courses import export_courses, import_courses
from bot.cli.due import due
from bot.cli.look import look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.staff.figures.hiding import Shown
    from bot.staff.gaps import Far, ReadWrong
    from bot.staff.labels import Labels

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def knowledge() -> None:
    """Keep it true: look at the pages, see what is due, confirm; new and ended items; imports."""


knowledge.add_command(due)
knowledge.add_command(look)
knowledge.add_command(export_courses)
knowledge.add_command(import_courses)


@knowledge.command()
@click.argument("item", required=False)
@click.option("--page", help="Everything that was read on this page, in place of ITEM.")
@click.option("--field", "fields", multiple=True, help="Which fact; several are possible. None: all facts of the item.")
@click.option("--value", "values", multiple=True, help="What it is now: --value 1250, or --value nl=... --value en=...")
@click.option("--quote", help="The words on the page that prove it, as they stand there.")
@click.option("--source", help="The page on which you saw it. None: the page that is written there.")
@click.option("--dated", help='The date of that page: "2026", "2026-11" or "2026-11-21".')
@click.option("--on", type=DAY, help="The day you looked (default: today).")
@with_root
def confirm(
    item: str | None,
    page: str | None,
    fields: tuple[str, ...],
    values: tuple[str, ...],
    quote: str | None,
    source: str | None,
    dated: str | None,
    on: datetime | None,
    root: Path,
) -> None:
    """Write into the YAML that ITEM, or what stands on a page, was checked; nothing else in the file changes."""
    from bot.authoring.confirming import Confirmation, confirm_page
    from bot.authoring.confirming import confirm as write
    from bot.cli.wiring import today
    from bot.content.reader import Reader
    from bot.errors import BotError

    if (item is None) == (page is None):
        raise click.UsageError("Give an ITEM, or --page and its address.")
    if page and (fields or values or quote):
        raise click.UsageError("A field, a value and a quote belong to one fact: give its ITEM.")
    day = on.date() if on else today(root)
    if day > today(root):
        raise BotError(f"{day} has not come yet: nobody looked then.")
    spoken = Reader(root).country.languages
    by_language = dict(one.split("=", 1) for one in values if one.partition("=")[0] in spoken)
    if values and not by_language and len(values) > 1:
        raise click.UsageError("Give one value, or one for each language: --value nl=... --value en=...")
    value = by_language or (values[0] if values else None)
    seen = Confirmation(day, source, dated, quote, value)
    for place in confirm_page(root, page, seen) if page else write(root, item or "", fields, seen):
        click.echo(f"{place}: checked")


@knowledge.command()
@click.argument("kind", type=click.Choice(["programme", "route", "subsidy", "question"]))
@click.argument("item", metavar="ID")
@click.option("--name", required=True, help="What it is called; of a question: the question, in Dutch.")
@click.option("--in", "file", required=True, help="The sector of a programme or route, the category, the theme.")
@click.option("--source", required=True, help="The page on which you read of it.")
@with_root
def new(kind: str, item: str, name: str, file: str, source: str, root: Path) -> None:
    """Write the begin of a new programme, route, subsidy or question, with what each line is for."""
    import bot.answers  # noqa: F401  the types of questions register there
    from bot.authoring.skeletons import Begin, begin
    from bot.cli.wiring import kept_files, today
    from bot.content.load import read
    from bot.content.reader import Reader

    with kept_files(root) as kept:
        there = read(Reader(root, kept=kept))  # as far as it can be read: what was begun before may not be filled yet
    path = begin(root, kind, Begin(item, name, file, source, today(root)), there.knowledge)
    click.echo(f"{path}: {item} stands at the end. Fill in each TODO; `overstap check` names what is left.")


@knowledge.command()
@click.argument("item")
@click.option("--on", type=DAY, required=True, help="The last day on which it is there.")
@click.option("--replaced-by", "replaced_by", multiple=True, help="The id of what comes instead; several are possible.")
@click.option("--source", help="The page on which you read it. None: the page that is written there.")
@click.option("--quote", help="The words on that page that prove it, as they stand there.")
@with_root
def end(
    item: str, on: datetime, replaced_by: tuple[str, ...], source: str | None, quote: str | None, root: Path
) -> None:
    """Write that a programme or scheme ends, wherever that stands, and say what follows."""
    from bot.authoring.ending import Ending
    from bot.authoring.ending import end as write
    from bot.cli.content import load
    from bot.cli.wiring import today

    ending = Ending(on.date(), replaced_by, source, quote, today(root))
    for line in write(root, item, ending, load(root).knowledge):
        click.echo(line)


@knowledge.command()
@click.option("--as", "name", help="Who you are (default: who is logged in).")
@click.option("--limit", type=int, default=20, show_default=True, help="Of each kind.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def gaps(name: str | None, limit: int, as_json: bool) -> None:
    """What people asked and nobody answered, wishes for which nothing was found, work for which nobody near is known to
    train, and answers that were read wrong; the most frequent first.

    Grouped by meaning, without persons. A count under 5 is not told, because it could be somebody.
    """
    import json

    from bot.cli.staff_options import open_desk, open_labels
    from bot.staff.figures.hiding import hide_small
    from bot.staff.gaps import far, read_wrong
    from bot.staff.gaps import gaps as listed
    from bot.staff.labels import Labels

    desk = open_desk(name)
    labels = open_labels(desk.store.settings) or Labels()
    for kind, found in zip(("question", "wish"), listed(desk), strict=True):
        if not as_json:
            click.echo(f"{kind}: {len(found)}")
        for gap in found[:limit]:
            count = hide_small(gap.count)
            if as_json:
                row = {"kind": kind, "text": gap.text, "count": count, "last": gap.last.isoformat()}
                click.echo(json.dumps(row, ensure_ascii=False))
            else:
                click.echo(f"  {_count(count)}  {gap.last}  {gap.text}")
    _say_far(far(desk, labels), labels, limit, as_json)
    _say_read_wrong(read_wrong(desk), labels, limit, as_json)


def _say_far(found: Sequence[Far], labels: Labels, limit: int, as_json: bool) -> None:
    import json

    if not as_json:
        click.echo(f"far: {len(found)}")
    for one in found[:limit]:
        if as_json:
            where = {"sector": one.sector, "region": one.region, "places": dict(one.places)}
            row = {"kind": "far", **where, "count": one.count, "work": one.work}
            click.echo(json.dumps(row, ensure_ascii=False))
            continue
        places = ", ".join(f"{place} {_count(count).strip()}" for place, count in one.places)
        work = ", ".join(labels.occupations.get(each, each) for each in one.work)
        said = [labels.sectors.get(one.sector, one.sector), one.region, places, work]
        click.echo(f"  {_count(one.count)}  {' · '.join(filter(None, said))}")


def _say_read_wrong(found: Sequence[ReadWrong], labels: Labels, limit: int, as_json: bool) -> None:
    import json

    if not as_json:
        click.echo(f"read wrong: {len(found)}")
    for one in found[:limit]:
        if as_json:
            row = {"kind": "read_wrong", "question": one.question, "count": one.count, "readings": one.readings}
            click.echo(json.dumps(row, ensure_ascii=False))
            continue
        readings = ", ".join(one.readings)
        said = [labels.questions.get(one.question, one.question), readings]
        click.echo(f"  {_count(one.count)}  {' · '.join(filter(None, said))}")


def _count(count: Shown) -> str:
    return f"{'<5' if count is None else count:>4}"


@knowledge.command("import-esco")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_root
def import_esco(files: tuple[Path, ...], root: Path) -> None:
    """Load the official occupations CSV of ESCO (Dutch, English or both) as extra vocabulary."""
    from bot.authoring.esco import FILE, as_yaml, read
    from bot.cli.content import load

    own = {name: one for name, one in load(root).knowledge.occupations.items() if not name.startswith("esco-")}
    concepts = read(files)
    path = root / "knowledge" / "occupations" / FILE
    path.parent.mkdir(exist_ok=True)
    path.write_text(as_yaml(concepts, own), encoding="utf-8")
    click.echo(f"{len(concepts)} occupations in {path}. Now run: overstap check")


@knowledge.command("import-duo")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dated", type=DAY, help="The day of the file (default: the day on which it was saved).")
@click.option("--on", type=DAY, help="Leave out what nobody can begin on this day (default: today).")
@click.option(
    "--anyway", is_flag=True, help="Also when the file seems to be cut off, or half of the last import would be gone."
)
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
@with_root
def import_duo(
    file: Path, dated: datetime | None, on: datetime | None, anyway: bool, dry_run: bool, root: Path
) -> None:
    """Load what schools offer from DUO's HO Opleidingsoverzicht or MBO Opleidingsaanbod (CSV)."""
    from bot.authoring import duo
    from bot.cli.content import load
    from bot.cli.wiring import today
    from bot.content.towns import Towns
    from bot.errors import BotError

    known = load(root).knowledge
    day = dated.date() if dated else datetime.fromtimestamp(file.stat().st_mtime, tz=UTC).date()
    found = duo.read(
        file,
        known.schooling.schools,
        Towns(known.municipalities.values()),
        day.isoformat(),
        on.date() if on else today(root),
        whole=not anyway,
    )
    before = next((table for table in known.schooling.tables if table.file == found.table.file), None)
    if duo.shrunk(before, found.table) and before and not anyway:
        raise BotError(
            f"{file} has {len(found.table.rows)} courses, and the last import had {len(before.rows)}: "
            "it may be cut off. Download it again, or say --anyway. Nothing was written."
        )
    for line in duo.report(found, duo.changes(before, found.table), known.schooling.schools):
        click.echo(line)
    for line in duo.recognition(found.table, known.schooling.qualifications):
        click.echo(line)
    if dry_run:
        click.echo("Nothing was written (--dry-run).")
        return
    duo.write(root, found, [one for one in known.schooling.schools.values() if one.at.file == duo.SCHOOLS])
    click.echo(f"{len(found.table.rows)} courses in {root / found.table.file}. Now run: overstap check")
