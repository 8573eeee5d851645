"""What all tables are made of: their columns, and the keys with which columns of people are sealed."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Integer, MetaData, ScalarSelect, String, Table, Text, select
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

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


def number(name: str = "id") -> Column[Any]:
    """A number of its own for each row."""
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


def key_of(of: Any, kind: Any, owner: Any) -> ScalarSelect[str]:
    """The key of whom the rows of `of` are of."""
    found = select(person_keys.c.key).where(person_keys.c.kind == kind, person_keys.c.owner == owner)
    return found.correlate(of).scalar_subquery()


def key_of_person(table: Any) -> ScalarSelect[str]:
    return key_of(table, table.c.channel, table.c.person)


def key_of_chat(table: Any) -> ScalarSelect[str]:
    return key_of(table, table.c.channel, table.c.chat)


def key_of_lead(table: Any) -> ScalarSelect[str]:
    return key_of(table, LEAD, table.c.reference)
