"""What is kept of the work itself and outlives people: numbers, the audit, who was erased."""

from sqlalchemy import Column, Date, Integer, String, Table, Text

from bot.store.damage import Codes
from bot.store.tables.columns import Blind, Moment, Number, metadata, number

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
    number(),
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
