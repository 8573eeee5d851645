"""The keys of a process that runs, while another one may change them."""

import logging
import os
from pathlib import Path
from typing import Any

from bot.quick_json import loads
from bot.store.keys import PERSON_KEY, Damaged, DoesNotOpen, Keys, PersonKey, WrongKey

log = logging.getLogger(__name__)

MOST_NAMED = 1000  # damaged values that a process remembers
MOST_OPEN = 2000  # keys of people that a process has at hand


class KeyRing:
    """The keys of a process, which `overstap db rotate-key` may change in their file while it runs.

    It writes with the first key of the file as it is now: a key that is to be dropped must seal nothing more.
    It reads with every key that it has had: a row that was looked up a moment ago may be under a dropped one.
    """

    def __init__(self, keys: Keys, file: Path) -> None:
        self.keys, self._file = keys, file
        self._seen: tuple[int, ...] | None = None  # the file may have changed since `keys` were read
        self.damaged: set[str] = set()  # where values stand that do not open, as far as they were read
        self._people: dict[str, PersonKey] = {}

    def seal(self, plain: bytes, place: str) -> str:
        self.follow()
        return self.keys.seal(plain, place)

    def unseal(self, sealed: str, place: str) -> bytes:
        try:
            return self.keys.unseal(sealed, place)
        except DoesNotOpen:
            if not self.follow():
                raise
            return self.keys.unseal(sealed, place)

    def new_person_key(self) -> PersonKey:
        key = os.urandom(32)
        return PersonKey(self.seal(key, PERSON_KEY), key)

    def person_key(self, wrapped: str) -> PersonKey:
        """The key of a person, from what the database has of it; raises `DoesNotOpen`."""
        known = self._people.get(wrapped)
        if known is None:
            known = PersonKey(wrapped, self.unseal(wrapped, PERSON_KEY))
            if len(self._people) >= MOST_OPEN:
                self._people.clear()
            self._people[wrapped] = known
        return known

    def read(self, sealed: str | None, place: str, wrapped: str | None = None) -> Any:
        """A sealed value: None for nothing, `Damaged` for what does not open. `wrapped`: the key of whose it is."""
        if sealed is None:
            return None
        try:
            return loads((self if wrapped is None else self.person_key(wrapped)).unseal(sealed, place))
        except DoesNotOpen:
            self.note_damage(place)
            return Damaged(place)

    def note_damage(self, place: str) -> None:
        """Name a value that does not open, for the operator, once."""
        if place not in self.damaged and len(self.damaged) < MOST_NAMED:
            self.damaged.add(place)
            log.error("a row is damaged: what stands at %s does not open with any key", place)

    def follow(self) -> bool:
        """Take over what changed in the file; a look costs some microseconds. A file that does not fit is left alone:
        what runs goes on with what it has."""
        try:
            status = self._file.stat()
        except OSError:
            return False
        stamp = (status.st_ino, status.st_mtime_ns, status.st_size)
        if stamp == self._seen:
            return False
        self._seen = stamp
        try:
            found = Keys.read(self._file)
        except WrongKey as error:
            log.error("%s", error)
            return False
        if found.index != self.keys.index:
            log.error("The key file %s is of another database now.", self._file)
            return False
        before = self.keys
        self.keys = Keys(tuple(dict.fromkeys((*found.data, *before.data))), found.index)
        return self.keys != before
