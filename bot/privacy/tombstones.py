"""Who was erased, in the database and in a file that outlives it, so that a restored backup forgets them again."""

import json
import logging
import os
import stat
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Row, select

from bot.errors import BotError
from bot.settings import Settings
from bot.store.damage import readable
from bot.store.outbox import Address
from bot.store.store import Store
from bot.store.tables import tombstones

log = logging.getLogger(__name__)


class Scope(StrEnum):
    """What was erased: everything of a person, or what they had let advisers keep."""

    PERSON = "person"
    LEADS = "leads"


@dataclass(frozen=True, slots=True)
class Tombstone:
    channel: str
    person: str
    scope: Scope
    erased_at: datetime


class NoFile(BotError):
    """`erased.jsonl` is a link or no file: whoever made it so decides what is written where."""

    def __init__(self, file: Path) -> None:
        super().__init__(f"{file} is no file of its own. Put the file itself there: a link is not followed.")


def record_tombstone(store: Store, address: Address, scope: Scope, at: datetime) -> None:
    """Write down that someone was erased, in the open unit. To have it in the file is a step of the erasure."""
    know(store, [Tombstone(address.channel, store.conversations.blind(address), scope, at)])


def know(store: Store, these: Iterable[Tombstone]) -> None:
    """Have these in the database; of two for the same person, the later one counts."""
    rows = [asdict(each) for each in these]
    if not rows:
        return
    statement = store.insert(tombstones)
    key = [tombstones.c.channel, tombstones.c.person, tombstones.c.scope]
    later = statement.excluded.erased_at
    with store.transaction() as db:
        db.execute(
            statement.on_conflict_do_update(
                index_elements=key, set_={"erased_at": later}, where=tombstones.c.erased_at < later
            ),
            rows,
        )


def complete_file(store: Store) -> bool:
    """Add to the file what only the database knows; False when it cannot be written."""
    return _write_down(store.settings, tombstones_in(store) - tombstones_on_disk(store.settings))


def _write_down(settings: Settings, these: Iterable[Tombstone]) -> bool:
    """Add these to the file, on lines of their own whatever a full disk left of the last one."""
    file = graveyard(settings)
    in_order = sorted(these, key=lambda each: (each.erased_at, each.channel, each.person, each.scope))
    lines = [json.dumps({**asdict(each), "erased_at": each.erased_at.isoformat()}) + "\n" for each in in_order]
    if not lines:
        return True
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(_open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT), "r+b") as stream:
            stream.seek(max(stream.seek(0, os.SEEK_END) - 1, 0))
            if stream.read() not in (b"", b"\n"):
                stream.write(b"\n")
            stream.write("".join(lines).encode("ascii"))
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        log.error("%s cannot be written (%s); it is tried again every minute.", file, error.strerror)
        return False
    return True


def _open(file: Path, flags: int) -> int:
    """Open the file itself; raises `NoFile` for a link, a pipe and the like."""
    if file.is_symlink():
        raise NoFile(file)
    descriptor = os.open(file, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0), 0o600)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NoFile(file)
    return descriptor


def tombstones_in(store: Store) -> set[Tombstone]:
    """Who was erased, as the database knows it."""
    with store.reading() as db:
        rows = db.execute(select(tombstones))
        return set(readable(rows, _tombstone, "tombstones"))


def _tombstone(row: Row[Any]) -> Tombstone:
    return Tombstone(row.channel, row.person, Scope(row.scope), row.erased_at)


def tombstones_on_disk(settings: Settings) -> set[Tombstone]:
    """Who was erased, as the file beside the database knows it; raises `NoFile`."""
    file = graveyard(settings)
    if not file.exists() and not file.is_symlink():
        return set()
    with os.fdopen(_open(file, os.O_RDONLY), "rb") as stream:
        lines = stream.read().splitlines()
    found = set()
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
            at = datetime.fromisoformat(row["erased_at"])
            found.add(Tombstone(row["channel"], row["person"], Scope(row["scope"]), at))
        except (ValueError, KeyError, TypeError):
            if line:  # half a line, of a disk that was full: the database had it too, and it was written again
                log.warning("%s:%s cannot be read and is passed over.", file, number)
    return found


def graveyard(settings: Settings) -> Path:
    return settings.data_folder / "erased.jsonl"
