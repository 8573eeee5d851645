"""Who is signed in at the desk, until when, and what their next page has to say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, or_, select, update

from bot.store.damage import opened
from bot.store.database import Database
from bot.store.encryption import Sealed
from bot.store.tables import sessions

IDLE = timedelta(minutes=30)  # without a page, and it is over
LONGEST = timedelta(hours=8)  # however busy
NOTICED = timedelta(minutes=1)  # between two times that we write down that they are still here


@dataclass(frozen=True, slots=True)
class Session:
    id: int
    staff_id: int
    started_at: datetime
    seen_at: datetime
    kept: Mapping[str, Any] = field(default_factory=dict)


class Sessions:
    def __init__(self, store: Database) -> None:
        self.store = store

    def start(self, staff_id: int, token: str, at: datetime) -> None:
        """Let the bearer of a token be this member; sessions that are over go."""
        over = or_(sessions.c.seen_at <= at - IDLE, sessions.c.started_at <= at - LONGEST)
        with self.store.transaction() as db:
            db.execute(delete(sessions).where(over))
            values = {"token": self._blind(token), "staff_id": staff_id, "started_at": at, "seen_at": at}
            db.execute(insert(sessions).values(values))

    def find(self, token: str, at: datetime) -> Session | None:
        """The session of a token, which goes on by this; None when there is none, or it is over."""
        alive = (sessions.c.seen_at > at - IDLE) & (sessions.c.started_at > at - LONGEST)
        with self.store.reading() as db:
            row = db.execute(select(sessions).where(sessions.c.token == self._blind(token), alive)).first()
        if row is None:
            return None
        if at - row.seen_at >= NOTICED:
            with self.store.transaction() as db:
                db.execute(update(sessions).where(sessions.c.id == row.id).values(seen_at=at))
        return Session(row.id, row.staff_id, row.started_at, row.seen_at, opened(row.private) or {})

    def keep(self, session: Session, token: str, kept: Mapping[str, Any]) -> None:
        """Remember something for the next page, in place of what was remembered; sealed, for it may name somebody."""
        private = Sealed(dict(kept), (self._blind(token),)) if kept else None
        with self.store.transaction() as db:
            db.execute(update(sessions).where(sessions.c.id == session.id).values(private=private))

    def end(self, token: str) -> None:
        with self.store.transaction() as db:
            db.execute(delete(sessions).where(sessions.c.token == self._blind(token)))

    def end_all(self, staff_id: int) -> None:
        """Sign a member out wherever they are."""
        with self.store.transaction() as db:
            db.execute(delete(sessions).where(sessions.c.staff_id == staff_id))

    def last_seen(self) -> dict[int, datetime]:
        """When each member who is signed in was last here."""
        with self.store.reading() as db:
            rows = db.execute(select(sessions.c.staff_id, sessions.c.seen_at).order_by(sessions.c.seen_at)).all()
        return {row.staff_id: row.seen_at for row in rows}

    def _blind(self, token: str) -> str:
        return self.store.keys.blind("session", token)
