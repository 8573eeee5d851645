"""What is kept, and where.

Personal data stands in `Encrypted` columns only; `person`, `chat`, `phone`, `email`, `source_index` and `term` are
blind indexes.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    ScalarSelect,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
    false,
    select,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from bot.store.damage import Codes
from bot.store.encryption import Encrypted

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite counts by itself only in a column that is exactly INTEGER.
Number = BigInteger().with_variant(Integer, "sqlite")
Blind = String(64)


class Moment(TypeDecorator[datetime]):
    """A moment, in UTC. SQLite has no zones: there it is stored without one, and gets UTC back when read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        assert value.tzinfo is not None, "a moment needs a time zone"
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, _: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _id(name: str = "id") -> Column[Any]:
    return Column(name, Number, primary_key=True, autoincrement=True)


# One key a person and one a lead, sealed with ours: gone with whom it is of. See `bot.store.person_keys`.
person_keys = Table(
    "person_keys",
    metadata,
    Column("kind", String(16), primary_key=True),  # the channel of a person; "lead"
    Column("owner", Blind, primary_key=True),  # as `conversations.person`; the reference of a lead
    Column("key", Text, nullable=False),
    sqlite_with_rowid=False,  # a key is looked up with every row that is read
)
LEAD = "lead"


def _key(of: Any, kind: Any, owner: Any) -> ScalarSelect[str]:
    """The key of whom the rows of `of` are of."""
    found = select(person_keys.c.key).where(person_keys.c.kind == kind, person_keys.c.owner == owner)
    return found.correlate(of).scalar_subquery()


def key_of_person(table: Any) -> ScalarSelect[str]:
    return _key(table, table.c.channel, table.c.person)


def _of_chat(table: Any) -> ScalarSelect[str]:
    return _key(table, table.c.channel, table.c.chat)


def key_of_lead(table: Any) -> ScalarSelect[str]:
    return _key(table, LEAD, table.c.reference)


# Facts about the database itself: which keys fit (see `Store.open`).
seals = Table(
    "seals",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", Text, nullable=False),
)

# Numbers that only go up: references per year, changes of leads, and the last time seen (see `bot.store.clock_guard`).
BACKUP_VERIFIED = "backup verified"  # the counter of when the last backup was made that proved itself
counters = Table(
    "counters",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", Number, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    _id(),
    Column("channel", String(16), nullable=False),
    Column("update_id", String(64), nullable=False),  # as the channel calls it
    Column("state", String(8), nullable=False),  # done, failed, dead
    Column("attempts", Integer, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("error", String(100)),
    # Where several processes share the work an update waits here for its turn. As soon as it had that, only its number
    # stays, which says nothing about anybody.
    Column("number", Number),  # the order of the channel
    Column("chat", Blind),
    Column("payload", Encrypted("inbox.payload", "channel", "update_id", key=_of_chat)),  # {"user", "event"}
    UniqueConstraint("channel", "update_id"),
    Index("ix_inbox_received_at", "received_at"),
    Index("ix_inbox_channel_number", "channel", "number"),
)
Index(
    "ix_inbox_waiting",
    inbox.c.channel,
    inbox.c.chat,
    inbox.c.number,
    postgresql_where=inbox.c.payload.is_not(None),
    sqlite_where=inbox.c.payload.is_not(None),
)

outbox = Table(
    "outbox",
    metadata,
    _id(),
    Column("conversation_id", Number, index=True),  # None: for staff or a group, or the last word to who was erased
    Column("channel", String(16), nullable=False),
    Column("state", String(8), nullable=False),  # waiting, sent, dead
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", Moment, nullable=False),
    Column("queued_at", Moment, nullable=False),
    # {"user", "message"}; gone as soon as it is sent
    Column("payload", Encrypted("outbox.payload", "conversation_id", "channel", key=_of_chat)),
    Column("lead", String(16), index=True),  # of whom staff read here: taken out of their chat with the lead
    Column("message_id", Number),
    Column("error", String(100)),
    Column("chat", Blind),
    Column("owner", String(64)),  # the process that sends it, until `leased_until`: see `bot.store.outbox`
    Column("leased_until", Moment),
    Index("ix_outbox_queued_at", "queued_at"),
)
Index(
    "ix_outbox_waiting",
    outbox.c.channel,
    outbox.c.chat,
    outbox.c.id,
    postgresql_where=outbox.c.state == "waiting",
    sqlite_where=outbox.c.state == "waiting",
)

conversations = Table(
    "conversations",
    metadata,
    _id(),
    Column("channel", String(16), nullable=False),
    Column("person", Blind, nullable=False),
    Column(
        "private",  # {"user", "state", "counted"}
        Encrypted("conversations.private", "channel", "person", key=key_of_person),
        nullable=False,
    ),
    Column("wake_at", Moment, index=True),  # when `Elapsed` is due
    Column("blocked", Boolean, nullable=False),  # the person has blocked the bot: adviser, use the phone
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    UniqueConstraint("channel", "person"),
    Index("ix_conversations_updated_at", "updated_at"),
)

consent_texts = Table(
    "consent_texts",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("text", Text, nullable=False),
)

consents = Table(
    "consents",
    metadata,
    _id(),
    Column("conversation_id", Number, ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("purpose", String(32), nullable=False),
    Column("language", String(2), nullable=False),
    Column("text_sha256", String(64), ForeignKey("consent_texts.sha256"), nullable=False),
    Column("given_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
)

staff = Table(
    "staff",
    metadata,
    _id(),
    Column("name", String(80), nullable=False, unique=True),
    Column("role", String(12), nullable=False),
    Column("telegram", Blind, unique=True),
    Column("private", Encrypted("staff.private", "name")),  # {"channel", "user", "email"}
    Column("active", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("team", String(64)),  # or region: by which leads are divided
    Column("away_from", Date),
    Column("away_until", Date),  # the last day away
    Column("substitute_id", Number),  # who has their leads meanwhile
)

# How a member of staff signs in: a password with a one-time code, or their account at work.
accounts = Table(
    "accounts",
    metadata,
    _id(),
    Column("staff_id", Number, ForeignKey("staff.id"), nullable=False, unique=True),
    Column("password", Text),  # its Argon2 hash
    Column("private", Encrypted("accounts.private", "staff_id")),  # {"secret", "offered"}: of the one-time codes
    Column("last_code", Number),  # the half minute of the last code that was used: none counts twice
    Column("work_account", Blind, unique=True),  # the issuer and the number of their account there
    Column("invitation", Blind, unique=True),  # of the link with which they choose this; it works once
    Column("invited_until", Moment),
    Column("created_at", Moment, nullable=False),
)

# Who is signed in at the desk. The token itself is in the cookie alone.
sessions = Table(
    "sessions",
    metadata,
    _id(),
    Column("token", Blind, nullable=False, unique=True),
    Column("staff_id", Number, ForeignKey("staff.id"), nullable=False, index=True),
    Column("started_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False, index=True),
    Column("private", Encrypted("sessions.private", "token")),  # what the next page has to say, what is looked for
)

# Tries to sign in, so that nobody can guess for long; kept for a day.
sign_ins = Table(
    "sign_ins",
    metadata,
    _id(),
    Column("at", Moment, nullable=False, index=True),
    Column("who", Blind, nullable=False, index=True),  # the name that was typed
    Column("place", Blind, nullable=False, index=True),  # from which address
    Column("succeeded", Boolean, nullable=False),
)

PLANNED = ("next_action_on", "next_action_time", "asked_at")
NARROWS = ("status", "erased_at", "kind", "sector", "place")

leads = Table(
    "leads",
    metadata,
    _id(),
    Column("reference", String(16), nullable=False, unique=True),
    Column("conversation_id", Number, ForeignKey("conversations.id", ondelete="SET NULL")),
    Column("kind", String(64), nullable=False),  # the flow that made it: intake, employer ...
    Column("status", String(16), nullable=False),
    Column("close_reason", String(32)),
    Column("assignee_id", Number, ForeignKey("staff.id")),
    Column("claimed_at", Moment),
    Column("language", String(2), nullable=False),
    Column("channel", String(16), nullable=False),
    # The code of the link; whoever made the link could put a name in it.
    Column("source", Encrypted("leads.source", "reference", key=key_of_lead)),
    Column("source_index", Blind, index=True),
    Column("sector", String(64)),
    Column("place", String(64)),
    Column("complete", Boolean, nullable=False),
    # They came when all places of their flow were taken, and are kept as an ordinary request.
    Column("without_place", Boolean, nullable=False, server_default=false()),
    Column("progress", String(64)),
    Column("contact", Encrypted("leads.contact", "reference", key=key_of_lead)),  # {"name", "phone", "email", ...}
    Column("phone", Blind, index=True),
    Column("email", Blind, index=True),
    Column("versions", Codes, nullable=False),
    Column("duplicate_of_id", Number, ForeignKey("leads.id", ondelete="SET NULL"), index=True),
    Column("attempts", Integer, nullable=False),
    Column("waiting_since", Moment, nullable=False),
    Column("first_contact_at", Moment),
    Column("last_contact_at", Moment),
    Column("closed_at", Moment),
    # An adviser says it in their own words.
    Column("next_action", Encrypted("leads.next_action", "reference", key=key_of_lead)),
    Column("next_action_on", Date),
    Column("next_action_time", Time),  # by the clock of the country; None: some time that day
    Column("asked_at", Moment, index=True),  # they asked for a person, and nobody spoke with them since
    Column("asked_reason", String(64)),
    Column("outcome", String(32)),  # what came of it for the person, apart from why it was closed
    Column(
        "outcome_detail", Encrypted("leads.outcome_detail", "reference", key=key_of_lead)
    ),  # {"programme", "scheme", "stage"}
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("erased_at", Moment),
    Column("change", Number, nullable=False, unique=True),
    Column("counted", Codes),  # the figures that it is in, so that each counts once: see `bot.store.milestones`
    # Last, for they are long: SQLite reads a row up to the last column that is asked for, and lists ask for neither.
    # {question: {"value", "words", "column"}}
    Column("answers", Encrypted("leads.answers", "reference", key=key_of_lead)),
    # What was shown, with reasons; reasons repeat answers.
    Column("advice", Encrypted("leads.advice", "reference", key=key_of_lead)),
    UniqueConstraint("conversation_id", "kind"),
    Index("ix_leads_status_next_action_on", "status", "next_action_on"),
    # Everything by which the lists of the desk are counted, ordered and narrowed down, so that no sealed text is read.
    Index("ix_leads_worklist", *PLANNED, "assignee_id", *NARROWS, "updated_at", "closed_at", "conversation_id"),
    Index("ix_leads_places", "kind", "without_place", "complete", "status", "erased_at", "conversation_id"),
    Index("ix_leads_of_whom", "assignee_id", *PLANNED, *NARROWS),
)

# Every question that a lead ever answered, in the order in which they first came: the columns of an export.
questions = Table(
    "questions",
    metadata,
    _id(),
    Column("kind", String(64), nullable=False),
    Column("question", String(64), nullable=False),
    UniqueConstraint("kind", "question"),
)


def _of_its_lead(table: Any) -> ScalarSelect[str]:
    its = select(leads.c.reference).where(leads.c.id == table.c.lead_id).correlate(table).scalar_subquery()
    return _key(table, LEAD, its)


lead_events = Table(
    "lead_events",
    metadata,
    _id(),
    Column("lead_id", Number, ForeignKey("leads.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Moment, nullable=False, index=True),
    Column("actor", String(80), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("detail", Codes, nullable=False),  # never personal data: codes, statuses, dates
    Column("change", Number),  # the change of the lead that this was; None: from before they were counted here
    Column(
        "before", Encrypted("lead_events.before", "lead_id", "change", key=_of_its_lead)
    ),  # what it replaced; it can be put back
)

# How far each member of staff has seen a lead: what changed later by others, they do not know. No foreign keys: they
# would lock the leads that somebody only looks at, and neither leads nor staff are ever deleted.
looks = Table(
    "looks",
    metadata,
    Column("staff_id", Number, primary_key=True, autoincrement=False),
    Column("lead_id", Number, primary_key=True, autoincrement=False),
    Column("change", Number, nullable=False),
)


lead_notes = Table(
    "lead_notes",
    metadata,
    _id(),
    Column("lead_id", Number, ForeignKey("leads.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("author", String(80), nullable=False),
    Column("text", Encrypted("lead_notes.text", "lead_id", "author", key=_of_its_lead), nullable=False),
    Column("change", Number),  # the change of the lead by which it was written
    Column("struck_at", Moment),
    Column("struck_by", String(80)),
)

exports = Table(
    "exports",
    metadata,
    _id(),
    Column("at", Moment, nullable=False),
    Column("staff", String(80), nullable=False),
    Column("profile", String(16), nullable=False),
    Column("filter", Codes, nullable=False),
    Column("reason", String(200), nullable=False),
    Column("change_from", Number, nullable=False),
    Column("change_to", Number, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("file", String(255), nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("removed_at", Moment),
)

# How many people came how far, on a day: numbers without persons, which outlive what they were counted of. "" where it
# is not known.
figures = Table(
    "figures",
    metadata,
    Column("day", Date, primary_key=True),
    Column("milestone", String(16), primary_key=True),
    Column("flow", String(64), primary_key=True),
    Column("source", String(64), primary_key=True),  # a code of `SOURCES`, or "other"
    Column("sector", String(64), primary_key=True),
    Column("place", String(64), primary_key=True),  # the municipality
    Column("detail", String(160), primary_key=True),  # of the milestone: a question, a reason, a wait, a programme
    Column("count", Integer, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    _id(),
    Column("at", Moment, nullable=False, index=True),
    Column("actor", String(80), nullable=False),
    Column("action", String(32), nullable=False),
    Column("object", String(64)),
    Column("detail", Codes, nullable=False),
    Column("login", String(64)),  # who was logged in on the machine, whatever name they gave; None: the bot itself
    Column("number", Number, unique=True),  # its place in the chain: see `bot.store.audit`
    Column("link", Blind),  # an HMAC of the line and of the link before it
)

# Where the chain of the audit begins and ends: the last line that had its term, and the newest.
audit_ends = Table(
    "audit_ends",
    metadata,
    Column("name", String(8), primary_key=True),  # first, last
    Column("number", Number, nullable=False),
    Column("link", Blind, nullable=False),
    Column("proof", Blind, nullable=False),  # an HMAC of the others
)


def _of_its_conversation(table: Any) -> ScalarSelect[str]:
    theirs = (person_keys.c.kind == conversations.c.channel) & (person_keys.c.owner == conversations.c.person)
    found = select(person_keys.c.key).join(conversations, theirs).where(conversations.c.id == table.c.conversation_id)
    return found.correlate(table).scalar_subquery()


unanswered = Table(
    "unanswered",
    metadata,
    _id(),
    Column("conversation_id", Number, ForeignKey("conversations.id", ondelete="CASCADE"), index=True),
    Column("asked_on", Date, nullable=False, index=True),
    Column("language", String(2), nullable=False),
    Column("kind", String(8)),  # "wish": of somebody for whom nothing was found; None: a question
    Column("text", Encrypted("unanswered.text", "conversation_id", key=_of_its_conversation), nullable=False),
)

# What a page on the web shows of a conversation, from its beginning; gone when nobody has it open any more.
transcript = Table(
    "transcript",
    metadata,
    _id(),
    Column("conversation_id", Number, ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("update_id", String(64)),  # of what the person said or pressed; None: a message of the bot
    # {"said"} or {"message"}
    Column("line", Encrypted("transcript.line", "conversation_id", key=_of_its_conversation), nullable=False),
)

# By what somebody on the web gets into their conversation. The token itself is with them alone.
access_tokens = Table(
    "access_tokens",
    metadata,
    _id(),
    Column("token", Blind, nullable=False, unique=True),
    Column("kind", String(8), nullable=False),  # browser, code, link
    Column("conversation_id", Number, ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False, index=True),
)

# Who was erased, so that a restored backup forgets them again. Nobody can be found from it without the index key.
tombstones = Table(
    "tombstones",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("person", Blind, primary_key=True),
    Column("scope", String(8), primary_key=True),
    Column("erased_at", Moment, nullable=False),
)

# What is still to be done of erasures that were committed, one row a kind: see `bot.privacy.steps`.
erasure_steps = Table(
    "erasure_steps",
    metadata,
    Column("step", String(16), primary_key=True),
    Column("asked", Integer, nullable=False),  # how often: who finds it as before has done all of it
    Column("since", Moment, nullable=False),
)

# By what a lead is found: HMACs of the beginnings of names, numbers and addresses. See `bot.store.search`.
lead_terms = Table(
    "lead_terms",
    metadata,
    Column("lead_id", Number, ForeignKey("leads.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("term", BigInteger, primary_key=True, autoincrement=False),
    Index("ix_lead_terms_term", "term"),
)
