"""Open leads in the order of work: counted and paged in the database, so that it does not matter how many there are."""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from time import monotonic
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, not_, or_, select

from bot.store.database import Database
from bot.store.lead_filter import Filter, conditions
from bot.store.lead_terms import KEEP, term_is_over
from bot.store.tables import consents, leads, staff
from bot.workdays import Calendar

REMEMBERED_SECONDS = 60.0  # which places there are
MOST_REMEMBERED = 200  # countings
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)  # before anybody could ask for a person


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
        # A range of its index: for "is not null" SQLite looks at every lead.
        return leads.c.asked_at >= LONG_AGO

    def is_overdue(self) -> ColumnElement[bool]:
        return leads.c.next_action_on < self.today

    def is_mine_today(self) -> ColumnElement[bool]:
        return and_(leads.c.next_action_on <= self.today, leads.c.assignee_id.in_(sorted(self.staff_ids)))

    def is_new(self) -> ColumnElement[bool]:
        return leads.c.assignee_id.is_(None)

    def in_group(self, group: Group) -> ColumnElement[bool]:
        """In this one, and in none before it; as ranges of the index, so that few leads are looked at."""
        tests = (self.is_asked, self.is_overdue, self.is_mine_today, self.is_new)
        place = list(Group).index(group)
        earlier = [or_(not_(test()), test().is_(None)) for test in tests[:place]]
        return and_(*(test() for test in tests[place : place + 1]), *earlier)


Counts = tuple[Mapping[Group, int], Mapping[str, int]]


class Worklists:
    def __init__(self, store: Database, calendar: Callable[[], Calendar]) -> None:
        self.store, self.calendar = store, calendar
        self._places: tuple[float, Sequence[str]] | None = None
        self._counts: dict[Hashable, Counts] = {}

    def count(self, which: Filter, looker: Looker, gone_by: datetime, last_change: int) -> Counts:
        """How many are in each group, and of how many a thing is so, whatever their group; how many expire by then.

        `last_change` is that of the leads: as long as none was changed the numbers are those of before. A minute at
        most, for they hang also on who is in a team, and on who agreed to what.
        """
        minute = int(monotonic() // REMEMBERED_SECONDS)
        key = (which, looker.today, tuple(sorted(looker.staff_ids)), last_change, minute)
        counts = self._counts.get(key)
        if counts is None:
            counts = self._count(which, looker, gone_by)
            if len(self._counts) >= MOST_REMEMBERED:
                self._counts.clear()
            self._counts[key] = counts
        return counts

    def _count(self, which: Filter, looker: Looker, gone_by: datetime) -> Counts:
        """Each number is of a range of an index, and the groups follow from them: a group is what fits it without what
        fits one before it. To test every open lead for each group took five times as long.
        """
        overdue, mine, new = looker.is_overdue(), looker.is_mine_today(), looker.is_new()
        later = or_(not_(overdue), overdue.is_(None))
        with self.store.reading() as db:

            def number(*conditions: ColumnElement[bool]) -> int:
                return int(db.execute(self._from(which, func.count()).where(*conditions)).scalar_one())

            every = number()
            late, mine_late, new_late = number(overdue), number(overdue, mine), number(overdue, new)
            more = {"new": number(new), "mine": number(mine), "overdue": late}
            more["expiring"] = number(term_is_over(self.store.settings, gone_by))
            of_asked = (_number_of(overdue), _number_of(and_(later, mine)), _number_of(and_(later, new)))
            asked = self._from(which, func.count(), *of_asked).where(looker.is_asked())
            more["asked"], asked_late, asked_mine, asked_new = (each or 0 for each in db.execute(asked).one())
        groups = {
            Group.ASKED: more["asked"],
            Group.OVERDUE: late - asked_late,
            Group.MINE: more["mine"] - mine_late - asked_mine,
            Group.NEW: more["new"] - new_late - asked_new,
        }
        return {**groups, Group.LATER: every - sum(groups.values())}, more

    def ids(
        self, which: Filter, looker: Looker, limit: int, offset: int = 0, *, group: Group | None = None, only: str = ""
    ) -> list[int]:
        """Which leads of a filter stand on a page, in order: of one group, or of what `only` names, or all.

        What is asked for longest comes first, then what is due first.
        """
        planned = (leads.c.next_action_on.asc().nulls_last(), leads.c.next_action_time.asc().nulls_last(), leads.c.id)
        asked = group is Group.ASKED or only == "asked"
        statement = self._from(which, leads.c.id).limit(limit).offset(offset)
        statement = statement.order_by(leads.c.asked_at) if asked else statement.order_by(*planned)
        if group is not None:
            statement = statement.where(looker.in_group(group))
        if only in ONLY:
            statement = statement.where(ONLY[only](looker))
        with self.store.reading() as db:
            return list(db.execute(statement).scalars())

    def places(self) -> Sequence[str]:
        """Where people who have an open lead live, in the order of the alphabet; as of a minute ago at most."""
        if self._places is None or monotonic() - self._places[0] > REMEMBERED_SECONDS:
            found = self._from(Filter(open=True), leads.c.place).where(leads.c.place.is_not(None)).distinct()
            with self.store.reading() as db:
                self._places = monotonic(), sorted(db.execute(found).scalars())
        return self._places[1]

    def agreed_to_a_year(self, conversations: Collection[int]) -> set[int]:
        """Which of these people let us keep what they said for a year."""
        said_yes = (consents.c.purpose == KEEP) & consents.c.withdrawn_at.is_(None)
        statement = select(consents.c.conversation_id).where(said_yes, consents.c.conversation_id.in_(conversations))
        with self.store.reading() as db:
            return set(db.execute(statement).scalars())

    def _from(self, which: Filter, *columns: Any) -> Select[Any]:
        by_staff = which.assignee or which.team
        joined = leads.outerjoin(staff, staff.c.id == leads.c.assignee_id) if by_staff else leads
        return select(*columns).select_from(joined).where(*conditions(which, self.store, self.calendar()))


def _number_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


ONLY: Mapping[str, Callable[[Looker], ColumnElement[bool]]] = {
    "asked": Looker.is_asked,
    "new": Looker.is_new,
    "mine": Looker.is_mine_today,
    "overdue": Looker.is_overdue,
}
"""What a list without groups asks of a lead."""
