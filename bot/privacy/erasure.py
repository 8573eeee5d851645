"""Everything of one person: to show it to them, and to erase it to the last byte.

Both go by one list of tables, so that what is kept is shown, and what is shown can be erased.
"""

import json
import logging
import os
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, delete, select

from bot.content.staff_sentences import StaffSentence
from bot.engine.effects import Message
from bot.settings import Settings
from bot.store.damage import opened, readable
from bot.store.lead_model import CloseReason, Lead
from bot.store.notices import who_hears
from bot.store.outbox import Address, OutboxMessage
from bot.store.store import Store
from bot.store.tables import (
    consent_texts,
    consents,
    conversations,
    lead_events,
    lead_notes,
    leads,
    outbox,
    tombstones,
    unanswered,
)

log = logging.getLogger(__name__)


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
    outbox: lambda person: outbox.c.conversation_id == person,
}

# What these hold says nothing about a person; what a session of a colleague says of one goes with any lead that goes.
NOT_PERSONAL = frozenset("seals counters questions inbox consent_texts staff looks exports audit tombstones".split())
NOT_PERSONAL |= {"accounts", "figures", "sessions", "sign_ins"}


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


_MEANINGLESS = frozenset("person phone email source_index change chat owner leased_until".split())


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
        clear(store, person.id)
        store.audit.write(actor, "person erased", at=at, leads=len(theirs))
        store.after_commit(store.checkpoint)
    return Erased(tuple(lead.reference for lead in theirs), tuple(numbers))


def clear(store: Store, person: int) -> None:
    """Delete a conversation with everything that hangs on it, leads aside."""
    with store.transaction() as db:
        for table in (outbox, unanswered, consents, conversations):
            db.execute(delete(table).where(PERSONAL[table](person)))


RESTORE = "restore"


def erase_lead(store: Store, lead: Lead, reason: CloseReason, at: datetime, *, actor: str = "person") -> None:
    """Erase a lead, and after the commit the exports that it can be in and the bytes in the write-ahead log.

    When somebody is reading just then, the log is emptied by the next retention run. Who hears of the lead hears its
    number, and what stands of it in the chats of staff is taken out.
    """
    with store.transaction():
        store.leads.erase(lead.id, reason, at, actor)
        store.outbox.take_copies(lead.id, at=at)
        address = who_hears(store, lead, at)
        if address and reason is not CloseReason.EXPIRED and actor not in (lead.assignee, RESTORE):
            text = store.staff_language.staff_words.say(StaffSentence.ERASED_AT_REQUEST, reference=lead.reference)
            store.outbox.queue([OutboxMessage(None, address, Message(text))], at)
        store.exports.withdraw(lead.created_at, at)
        store.after_commit(store.checkpoint)


# ------------------------------------------------------------------ tombstones
class Scope(StrEnum):
    """What was erased: everything of a person, or what they had let advisers keep."""

    PERSON = "person"
    LEADS = "leads"


@dataclass(frozen=True, slots=True)
class Tombstone:
    channel: str
    person: str
    scope: Scope
    erased_at: datetime


def record_tombstone(store: Store, address: Address, scope: Scope, at: datetime) -> None:
    """Write down that someone was erased: in the database, and after the commit in a file that outlives it.

    What is in the file was committed, so a start can hold the database to it (`replay`). When the file cannot be
    written, or we are killed before that, the next start or the next retention run does it.
    """
    tombstone = Tombstone(address.channel, store.conversations.blind(address), scope, at)
    with store.transaction():
        _know(store, [tombstone])
        store.after_commit(lambda: _write_down(store.settings, [tombstone]))


def _know(store: Store, these: Iterable[Tombstone]) -> None:
    """Have these in the database; of two for the same person, the later one counts."""
    rows = [asdict(each) for each in these]
    if not rows:
        return
    statement = store.insert(tombstones)
    key = [tombstones.c.channel, tombstones.c.person, tombstones.c.scope]
    later = statement.excluded.erased_at
    with store.transaction() as db:
        db.execute(
            statement.on_conflict_do_update(
                index_elements=key, set_={"erased_at": later}, where=tombstones.c.erased_at < later
            ),
            rows,
        )


def _write_down(settings: Settings, these: Iterable[Tombstone]) -> None:
    """Add these to the file, on lines of their own whatever a full disk left of the last one."""
    file = graveyard(settings)
    lines = [json.dumps({**asdict(each), "erased_at": each.erased_at.isoformat()}) + "\n" for each in these]
    if not lines:
        return
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "r+b") as stream:
            stream.seek(max(stream.seek(0, os.SEEK_END) - 1, 0))
            if stream.read() not in (b"", b"\n"):
                stream.write(b"\n")
            stream.write("".join(lines).encode("ascii"))
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        log.error("%s cannot be written (%s); it is tried again every hour.", file, error.strerror)


def complete_tombstone_file(store: Store) -> None:
    """Add to the file what only the database knows."""
    _write_down(store.settings, tombstones_in(store) - tombstones_on_disk(store.settings))


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


def tombstones_in(store: Store) -> set[Tombstone]:
    """Who was erased, as the database knows it."""
    with store.reading() as db:
        rows = db.execute(select(tombstones))
        return set(readable(rows, _tombstone, "tombstones"))


def _tombstone(row: Row[Any]) -> Tombstone:
    return Tombstone(row.channel, row.person, Scope(row.scope), row.erased_at)


def tombstones_on_disk(settings: Settings) -> set[Tombstone]:
    """Who was erased, as the file beside the database knows it."""
    file = graveyard(settings)
    found = set()
    for number, line in enumerate(file.read_bytes().splitlines() if file.exists() else (), start=1):
        try:
            row = json.loads(line)
            at = datetime.fromisoformat(row["erased_at"])
            found.add(Tombstone(row["channel"], row["person"], Scope(row["scope"]), at))
        except (ValueError, KeyError, TypeError):
            if line:  # half a line, of a disk that was full: the database had it too, and it was written again
                log.warning("%s:%s cannot be read and is passed over.", file, number)
    return found


def erase_again(store: Store, erased: set[Tombstone], at: datetime) -> int:
    """Erase those whom a restored backup has brought back; gives their number. Who came back afterwards stays."""
    count = 0
    with store.transaction() as db:
        _know(store, erased)
        for grave in erased:
            same = (conversations.c.channel == grave.channel) & (conversations.c.person == grave.person)
            row = db.execute(select(conversations).where(same)).first()
            if row is None:
                continue
            before = [lead for lead in store.leads.of_conversation(row.id) if lead.created_at <= grave.erased_at]
            if grave.scope is Scope.PERSON and row.created_at <= grave.erased_at:
                erase(store, Address(row.channel, row.private["user"]), at, actor=RESTORE)
                count += 1
            elif before:
                for lead in before:
                    erase_lead(store, lead, CloseReason.WITHDRAWN, at, actor=RESTORE)
                count += 1
    return count


def graveyard(settings: Settings) -> Path:
    return settings.data_folder / "erased.jsonl"
