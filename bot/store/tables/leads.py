"""Who asked for help, what was done about it, and by what they are found."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    ScalarSelect,
    String,
    Table,
    Time,
    UniqueConstraint,
    false,
    select,
)

from bot.store.damage import Codes
from bot.store.encryption import Encrypted
from bot.store.tables.columns import LEAD, Blind, Moment, Number, key_of, key_of_lead, metadata, number

PLANNED = ("next_action_on", "next_action_time", "asked_at")
NARROWS = ("status", "erased_at", "kind", "sector", "place")

leads = Table(
    "leads",
    metadata,
    number(),
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
    number(),
    Column("kind", String(64), nullable=False),
    Column("question", String(64), nullable=False),
    UniqueConstraint("kind", "question"),
)


def _of_its_lead(table: Any) -> ScalarSelect[str]:
    its = select(leads.c.reference).where(leads.c.id == table.c.lead_id).correlate(table).scalar_subquery()
    return key_of(table, LEAD, its)


lead_events = Table(
    "lead_events",
    metadata,
    number(),
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
    number(),
    Column("lead_id", Number, ForeignKey("leads.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("author", String(80), nullable=False),
    Column("text", Encrypted("lead_notes.text", "lead_id", "author", key=_of_its_lead), nullable=False),
    Column("change", Number),  # the change of the lead by which it was written
    Column("struck_at", Moment),
    Column("struck_by", String(80)),
)

# By what a lead is found: HMACs of the beginnings of names, numbers and addresses. See `bot.store.search`.
lead_terms = Table(
    "lead_terms",
    metadata,
    Column("lead_id", Number, ForeignKey("leads.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("term", BigInteger, primary_key=True, autoincrement=False),
    Index("ix_lead_terms_term", "term"),
)

exports = Table(
    "exports",
    metadata,
    number(),
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
