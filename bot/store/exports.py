"""Files that left the database: who made them, up to which change, and when they go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import rmtree
from typing import Any

from sqlalchemy import Row, insert, select, true, update

from bot.store.database import Store
from bot.store.tables import exports

LONGEST = timedelta(hours=6)  # that takes a minute


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
    def __init__(self, store: Store) -> None:
        self.store = store

    def record(self, export: Export) -> None:
        values = {name: getattr(export, name) for name in Export.__slots__} | {"filter": self._kept(export.filter)}
        with self.store.unit() as db:
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

    def expired(self, at: datetime) -> list[Path]:
        """Files that have had their term, and what a killed export left behind: half a file, or one without a row."""
        present = self._present(true())
        left = [file for file in self.store.settings.exports_folder.glob("*") if file not in present]
        return [*self._present(exports.c.expires_at <= at), *(file for file in left if _begun(file) < at - LONGEST)]

    def since(self, moment: datetime) -> list[Path]:
        """The files in which somebody can be who was filed at `moment`."""
        return self._present(exports.c.at >= moment)

    def remove(self, files: list[Path], at: datetime) -> int:
        """Delete these from the exports folder, and write down that they are gone."""
        if not files:
            return 0
        for file in files:
            if file.is_dir():
                rmtree(file)
            else:
                file.unlink(missing_ok=True)
        names = [file.name for file in files]
        with self.store.unit() as db:
            db.execute(update(exports).where(exports.c.file.in_(names)).values(removed_at=at))
        return len(files)

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
