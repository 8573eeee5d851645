"""Updates that had their effect, or failed: none counts twice.

A row is written in the transaction of the turn, and the channel acknowledges the update after that. Until then it is
theirs, and they bring it again: so nothing of what people say is kept here.
"""

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, select, update

from bot.store.database import Database, now
from bot.store.tables import inbox

MAX_ATTEMPTS = 5


class Received(StrEnum):
    DONE = "done"
    FAILED = "failed"  # it will be tried again
    DEAD = "dead"  # it failed five times; the person was told


class Inbox:
    """Each `update_id` once. Never "higher than the last": ids may restart at random and come out of order."""

    def __init__(self, store: Database) -> None:
        self.store = store

    def first(self, update_id: int) -> bool:
        """Write an update down as done; False when it was here before."""
        row = {"update_id": update_id, "state": Received.DONE, "attempts": 0, "received_at": now()}
        statement = self.store.insert(inbox).on_conflict_do_nothing().returning(inbox.c.update_id)
        with self.store.transaction() as db:
            return db.execute(statement, row).first() is not None

    def states(self, update_ids: Collection[int]) -> dict[int, tuple[Received, int]]:
        """State and attempts of those updates that are known."""
        with self.store.reading() as db:
            rows = db.execute(_STATES, {"update_ids": update_ids})
            return {update_id: (Received(state), tries) for update_id, state, tries in rows}

    def done(self, update_ids: Iterable[int], known: Collection[int] = ()) -> None:
        """These updates had their effect. `known` are those that are here already, because they failed before."""
        numbers = list(update_ids)
        old = [{"of": number} for number in numbers if number in known]
        with self.store.transaction() as db:
            if old:
                db.execute(_DONE, old)
            self._write([number for number in numbers if number not in known], Received.DONE, 0)

    def failed(self, update_id: int, error: BaseException) -> Received:
        """An update could not be handled. After five times it is dead. Only the kind of error is kept."""
        with self.store.transaction() as db:
            known = self.states([update_id]).get(update_id)
            attempts = known[1] + 1 if known else 1
            state = Received.DEAD if attempts >= MAX_ATTEMPTS else Received.FAILED
            if known is None:
                self._write([update_id], state, attempts)
            values = {"state": state, "attempts": attempts, "error": type(error).__name__[:100]}
            db.execute(update(inbox).where(inbox.c.update_id == update_id).values(values))
        return state

    def _write(self, update_ids: Collection[int], state: Received, attempts: int) -> None:
        at = now()
        rows: list[dict[str, Any]] = [
            {"update_id": each, "state": state, "attempts": attempts, "received_at": at} for each in update_ids
        ]
        if rows:
            with self.store.transaction() as db:
                db.execute(inbox.insert(), rows)


# Statements of every turn are made once: SQLAlchemy takes longer to make one than SQLite to run it.
_STATES = select(inbox.c.update_id, inbox.c.state, inbox.c.attempts).where(
    inbox.c.update_id.in_(bindparam("update_ids", expanding=True))
)
_DONE = update(inbox).where(inbox.c.update_id == bindparam("of")).values(state=Received.DONE, error=None)
