"""Who did what with other people's data: kept apart from the data, and without any of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from bot.store.database import Database, now
from bot.store.tables import audit


@dataclass(frozen=True, slots=True)
class Entry:
    at: datetime
    actor: str
    action: str
    object: str | None
    detail: Mapping[str, Any]


class Audit:
    def __init__(self, store: Database) -> None:
        self.store = store

    def write(
        self, actor: str, action: str, object: str | None = None, *, at: datetime | None = None, **detail: Any
    ) -> None:
        """Add a line. `object` is a reference or a file name; `detail` holds counts and codes."""
        values = {"actor": actor, "action": action, "object": object, "detail": detail, "at": at or now()}
        with self.store.transaction() as db:
            db.execute(insert(audit).values(values))

    def entries(self, limit: int = 100) -> list[Entry]:
        """The latest lines first."""
        columns = (audit.c.at, audit.c.actor, audit.c.action, audit.c.object, audit.c.detail)
        with self.store.reading() as db:
            return [Entry(*row) for row in db.execute(select(*columns).order_by(audit.c.id.desc()).limit(limit))]
