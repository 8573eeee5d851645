"""One key a person, and one for each of their leads: with the key, whatever was sealed with it is gone, wherever it is.

Rows that were deleted stay in the files of a PostgreSQL for a while, and in backups for weeks. So nothing of a person
is sealed with the key of the centre: each has a key of their own, sealed with that of the centre, in one small table.
Erasing them deletes their key. Backups hold no keys of people (`bot.operations.people_file`).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, bindparam, delete, exists, not_, select, tuple_, update

from bot.store.keys import DoesNotOpen, PersonKey
from bot.store.tables import LEAD, conversations, inbox, leads, outbox, person_keys

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from bot.store.database import Database

Owner = tuple[str, str]  # a channel and the blind index of a person there; or LEAD and a reference

SOME = 500


class PersonKeys:
    def __init__(self, store: Database) -> None:
        self.store = store

    def of(self, owners: Iterable[Owner]) -> dict[Owner, PersonKey]:
        """The key of each, to seal with until the open unit ends; who has none gets one.

        A key that is damaged is replaced: what it sealed could not be read any more.
        """
        wanted = set(owners)
        with self.store.transaction() as db:
            found = self._find(wanted)
            if missing := sorted(wanted - found.keys()):
                rows = [self._row(owner) for owner in missing]
                db.execute(self._add, rows)
                found |= self._find(missing)
            opened = {}
            for owner, wrapped in found.items():
                try:
                    opened[owner] = self.store.ring.person_key(wrapped)
                except DoesNotOpen:
                    self.store.ring.note_damage(f"person_keys.key {' '.join(owner)}")
                    opened[owner] = self._replace(owner)
        return opened

    def destroy(self, owners: Collection[Owner]) -> None:
        with self.store.transaction() as db:
            db.execute(delete(person_keys).where(_is_of(owners)))

    def hand_over(self, old: Owner, new: Owner) -> None:
        """Who has another address from now on keeps their key."""
        with self.store.transaction() as db:
            db.execute(delete(person_keys).where(_is_of([new])))
            db.execute(update(person_keys).where(_is_of([old])).values(kind=new[0], owner=new[1]))

    def all(self) -> list[tuple[str, str, str]]:
        """Kind, owner, and the key as it is sealed, of everybody."""
        with self.store.reading() as db:
            return [(row.kind, row.owner, row.key) for row in db.execute(select(person_keys))]

    def put(self, rows: Collection[tuple[str, str, str]]) -> None:
        """Put back the keys of those who have none here."""
        with self.store.transaction() as db:
            if rows:
                db.execute(self._add, [{"kind": kind, "owner": owner, "key": key} for kind, owner, key in rows])

    def sweep(self) -> int:
        """Delete some keys that seal nothing any more, of whom only a message was sent to; gives how many."""
        with self.store.transaction() as db:
            some = select(person_keys.c.kind, person_keys.c.owner).where(_seals_nothing()).limit(SOME)
            # Locked before the second look: nobody can begin to seal with one of them in between.
            idle = [(kind, owner) for kind, owner in db.execute(some.with_for_update(skip_locked=True))]
            return db.execute(delete(person_keys).where(_is_of(idle), _seals_nothing())).rowcount if idle else 0

    # ------------------------------------------------------------------ parts
    @cached_property
    def _add(self) -> Any:
        return self.store.insert(person_keys).on_conflict_do_nothing()

    def _find(self, owners: Collection[Owner]) -> dict[Owner, str]:
        found: dict[Owner, str] = {}
        with self.store.transaction() as db:
            for kind in sorted({kind for kind, _ in owners}):
                theirs = [owner for of, owner in owners if of == kind]
                for owner, wrapped in db.execute(_KEYS, {"kind": kind, "owners": theirs}):
                    found[kind, owner] = wrapped
        return found

    def _row(self, owner: Owner) -> dict[str, str]:
        return {"kind": owner[0], "owner": owner[1], "key": self.store.ring.new_person_key().wrapped}

    def _replace(self, owner: Owner) -> PersonKey:
        key = self.store.ring.new_person_key()
        with self.store.transaction() as db:
            db.execute(update(person_keys).where(_is_of([owner])).values(key=key.wrapped))
        return key


# Shared: two may seal with a key at once, and who destroys it waits for them.
_KEYS = (
    select(person_keys.c.owner, person_keys.c.key)
    .where(person_keys.c.kind == bindparam("kind"), person_keys.c.owner.in_(bindparam("owners", expanding=True)))
    .order_by(person_keys.c.owner)
    .with_for_update(read=True)
)


def _is_of(owners: Collection[Owner]) -> ColumnElement[bool]:
    return tuple_(person_keys.c.kind, person_keys.c.owner).in_(list(owners))


def _seals_nothing() -> ColumnElement[bool]:
    kind, owner = person_keys.c.kind, person_keys.c.owner
    talks = exists().where(conversations.c.channel == kind, conversations.c.person == owner)
    heard = exists().where(inbox.c.payload.is_not(None), inbox.c.channel == kind, inbox.c.chat == owner)
    told = exists().where(outbox.c.state == "waiting", outbox.c.channel == kind, outbox.c.chat == owner)
    helped = and_(kind == LEAD, exists().where(leads.c.reference == owner, leads.c.erased_at.is_(None)))
    return not_(talks | heard | told | helped)
