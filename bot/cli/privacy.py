"""`overstap privacy`: terms, erasure and the papers that account for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.staff_options import open_store

if TYPE_CHECKING:
    from bot.privacy.retention import Due


@click.group()
def privacy() -> None:
    """What is kept, for how long, and the papers that say so."""


@privacy.command()
@click.option("--dry-run", is_flag=True, help="Say what would go, and remove nothing.")
@click.option("--clock-is-right", is_flag=True, help="The clock of this machine is right, whatever was seen before.")
def retention(dry_run: bool, clock_is_right: bool) -> None:
    """Remove what has had its term. The bot does this by itself as well."""
    from dataclasses import asdict

    from bot.store.database import now

    if clock_is_right and not dry_run:
        open_store().clock.trust(now())
    click.echo("Would go:" if dry_run else "Gone:")
    for name, count in asdict(had_their_term(dry_run)).items():
        click.echo(f"  {name:<14}{count:>8}")


def had_their_term(dry_run: bool) -> Due:
    """How much has had its term; it is removed now unless this is a dry run."""
    from bot.privacy.retention import Retention
    from bot.store.database import now

    work = Retention(open_store(), now())
    return work.look() if dry_run else work.run()


@privacy.command()
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True)
@click.option("--verify", is_flag=True, help="Prove that no line was changed, put in or taken out.")
@click.option("--known", metavar="MARK", help="With --verify: what it said the last time; that has to be a part of it.")
def audit(limit: int, verify: bool, known: str | None) -> None:
    """Who did what with the data of others: the latest first."""
    from bot.store.audit import Mark

    store = open_store()
    if verify or known:
        checked = store.audit.verify(Mark.of(known) if known else None)
        click.echo(f"{checked.lines} lines, and none was changed, put in or taken out. The mark of the last:")
        click.echo(str(checked.last))
        click.echo("Keep it in another place, and give it to the next check with --known.", err=True)
        return
    for entry in store.audit.entries(limit):
        detail = " ".join(f"{name}={value}" for name, value in entry.detail.items())
        at = store.calendar.local(entry.at)
        login = f"login={entry.login}" if entry.login else ""
        said = f"{at:%Y-%m-%d %H:%M}  {entry.actor}  {entry.action}  {entry.object or ''}  {detail} {login}"
        click.echo(said.rstrip())


@privacy.command()
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path), default=Path("accountability"))
def pack(folder: Path) -> None:
    """Write the accountability pack: privacy statement, register, DPIA, AI Act, algorithm register."""
    from bot.cli.wiring import today
    from bot.privacy.papers import write
    from bot.settings import Settings

    settings = Settings.read()
    for file in write(settings, folder, today(settings.content_root)):
        click.echo(str(file))
