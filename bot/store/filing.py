"""A draft becomes a lead: once for each person and flow, recognised when the same person comes another way.

And a lead that is asked about again is due again, for who has it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from sqlalchemy import bindparam, insert, or_, select

from bot.compiled import Compiled
from bot.content.conditions import Value
from bot.content.flow import Vocabulary
from bot.content.knowledge import FactRole
from bot.engine.effects import LeadDraft
from bot.store.lead_codes import Status
from bot.store.lead_model import AnswerValue, Lead, LeadAdvice, LeadAnswer, LeadChanges, anew, how_to_reach, planned
from bot.store.referrals import kept_source
from bot.store.store import Store
from bot.store.tables import leads, questions
from bot.store.team import Member, Role

FIRST_CALL_WORKDAYS = 2
CONTACT = ("name", "phone", "email")


@dataclass(frozen=True, slots=True)
class Filed:
    lead: Lead
    new: bool
    reopened: bool = False
    place: bool | None = None  # False: they got none just now; True: after all; None: it is as they were told


@dataclass(frozen=True, slots=True)
class Where:
    """What the team sees of a lead without opening it: nothing that says who it is."""

    sector: str | None = None
    place: str | None = None

    @classmethod
    def read(cls, compiled: Compiled, facts: Mapping[str, Value | None], said: Mapping[str, str]) -> Self:
        """The sector and the municipality, as far as they are known of what was answered and of the words for it."""
        fact_of = compiled.content.knowledge.fact_of
        sector = facts.get(fact_of(FactRole.SECTOR))
        wish, place = said.get(fact_of(FactRole.WISH)), said.get(fact_of(FactRole.PLACE))
        if not isinstance(sector, str):
            sector = next(iter(compiled.work(wish, Vocabulary.DESIRED_WORK).sectors), None) if wish else None
        return cls(sector, compiled.place(place).municipality if place else None)


def file(
    store: Store,
    conversation: int,
    channel: str,
    draft: LeadDraft,
    where: Where,
    *,
    content: str,
    at: datetime,
    actor: str = "person",
    capacity: int | None = None,
) -> Filed:
    """Keep a draft as the one lead of this conversation and flow; the same draft again changes nothing.

    `content` is the version of the knowledge and the rules. A lead that was closed is open again, unless they only
    stopped half-way; one that was erased stays so, and a second one is made. The other open leads of this person get
    the same name, phone number and e-mail address: there is one way to reach them.

    `capacity`: of a flow with a number of places. Who comes when all are taken is kept without one.
    """
    answers = _answers(draft)
    values: LeadChanges = {
        "language": draft.language,
        "source": kept_source(draft.source, store.private, store.settings.sources),
        "sector": where.sector,
        "place": where.place,
        "contact": dict(draft.contact),
        "answers": answers,
        "advice": None if draft.advice is None else LeadAdvice.from_json(draft.advice),
        "versions": {"flow": f"{draft.flow}@{draft.flow_version}", "content": content},
        "complete": draft.complete,
        "progress": draft.reached,
    }
    with store.transaction() as db:
        store.after_commit(store.sync_to_disk)
        store.counters.lock_leads()
        _note_questions(store, draft.flow, answers)
        found = db.execute(_MINE, {"conversation": conversation, "flow": draft.flow}).scalar()
        before = store.leads.get(found) if found is not None else None
        place = _place(store, draft, capacity, before)
        values["without_place"] = before is not None and before.without_place if place is None else not place
        if before is None:
            lead = _new(store, conversation, channel, draft, values, at, actor)
        elif before.status.closed and not draft.complete:
            return Filed(before, new=False)  # they went away: nobody asks for anything
        elif before.status.closed:
            values |= opened_again(store, before, draft.contact, at)
            values |= store.leads.indexes(draft.contact) | _source_index(store, values["source"])
            lead = store.leads.change(before.id, "person", "changed", at=at, **values)
            store.leads.event(lead.id, "person", "reopened", {}, at, lead.change)
        elif all(getattr(before, name) == value for name, value in values.items()):
            lead = before
        else:
            values |= _reached_by(store, before, draft.contact) | _source_index(store, values["source"])
            lead = store.leads.change(before.id, "person", "changed", at=at, **values)
        share_contact(store, lead, at)
        as_told = place and not (before is not None and before.without_place)
        return Filed(lead, before is None, before is not None and before.status.closed, None if as_told else place)


def _place(store: Store, draft: LeadDraft, capacity: int | None, before: Lead | None) -> bool | None:
    """Whether there is a place for who files this now; None when they have one, need none, or still have none.

    The leads are locked, so that of two who come together one is counted before the other.
    """
    if capacity is None or not draft.complete:
        return None
    had = before is not None and before.complete and before.status is not Status.LAPSED
    if before is not None and had and not before.without_place:
        return None
    there_is = store.capacity.taken(draft.flow) < capacity
    return None if had and not there_is else there_is


def who_has(store: Store, lead: Lead) -> Member | None:
    """The member of staff who has a lead, as long as they may work on it."""
    member = store.team.named(lead.assignee) if lead.assignee else None
    return member if member and member.role.may(Role.ADVISER) else None


def opened_again(store: Store, lead: Lead, contact: Mapping[str, str], at: datetime) -> LeadChanges:
    """What a lead has that is asked about again: who had it has it, if they still work here; a call is due today."""
    values = anew(at)
    if who_has(store, lead):
        had = Status.TALKING if lead.first_contact_at else Status.TRIED if lead.attempts else Status.CLAIMED
        values |= {"assignee_id": lead.assignee_id, "claimed_at": lead.claimed_at, "status": had}
    return values | due_today(store, contact, at)


def due_today(store: Store, contact: Mapping[str, str], at: datetime) -> LeadChanges:
    """The next step of who is to be reached today, or on the first working day."""
    return planned(how_to_reach(contact), _workday(store, at, 0))


def ask_for(store: Store, lead: Lead, reason: str, at: datetime) -> Lead:
    """Put a lead on top of the list, open again if need be, for who has it: the person wants to be helped by somebody.

    `reason` is a code, of ours ("asked") or of a flow's own step.
    """
    left = lead.assignee is not None and who_has(store, lead) is None
    over = lead.status.closed or left
    values = opened_again(store, lead, lead.contact, at) if over else due_today(store, lead.contact, at)
    values |= {"asked_at": lead.asked_at or at, "asked_reason": reason[:64]}
    changed = store.leads.change(lead.id, "person", "handed over", {"reason": reason}, at=at, **values)
    if lead.status.closed:
        store.leads.event(lead.id, "person", "reopened", {}, at, changed.change)
    elif left:
        store.leads.event(lead.id, "bot", "released", {}, at, changed.change)
    return changed


def share_contact(store: Store, lead: Lead, at: datetime, actor: str = "person") -> None:
    """Give the other open leads of the same person the contact of this one, when it says how to reach them."""
    if lead.conversation_id is None or not {"phone", "email"} & lead.contact.keys():
        return
    for other in store.leads.of_conversation(lead.conversation_id, but=lead.id):
        kept = {name: value for name, value in other.contact.items() if name not in CONTACT}
        contact = {**kept, **{name: value for name, value in lead.contact.items() if name in CONTACT}}
        if not other.status.closed and contact != other.contact:
            values = _reached_by(store, other, contact)
            store.leads.change(other.id, actor, "contact changed", at=at, **values)


def _reached_by(store: Store, lead: Lead, contact: Mapping[str, str]) -> LeadChanges:
    """What changes in an open lead with its contact: who is to be called may now have to be written to."""
    values: LeadChanges = {"contact": dict(contact), **store.leads.indexes(contact)}
    if lead.next_action == how_to_reach(lead.contact):
        values["next_action"] = how_to_reach(contact)
    return values


def _new(
    store: Store, conversation: int, channel: str, draft: LeadDraft, values: LeadChanges, at: datetime, actor: str
) -> Lead:
    blind = store.leads.indexes(draft.contact)
    year = store.calendar.day(at).year
    with store.transaction() as db:
        original = _original(store, blind)
        reference = f"L-{year}-{store.counters.next(f'lead-{year}'):04}"
        change = store.counters.next("change")
        more: LeadChanges = {
            **values,
            **blind,
            **_source_index(store, values["source"]),
            "conversation_id": conversation,
            "status": Status.NEW,
            "attempts": 0,
            "duplicate_of_id": original,
            "waiting_since": at,
            "next_action": how_to_reach(draft.contact),
            "next_action_on": _workday(store, at, FIRST_CALL_WORKDAYS),
        }
        row = {
            **store.leads.to_row(reference, more),
            "reference": reference,
            "kind": draft.flow,
            "channel": channel,
            "created_at": at,
            "updated_at": at,
            "change": change,
        }
        known = {**more, "kind": draft.flow, "created_at": at}
        row["counted"] = store.figures.follow(known, {}, "filed", {}, at, store.calendar)
        lead = db.execute(_NEW, row).scalar_one()
        store.search.note(lead, draft.contact, values.get("answers") or {})
        store.leads.event(lead, actor, "filed", {}, at, change)
        if original is not None:
            of = db.execute(_REFERENCE, {"of": original}).scalar_one()
            store.leads.event(lead, "bot", "duplicate", {"of": of}, at, change)
        return store.leads.get(lead)


# Statements of every lead are made once: SQLAlchemy takes longer to make one than SQLite to run it.
_MINE = select(leads.c.id).where(
    leads.c.conversation_id == bindparam("conversation"), leads.c.kind == bindparam("flow")
)
_NEW = insert(leads).returning(leads.c.id)
_REFERENCE = select(leads.c.reference).where(leads.c.id == bindparam("of"))
_ALIKE = (
    select(leads.c.id, leads.c.duplicate_of_id)
    .where(or_(*(leads.c[kind] == bindparam(kind) for kind in ("phone", "email"))))  # NULL is like nothing
    .order_by(leads.c.id)
    .limit(1)
)


def _note_questions(store: Store, flow: str, answers: Mapping[str, Any]) -> None:
    rows = [{"kind": flow, "question": name} for name in answers]
    if rows:
        with store.transaction() as db:
            db.execute(store.insert(questions).on_conflict_do_nothing(), rows)


def _source_index(store: Store, source: str | None) -> LeadChanges:
    return {"source_index": store.keys.blind("source", source) if source else None}


def _original(store: Store, blind: LeadChanges) -> int | None:
    """The first lead with the same phone number or e-mail address: linked, never merged."""
    if not any(blind.values()):
        return None
    with store.reading() as db:
        row = db.execute(_ALIKE, dict(blind)).first()
    return (row.duplicate_of_id or row.id) if row else None


def _answers(draft: LeadDraft) -> dict[str, LeadAnswer]:
    """Each answer as it was said and as it was read, under its question; then what no question asked."""
    questions = [*draft.facts, *(name for name in draft.said if name not in draft.facts)]
    answers = {
        question: LeadAnswer(
            _plain(draft.facts.get(question)), draft.said.get(question), draft.columns.get(question, question)
        )
        for question in questions
        if question not in draft.contact
    }
    noted = {name: LeadAnswer(_plain(value), said, name) for name, (said, value) in draft.noted.items()}
    return answers | noted


def _plain(value: Value | None) -> AnswerValue | None:
    return tuple(sorted(value)) if isinstance(value, frozenset) else value


def _workday(store: Store, at: datetime, count: int) -> date:
    return store.calendar.add_workdays(store.calendar.day(at), count)
