"""Numbers without persons: how many came how far, on which day. They outlive the people whom they were counted of."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import delete, func, select

from bot.store import milestones
from bot.store.damage import opened
from bot.store.database import Database
from bot.store.lead_codes import EventKind
from bot.store.lead_model import LeadChanges
from bot.store.milestones import Cell, Ledger, Milestone, Progress
from bot.store.tables import figures, leads
from bot.workdays import Calendar

PROGRESS = tuple(name for name in Progress.__slots__ if name not in ("flow", "source"))
COUNTED = select(*(leads.c[name] for name in ("reference", "kind", "source", "counted", "erased_at", *PROGRESS)))
"""What `Figures.follow` goes by, of a lead."""


class Figures:
    def __init__(self, store: Database) -> None:
        self.store = store

    def count(self, cell: Cell) -> None:
        """Count one more, right before the open unit commits.

        The rows of all conversations of today are the same few: who writes them last holds them shortest, and who
        writes them in one order never waits for another in a ring.
        """
        self.store.gather(self._count_all, cell)

    def _count_all(self, cells: Iterable[Cell]) -> None:
        self._add(Counter(cells))

    def follow(
        self,
        before: Mapping[str, Any],
        changes: LeadChanges,
        kind: EventKind,
        detail: Mapping[str, Any],
        at: datetime,
        calendar: Calendar,
    ) -> dict[str, Any]:
        """Count what happened to a lead, and no longer what was taken back. `before`: what `COUNTED` gives of it.

        Gives what is kept of that in `leads.counted`: nothing of who is erased, though they stay counted.
        """
        if before.get("erased_at"):
            return {}
        known = {name: opened(value) for name, value in before.items()}
        lead = self._progress(known if kind == "erased" else {**known, **changes})
        ledger, reason = milestones.from_json(known.get("counted")), str(detail.get("reason", ""))
        after = milestones.follow(ledger, lead, kind, reason, at, calendar)
        if kind == "erased":
            after = {**after, Milestone.GONE: milestones.gone(lead, reason, calendar.day(at))}
        self._move(ledger, after)
        return {} if kind == "erased" else milestones.to_json(after)

    def _progress(self, row: Mapping[str, Any]) -> Progress:
        fields = {name: row.get(name) for name in PROGRESS}
        source = milestones.named_source(row.get("source"), self.store.settings.sources)
        return Progress(**{**fields, "flow": row["kind"], "source": source})

    def _move(self, before: Ledger, after: Ledger) -> None:
        """Count a lead in these cells, and no longer in those: by who holds the leads, see `Counters.lock_leads`."""
        change = Counter(after.values())
        change.subtract(before.values())
        self._add({cell: number for cell, number in change.items() if number})

    def _add(self, numbers: Mapping[Cell, int]) -> None:
        if not numbers:
            return
        rows = [
            {**{name: getattr(cell, name) for name in Cell.__slots__}, "count": number}
            for cell, number in sorted(numbers.items())
        ]
        with self.store.transaction() as db:
            db.execute(self._more, rows)
            if any(number < 0 for number in numbers.values()):
                db.execute(delete(figures).where(figures.c.count <= 0))

    @cached_property
    def _more(self) -> Any:
        statement = self.store.insert(figures)
        more = {"count": figures.c.count + statement.excluded.count}
        return statement.on_conflict_do_update(index_elements=list(figures.primary_key), set_=more)

    def between(self, first: date, last: date) -> dict[Cell, int]:
        """What was counted on these days, both included."""
        with self.store.reading() as db:
            rows = db.execute(select(figures).where(figures.c.day.between(first, last), figures.c.count > 0))
            return {_cell(row._asdict()): row._mapping["count"] for row in rows}

    def first_day(self) -> date | None:
        """The day of the oldest figure; None when nothing was counted yet."""
        with self.store.reading() as db:
            return db.execute(select(func.min(figures.c.day))).scalar()


def _cell(row: Mapping[str, Any]) -> Cell:
    return Cell(**{**{name: row[name] for name in Cell.__slots__}, "milestone": Milestone(row["milestone"])})
