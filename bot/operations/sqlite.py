"""A copy of an SQLite database as it is at one moment, whoever writes to it."""

import os
import sqlite3
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

from bot.errors import BotError


def copy(source: Path, target: Path, *, apart: bool = False, without: Collection[str] = ()) -> None:
    """Copy a database, and prove that the copy is whole; raises BotError.

    `apart`: the copy is to be kept, and is not the database that we work with. `without` the rows of some tables.
    """
    os.close(os.open(target, os.O_RDWR | os.O_CREAT, 0o600))
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        try:
            old.backup(new)
            if apart:
                new.execute("PRAGMA journal_mode = DELETE")  # one file, with no log beside it
                _empty(new, without)
            (verdict,) = new.execute("PRAGMA integrity_check").fetchone()
            sealed = _has(new, "seals")
        except sqlite3.DatabaseError as error:
            raise BotError(f"{source} cannot be copied: {error}.") from None
    if not sealed:
        raise BotError(f"{source} is no database of Overstap.")
    if verdict != "ok":
        raise BotError(f"{source} is damaged: {verdict}.")


def _empty(db: sqlite3.Connection, tables: Collection[str]) -> None:
    """Delete the rows, and overwrite what they were; their log is in the memory, so nothing of it reaches a disk."""
    db.execute("PRAGMA secure_delete = ON")
    db.execute("PRAGMA journal_mode = MEMORY")
    for name in tables:
        if _has(db, name):
            db.execute(f'DELETE FROM "{name}"')  # noqa: S608  # names of our own tables
    db.commit()


def _has(db: sqlite3.Connection, table: str) -> bool:
    return db.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone() is not None
