"""Everything of one person: to show it to them, and to erase it to the last byte.

Both go by one list of tables, so that what is kept is shown, and what is shown can be erased.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, exists, select

from bot.content.staff_sentences import StaffSentence
from bot.engine.effects import Message
from bot.privacy.steps import Step, plan
from bot.privacy.tombstones import (
    Scope,
    Tombstone,
    know,
    record_tombstone,
    tombstones_in,
    tombstones_on_disk,
)
from bot.store.damage import opened
from bot.store.lead_codes import CloseReason
from bot.store.lead_model import Lead
from bot.store.notices import who_hears
from bot.store.outbox import Address, OutboxMessage
from bot.store.store import Store
from bot.store.tables import (
    LEAD,
    access_tokens,
    consent_texts,
    consents,
    conversations,
    lead_events,
    lead_notes,
    leads,
    outbox,
    person_keys,
    transcript,
    unanswered,
)


def _of_their_leads(table: Table) -> Callable[[int], ColumnElement[bool]]:
    return lambda person: table.c.lead_id.in_(select(leads.c.id).where(leads.c.conversation_id == person))


# How a row belongs to a person. Every table stands here or in NOT_PERSONAL: a test holds us to it.
PERSONAL: dict[Table, Callable[[int], ColumnElement[bool]]] = {
    conversations: lambda person: conversations.c.id == person,
    consents: lambda person: consents.c.conversation_id == person,
    leads: lambda person: leads.c.conversation_id == person,
    lead_events: _of_their_leads(lead_events),
    lead_notes: _of_their_leads(lead_notes),
    unanswered: lambda person: unanswered.c.conversation_id == person,
    transcript: lambda person: transcript.c.conversation_id == person,
    access_tokens: lambda person: access_tokens.c.conversation_id == person,
    outbox: lambda person: outbox.c.conversation_id == person,
}

# What these hold says nothing about a person: numbers, and what means nothing without our keys; what a session of a
# colleague says of one goes with any lead that goes.
NOT_PERSONAL = frozenset(
    "seals counters questions inbox consent_texts staff looks exports audit audit_ends tombstones person_keys "
    "lead_terms erasure_steps accounts figures sessions sign_ins".split()
)


def dossier(store: Store, person: int) -> dict[str, list[dict[str, Any]]]:
    """Every column of every row of a person, as JSON can hold it; a consent with its text. Keys and hashes are left
    out: they mean nothing to anybody."""
    with store.reading() as db:
        found: dict[str, list[dict[str, Any]]] = {}
        for table, theirs in PERSONAL.items():
            columns = [column for column in table.c if column.name not in _MEANINGLESS]
            statement = select(*columns).where(theirs(person))
            if table is consents:
                statement = statement.join(consent_texts).add_columns(consent_texts.c.text)
            rows = db.execute(statement).mappings()
            found[table.name] = [{name: _plain(opened(value)) for name, value in row.items()} for row in rows]
    return found


_MEANINGLESS = frozenset("person phone email source_index change chat owner lead leased_until token update_id".split())


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


@dataclass(frozen=True, slots=True)
class Erased:
    leads: tuple[str, ...]  # references
    message_ids: tuple[int, ...]  # what the bot sent in the last two days: a channel can delete those


def erase(store: Store, address: Address, at: datetime, *, actor: str = "person") -> Erased | None:
    """Erase everything of the person at `address`; None when nothing is kept.

    A tombstone stays, so that a restored backup forgets them again.
    """
    with store.transaction():
        person = store.conversations.find(address, lock=True)
        if person is None:
            return None
        record_tombstone(store, address, Scope.PERSON, at)
        theirs = store.leads.of_conversation(person.id)
        numbers = store.outbox.message_ids(person.id)
        for lead in theirs:
            erase_lead(store, lead, CloseReason.ERASED, at, actor=actor)
        write_what_waits = store.inbox.seal_anew((address.channel, store.conversations.blind(address)))
        clear(store, person.id)
        write_what_waits()
        store.audit.write(actor, "person erased", at=at, leads=len(theirs))
        plan(store, Step, at)
    return Erased(tuple(lead.reference for lead in theirs), tuple(numbers))


def clear(store: Store, person: int) -> None:
    """Delete a conversation with its key and everything that hangs on it, leads aside."""
    whose = select(conversations.c.channel, conversations.c.person).where(conversations.c.id == person)
    with store.transaction() as db:
        store.person_keys.destroy([(channel, who) for channel, who in db.execute(whose)])
        for table in (outbox, transcript, access_tokens, unanswered, consents, conversations):
            db.execute(delete(table).where(PERSONAL[table](person)))


RESTORE = "restore"


def erase_lead(store: Store, lead: Lead, reason: CloseReason, at: datetime, *, actor: str = "person") -> None:
    """Erase a lead with its key, and what staff read of it in their chats. The exports that it can be in, and the
    bytes of the key, are steps (`bot.privacy.steps`). Who hears of the lead hears its number."""
    with store.transaction():
        store.leads.erase(lead.id, reason, at, actor)
        store.outbox.take_back(lead.reference, readers(store), at)
        if reason is not CloseReason.EXPIRED and actor not in (lead.assignee, RESTORE):
            text = store.staff_language.staff_words.say(StaffSentence.ERASED_AT_REQUEST, reference=lead.reference)
            told = [OutboxMessage(None, to, Message(text), about=lead.reference) for to in who_hears(store, lead, at)]
            store.outbox.queue(told, at)
        store.exports.withdraw(lead.created_at)
        # Who goes with many others goes first: retention does the steps at its end, a restore leaves them to the start.
        plan(store, (Step.EXPORTS, Step.TRACES), at, soon=reason is not CloseReason.EXPIRED and actor != RESTORE)


def readers(store: Store) -> list[Address]:
    """Where staff read of leads."""
    group = store.settings.staff_chat
    theirs = [member.address for member in store.team.all() if member.address]
    return [*theirs, *([Address(store.settings.staff_channel, str(group))] if group is not None else [])]


# ------------------------------------------------------------------ again
def replay(store: Store, at: datetime) -> int:
    """Erase again who is erased by the file while the database does not know it: it is a copy from before.

    Nobody else: who came back after erasing stays, whatever the clock said then or now.
    """
    known = {(each.channel, each.person, each.scope): each.erased_at for each in tombstones_in(store)}
    missing = set()
    for each in tombstones_on_disk(store.settings):
        before = known.get((each.channel, each.person, each.scope))
        if before is None or before < each.erased_at:
            missing.add(each)
    return erase_again(store, missing, at) if missing else 0


def erase_again(store: Store, erased: set[Tombstone], at: datetime) -> int:
    """Erase those whom a restored backup has brought back; gives their number. Who came back afterwards stays."""
    count = 0
    with store.transaction() as db:
        know(store, erased)
        for grave in erased:
            same = (conversations.c.channel == grave.channel) & (conversations.c.person == grave.person)
            row = db.execute(select(conversations.c.id, conversations.c.created_at).where(same)).first()
            if row is None:
                continue
            before = [lead for lead in store.leads.of_conversation(row.id) if lead.created_at <= grave.erased_at]
            if grave.scope is Scope.PERSON and row.created_at <= grave.erased_at:
                for lead in before:
                    erase_lead(store, lead, CloseReason.ERASED, at, actor=RESTORE)
                clear(store, row.id)
                store.audit.write(RESTORE, "person erased", at=at, leads=len(before))
                count += 1
            elif before:
                for lead in before:
                    erase_lead(store, lead, CloseReason.WITHDRAWN, at, actor=RESTORE)
                count += 1
    return count


def forget_who_has_no_key(store: Store, at: datetime) -> int:
    """Empty the leads and delete the conversations whose key is gone: who they were of had their term, or was erased,
    after this backup was made. Gives their number."""
    with store.transaction() as db:
        held = exists().where(person_keys.c.kind == LEAD, person_keys.c.owner == leads.c.reference)
        empty = db.execute(select(leads.c.id).where(leads.c.erased_at.is_(None), ~held)).scalars().all()
        for lead in empty:
            store.leads.erase(lead, CloseReason.EXPIRED, at, RESTORE)
        same = (person_keys.c.kind == conversations.c.channel) & (person_keys.c.owner == conversations.c.person)
        gone = db.execute(select(conversations.c.id).where(~exists().where(same))).scalars().all()
        for person in gone:
            clear(store, person)
    return len(empty) + len(gone)
