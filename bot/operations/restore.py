"""The way back from a backup: made ready and proven apart, then put in place at one moment.

Who was erased since the backup is erased in it. Who has no key any more, for they had their term, is left out.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, func, inspect, select, text
from sqlalchemy.exc import DatabaseError, DBAPIError

from bot.errors import BotError
from bot.operations import postgresql, sqlite
from bot.operations.backup import BEGUN, LEFT_OUT, mark, noted
from bot.operations.people_file import NAME, PeopleFile, Row, merged
from bot.privacy.erasure import erase_again, forget_who_has_no_key
from bot.privacy.tombstones import Tombstone, tombstones_in, tombstones_on_disk
from bot.settings import Settings
from bot.store import in_use, schema
from bot.store.database import cause, connect
from bot.store.keys import Keys
from bot.store.store import Store
from bot.store.tables import metadata, seals


@dataclass(frozen=True, slots=True)
class Restored:
    again: int  # people who were erased, or withdrew, after the backup was made
    gone: int  # leads and conversations whose key is gone


@dataclass(frozen=True, slots=True)
class _SoFar:
    """What the present database, the file of tombstones and the file of keys know."""

    erased: set[Tombstone]
    seen: datetime | None  # the last time
    keys: list[Row]
    keys_are_of: datetime | None  # backups that are newer may have people whose key is not here


def restore(settings: Settings, file: Path, at: datetime, *, without_keys: bool = False) -> Restored:
    """Put a copy back in place of what is there. Raises `InUse` while a bot works with it.

    Everything is made ready and proven apart: that the copy is whole, that our key opens it, that we know its tables,
    that each row is there, and that who was erased is erased in it. Only then it takes the place of what was there, at
    one moment: refused or killed, at whatever point, what was there stays. `without_keys`: people whose key is nowhere
    are left out, also when that is because `people.keys` is older than the copy.
    """
    if not file.is_file():
        raise BotError(f"There is no file {file}.")
    if settings.database_file:
        with in_use.alone(settings.database_file):
            return _restore(settings, file, at, without_keys)
    return _restore(settings, file, at, without_keys)


def _restore(settings: Settings, file: Path, at: datetime, without_keys: bool) -> Restored:
    so_far = _look(settings, file, at)

    def finish(store: Store) -> Restored:
        if not without_keys:
            need_keys(store, file, so_far.keys_are_of)
        put_keys(store, file, so_far.keys)
        gone = forget_who_has_no_key(store, at)
        again = erase_again(store, so_far.erased | tombstones_in(store), at)
        if so_far.seen:
            store.clock.raise_to(so_far.seen)
        # By what leads are found is made again at the next start: it would keep a restore waiting.
        return Restored(again, gone)

    if settings.sqlite:
        return _restore_file(settings, file, finish)
    version = version_of(file)
    engine = connect(settings)
    try:
        store = Store(engine, Keys.read(settings.encryption_key_file), settings)
        with _said_in_words(), store.transaction() as db:
            in_use.take(db)
            for name in ["alembic_version", *(table.name for table in reversed(metadata.sorted_tables))]:
                db.exec_driver_sql(f'DROP TABLE IF EXISTS "{name}"')
            fill_from_dump(store, file, version)
            return finish(store)
    finally:
        engine.dispose()


def _look(settings: Settings, file: Path, at: datetime) -> _SoFar:
    people = PeopleFile.read(file.with_name(NAME))
    beside, made_at = (list(people.rows), people.made_at) if people else ([], None)
    erased = tombstones_on_disk(settings)
    if settings.database_file and not settings.database_file.exists():
        return _SoFar(erased, None, beside, made_at)
    try:
        store = Store.open(settings)
    except (BotError, DatabaseError):
        return _SoFar(erased, None, beside, made_at)
    try:
        with store.reading() as db:
            newest = max((each for each in (made_at, noted(db, BEGUN)) if each), default=None)
        # Those beside it first: after an earlier restore a number may have been given again, with another key.
        keys = merged(beside, store.person_keys.all())
        return _SoFar(erased | tombstones_in(store), store.clock.mark(at), keys, newest)
    finally:
        store.close()


def need_keys(store: Store, file: Path, keys_are_of: datetime | None) -> None:
    """Raise BotError when keys may be missing of people who are in the copy."""
    with store.reading() as db:
        made_at = noted(db, BEGUN)  # None: of a release in which the key of the centre sealed all
    if made_at and (keys_are_of is None or keys_are_of < made_at.replace(microsecond=0)):
        of = "is not there" if keys_are_of is None else f"is of {keys_are_of:%Y-%m-%d %H:%M}, and the backup is newer"
        raise BotError(
            f"{file.with_name(NAME)} {of}: people would be left out whose key is in no file here. Put the newest "
            f"{NAME} beside the backup. If there is none: --without-keys restores the others."
        )


def put_keys(store: Store, file: Path, rows: list[Row]) -> None:
    people = PeopleFile.read(file.with_name(NAME))
    with store.reading() as db:
        if people and people.database != mark(db):
            raise BotError(f"{file.with_name(NAME)} is of another database than {file.name}.")
    store.person_keys.put(rows)


# ------------------------------------------------------------------ SQLite
def _restore_file(settings: Settings, file: Path, finish: Callable[[Store], Restored]) -> Restored:
    """A copy beside the database is made ready, and then copied over it in one transaction."""
    database = settings.database_file
    assert database
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    remove_leftovers(settings)
    try:
        with opened_apart(settings, file, "restoring") as store:
            done = finish(store)
        sqlite.copy(_apart(database, "restoring"), database)
    finally:
        # What the copy was taken before may have been erased since: nothing of it stays behind.
        remove_leftovers(settings)
    return done


def _apart(database: Path, kind: str) -> Path:
    return database.with_name(f".{database.name}.{kind}")


@contextmanager
def opened_apart(settings: Settings, file: Path, kind: str) -> Iterator[Store]:
    """A copy of a backup beside the database, brought up to date, every row of it there."""
    assert settings.database_file
    apart = _apart(settings.database_file, kind)
    sqlite.copy(file, apart)
    theirs = replace(settings, database_url=f"sqlite:///{apart}")
    before = connect(theirs)
    with before.connect() as db:
        rows = count_rows(db)
    before.dispose()
    store = Store.open(theirs)
    try:
        with store.reading() as db:
            compare(rows, count_rows(db))
        yield store
    finally:
        store.close()


def remove_leftovers(settings: Settings, *kinds: str) -> None:
    """Delete what a killed restore left beside the database: it holds data, and nobody would ever look at it."""
    if database := settings.database_file:
        for kind in kinds or (
            "restoring",
            "verifying",
            "before-restore",
        ):  # the last is of releases that copied in place
            for file in database.parent.glob(f".{database.name}.{kind}*"):
                file.unlink(missing_ok=True)


# ------------------------------------------------------------------ PostgreSQL
def version_of(file: Path) -> str:
    """The version of the tables in a dump; raises BotError for what is none of ours, or of a later release."""
    version = _value(file, "alembic_version")
    schema.check_known(version)
    return version


def fill_from_dump(store: Store, file: Path, version: str) -> None:
    """In the open unit, where our tables are not: those of the dump come, and are brought up to date.

    Our migrations make the tables and only the rows come from the dump, so a dump of an older release fits, tables
    of others in the same database are left alone, and no more rights are needed than to make tables.
    """
    with store.transaction() as db:
        others = set(inspect(db).get_table_names())
        schema.bring(db, version)
        ours = MetaData()
        ours.reflect(db, only=lambda name, _: name not in others and name != "alembic_version")
        rows = {}
        for table in sorted(ours.sorted_tables, key=lambda table: table.name != seals.name):  # a wrong key first
            rows[table.name] = _fill(db, table.name, file)
            if table.name == seals.name:
                store.check_key()
        compare(rows, count_rows(db))
        schema.bring(db)


@contextmanager
def _said_in_words() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise BotError(f"The backup cannot be put back, and nothing was changed: {cause(error)}.") from None


_COPY = re.compile(rb'COPY \S+ \(([\w", ]+)\) FROM stdin;\n')
_COUNTER = re.compile(rb"SELECT pg_catalog\.setval\('\S+', (\d+), (true|false)\);\n")
_END = b"\\.\n"


def _fill(db: Connection, table: str, file: Path) -> int:
    """Copy the rows of one table from a dump, and have its numbers go on where they were; gives how many."""
    driver: Any = db.connection.driver_connection
    count = 0
    with postgresql.rows_of(file, table) as lines:
        for line in lines:
            if found := _COPY.fullmatch(line):
                with driver.cursor() as cursor, cursor.copy(f'COPY "{table}" ({found[1].decode()}) FROM STDIN') as rows:
                    for row in takewhile(lambda row: row != _END, lines):
                        rows.write(row)
                        count += 1
            elif found := _COUNTER.fullmatch(line):
                last = {"table": table, "last": int(found[1]), "used": found[2] == b"true"}
                db.execute(text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :last, :used)"), last)
    return count


def _value(file: Path, table: str) -> str:
    """The only value of the only row of a table in a dump."""
    with postgresql.rows_of(file, table) as lines:
        for line in lines:
            if _COPY.fullmatch(line):
                return next(lines).decode().strip()
    raise BotError(f"{file} is no backup of Overstap.")


# ------------------------------------------------------------------ proof
def count_rows(db: Connection) -> dict[str, int]:
    """The rows of each table that a backup holds."""
    names = [name for name in metadata.tables if name not in LEFT_OUT and db.dialect.has_table(db, name)]
    return {name: db.execute(select(func.count()).select_from(metadata.tables[name])).scalar_one() for name in names}


def compare(expected: dict[str, int], found: dict[str, int]) -> None:
    """Raise BotError when a table has fewer or more rows than it should."""
    for name, count in expected.items():
        if name in found and found[name] != count and name != seals.name:
            raise BotError(f"The backup has {count} rows of {name}, and {found[name]} came back: nothing was changed.")
