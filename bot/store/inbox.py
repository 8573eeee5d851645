"""Updates that had their effect, or failed: none counts twice.

A row is written in the transaction of the turn, and the channel acknowledges the update after that. Until then it is
theirs, and they bring it again: so nothing of what people say is kept here.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, select

from bot.store.database import Database, now
from bot.store.tables import inbox

MAX_ATTEMPTS = 5


class Received(StrEnum):
    DONE = "done"
    FAILED = "failed"  # it will be tried again
    DEAD = "dead"  # it failed five times; the person was told


@dataclass(frozen=True, slots=True)
class UpdateKey:
    """What a channel brings, with the name that the channel gave it: a number of Telegram, a key of a web page."""

    channel: str
    id: str


class Inbox:
    """Each update once. Never "higher than the last": numbers may restart at random and come out of order."""

    def __init__(self, store: Database) -> None:
        self.store = store

    def first(self, update: UpdateKey) -> bool:
        """Write an update down as done; False when it was here before."""
        row = _row(update, Received.DONE, 0, now())
        statement = self.store.insert(inbox).on_conflict_do_nothing().returning(inbox.c.update_id)
        with self.store.transaction() as db:
            return db.execute(statement, row).first() is not None

    def states(self, updates: Iterable[UpdateKey]) -> dict[UpdateKey, tuple[Received, int]]:
        """State and attempts of those updates that are known."""
        by_channel: dict[str, list[str]] = {}
        for update in updates:
            by_channel.setdefault(update.channel, []).append(update.id)
        found: dict[UpdateKey, tuple[Received, int]] = {}
        with self.store.reading() as db:
            for channel, ids in by_channel.items():
                for id, state, tries in db.execute(_STATES, {"channel": channel, "ids": ids}):
                    found[UpdateKey(channel, id)] = (Received(state), tries)
        return found

    def done(self, updates: Iterable[UpdateKey], known: Collection[UpdateKey] = ()) -> None:
        """These updates had their effect. `known` are those that are here already, because they failed before."""
        these = list(updates)
        old = [{"of_channel": each.channel, "of": each.id} for each in these if each in known]
        with self.store.transaction() as db:
            if old:
                db.execute(_DONE, old)
            self._write([each for each in these if each not in known], Received.DONE, 0)

    def failed(self, update: UpdateKey, error: BaseException) -> Received:
        """An update could not be handled. After five times it is dead. Only the kind of error is kept."""
        with self.store.transaction() as db:
            known = self.states([update]).get(update)
            attempts = known[1] + 1 if known else 1
            state = Received.DEAD if attempts >= MAX_ATTEMPTS else Received.FAILED
            if known is None:
                self._write([update], state, attempts)
            values = {"state": state, "attempts": attempts, "error": type(error).__name__[:100]}
            same = (inbox.c.channel == update.channel) & (inbox.c.update_id == update.id)
            db.execute(inbox.update().where(same).values(values))
        return state

    def _write(self, updates: Collection[UpdateKey], state: Received, attempts: int) -> None:
        at = now()
        rows = [_row(each, state, attempts, at) for each in updates]
        if rows:
            with self.store.transaction() as db:
                db.execute(inbox.insert(), rows)


def _row(update: UpdateKey, state: Received, attempts: int, at: datetime) -> dict[str, Any]:
    what = {"channel": update.channel, "update_id": update.id}
    return {**what, "state": state, "attempts": attempts, "received_at": at}


# Statements of every turn are made once: SQLAlchemy takes longer to make one than SQLite to run it.
_STATES = select(inbox.c.update_id, inbox.c.state, inbox.c.attempts).where(
    inbox.c.channel == bindparam("channel"), inbox.c.update_id.in_(bindparam("ids", expanding=True))
)
_DONE = (
    inbox.update()
    .where(inbox.c.channel == bindparam("of_channel"), inbox.c.update_id == bindparam("of"))
    .values(state=Received.DONE, error=None)
)
