"""Who works here, how they sign in, and who is signed in."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, String, Table, Text

from bot.store.encryption import Encrypted
from bot.store.tables.columns import Blind, Moment, Number, metadata, number

staff = Table(
    "staff",
    metadata,
    number(),
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
    number(),
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
    number(),
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
    number(),
    Column("at", Moment, nullable=False, index=True),
    Column("who", Blind, nullable=False, index=True),  # the name that was typed
    Column("place", Blind, nullable=False, index=True),  # from which address
    Column("succeeded", Boolean, nullable=False),
)
