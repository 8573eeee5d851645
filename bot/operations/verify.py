"""Proof that a backup can be put back: that is done, apart, and everything in it is looked at."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Column, create_engine, exists, func, select

from bot.errors import BotError
from bot.operations.backup import VERIFIED, note
from bot.operations.people_file import NAME, PeopleFile
from bot.operations.restore import (
    fill_from_dump,
    need_keys,
    opened_apart,
    put_keys,
    remove_leftovers,
    version_of,
)
from bot.settings import Settings
from bot.store.database import WAITS, connect, now
from bot.store.keys import Damaged, DoesNotOpen, Keys
from bot.store.store import Store
from bot.store.tables import LEAD, conversations, leads, person_keys, staff

SCHEMA = "overstap_verify"  # of PostgreSQL: where a backup is put back to look at it


@dataclass(frozen=True, slots=True)
class Verified:
    people: int
    leads: int
    without_key: int  # who had gone by the time that the keys were written


def verify(settings: Settings, file: Path) -> Verified:
    """Restore a backup apart, and prove it: whole, of tables that we know, with as many rows as it has, and every
    person and every lead opens with the keys that we have. Raises BotError. That it was proven is written down.
    """
    people = PeopleFile.read(file.with_name(NAME))
    begun = now()
    with _apart(settings, file) as store:
        need_keys(store, file, people.made_at if people else None)
        put_keys(store, file, list(people.rows) if people else [])
        found = _look(store)
    engine = connect(settings)
    with engine.begin() as db:
        note(db, VERIFIED, begun)
    engine.dispose()
    return found


def _look(store: Store) -> Verified:
    with store.reading() as db:
        damaged = []
        for kind, owner, wrapped in store.person_keys.all():
            try:
                store.ring.person_key(wrapped)
            except DoesNotOpen:
                damaged.append(f"the key of {kind} {owner}")
        counts, missing = [], 0
        people = (person_keys.c.kind == conversations.c.channel) & (person_keys.c.owner == conversations.c.person)
        helped = (person_keys.c.kind == LEAD) & (person_keys.c.owner == leads.c.reference)
        for column, theirs in ((conversations.c.private, people), (leads.c.contact, helped)):
            held = exists().where(theirs)
            damaged += _damaged(store, column, held)
            counts.append(db.execute(select(func.count()).where(column.is_not(None), held)).scalar_one())
            missing += db.execute(select(func.count()).where(column.is_not(None), ~held)).scalar_one()
        damaged += _damaged(store, staff.c.private, staff.c.id.is_not(None))
    if damaged:
        raise BotError(f"The backup has {len(damaged)} values that do not open; the first is {damaged[0]}.")
    return Verified(counts[0], counts[1], missing)


def _damaged(store: Store, column: Column[object], which: object) -> Iterator[str]:
    statement = select(column.table.c.id, column).where(column.is_not(None), which)  # type: ignore[arg-type]
    with store.reading() as db:
        for row, value in db.execute(statement.execution_options(yield_per=500)):
            if isinstance(value, Damaged):
                yield f"row {row} of {column.table.name}"


@contextmanager
def _apart(settings: Settings, file: Path) -> Iterator[Store]:
    """The backup as a store of its own, for as long as it is looked at."""
    if settings.sqlite:
        try:
            with opened_apart(settings, file, "verifying") as store:
                yield store
        finally:
            remove_leftovers(settings, "verifying")
        return
    version = version_of(file)
    server = create_engine(settings.database_url, connect_args=WAITS)
    try:
        with server.begin() as db:
            db.exec_driver_sql(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")  # of one that was killed
            db.exec_driver_sql(f"CREATE SCHEMA {SCHEMA}")
        only = {**WAITS, "options": f"{WAITS['options']} -c search_path={SCHEMA}"}
        engine = create_engine(settings.database_url, connect_args=only)
        try:
            store = Store(engine, Keys.read(settings.encryption_key_file), settings)
            fill_from_dump(store, file, version)
            yield store
        finally:
            engine.dispose()
            with server.begin() as db:
                db.exec_driver_sql(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
    finally:
        server.dispose()
