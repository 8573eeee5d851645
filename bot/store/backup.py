"""A copy of the database while the bot runs, and the way back: who was erased in between is erased again."""

import os
import sqlite3
import subprocess
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import DatabaseError

from bot.errors import BotError
from bot.settings import Settings
from bot.store.database import Store
from bot.store.person import Tombstone, buried, forget_again, graves


def backup(settings: Settings, file: Path) -> Path:
    """Write a consistent copy to `file`, for its owner only. The key is not in it: keep a copy of that elsewhere."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        if settings.database_file:
            _copy(settings.database_file, part, apart=True)
        else:
            _run(settings, "pg_dump", "--format=custom", f"--file={part}")
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return file


def restore(settings: Settings, file: Path, at: datetime) -> int:
    """Put a copy back in place of what is there; gives how many people were erased again. Stop the bot first.

    When the copy cannot be used (damaged, or of another key), what was there stays.
    """
    if not file.is_file():
        raise BotError(f"There is no file {file}.")
    erased = _erased_so_far(settings)
    if settings.database_file is None:
        _run(settings, "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", str(file))
        return _open_and_forget(settings, erased, at)
    database = settings.database_file
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = database.with_name(f".{database.name}.before-restore")
    if database.exists():
        _copy(database, kept, apart=True)
    try:
        _copy(file, database)
        again = _open_and_forget(settings, erased, at)
    except BaseException:
        if kept.exists():
            _copy(kept, database)
        raise
    finally:
        # What the copy was taken before may have been erased since: nothing of it stays behind.
        kept.unlink(missing_ok=True)
    return again


def _erased_so_far(settings: Settings) -> set[Tombstone]:
    """Who asked to be erased, by the present database when it can still be read, and by the file beside it."""
    if settings.database_file and not settings.database_file.exists():
        return buried(settings)
    try:
        store = Store.open(settings)
    except (BotError, DatabaseError):
        return buried(settings)
    try:
        return buried(settings) | graves(store)
    finally:
        store.close()


def _open_and_forget(settings: Settings, erased: set[Tombstone], at: datetime) -> int:
    store = Store.open(settings)
    try:
        return forget_again(store, erased | graves(store), at)
    finally:
        store.close()


def _copy(source: Path, target: Path, *, apart: bool = False) -> None:
    """Copy an SQLite database as it is at one moment, whoever writes to it, and prove that the copy is whole.

    `apart`: the copy is to be kept, and is not the database that we work with.
    """
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as old, closing(sqlite3.connect(target)) as new:
        try:
            old.backup(new)
            (verdict,) = new.execute("PRAGMA integrity_check").fetchone()
            sealed = new.execute("SELECT count(*) FROM sqlite_master WHERE name = 'seals'").fetchone()[0]
            if apart:
                new.execute("PRAGMA journal_mode = DELETE")  # one file, with no log beside it
        except sqlite3.DatabaseError as error:
            raise BotError(f"{source} cannot be copied: {error}.") from None
    if not sealed:
        raise BotError(f"{source} is no database of Overstap.")
    if verdict != "ok":
        raise BotError(f"{source} is damaged: {verdict}.")


def _run(settings: Settings, program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL on our database; the password goes by the environment: `ps` shows arguments."""
    url = make_url(settings.database_url)
    where = {"PGHOST": url.host, "PGPORT": url.port, "PGUSER": url.username, "PGPASSWORD": url.password}
    env = {**os.environ, **{name: str(value) for name, value in where.items() if value}}
    try:
        command = [program, f"--dbname={url.database}", *arguments]
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise BotError(f"{program} is not installed. It comes with the client programs of PostgreSQL.") from None
    if done.returncode:
        raise BotError(f"{program} failed: {(done.stderr.strip().splitlines() or ['no reason given'])[-1]}")
