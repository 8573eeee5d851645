"""Open leads in the order of work: counted and paged in the database, so that it does not matter how many there are."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, case, cast, false, func, select

from bot.store.database import Database
from bot.store.lead_filter import conditions
from bot.store.lead_model import Filter
from bot.store.tables import consents, leads, staff
from bot.store.terms import KEEP
from bot.workdays import Calendar


class Group(StrEnum):
    """A lead is in the first of these that it fits."""

    ASKED = "asked"  # for a person, and nobody spoke with them since
    OVERDUE = "overdue"
    MINE = "mine"  # to do today, by who looks
    NEW = "new"  # of nobody
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Looker:
    """Who looks at the list, and on which day: by that it is ordered."""

    today: date
    staff_ids: Collection[int]  # whose leads are theirs: their own, and of whom they stand in for

    def is_asked(self) -> ColumnElement[bool]:
        return leads.c.asked_at.is_not(None)

    def is_overdue(self) -> ColumnElement[bool]:
        return func.coalesce(leads.c.next_action_on < self.today, false())

    def is_mine_today(self) -> ColumnElement[bool]:
        mine = leads.c.assignee_id.in_(sorted(self.staff_ids))
        return func.coalesce(and_(mine, leads.c.next_action_on <= self.today), false())

    def is_new(self) -> ColumnElement[bool]:
        return leads.c.assignee_id.is_(None)

    def rank(self) -> ColumnElement[int]:
        """The place of its group."""
        tests = (self.is_asked(), self.is_overdue(), self.is_mine_today(), self.is_new())
        return case(*((test, place) for place, test in enumerate(tests)), else_=len(tests))


class Worklists:
    def __init__(self, store: Database, calendar: Callable[[], Calendar]) -> None:
        self.store, self.calendar = store, calendar

    def count(self, which: Filter, looker: Looker) -> tuple[dict[Group, int], dict[str, int]]:
        """How many are in each group, and of how many a thing is so, whatever their group."""
        rank = looker.rank().label("rank")
        sums = [func.sum(cast(test(looker), Integer)).label(name) for name, test in ONLY.items()]
        statement = self._from(which, rank, func.count().label("number"), *sums).group_by(rank)
        with self.store.reading() as db:
            rows = db.execute(statement).all()
        groups = dict.fromkeys(Group, 0) | {list(Group)[row.rank]: row.number for row in rows}
        return groups, {name: sum(getattr(row, name) for row in rows) for name in ONLY}

    def ids(
        self, which: Filter, looker: Looker, limit: int, offset: int = 0, *, group: Group | None = None, only: str = ""
    ) -> list[int]:
        """Which leads of a filter stand on a page, in order: of one group, or of what `only` names, or all.

        What is asked for longest comes first, then what is due first.
        """
        order = (
            leads.c.asked_at.asc().nulls_last(),
            leads.c.next_action_on.asc().nulls_last(),
            leads.c.next_action_time.asc().nulls_last(),
            leads.c.id,
        )
        statement = self._from(which, leads.c.id).order_by(*order).limit(limit).offset(offset)
        if group is not None:
            statement = statement.where(looker.rank() == list(Group).index(group))
        if only in ONLY:
            statement = statement.where(ONLY[only](looker))
        with self.store.reading() as db:
            return list(db.execute(statement).scalars())

    def values(self, column: str) -> Sequence[str]:
        """What the open leads have in a column, in the order of the alphabet."""
        found = leads.c[column]
        statement = self._from(Filter(open=True), found).where(found.is_not(None)).distinct()
        with self.store.reading() as db:
            return sorted(db.execute(statement).scalars())

    def agreed_to_a_year(self, conversations: Collection[int]) -> set[int]:
        """Which of these people let us keep what they said for a year."""
        said_yes = (consents.c.purpose == KEEP) & consents.c.withdrawn_at.is_(None)
        statement = select(consents.c.conversation_id).where(said_yes, consents.c.conversation_id.in_(conversations))
        with self.store.reading() as db:
            return set(db.execute(statement).scalars())

    def _from(self, which: Filter, *columns: Any) -> Select[Any]:
        joined = leads.outerjoin(staff, staff.c.id == leads.c.assignee_id)
        return select(*columns).select_from(joined).where(*conditions(which, self.store, self.calendar()))


ONLY: Mapping[str, Callable[[Looker], ColumnElement[bool]]] = {
    "asked": Looker.is_asked,
    "new": Looker.is_new,
    "mine": Looker.is_mine_today,
    "overdue": Looker.is_overdue,
}
"""What a list without groups asks of a lead."""
