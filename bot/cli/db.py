"""`overstap db`: the schema, backups and keys of the database."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click


@click.group()
def db() -> None:
    """The database: its tables, its backups, its keys."""


@db.command()
def upgrade() -> None:
    """Bring the tables up to date, and prove that the key fits."""
    from bot.settings import Settings
    from bot.store import Store, schema

    Store.open(Settings.read()).close()
    click.echo(f"The tables are those of version {schema.NEWEST}, and the key fits.")


@db.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
def backup(file: Path | None) -> None:
    """A copy of the database while the bot runs; in DATA_DIR/backups when FILE is not given. The key is not in it."""
    from bot.operations.backup import backup as copy
    from bot.settings import Settings

    settings = Settings.read()
    file = file or settings.data_folder / "backups" / f"overstap-{datetime.now(UTC):%Y%m%d-%H%M%S}.backup"
    click.echo(str(copy(settings, file)))
    click.echo(f"Keep a copy of {settings.encryption_key_file} as well, in another place.", err=True)


@db.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
def restore(file: Path, yes: bool) -> None:
    """Put a backup back; who was erased since it was made is erased again. Stop the bot first."""
    from bot.operations.backup import restore as put_back
    from bot.settings import Settings
    from bot.store.database import now

    if not yes:
        click.confirm("This replaces everything in the database. Go on", abort=True)
    again = put_back(Settings.read(), file, now())
    click.echo(f"Restored. {again} people were erased again.")


@db.command("new-key")
def new_key() -> None:
    """Make the key file for a new PostgreSQL. A new SQLite makes its own."""
    from bot.errors import BotError
    from bot.settings import Settings
    from bot.store.encryption import Keys

    file = Settings.read().encryption_key_file
    if file.exists():
        raise BotError(f"{file} is there already. A new key for the same data: overstap db rotate-key.")
    Keys.new().write(file)
    click.echo(f"{file} is made. Keep a copy of it apart from the backups.")


@db.command("rotate-key")
@click.option("--drop-old", is_flag=True, help="Remove the older keys: backups that need them become unreadable.")
@click.option("--resume", is_flag=True, help="Go on with an interrupted run: make no new key.")
def rotate_key(drop_old: bool, resume: bool) -> None:
    """Seal everything with a new key. It may be interrupted, and goes on with --resume."""
    from bot.settings import Settings
    from bot.store import Store
    from bot.store.rotation import add_key, drop_old_keys, reseal

    settings = Settings.read()
    if not resume:
        with_old = Store.open(settings)
        add_key(with_old)
        with_old.close()
        click.echo("The key file has a new key. A bot that runs with this file writes with it from now on.", err=True)
    store = Store.open(settings)
    for table, seen, changed in reseal(store):
        click.echo(f"{table}: {seen} looked at, {changed} sealed again", err=True)
    if drop_old:
        drop_old_keys(store)
        click.echo("The older keys are gone.")
    store.close()
    click.echo("Everything is sealed with the newest key.")
