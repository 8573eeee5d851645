"""Updates that arrived, kept before they are acknowledged: none is lost, none counts twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from bot.store.database import Store, now
from bot.store.tables import inbox

MAX_ATTEMPTS = 5


class Received(StrEnum):
    RECEIVED = "received"
    DONE = "done"
    FAILED = "failed"  # it will be tried again
    DEAD = "dead"  # it failed five times; the person was told


@dataclass(frozen=True, slots=True)
class Update:
    update_id: int
    payload: Any  # as the channel gave it
    attempts: int


class Inbox:
    """Each `update_id` once. Never "higher than the last": Telegram's ids restart at random and come out of order."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @cached_property
    def _keep(self) -> Any:
        return self.store.insert(inbox).on_conflict_do_nothing().returning(inbox.c.update_id)

    def receive(self, update_id: int, payload: Any) -> bool:
        """Keep an update; False when it was here before."""
        return bool(self.receive_all([(update_id, payload)]))

    def receive_all(self, updates: Iterable[tuple[int, Any]]) -> frozenset[int]:
        """Keep many updates in one go; gives the ids that were not here before."""
        at = now()
        rows = [
            {"update_id": update_id, "payload": payload, "state": Received.RECEIVED, "attempts": 0, "received_at": at}
            for update_id, payload in dict(updates).items()
        ]
        if not rows:
            return frozenset()
        with self.store.unit() as db:
            return frozenset(db.execute(self._keep, rows).scalars())

    def waiting(self, limit: int = 1000) -> list[Update]:
        """Updates that are not done, in the order in which they came."""
        statement = (
            select(inbox.c.update_id, inbox.c.payload, inbox.c.attempts)
            .where(inbox.c.state.in_([Received.RECEIVED, Received.FAILED]), inbox.c.payload.is_not(None))
            .order_by(inbox.c.id)
            .limit(limit)
        )
        with self.store.reading() as db:
            return [Update(*row) for row in db.execute(statement)]

    def states(self, update_ids: Sequence[int]) -> dict[int, tuple[Received, int]]:
        """State and attempts of those updates that are known."""
        with self.store.reading() as db:
            rows = db.execute(_STATES, {"update_ids": update_ids})
            return {update_id: (Received(state), tries) for update_id, state, tries in rows}

    def done(self, update_ids: Sequence[int], known: Iterable[int] | None = None) -> None:
        """These updates had their effect; their text is no longer needed.

        `known` are those that `receive` has kept (all of them, unless given); the others are written down as done.
        """
        known = frozenset(update_ids if known is None else known)
        old = [{"of": update_id} for update_id in update_ids if update_id in known]
        new = [update_id for update_id in update_ids if update_id not in known]
        with self.store.unit() as db:
            if old:
                db.execute(_DONE, old)
            if new:
                self._write(new, Received.DONE, 0)

    def failed(self, update_id: int, error: BaseException) -> Received:
        """An update could not be handled. After five times it is dead. Only the kind of error is kept."""
        with self.store.unit() as db:
            known = self.states([update_id]).get(update_id)
            attempts = known[1] + 1 if known else 1
            state = Received.DEAD if attempts >= MAX_ATTEMPTS else Received.FAILED
            if known is None:
                self._write([update_id], state, attempts)
            values: dict[str, Any] = {"state": state, "attempts": attempts, "error": type(error).__name__[:100]}
            if state is Received.DEAD:
                values["payload"] = None
            db.execute(update(inbox).where(inbox.c.update_id == update_id).values(values))
        return state

    def remove_before(self, moment: datetime) -> int:
        """Forget updates that came before `moment`; those of the last day stay, for Telegram may repeat them."""
        moment = min(moment, now() - timedelta(days=1))
        with self.store.unit() as db:
            return db.execute(delete(inbox).where(inbox.c.received_at < moment)).rowcount

    def _write(self, update_ids: Sequence[int], state: Received, attempts: int) -> None:
        at = now()
        rows = [{"update_id": each, "state": state, "attempts": attempts, "received_at": at} for each in update_ids]
        with self.store.unit() as db:
            db.execute(inbox.insert(), rows)


# Statements of every turn are made once: SQLAlchemy takes longer to make one than SQLite to run it.
_STATES = select(inbox.c.update_id, inbox.c.state, inbox.c.attempts).where(
    inbox.c.update_id.in_(bindparam("update_ids", expanding=True))
)
_DONE = update(inbox).where(inbox.c.update_id == bindparam("of")).values(state=Received.DONE, payload=None, error=None)
