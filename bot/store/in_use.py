"""Who works with a database: any number of bots share it, and a restore has it alone.

Both locks are of the system, or of the server, and go when a process ends, however that is. Commands beside the bot
(`leads`, `db backup`) take none: they hold nothing of the database in their memory from one look to the next.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from bot.errors import BotError

try:
    import fcntl
except ImportError:  # Windows: there it is up to the operator
    fcntl = None  # type: ignore[assignment]


class InUse(BotError):
    """A bot works with the database, or a restore does."""

    def __init__(self, who: str) -> None:
        super().__init__(f"{who} is at work on this database. Stop it, or wait until it is done; nothing was changed.")


# ------------------------------------------------------------------ SQLite: a file beside it
def share(database: Path) -> int:
    """Hold the database for a bot until the descriptor is closed; raises `InUse` while it is being restored."""
    return _hold(database, "A restore", alone=False)


@contextmanager
def alone(database: Path) -> Iterator[None]:
    """Hold the database for a restore; raises `InUse` while a bot works with it."""
    lock = _hold(database, "A bot, or another restore,", alone=True)
    try:
        yield
    finally:
        os.close(lock)


def _hold(database: Path, others: str, *, alone: bool) -> int:
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(database.with_name(f"{database.name}.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    if fcntl:
        try:
            fcntl.flock(lock, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except OSError:
            os.close(lock)
            raise InUse(others) from None
    return lock


# ------------------------------------------------------------------ PostgreSQL: a lock of the server
_KEY = "hashtext('overstap.in_use')"


def share_connection(connection: Any) -> None:
    """Have a new connection hold the database for a bot, as long as it is open: so a server that was started again
    hears it again. Waits for a restore as long as for any lock."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_lock_shared({_KEY})")
    connection.commit()


def take(db: Connection) -> None:
    """Hold the database for a restore until the transaction ends; raises `InUse` while a bot works with it."""
    if not db.execute(text(f"SELECT pg_try_advisory_xact_lock({_KEY})")).scalar():
        raise InUse("A bot, or another restore,")
