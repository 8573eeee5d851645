"""Files that left the database: who made them, up to which change, and when they go."""

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import rmtree
from typing import Any

from sqlalchemy import Row, insert, select, true, update

from bot.store.database import Database
from bot.store.tables import exports

try:
    import fcntl
except ImportError:  # Windows: there a killed export is known by its age
    fcntl = None  # type: ignore[assignment]

LONGEST = timedelta(hours=6)  # that takes a minute

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    at: datetime
    staff: str
    profile: str
    filter: Mapping[str, Any]
    reason: str
    change_from: int  # changes after this one are in the file
    change_to: int  # up to this one
    rows: int
    sha256: str
    file: str
    expires_at: datetime
    removed_at: datetime | None = None


class Exports:
    def __init__(self, store: Database) -> None:
        self.store = store

    def record(self, export: Export) -> None:
        values = {name: getattr(export, name) for name in Export.__slots__} | {"filter": self._kept(export.filter)}
        with self.store.transaction() as db:
            db.execute(insert(exports).values(values))

    def last(self, staff: str, profile: str, filter: Mapping[str, Any]) -> Export | None:
        """Someone's export of a profile with this filter that went furthest; None when there was none."""
        mine = (exports.c.staff == staff) & (exports.c.profile == profile)
        statement = select(exports).where(mine).order_by(exports.c.change_to.desc(), exports.c.id.desc())
        with self.store.reading() as db:
            return next((_export(row) for row in db.execute(statement) if row.filter == self._kept(filter)), None)

    def _kept(self, filter: Mapping[str, Any]) -> Mapping[str, Any]:
        """A filter as it is written down. The code of a link may hold a name: its index says whether it is the same."""
        code = filter.get("source")
        return {**filter, "source": self.store.keys.blind("source", code)} if code else filter

    def all(self, limit: int = 100) -> list[Export]:
        """The latest first."""
        with self.store.reading() as db:
            rows = db.execute(select(exports).order_by(exports.c.id.desc()).limit(limit))
            return [_export(row) for row in rows]

    @contextmanager
    def making(self) -> Iterator[None]:
        """As long as a file is being made: nobody takes it for what a killed export left behind."""
        with self._lock() as lock:
            if fcntl:
                fcntl.flock(lock, fcntl.LOCK_SH)
            yield

    def expired(self, at: datetime) -> list[Path]:
        """Files that have had their term, and those that have to go whatever the time."""
        return list(dict.fromkeys([*self._present(exports.c.expires_at <= at), *self.withdrawn(at)]))

    def withdraw(self, since: datetime) -> None:
        """Have the files go in which somebody can be who was filed at `since`: their rows say so from the commit on."""
        theirs = (exports.c.at >= since) & exports.c.removed_at.is_(None)
        with self.store.transaction() as db:
            db.execute(update(exports).where(theirs).values(expires_at=exports.c.at))

    def remove_withdrawn(self, at: datetime) -> bool:
        """Delete what has to go whatever the time; whether all of it is gone."""
        files = self.withdrawn(at)
        return self.remove(files, at) == len(files)

    def withdrawn(self, at: datetime) -> list[Path]:
        """Files whose term ended with the erasing of somebody in them, and what killed exports left behind."""
        return [*self._present(exports.c.expires_at <= exports.c.at), *self._left_behind(at)]

    def remove(self, files: list[Path], at: datetime) -> int:
        """Delete these from the exports folder, and write down that they are gone; gives how many went."""
        gone = []
        for file in files:
            try:
                if file.is_dir():
                    rmtree(file)
                else:
                    file.unlink(missing_ok=True)
            except OSError as error:
                log.error("%s cannot be deleted (%s); it is tried again every hour.", file, error.strerror)
            else:
                gone.append(file.name)
        if gone:
            with self.store.transaction() as db:
                db.execute(update(exports).where(exports.c.file.in_(gone)).values(removed_at=at))
        return len(gone)

    def _left_behind(self, at: datetime) -> list[Path]:
        """Half files, and files without a row, when no export is under way that they can be of."""
        with self._lock() as lock:
            try:
                if fcntl:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                alone = fcntl is not None
            except OSError:
                alone = False
            present = self._present(true())
            left = [file for file in self.store.settings.exports_folder.glob("*") if file not in present]
            return [file for file in left if alone or _begun(file) < at - LONGEST]

    @contextmanager
    def _lock(self) -> Iterator[int]:
        """A lock that the system lets go when a process ends, however that is."""
        folder = self.store.settings.data_folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(folder / "exports.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            yield lock
        finally:
            os.close(lock)

    def _present(self, which: Any) -> list[Path]:
        statement = select(exports.c.file).where(which, exports.c.removed_at.is_(None))
        folder = self.store.settings.exports_folder
        with self.store.reading() as db:
            # Only a name is kept, so no row can point outside the folder.
            return [folder / Path(name).name for (name,) in db.execute(statement)]


def _begun(file: Path) -> datetime:
    try:
        return datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except FileNotFoundError:  # it was finished just now
        return datetime.max.replace(tzinfo=UTC)


def _export(row: Row[Any]) -> Export:
    return Export(**{name: getattr(row, name) for name in Export.__slots__})
