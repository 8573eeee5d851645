"""Leads in the database: looked up, claimed by one adviser, and changed under a number that only goes up."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Unpack

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    Select,
    Table,
    Text,
    bindparam,
    delete,
    func,
    insert,
    literal,
    null,
    select,
    type_coerce,
    union_all,
    update,
)

from bot.store.counters import Counters
from bot.store.damage import opened, readable
from bot.store.database import Database
from bot.store.encryption import Encrypted, Sealed
from bot.store.figures import COUNTED, Figures
from bot.store.keys import PersonKey
from bot.store.lead_codes import CloseReason, EventKind, Status
from bot.store.lead_filter import Filter, conditions
from bot.store.lead_model import Consent, Details, Lead, LeadAdvice, LeadChanges, LeadEvent, LeadLine
from bot.store.lead_rows import EVENT, EVERY_LEAD, to_event, to_lead, to_note
from bot.store.notes import Notes
from bot.store.search import Search
from bot.store.tables import (
    LEAD,
    consent_texts,
    consents,
    conversations,
    key_of_lead,
    lead_events,
    lead_notes,
    leads,
    questions,
    sessions,
    staff,
)
from bot.store.undo import restored, snapshot
from bot.workdays import Calendar


class Leads:
    def __init__(
        self,
        store: Database,
        figures: Figures,
        calendar: Callable[[], Calendar],
        search: Search,
        counters: Counters,
        notes: Notes,
    ) -> None:
        self.store, self.figures, self.calendar, self.search = store, figures, calendar, search
        self.counters, self.notes = counters, notes

    # ------------------------------------------------------------------ looking
    def get(self, which: int | str) -> Lead:
        """A lead by its id or its reference; raises `LookupError`."""
        lead = self.find(which)
        if lead is None:
            raise LookupError(which)
        return lead

    def find(self, which: int | str) -> Lead | None:
        with self.store.reading() as db:
            if isinstance(which, int):
                row = db.execute(_BY_ID, {"of": which}).first()
            else:
                row = db.execute(_BY_REFERENCE, {"of": which.strip().upper()}).first()
        return to_lead(row) if row else None

    def some(self, ids: Sequence[int]) -> list[Lead]:
        """The leads with these ids, in this order, for a list: without what was shown, which is most of a lead."""
        columns = (null().label("advice") if each is leads.c.advice else each for each in EVERY_LEAD.selected_columns)
        with self.store.reading() as db:
            rows = db.execute(EVERY_LEAD.with_only_columns(*columns).where(leads.c.id.in_(ids)))
            found = {lead.id: lead for lead in readable(rows, to_lead, "leads")}
        return [found[each] for each in ids if each in found]

    def of_conversation(self, conversation: int, *, but: int | None = None) -> list[Lead]:
        """The leads of a person, the oldest first; `but`: without this one, which is not opened for it."""
        with self.store.reading() as db:
            # No lead has the number 0.
            rows = db.execute(_OF_CONVERSATION, {"of": conversation, "but": but or 0})
            return list(readable(rows, to_lead, "leads"))

    def duplicates(self, lead: int) -> list[str]:
        """The references of what came later with the same phone number or e-mail address, and of the lead itself."""
        # Not "or": nearly all are nobody's duplicate, so a planner believes that one has as many as there are leads,
        # and reads all of those. On SQLite that took half of the time of a page.
        same = union_all(select(leads.c.id).where(leads.c.duplicate_of_id == lead), select(literal(lead)))
        statement = select(leads.c.reference).where(leads.c.id.in_(same)).order_by(leads.c.id)
        with self.store.reading() as db:
            return list(db.execute(statement).scalars())

    def all(self, which: Filter, limit: int | None = None) -> list[Lead]:
        """What needs doing first comes first: by the day and hour of the next action, then by age."""
        with self.store.reading() as db:
            rows = db.execute(self.where(which).order_by(*_FIRST_THINGS_FIRST).limit(limit))
            return list(readable(rows, to_lead, "leads"))

    def lines(self, which: Filter, limit: int | None = None, *, sources: bool = False) -> Iterator[LeadLine]:
        """The same, one by one as they are read, with what a list shows of each; `sources` as well, if it is to.

        Each is unsealed here and its key looked up once: by column it would take twice as long.
        """
        source = type_coerce(leads.c.source, Text) if sources else null()
        sealed = (type_coerce(leads.c.contact, Text), type_coerce(leads.c.next_action, Text), source)
        statement = self.where(which).with_only_columns(key_of_lead(leads), *sealed, *_LINE)
        statement = statement.order_by(*_FIRST_THINGS_FIRST).limit(limit)
        read = self.store.ring.read
        with self.store.reading() as db:
            for key, contact, action, source, *line in db.execute(statement.execution_options(yield_per=500)):
                values = (
                    opened(read(contact, f"leads.contact {line[0]}", key or "")) or {},
                    opened(read(action, f"leads.next_action {line[0]}", key or "")),
                    opened(read(source, f"leads.source {line[0]}", key or "")),
                )
                yield LeadLine._make((*line, *values))

    def named_in(self, which: Filter) -> set[str | None]:
        """The flows, members of staff, their teams, sectors and places that these leads are of."""
        every = (leads.c.kind, staff.c.name, staff.c.team, leads.c.sector, leads.c.place)
        with self.store.reading() as db:
            return {
                value for row in db.execute(self.where(which).with_only_columns(*every).distinct()) for value in row
            }

    def stream(self, which: Filter, batch: int = 500, *, events: bool = True) -> Iterator[tuple[Lead, Details]]:
        """All of them with their details, the oldest first; of one moment when read in `Database.snapshot`.

        They are unsealed one by one: five hundred at a time fill fifty megabytes, and take twice as long.
        """
        with self.store.reading() as db:
            after = 0
            while True:
                page = self.where(which).where(leads.c.id > after).order_by(leads.c.id).limit(batch)
                some = db.execute(page.with_only_columns(leads.c.id, leads.c.conversation_id)).all()
                if not some:
                    return
                details = self.details(some, events=events)
                for lead in readable(db.execute(page), to_lead, "leads"):
                    yield lead, details[lead.id]
                after = some[-1].id

    def advice(self) -> Iterator[LeadAdvice]:
        """What was shown, of each lead that was shown something."""
        statement = select(leads.c.id, leads.c.advice).where(leads.c.advice.is_not(None))
        with self.store.reading() as db:
            rows = db.execute(statement.execution_options(yield_per=100))
            yield from readable(rows, lambda row: LeadAdvice.from_json(row.advice), "leads")

    def where(self, which: Filter) -> Select[Any]:
        """These leads, with who has them and whether the person still hears the bot."""
        return EVERY_LEAD.where(*conditions(which, self.store, self.calendar()))

    def count(self, which: Filter) -> int:
        with self.store.reading() as db:
            columns = self.where(which).with_only_columns(func.count())
            return int(db.execute(columns).scalar_one())

    def details(self, some: Sequence[Lead | Row[Any, Any]], *, events: bool = True) -> dict[int, Details]:
        """Events, notes and consents of some leads, with one look at each table; without `events`, none."""
        found = {lead.id: Details() for lead in some}
        of_conversation = {lead.conversation_id: lead.id for lead in some if lead.conversation_id is not None}
        with self.store.reading() as db:
            happened = _of(lead_events, lead_events.c.lead_id, found).with_only_columns(*EVENT)
            for row in db.execute(happened) if events else ():
                found[row.lead_id].events.append(to_event(row))
            for row in db.execute(_of(lead_notes, lead_notes.c.lead_id, found)):
                found[row.lead_id].notes.append(to_note(row))
            given = _of(consents, consents.c.conversation_id, of_conversation).join(consent_texts)
            for row in db.execute(given.add_columns(consent_texts.c.text)):
                consent = Consent(row.purpose, row.language, row.given_at, row.withdrawn_at, row.text_sha256, row.text)
                found[of_conversation[row.conversation_id]].consents.append(consent)
        return found

    def indexes(self, contact: Mapping[str, str]) -> LeadChanges:
        """By what somebody with this contact is found again."""

        def blind(kind: str) -> str | None:
            return self.store.keys.blind(kind, contact[kind].strip().casefold()) if contact.get(kind) else None

        return {"phone": blind("phone"), "email": blind("email")}

    def questions(self, kinds: Collection[str] = ()) -> list[str]:
        """Every question that these kinds of leads ever answered, the oldest first."""
        statement = select(questions.c.question).order_by(questions.c.id)
        if kinds:
            statement = statement.where(questions.c.kind.in_(kinds))
        with self.store.reading() as db:
            return list(dict.fromkeys(db.execute(statement).scalars()))

    # ------------------------------------------------------------------ changing
    def claim(self, lead: int, staff_id: int, actor: str, at: datetime) -> bool:
        """Take an open lead that nobody has; False when somebody was first. Nobody else can take it in between."""
        with self.store.transaction():
            self.counters.lock_leads()
            now = self.get(lead)
            if now.assignee_id is not None or now.status.closed:
                return False
            # A coordinator may have called already, without taking it.
            status = Status.CLAIMED if now.status is Status.NEW else now.status
            claimed: LeadChanges = {"assignee_id": staff_id, "claimed_at": at, "status": status}
            self.change(lead, actor, "claimed", at=at, before=now, **claimed)
        return True

    def change(
        self,
        lead: int,
        actor: str,
        kind: EventKind,
        detail: Mapping[str, Any] | None = None,
        *,
        at: datetime,
        before: Lead | None = None,
        **changes: Unpack[LeadChanges],
    ) -> Lead:
        """Set `changes`, under a new change number, and write down who did what; `detail` never holds personal data.

        `before`: what the lead was until now, so that this can be undone.
        """
        with self.store.transaction() as db:
            number = self.counters.next("change")
            until_now = db.execute(COUNTED.where(leads.c.id == lead)).one()._asdict()
            reference = until_now["reference"]
            counted = self.figures.follow(until_now, changes, kind, detail or {}, at, self.calendar())
            row = self.to_row(reference, changes)
            values = {**row, "counted": counted, "updated_at": at, "change": number}
            db.execute(update(leads).where(leads.c.id == lead).values(values))
            if not changes.keys().isdisjoint(("contact", "answers")):
                now = self.get(lead)
                self.search.note(lead, now.contact, now.answers)
            replaced = None
            if before and changes:
                replaced = Sealed(snapshot(before, changes), (lead, number), self._key(reference))
            self.event(lead, actor, kind, detail or {}, at, number, replaced)
            return self.get(lead)

    def note(self, lead: int, author: str, text: str, at: datetime) -> Lead:
        with self.store.transaction():
            changed = self.change(lead, author, "noted", at=at)
            self.notes.add(changed, author, text, at)
            return changed

    def event(
        self,
        lead: int,
        actor: str,
        kind: EventKind,
        detail: Mapping[str, Any],
        at: datetime,
        change: int,
        before: Sealed | None = None,
    ) -> None:
        """Write down what was done; `change` is the number that the lead got by it, `before` what it replaced."""
        values = {"actor": actor, "kind": kind, "detail": dict(detail), "at": at, "change": change, "before": before}
        with self.store.transaction() as db:
            db.execute(_EVENT, {"lead_id": lead, **values})

    def replaced(self, lead: int, kinds: Collection[EventKind]) -> tuple[LeadEvent, LeadChanges] | None:
        """The last event of these kinds, and what it replaced; None when there is none, or it cannot be undone."""
        last = select(lead_events).where(lead_events.c.lead_id == lead, lead_events.c.kind.in_(kinds))
        with self.store.reading() as db:
            row = db.execute(last.order_by(lead_events.c.id.desc()).limit(1)).first()
        before = opened(row.before) if row else None
        return (to_event(row), restored(before)) if row and before else None

    def erase(self, lead: int, reason: CloseReason, at: datetime, actor: str) -> Lead:
        """Take everything personal out of a lead. The row stays, with its reference, so that whoever exported it
        hears that it is to be deleted."""
        nothing: LeadChanges = {
            "contact": None,
            "answers": None,
            "advice": None,
            "phone": None,
            "email": None,
            "conversation_id": None,
            "source": None,
            "source_index": None,
            "sector": None,
            "place": None,
            "next_action": None,
            "next_action_on": None,
            "next_action_time": None,
            "asked_at": None,
            "asked_reason": None,
            "outcome": None,
            "outcome_detail": None,
            "duplicate_of_id": None,
            "progress": None,
            "status": Status.LAPSED,
            "close_reason": reason,
            "closed_at": at,
            "erased_at": at,
        }
        with self.store.transaction() as db:
            db.execute(delete(lead_notes).where(lead_notes.c.lead_id == lead))
            db.execute(update(lead_events).where(lead_events.c.lead_id == lead).values(before=None))
            db.execute(update(sessions).values(private=None))  # whom a colleague looks for may be they
            erased = self.change(lead, actor, "erased", {"reason": reason}, at=at, **nothing)
            self.store.person_keys.destroy([(LEAD, erased.reference)])  # last: figures look once more at what it was
            return erased

    def to_row(self, reference: str, changes: LeadChanges) -> dict[str, Any]:
        """The columns of a lead, for the one with this reference, in the open unit."""
        row: dict[str, Any] = {**changes}
        if (answers := changes.get("answers")) is not None:
            row["answers"] = {name: answer.to_json() for name, answer in answers.items()}
        if (advice := changes.get("advice")) is not None:
            row["advice"] = advice.json
        private = [name for name in _SEALED if row.get(name) is not None]
        key = self._key(reference) if private else None
        return row | {name: Sealed(row[name], (reference,), key) for name in private}

    def _reference(self, lead: int) -> str:
        with self.store.reading() as db:
            return str(db.execute(select(leads.c.reference).where(leads.c.id == lead)).scalar_one())

    def _key(self, reference: str) -> PersonKey:
        return self.store.person_keys.of([(LEAD, reference)])[LEAD, reference]

    def is_any_erased(self, after: int) -> bool:
        """Whether somebody was erased since change number `after`."""
        statement = select(leads.c.id).where(leads.c.change > after, leads.c.erased_at.is_not(None)).limit(1)
        with self.store.reading() as db:
            return db.execute(statement).first() is not None


# Statements of every lead are made once: SQLAlchemy takes longer to make one than SQLite to run it.
_BY_ID = EVERY_LEAD.where(leads.c.id == bindparam("of"))
_BY_REFERENCE = EVERY_LEAD.where(leads.c.reference == bindparam("of"))
_OF_CONVERSATION = EVERY_LEAD.where(
    leads.c.conversation_id == bindparam("of"), leads.c.id != bindparam("but")
).order_by(leads.c.id)
_EVENT = insert(lead_events)

_AT = leads.c.next_action_time
_FIRST_THINGS_FIRST = (leads.c.next_action_on.is_(None), leads.c.next_action_on, _AT.is_(None), _AT, leads.c.id)
_LINE = (
    *(leads.c[name] for name in ("reference", "kind", "status", "sector", "place")),
    staff.c.name.label("assignee"),
    leads.c.complete,
    leads.c.without_place,
    func.coalesce(conversations.c.blocked, False).label("blocked"),
    *(leads.c[name] for name in ("next_action_on", "next_action_time", "asked_at", "outcome", "created_at")),
)


def _of(table: Table, column: ColumnElement[Any], ids: Collection[int]) -> Select[Any]:
    # Written into the statement: five hundred parameters would take longer than the rows. They are our own numbers.
    numbers: BindParameter[list[int]] = bindparam("ids", list(ids), expanding=True, literal_execute=True)
    return select(table).where(column.in_(numbers)).order_by(table.c.id)


_SEALED = tuple(column.name for column in leads.c if isinstance(column.type, Encrypted))
