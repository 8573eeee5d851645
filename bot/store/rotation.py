"""A new key for everything that is stored, a piece at a time, while the bot runs; it can stop at any moment."""

from collections.abc import Iterator

from sqlalchemy import Column, Table, Text, bindparam, select, text, type_coerce, update

from bot.store.encryption import Encrypted, Keys, place_of
from bot.store.store import Store
from bot.store.tables import metadata

BATCH = 500


def add_key(store: Store) -> Keys:
    """Put a new data key before the others in the key file. Processes that run write with it from then on."""
    file = store.settings.encryption_key_file
    keys = Keys.read(file).with_new_data_key()
    keys.write(file)
    return keys


def reseal(store: Store) -> Iterator[tuple[str, int, int]]:
    """Seal everything again that an older key sealed; gives (table, rows looked at, values sealed) after each batch.

    What is under the newest key already is left alone: an interrupted run, done again, goes on where it was.
    A value that somebody changed meanwhile was sealed by who changed it.
    """
    for table in metadata.sorted_tables:
        for column in table.c:
            if isinstance(column.type, Encrypted):
                yield from _reseal(store, table, column, column.type)
    store.seal()


def _reseal(store: Store, table: Table, column: Column[str], kind: Encrypted) -> Iterator[tuple[str, int, int]]:
    sealed, whose = type_coerce(column, Text).label("sealed"), kind.whose(column).label("whose")
    page = select(table.c.id, sealed, whose).where(column.is_not(None)).order_by(table.c.id).limit(BATCH)
    change = (
        update(table)
        .where(table.c.id == bindparam("of"), type_coerce(column, Text) == bindparam("old", type_=Text))
        .values({column: bindparam("new", type_=Text)})
    )
    after = seen = changed = 0
    while True:
        with store.transaction() as db:
            rows = db.execute(page.where(table.c.id > after)).all()
            if not rows:
                return
            fresh = [(row, store.keys.reseal(row.sealed, place_of(kind.column, row.whose))) for row in rows]
            new = [{"of": row.id, "old": row.sealed, "new": token} for row, token in fresh if token]
            if new:
                db.execute(change, new)
        after, seen, changed = rows[-1].id, seen + len(rows), changed + len(new)
        yield table.name, seen, changed


def drop_old_keys(store: Store) -> Keys:
    """Keep only the newest key in the file, once everything is sealed with it; backups need the older ones still."""
    with store.transaction() as db:
        if not store.sqlite:
            # Who was writing with an older key when the new one came is finished now, and nobody writes until we are.
            for table in metadata.sorted_tables:
                if any(isinstance(column.type, Encrypted) for column in table.c):
                    db.execute(text(f'LOCK TABLE "{table.name}" IN SHARE ROW EXCLUSIVE MODE'))
        for _ in reseal(store):
            pass
    # After the commit: until then the values that were sealed again just now are under the older keys.
    keys = Keys.read(store.settings.encryption_key_file).with_newest_only()
    keys.write(store.settings.encryption_key_file)
    return keys
