"""`overstap knowledge`: keep what the bot knows true."""

from datetime import UTC, datetime
from pathlib import Path

import click

from bot.cli.content import with_root
from bot.cli.staff_options import open_store

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def knowledge() -> None:
    """What has to be verified; confirm a fact; import ESCO, or what schools offer."""


@knowledge.command()
@with_root
@click.option("--on", type=DAY, help="What is due on this day (default: today).")
@click.option("--limit", type=int, default=25, show_default=True)
def due(root: Path, on: datetime | None, limit: int) -> None:
    """What has to be verified: longest overdue and most shown first, each with its link."""
    from bot.authoring.freshness import due as due_checks
    from bot.cli.content import load
    from bot.cli.wiring import today
    from bot.settings import Settings
    from bot.staff.impressions import shown

    settings = Settings.read()
    # An editor may work on a machine that has no conversations: then nothing was shown to anyone.
    used = not settings.sqlite or (settings.database_file and settings.database_file.exists())
    counts = shown(open_store()) if used else {}
    found = due_checks(load(root).knowledge, on.date() if on else today(root), counts)
    for check in found[:limit]:
        times = f", shown {check.shown} times" if check.shown else ""
        click.echo(f"{check.due}  {check.item}: {check.field}  (checked {check.checked}{times})\n    {check.source}")
    more = len(found) - limit
    click.echo(f"{len(found)} to verify." + (f" {more} more: --limit {len(found)}" if more > 0 else ""))


@knowledge.command()
@click.argument("item")
@click.option("--field", "fields", multiple=True, help="Which fact; several are possible. None: all facts of the item.")
@click.option("--source", help="The page on which you saw it. None: the page that is written there.")
@click.option("--dated", help='The date of that page: "2026", "2026-11" or "2026-11-21".')
@click.option("--on", type=DAY, help="The day you looked (default: today).")
@with_root
def confirm(
    item: str, fields: tuple[str, ...], source: str | None, dated: str | None, on: datetime | None, root: Path
) -> None:
    """Write into the YAML that ITEM was checked, and touch nothing else in the file."""
    from bot.authoring.freshness import Confirmation
    from bot.authoring.freshness import confirm as write
    from bot.cli.wiring import today

    for place in write(root, item, fields, Confirmation(on.date() if on else today(root), source, dated)):
        click.echo(f"{place}: checked")


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
