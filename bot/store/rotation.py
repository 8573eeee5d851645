"""A new key of the centre for all that it seals, a piece at a time, while the bot runs; it can stop at any moment.

It seals the keys of people, and what is of nobody. What is of a person stays as it is, under the key of theirs.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, ColumnElement, Text, bindparam, literal, select, text, tuple_, type_coerce, update

from bot.store.encryption import Encrypted
from bot.store.keys import PERSON_KEY, Keys, place_of
from bot.store.store import Store
from bot.store.tables import metadata, person_keys

BATCH = 500
PAUSE = 0.025  # seconds after a batch, in which others begin to write


def add_key(store: Store) -> Keys:
    """Put a new data key before the others in the key file. Processes that run write with it from then on."""
    file = store.settings.encryption_key_file
    keys = Keys.read(file).with_new_data_key()
    keys.write(file)
    return keys


def sealed_by_us() -> Iterator[tuple[Column[Any], ColumnElement[Any], str]]:
    """Each column that the key of the centre seals: the column, whose its values are, and its name as a place."""
    yield person_keys.c.key, literal(None, Text), PERSON_KEY
    for table in metadata.sorted_tables:
        for column in table.c:
            if isinstance(kind := column.type, Encrypted) and kind.key is None:
                yield column, kind.whose(column), kind.column


def reseal(store: Store) -> Iterator[tuple[str, int, int]]:
    """Seal everything again that an older key sealed; gives (table, rows looked at, values sealed) after each batch.

    What is under the newest key already is left alone: an interrupted run, done again, goes on where it was.
    A value that somebody changed meanwhile was sealed by who changed it.
    """
    store.ring.follow()  # to the key that is in the file now
    for column, whose, name in sealed_by_us():
        yield from _reseal(store, column, whose, name)
    store.seal()


def _reseal(store: Store, column: Column[Any], whose: ColumnElement[Any], name: str) -> Iterator[tuple[str, int, int]]:
    table = column.table
    key = tuple(table.primary_key.columns)
    sealed = type_coerce(column, Text)
    page = select(*key, sealed.label("sealed"), whose.label("whose")).where(column.is_not(None))
    page = page.order_by(*key).limit(BATCH)
    same = [each == bindparam(f"of_{each.name}", type_=each.type) for each in key]
    change = (
        update(table)
        .where(*same, sealed == bindparam("old", type_=Text))
        .values({column: bindparam("new", type_=Text)})
    )
    after: tuple[Any, ...] | None = None
    seen = changed = 0
    while True:
        with store.transaction() as db:
            rows = db.execute(page.where(tuple_(*key) > after) if after else page).all()
            if not rows:
                return
            fresh = [
                (row, store.keys.reseal(row.sealed, name if row.whose is None else place_of(name, row.whose)))
                for row in rows
            ]
            new = [
                {f"of_{each.name}": getattr(row, each.name) for each in key} | {"old": row.sealed, "new": token}
                for row, token in fresh
                if token
            ]
            if new:
                db.execute(change, new)
        after, seen, changed = tuple(rows[-1][: len(key)]), seen + len(rows), changed + len(new)
        yield table.name, seen, changed


def drop_old_keys(store: Store) -> Keys:
    """Keep only the newest key in the file, once everything is sealed with it; backups need the older ones still."""
    with store.transaction() as db:
        if not store.sqlite:
            # Who was writing with an older key when the new one came is finished now, and nobody writes until we are.
            for table in sorted({column.table.name for column, _, _ in sealed_by_us()}):
                db.execute(text(f'LOCK TABLE "{table}" IN SHARE ROW EXCLUSIVE MODE'))
        for _ in reseal(store):
            pass
    # After the commit: until then the values that were sealed again just now are under the older keys.
    keys = Keys.read(store.settings.encryption_key_file).with_newest_only()
    keys.write(store.settings.encryption_key_file)
    return keys
