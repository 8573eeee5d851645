"""Who did what with other people's data: kept apart from the data, and without any of it.

Each line has a link: an HMAC of what it says and of the link before it, under the index key, which is not in the
database. Who may write in the database and has no key can neither change a line, nor put one in, nor take one out
without a break in the chain. Both ends are proven apart, so that neither the oldest nor the newest lines can go unseen.
What no chain can show by itself is a whole database put back as it was: for that the operator keeps the `Mark` of an
earlier check, or the log, in another place.
"""

import json
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, text, update

from bot.errors import BotError
from bot.store.database import Database, now
from bot.store.keys import Keys
from bot.store.tables import audit, audit_ends

log = logging.getLogger(__name__)

# Lines are put in a row at the end of their transactions: from here to its commit each waits for the one before.
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtext('overstap.audit'))")

PAGE = 1000

_LINE = (audit.c.at, audit.c.actor, audit.c.login, audit.c.action, audit.c.object, audit.c.detail)
_MARK = re.compile(r"(\d{1,18}):([0-9a-f]{64})")


class BrokenChain(BotError):
    """Somebody wrote in the audit who has no key."""


@dataclass(frozen=True, slots=True)
class Entry:
    at: datetime
    actor: str  # the name that they gave, or what did it by itself
    login: str | None
    action: str
    object: str | None
    detail: Mapping[str, Any]


class Mark(NamedTuple):
    """A place in the chain: a line's number and link. Kept elsewhere, it proves that nothing changed before it."""

    number: int
    link: str

    def __str__(self) -> str:
        return f"{self.number}:{self.link}"

    @classmethod
    def of(cls, said: str) -> "Mark":
        """What `__str__` gave; raises BotError."""
        found = _MARK.fullmatch(said.strip())
        if found is None:
            raise BotError(f"{said!r} is no mark of the audit: that is a number, a colon and 64 hexadecimal digits.")
        return cls(int(found[1]), found[2])


START = Mark(0, "")


@dataclass(frozen=True, slots=True)
class Checked:
    lines: int
    last: Mark


class Audit:
    """`login`: who is logged in on the machine, for a command; the bot itself leaves it out."""

    def __init__(self, store: Database) -> None:
        self.store = store
        self.login: str | None = None

    def write(
        self, actor: str, action: str, object: str | None = None, *, at: datetime | None = None, **detail: Any
    ) -> None:
        """Add a line. `object` is a reference or a file name; `detail` holds counts and codes."""
        values = {"actor": actor, "action": action, "object": object, "detail": detail, "at": at or now()}
        with self.store.transaction() as db:
            line = db.execute(insert(audit).values(**values, login=self.login).returning(audit.c.id)).scalar_one()
            self.store.before_commit(self._chain, line)

    def entries(self, limit: int = 100) -> list[Entry]:
        """The latest lines first."""
        with self.store.reading() as db:
            return [Entry(*row) for row in db.execute(select(*_LINE).order_by(audit.c.id.desc()).limit(limit))]

    def last(self) -> Mark:
        """The mark of the newest line."""
        with self.store.transaction() as db:
            return self._newest(db)[0]

    # ------------------------------------------------------------ the chain
    def _chain(self, line: int) -> None:
        """Put a line of the open unit at the end of the chain, unless a savepoint took it back."""
        with self.store.transaction() as db:
            row = db.execute(select(*_LINE).where(audit.c.id == line)).first()
            if row is None:
                return
            if not self.store.sqlite:
                db.execute(_ONE_AT_A_TIME)
            before, is_proven = self._newest(db)
            here = Mark(before.number + 1, _link(self.store.keys, before, row))
            db.execute(update(audit).where(audit.c.id == line).values(number=here.number, link=here.link))
            if is_proven:
                self._put_end(db, "last", here)

    def _newest(self, db: Connection) -> tuple[Mark, bool]:
        """The line to go on from, and whether it is the end for certain: else work goes on, and every check tells."""
        try:
            end = self._end(db, "last")
        except BrokenChain as error:
            log.error("%s", error)
            end = None
        if end:
            return end, True
        rows = select(audit.c.number, audit.c.link).where(audit.c.number.is_not(None))
        row = db.execute(rows.order_by(audit.c.number.desc()).limit(1)).first()
        return (Mark(row.number, row.link or ""), False) if row else (START, True)

    def _end(self, db: Connection, name: str) -> Mark | None:
        """Where the chain begins or ends; raises BrokenChain when somebody else wrote it."""
        row = db.execute(select(audit_ends).where(audit_ends.c.name == name)).first()
        if row is None:
            return None
        mark = Mark(row.number, row.link)
        if row.proof != _proof(self.store.keys, name, mark):
            raise BrokenChain(f"The audit is broken: where it {_SAID[name]} (line {row.number}) was not written by us.")
        return mark

    def _put_end(self, db: Connection, name: str, mark: Mark) -> None:
        values = {**mark._asdict(), "proof": _proof(self.store.keys, name, mark)}
        statement = self.store.insert(audit_ends).values(name=name, **values)
        db.execute(statement.on_conflict_do_update(index_elements=[audit_ends.c.name], set_=values))

    # ------------------------------------------------------------ what had its term
    @staticmethod
    def before(at: datetime) -> ColumnElement[bool]:
        """The lines up to the first one that is not older: in the middle of the chain none can go."""
        first_kept = select(func.min(audit.c.number)).where(audit.c.at >= at).scalar_subquery()
        return func.coalesce(audit.c.number < first_kept, True)

    def drop(self, before: datetime, most: int) -> int:
        """Remove at most so many of them, the oldest first; the chain then begins behind them. Gives how many."""
        some = select(audit.c.number, audit.c.link).where(audit.c.number.is_not(None), self.before(before))
        with self.store.transaction() as db:
            gone = db.execute(some.order_by(audit.c.number).limit(most)).all()
            if gone:
                last = Mark(*gone[-1])
                db.execute(delete(audit).where(audit.c.number <= last.number))
                self._put_end(db, "first", last)
            return len(gone)

    # ------------------------------------------------------------ the check
    def verify(self, known: Mark | None = None) -> Checked:
        """Go along the whole chain. Raises BrokenChain, which names the first break. `known`: what an earlier check
        gave, which has to be a part of it still."""
        with self.store.snapshot(), self.store.reading() as db:
            before = first = self._end(db, "first") or START
            last = self._end(db, "last") or START
            for row in self._lines(db):
                before = self._follow(before, row)
                if known and known.number == before.number and known != before:
                    raise BrokenChain(f"The audit is another one: line {known.number} was {known.link}.")
            if before != last:
                raise BrokenChain(f"The audit is broken: {_missing(before.number + 1, last.number)}, at its end.")
            if stray := db.execute(select(audit.c.id).where(audit.c.number.is_(None))).first():
                raise BrokenChain(f"The audit is broken: row {stray.id} was put in beside the chain.")
            if known and known.number > last.number:
                raise BrokenChain(
                    f"The audit is an older one: line {known.number} was there, the last is {last.number}."
                )
        return Checked(last.number - first.number, last)

    def _lines(self, db: Connection) -> Iterator[Any]:
        """Every line of the chain, a page at a time: years of them need not fit in the memory."""
        page = select(audit.c.number, audit.c.link, *_LINE).order_by(audit.c.number).limit(PAGE)
        rows = db.execute(page.where(audit.c.number.is_not(None))).all()
        while rows:
            yield from rows
            rows = db.execute(page.where(audit.c.number > rows[-1].number)).all()

    def _follow(self, before: Mark, row: Any) -> Mark:
        if row.number <= before.number:
            raise BrokenChain(f"The audit is broken: line {row.number} had its term, and is there.")
        if row.number > before.number + 1:
            raise BrokenChain(f"The audit is broken: {_missing(before.number + 1, row.number - 1)}.")
        if row.link != _link(self.store.keys, before, row):
            says = f"{row.at:%Y-%m-%d %H:%M} {row.actor} {row.action}"
            raise BrokenChain(f"The audit is broken: line {row.number} was changed. It says now: {says}.")
        return Mark(row.number, row.link)


_SAID = {"first": "begins", "last": "ends"}


def _missing(first: int, last: int) -> str:
    return f"line {first} is missing" if first == last else f"lines {first} to {last} are missing"


def _link(keys: Keys, before: Mark, row: Any) -> str:
    said = [before.number + 1, before.link, f"{row.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}", row.actor, row.login]
    said += [row.action, row.object, row.detail]
    return keys.blind("audit", json.dumps(said, sort_keys=True, separators=(",", ":")))


def _proof(keys: Keys, name: str, mark: Mark) -> str:
    return keys.blind("audit " + name, str(mark))
