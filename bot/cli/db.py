"""`overstap db`: the schema, backups and keys of the database."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from time import sleep

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
@click.option("--verify", is_flag=True, help="Put it back apart, and prove that everything in it can be read.")
@click.option("--prune", is_flag=True, help="Then delete the oldest ones in BACKUP_FOLDER; BACKUP_KEEP stay.")
def backup(file: Path | None, verify: bool, prune: bool) -> None:
    """A copy of the database while the bot runs; in BACKUP_FOLDER when FILE is not given. The keys of people are in
    people.keys beside it, and the key of the centre is in neither."""
    from bot.operations import nightly
    from bot.operations.backup import backup as copy
    from bot.operations.verify import verify as prove
    from bot.settings import Settings

    settings = Settings.read()
    file = file or nightly.name_of(settings, datetime.now(UTC))
    click.echo(str(copy(settings, file)))
    if verify:
        found = prove(settings, file)
        click.echo(f"Put back apart, and read: {found.people} people, {found.leads} leads.", err=True)
    if prune:
        for old in nightly.prune(settings):
            click.echo(f"{old} is deleted.", err=True)
    click.echo(
        f"Take it elsewhere with {file.with_name('people.keys')}, of which no older one is to be kept.", err=True
    )
    click.echo(f"Keep a copy of {settings.encryption_key_file} as well, in another place.", err=True)


@db.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(file: Path) -> None:
    """Prove that a backup can be put back; what is there stays as it is."""
    from bot.operations.verify import verify as prove
    from bot.settings import Settings

    found = prove(Settings.read(), file)
    click.echo(f"Put back apart, and read: {found.people} people, {found.leads} leads.")
    if found.without_key:
        click.echo(f"{found.without_key} more are in it whose key is gone since: they had their term, or were erased.")


@db.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--without-keys", is_flag=True, help="Leave people out whose key is nowhere, also if it was lost.")
def restore(file: Path, yes: bool, without_keys: bool) -> None:
    """Put a backup back; who was erased since it was made is erased again. Stop the bot first."""
    from bot.operations.restore import restore as put_back
    from bot.settings import Settings
    from bot.store.database import now

    if not yes:
        click.confirm("This replaces everything in the database. Go on", abort=True)
    done = put_back(Settings.read(), file, now(), without_keys=without_keys)
    click.echo(f"Restored. {done.again} people were erased again.")
    if done.gone:
        click.echo(f"{done.gone} conversations and leads have no key any more, and were left out.")


@db.command("new-key")
def new_key() -> None:
    """Make the key file for a new PostgreSQL. A new SQLite makes its own."""
    from bot.errors import BotError
    from bot.settings import Settings
    from bot.store.keys import Keys

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
    from bot.store.rotation import PAUSE, add_key, drop_old_keys, reseal

    settings = Settings.read()
    if not resume:
        with_old = Store.open(settings)
        add_key(with_old)
        with_old.close()
        click.echo("The key file has a new key. A bot that runs with this file writes with it from now on.", err=True)
    store = Store.open(settings, patient=True)
    for table, seen, changed in reseal(store):
        click.echo(f"{table}: {seen} looked at, {changed} sealed again", err=True)
        sleep(PAUSE)
    if drop_old:
        drop_old_keys(store)
        click.echo("The older keys are gone.")
    store.close()
    click.echo("Everything is sealed with the newest key.")
