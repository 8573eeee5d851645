"""Updates that had their effect, or failed: none counts twice.

Where one process works, a row is written in the transaction of the turn, and the channel acknowledges the update after
that. Until then it is theirs, and they bring it again: so nothing of what people say is kept here.

Where several processes share the work, an update is written down as it arrives, sealed, and acknowledged; then
whichever process is free gives its chat a turn (`next_chats`). One process has a chat at a time, for as long as its
transaction lasts: killed, it leaves everything as it was, for the others.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, exists, func, or_, select

from bot.store.damage import UNREADABLE
from bot.store.database import Database, now
from bot.store.encryption import Sealed
from bot.store.keys import Damaged, PersonKey
from bot.store.person_keys import Owner
from bot.store.tables import inbox

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 5

# A channel numbers what it brings, and brings it over many connections, to many processes. What comes after a number
# that is not here yet waits this long for it: then it will not come, or not soon.
PATIENCE = timedelta(seconds=1)
RECENT = timedelta(hours=1)  # an older number says nothing of where the channel counts now


class Received(StrEnum):
    WAITING = "waiting"  # it arrived, and has no turn yet: several processes share the work
    DONE = "done"
    FAILED = "failed"  # it will be tried again
    DEAD = "dead"  # it failed five times; the person was told


_STATE_CODES = frozenset(Received)


@dataclass(frozen=True, slots=True)
class UpdateKey:
    """What a channel brings, with the name that the channel gave it: a number of Telegram, a key of a web page."""

    channel: str
    id: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update as it arrived: its number, and who it is of and what happened; None for what needs no turn."""

    update: UpdateKey
    number: int
    user: str | None = None
    event: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is to have its turn now. `more`: something waits for a number that is not here yet."""

    arrivals: tuple[Arrival, ...]
    more: bool


class Inbox:
    """Each update once. Never "higher than the last": numbers may restart at random and come out of order."""

    def __init__(self, store: Database) -> None:
        self.store = store

    def first(self, update: UpdateKey) -> bool:
        """Write an update down as done; False when it was here before."""
        row = _row(update, Received.DONE, 0, now()) | {"number": int(update.id) if update.id.isdecimal() else None}
        statement = self.store.insert(inbox).on_conflict_do_nothing().returning(inbox.c.update_id)
        with self.store.transaction() as db:
            return db.execute(statement, row).first() is not None

    # ------------------------------------------------------------ several processes
    def receive(self, arrivals: Sequence[Arrival]) -> set[UpdateKey]:
        """Write down what arrived; gives those that were not here before."""
        at = now()
        statement = self.store.insert(inbox).on_conflict_do_nothing().returning(inbox.c.channel, inbox.c.update_id)
        chats = {each.update: self._chat(each) for each in arrivals if each.user is not None}
        with self.store.transaction() as db:
            keys = self.store.person_keys.of(chats.values()) if chats else {}
            rows = []
            for each in arrivals:
                row = {**_row(each.update, Received.DONE, 0, at), "number": each.number, "chat": None, "payload": None}
                if each.user is not None:
                    chat = chats[each.update]
                    payload = self._sealed(each.update, {"user": each.user, "event": each.event}, keys[chat])
                    row |= {"state": Received.WAITING, "chat": chat[1], "payload": payload}
                rows.append(row)
            rows.sort(key=lambda row: row["number"])  # one order: two who write the same never wait in a ring
            return {UpdateKey(*row) for row in db.execute(statement, rows)} if rows else set()

    def _chat(self, arrival: Arrival) -> Owner:
        assert arrival.user is not None
        return arrival.update.channel, self.store.keys.blind("person:" + arrival.update.channel, arrival.user)

    def _sealed(self, update: UpdateKey, payload: dict[str, Any], key: PersonKey) -> Sealed:
        return Sealed(payload, (update.channel, update.id), key)

    def seal_anew(self, owner: Owner) -> Callable[[], None]:
        """Read what waits of somebody, and give the way to write it again under the key that they have then: who
        is erased may have said more meanwhile, and that still gets its turn."""
        theirs = (inbox.c.channel == owner[0]) & (inbox.c.chat == owner[1]) & inbox.c.payload.is_not(None)
        with self.store.transaction() as db:
            waiting = db.execute(select(inbox.c.id, inbox.c.update_id, inbox.c.payload).where(theirs)).all()

        def write() -> None:
            with self.store.transaction() as db:
                for row in waiting:
                    if not isinstance(row.payload, Damaged):
                        key = self.store.person_keys.of([owner])[owner]
                        payload = self._sealed(UpdateKey(owner[0], row.update_id), row.payload, key)
                        db.execute(inbox.update().where(inbox.c.id == row.id).values(payload=payload))

        return write

    def next_chats(self, channel: str, limit: int = 100) -> Waiting:
        """Updates of some chats, in the order of the channel, which are ours until the open unit ends."""
        at = now()
        with self.store.transaction() as db:
            asked = {"channel": channel}
            lowest, highest = db.execute(_ENDS, asked).one()
            if lowest is None:
                return Waiting((), more=False)
            ready = {"complete": self._complete(channel, at, highest), "old": at - PATIENCE}
            chats = (
                db.execute(_FIRSTS.with_for_update(skip_locked=True), asked | ready | {"some": limit}).scalars().all()
            )
            found: list[Arrival] = []
            held: set[str] = set()
            rows = db.execute(_OF_CHATS, asked | {"chats": list(chats)}).all() if chats else []
            for row in rows[:limit]:
                if row.number > ready["complete"] and row.received_at > ready["old"]:
                    held.add(row.chat)
                if row.chat not in held:
                    update = UpdateKey(channel, row.update_id)
                    try:
                        found.append(Arrival(update, row.number, row.payload["user"], row.payload["event"]))
                    except UNREADABLE as error:
                        log.error("update %s (inbox) is damaged, and put aside: %s", update.id, type(error).__name__)
                        self._put_aside(update, error)
        return Waiting(tuple(found), more=bool(held) or highest > ready["complete"])

    def _complete(self, channel: str, at: datetime, highest: int) -> int:
        """The number up to which everything is here that will still come."""
        asked = {"channel": channel, "old": at - PATIENCE, "recent": at - RECENT}
        with self.store.reading() as db:
            complete: int | None = db.execute(_SETTLED, asked).scalar()
            if complete is None:
                return -1
            numbers = {"channel": channel, "above": complete, "highest": highest}
            for number in db.execute(_NUMBERS, numbers).scalars():
                if number != complete + 1:
                    break
                complete = number
        return complete

    def _put_aside(self, update: UpdateKey, error: BaseException) -> None:
        same = (inbox.c.channel == update.channel) & (inbox.c.update_id == update.id)
        values = {"state": Received.DEAD, "error": type(error).__name__[:100], "payload": None, "chat": None}
        with self.store.transaction() as db:
            db.execute(inbox.update().where(same).values(values))

    # ------------------------------------------------------------ what came of it
    def states(self, updates: Iterable[UpdateKey]) -> dict[UpdateKey, tuple[Received, int]]:
        """State and attempts of those updates that are known."""
        by_channel: dict[str, list[str]] = {}
        for update in updates:
            by_channel.setdefault(update.channel, []).append(update.id)
        found: dict[UpdateKey, tuple[Received, int]] = {}
        with self.store.reading() as db:
            for channel, ids in by_channel.items():
                for id, state, tries in db.execute(_STATES, {"channel": channel, "ids": ids}):
                    known = Received(state) if state in _STATE_CODES else Received.DONE  # better unheard than twice
                    found[UpdateKey(channel, id)] = (known, tries)
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
            if state is Received.DEAD:
                values |= {"payload": None, "chat": None}
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
    .values(state=Received.DONE, error=None, payload=None, chat=None)
)

_WAITS = inbox.c.payload.is_not(None) & (inbox.c.channel == bindparam("channel"))
_ENDS = select(func.min(inbox.c.number), func.max(inbox.c.number)).where(_WAITS)
_EARLIER = inbox.alias("earlier")
# The chats of which the first update can have its turn, and that nobody else is at.
_FIRSTS = (
    select(inbox.c.chat)
    .where(
        _WAITS,
        or_(
            inbox.c.number <= bindparam("complete"),
            inbox.c.received_at <= bindparam("old", type_=inbox.c.received_at.type),
        ),
        ~exists().where(
            _EARLIER.c.payload.is_not(None),
            _EARLIER.c.channel == inbox.c.channel,
            _EARLIER.c.chat == inbox.c.chat,
            _EARLIER.c.number < inbox.c.number,
        ),
    )
    .order_by(inbox.c.number)
    .limit(bindparam("some"))
)
_OF_CHATS = (
    select(inbox.c.update_id, inbox.c.number, inbox.c.chat, inbox.c.received_at, inbox.c.payload)
    .where(_WAITS, inbox.c.chat.in_(bindparam("chats", expanding=True)))
    .order_by(inbox.c.number)
)
_SETTLED = (
    select(inbox.c.number)
    .where(
        inbox.c.channel == bindparam("channel"),
        inbox.c.number.is_not(None),
        inbox.c.received_at <= bindparam("old", type_=inbox.c.received_at.type),
        inbox.c.received_at > bindparam("recent", type_=inbox.c.received_at.type),
    )
    .order_by(inbox.c.received_at.desc(), inbox.c.number.desc())
    .limit(1)
)
_NUMBERS = (
    select(inbox.c.number)
    .where(
        inbox.c.channel == bindparam("channel"),
        inbox.c.number > bindparam("above"),
        inbox.c.number <= bindparam("highest"),
    )
    .order_by(inbox.c.number)
)
