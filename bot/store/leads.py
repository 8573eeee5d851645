"""Leads in the database: looked up, claimed by one adviser, and changed under a number that only goes up."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import datetime, time
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from bot.store.database import Store
from bot.store.lead import CloseReason, Filter, Lead, LeadEvent, Note, Status
from bot.store.tables import counters, lead_events, lead_notes, leads, staff
from bot.workdays import AMSTERDAM


class Leads:
    def __init__(self, store: Store) -> None:
        self.store = store

    # ------------------------------------------------------------------ looking
    def get(self, which: int | str) -> Lead:
        """A lead by its id or its reference; raises `LookupError`."""
        lead = self.find(which)
        if lead is None:
            raise LookupError(which)
        return lead

    def find(self, which: int | str) -> Lead | None:
        where = leads.c.id == which if isinstance(which, int) else leads.c.reference == which.strip().upper()
        with self.store.reading() as db:
            row = db.execute(_SELECT.where(where)).first()
        return _lead(row) if row else None

    def of_conversation(self, conversation: int) -> list[Lead]:
        with self.store.reading() as db:
            rows = db.execute(_SELECT.where(leads.c.conversation_id == conversation).order_by(leads.c.id))
            return [_lead(row) for row in rows]

    def all(self, which: Filter, limit: int | None = None) -> list[Lead]:
        """What needs doing first comes first: by the day of the next action, then by age."""
        order = (leads.c.next_action_on.is_(None), leads.c.next_action_on, leads.c.id)
        with self.store.reading() as db:
            return [_lead(row) for row in db.execute(_where(_SELECT, which).order_by(*order).limit(limit))]

    def stream(self, which: Filter, batch: int = 1000) -> Iterator[Lead]:
        """All of them, the oldest first, as they are at one moment; a batch in memory at a time."""
        with self.store.reading() as db:
            after = 0
            while True:
                page = _where(_SELECT, which).where(leads.c.id > after).order_by(leads.c.id).limit(batch)
                rows = db.execute(page).all()
                yield from map(_lead, rows)
                if len(rows) < batch:
                    return
                after = rows[-1].id

    def count(self, which: Filter) -> int:
        with self.store.reading() as db:
            columns = _where(_SELECT, which).with_only_columns(func.count())
            return int(db.execute(columns).scalar_one())

    def events(self, lead: int) -> list[LeadEvent]:
        columns = (lead_events.c.at, lead_events.c.actor, lead_events.c.kind, lead_events.c.detail)
        with self.store.reading() as db:
            rows = db.execute(select(*columns).where(lead_events.c.lead_id == lead).order_by(lead_events.c.id))
            return [LeadEvent(*row) for row in rows]

    def notes(self, lead: int) -> list[Note]:
        columns = (lead_notes.c.at, lead_notes.c.author, lead_notes.c.text)
        with self.store.reading() as db:
            rows = db.execute(select(*columns).where(lead_notes.c.lead_id == lead).order_by(lead_notes.c.id))
            return [Note(*row) for row in rows]

    # ------------------------------------------------------------------ changing
    def claim(self, lead: int, staff_id: int, actor: str, at: datetime) -> bool:
        """Take a lead that nobody has; False when somebody was first. One UPDATE decides: there is no gap between
        looking and taking."""
        free = (leads.c.id == lead) & leads.c.assignee_id.is_(None) & (leads.c.status == Status.NEW)
        with self.store.unit() as db:
            values = {"assignee_id": staff_id, "claimed_at": at, "status": Status.CLAIMED, "updated_at": at}
            taken = db.execute(update(leads).where(free).values(values)).rowcount == 1
            if taken:
                db.execute(update(leads).where(leads.c.id == lead).values(change=self.number("change")))
                self.event(lead, actor, "claimed", {}, at)
        return taken

    def change(
        self, lead: int, actor: str, kind: str, detail: Mapping[str, Any] | None = None, *, at: datetime, **values: Any
    ) -> Lead:
        """Set `values`, under a new change number, and write down who did what; `detail` never holds personal data."""
        with self.store.unit() as db:
            values |= {"updated_at": at, "change": self.number("change")}
            db.execute(update(leads).where(leads.c.id == lead).values(values))
            self.event(lead, actor, kind, detail or {}, at)
            return self.get(lead)

    def note(self, lead: int, author: str, text: str, at: datetime) -> Lead:
        with self.store.unit() as db:
            db.execute(insert(lead_notes).values(lead_id=lead, author=author, text=text, at=at))
            return self.change(lead, author, "noted", at=at)

    def event(self, lead: int, actor: str, kind: str, detail: Mapping[str, Any], at: datetime) -> None:
        with self.store.unit() as db:
            db.execute(insert(lead_events).values(lead_id=lead, actor=actor, kind=kind, detail=dict(detail), at=at))

    def erase(self, lead: int, reason: CloseReason, at: datetime) -> Lead:
        """Take everything personal out of a lead. The row stays, with its reference, so that whoever exported it
        hears that it is to be deleted."""
        empty = ("contact", "answers", "advice", "phone", "email", "conversation_id", "source", "sector", "place")
        values: dict[str, Any] = dict.fromkeys(empty)
        values |= {"status": Status.LAPSED, "close_reason": reason, "closed_at": at, "erased_at": at}
        values |= {"next_action": None, "next_action_on": None, "duplicate_of_id": None, "progress": None}
        with self.store.unit() as db:
            db.execute(delete(lead_notes).where(lead_notes.c.lead_id == lead))
            return self.change(lead, "person", "erased", {"reason": reason}, at=at, **values)

    def number(self, name: str) -> int:
        """The next number of a counter. Who takes one holds the counter until the commit: so a later change is never
        visible before an earlier one, and "since my last export" skips none."""
        statement = self.store.insert(counters).values(name=name, value=1)
        statement = statement.on_conflict_do_update(
            index_elements=[counters.c.name], set_={"value": counters.c.value + 1}
        ).returning(counters.c.value)
        with self.store.unit() as db:
            return int(db.execute(statement).scalar_one())

    def last_change(self) -> int:
        with self.store.reading() as db:
            return int(db.execute(select(counters.c.value).where(counters.c.name == "change")).scalar() or 0)


_SELECT = select(leads, staff.c.name.label("assignee")).outerjoin(staff, staff.c.id == leads.c.assignee_id)
_FIELDS = tuple(each.name for each in fields(Lead))


def _lead(row: Row[Any]) -> Lead:
    values = {name: getattr(row, name) for name in _FIELDS}
    values |= {"status": Status(row.status), "contact": row.contact or {}, "answers": row.answers or {}}
    return Lead(**values)


def _where(statement: Any, which: Filter) -> Any:
    since = which.since and datetime.combine(which.since, time(), AMSTERDAM)
    conditions = {
        "status": leads.c.status.in_(which.status),
        "kind": leads.c.kind.in_(which.kind),
        "assignee": staff.c.name == which.assignee,
        "source": leads.c.source == which.source,
        "unassigned": leads.c.assignee_id.is_(None),
        "open": leads.c.status.not_in([Status.DONE, Status.LAPSED]),
        "overdue_on": leads.c.next_action_on < which.overdue_on,
        "since": leads.c.created_at >= since,
        "changed_after": leads.c.change > which.changed_after,
    }
    wanted = [conditions[name] for name in which.to_json() if name in conditions]
    return statement.where(*wanted, *([] if which.erased else [leads.c.erased_at.is_(None)]))
