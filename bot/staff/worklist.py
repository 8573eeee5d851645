"""The open leads in the order of work: who asked for a person, what is late, what is for today, what is new."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import islice

from bot.staff.desk import Desk
from bot.staff.queues import EXPIRES_WITHIN, Queue
from bot.store.lead_filter import Filter
from bot.store.lead_model import Lead
from bot.store.worklists import Group, Looker


@dataclass(frozen=True, slots=True)
class Row:
    lead: Lead
    erased_on: date  # unless somebody does something


@dataclass(frozen=True, slots=True)
class Section:
    """The leads of one group that stand on a page, and how many the group has."""

    group: Group | None  # None: a list without groups
    count: int
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Page:
    """`first` to `last` of `total`, counted from 1."""

    number: int
    pages: int
    first: int
    last: int
    total: int
    sections: Sequence[Section]


class Worklist:
    """What one member of staff sees of the open leads that a filter lets through."""

    def __init__(self, desk: Desk, which: Filter, queue: Queue) -> None:
        self.desk, self.which, self.queue = desk, replace(which, open=True), queue
        today = desk.store.calendar.day(desk.now())
        self.looker = Looker(today, {desk.who.id, *(each.id for each in desk.stands_in_for())})

    @cached_property
    def counts(self) -> Mapping[Queue, int]:
        """How many stand in each list."""
        groups, more = self._counted
        return {
            **{Queue(name): number for name, number in more.items()},
            Queue.ALL: sum(groups.values()),
        }

    def page(self, number: int, size: int) -> Page:
        """A page of this list; the last one when there are not so many. That it was looked at is written down."""
        total = self.counts[self.queue]
        pages = max(1, -(-total // size))
        number = min(number, pages)
        start = (number - 1) * size
        sections = self._grouped(start, size) if self.queue is Queue.ALL else self._flat(start, size, total)
        found = self.desk.listed([row for _, _, rows in sections for row in rows], self.which, self.queue)
        shown = iter(self._rows(found))
        return Page(
            number,
            pages,
            min(start + 1, total),
            min(start + size, total),
            total,
            [Section(group, count, list(islice(shown, len(ids)))) for group, count, ids in sections if ids],
        )

    def _rows(self, found: Sequence[Lead]) -> Iterator[Row]:
        store = self.desk.store
        agreed = store.worklists.agreed_to_a_year([each.conversation_id for each in found if each.conversation_id])
        for lead in found:
            long = lead.conversation_id in agreed
            days = store.settings.keep_lead_days_with_consent if long else store.settings.keep_lead_days
            yield Row(lead, store.calendar.day((lead.closed_at or lead.updated_at) + timedelta(days=days)))

    def next_of_mine(self) -> str | None:
        """The number of the lead that they have to do first; None when everything is done."""
        worklists = self.desk.store.worklists
        mine = replace(self.which, assignee=self.desk.mine())
        for group in (Group.ASKED, Group.OVERDUE, Group.MINE):
            if ids := worklists.ids(mine, self.looker, 1, group=group):
                return self.desk.store.leads.get(ids[0]).reference
        return None

    def places(self) -> Sequence[str]:
        """By which municipalities the open leads can be narrowed down."""
        return self.desk.store.worklists.places()

    def _grouped(self, start: int, size: int) -> list[tuple[Group | None, int, list[int]]]:
        """Each group from its own beginning, as far as it stands between `start` and `start + size`."""
        found: list[tuple[Group | None, int, list[int]]] = []
        for group, count in self._counted[0].items():
            offset, start = min(start, count), max(start - count, 0)
            wanted = min(count - offset, size)
            if wanted:
                ids = self.desk.store.worklists.ids(self.which, self.looker, wanted, offset, group=group)
                found.append((group, count, ids))
                size -= wanted
        return found

    def _flat(self, start: int, size: int, total: int) -> list[tuple[Group | None, int, list[int]]]:
        if not total:  # to find nothing takes the longest: everything is looked at
            return []
        which = self._expiring if self.queue is Queue.EXPIRING else self.which
        return [(None, total, self.desk.store.worklists.ids(which, self.looker, size, start, only=self.queue))]

    @property
    def _expiring(self) -> Filter:
        return replace(self.which, gone_by=self.desk.now() + EXPIRES_WITHIN)

    @cached_property
    def _counted(self) -> tuple[Mapping[Group, int], Mapping[str, int]]:
        store, gone_by = self.desk.store, self.desk.now() + EXPIRES_WITHIN
        return store.worklists.count(self.which, self.looker, gone_by, store.counters.last_change())
