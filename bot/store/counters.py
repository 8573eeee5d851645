"""Numbers that only go up: of leads in a year, and of changes; and the lock that who changes leads holds."""

from functools import cached_property
from typing import Any

from sqlalchemy import select

from bot.store.database import Database
from bot.store.tables import counters


class Counters:
    def __init__(self, store: Database) -> None:
        self.store = store

    def lock_leads(self) -> None:
        """Let nobody else change a lead until the unit ends.

        Who changes one takes the conversation first (if it is theirs), then this counter, then the row, and that once:
        a second UPDATE of a row makes PostgreSQL lock what it points at. So two never wait for each other in a ring.
        """
        with self.store.transaction() as db:
            if db.execute(_LOCK).first() is None:
                # Before the first lead there is nothing to lock: two who file it together would not see each other.
                first = self.store.insert(counters).values(name="change", value=0)
                db.execute(first.on_conflict_do_nothing())
                db.execute(_LOCK)

    def next(self, name: str) -> int:
        """The next number of a counter. Who takes one holds the counter until the commit: so a later change is never
        visible before an earlier one, and "since my last export" skips none."""
        with self.store.transaction() as db:
            return int(db.execute(self._count, {"name": name, "value": 1}).scalar_one())

    @cached_property
    def _count(self) -> Any:
        one_more = {"value": counters.c.value + 1}
        statement = self.store.insert(counters).on_conflict_do_update(index_elements=[counters.c.name], set_=one_more)
        return statement.returning(counters.c.value)

    def last_change(self) -> int:
        with self.store.reading() as db:
            return int(db.execute(select(counters.c.value).where(counters.c.name == "change")).scalar() or 0)


_LOCK = select(counters.c.value).where(counters.c.name == "change").with_for_update()
