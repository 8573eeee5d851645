"""Personal data sealed before it reaches the database, with a key that is never in the database.

A value is sealed by Fernet (AES-128-CBC with HMAC-SHA256, a new IV each time), so equal values do not look equal.
To find someone by phone or chat, a blind index is stored beside it: an HMAC under a key of its own.
"""

import hashlib
import hmac
import json
import logging
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Self
from weakref import WeakKeyDictionary

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import Engine, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from bot.errors import BotError

try:
    import orjson
except ImportError:
    orjson = None  # type: ignore[assignment]

log = logging.getLogger(__name__)

HEADER = """\
# The keys of Overstap. Who has this file and the database can read everything; who has lost it can read nothing.
# Keep a copy of it, apart from the backups of the database. The first data key writes; all of them can read.
"""


class WrongKey(BotError):
    """The key file is missing, cannot be read, or belongs to another database."""


@dataclass(frozen=True)
class Keys:
    """What opens the database: data keys, the newest first, and the key of the blind index."""

    data: tuple[str, ...] = field(repr=False)
    index: str = field(repr=False)

    @cached_property
    def _fernet(self) -> MultiFernet:
        return MultiFernet([Fernet(key) for key in self.data])

    @cached_property
    def _index(self) -> bytes:
        return bytes.fromhex(self.index)

    def seal(self, plain: bytes) -> str:
        return self._fernet.encrypt(plain).decode("ascii")

    def unseal(self, sealed: str) -> bytes:
        """What was sealed; raises `InvalidToken` when no key fits or a byte was changed."""
        return self._fernet.decrypt(sealed)

    def blind(self, kind: str, value: str) -> str:
        """The same value of the same kind gives the same 64 characters, which say nothing without the key."""
        return hmac.digest(self._index, f"{kind}:{value}".encode(), hashlib.sha256).hex()

    def reseal(self, sealed: str) -> str | None:
        """`sealed` under the newest key, or None when it already is."""
        try:
            Fernet(self.data[0]).decrypt(sealed)
        except InvalidToken:
            return self._fernet.rotate(sealed).decode("ascii")
        return None

    def names(self) -> tuple[str, ...]:
        """A short name for each data key, to tell keys apart without showing them."""
        return tuple(hashlib.sha256(key.encode()).hexdigest()[:8] for key in self.data)

    @classmethod
    def new(cls) -> Self:
        return cls((Fernet.generate_key().decode(),), secrets.token_hex(32))

    def with_new_data_key(self) -> "Keys":
        return Keys((Fernet.generate_key().decode(), *self.data), self.index)

    def with_newest_only(self) -> "Keys":
        return Keys(self.data[:1], self.index)

    @classmethod
    def read(cls, file: Path) -> Self:
        """The keys in `file`; raises `WrongKey`, which names the file and never a key."""
        try:
            text = file.read_text("ascii")
        except FileNotFoundError:
            raise WrongKey(
                f"There is no key file {file}. Put it back from your copy: without it the data cannot be read. "
                "Only for a database that is new: overstap db new-key."
            ) from None
        except (OSError, UnicodeDecodeError) as error:
            raise WrongKey(f"The key file {file} cannot be read: {type(error).__name__}.") from None
        pairs = [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]
        data = tuple(pair[1] for pair in pairs if len(pair) == 2 and pair[0] == "data")
        index = [pair[1] for pair in pairs if len(pair) == 2 and pair[0] == "index"]
        keys = cls(data, index[0] if index else "")
        try:
            assert data and len(keys._index) == 32 and keys._fernet
        except (AssertionError, ValueError):
            raise WrongKey(f"The key file {file} is damaged: it needs one 'index' line and a 'data' line.") from None
        return keys

    def write(self, file: Path) -> None:
        """Put the keys in `file`, for its owner only; the old file stays whole until the new one is on disk."""
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lines = [f"index {self.index}", *(f"data {key}" for key in self.data)]
        new = file.with_name(file.name + ".new")
        new.unlink(missing_ok=True)
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as stream:
            stream.write(HEADER + "\n".join(lines) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        new.replace(file)


class KeyRing:
    """The keys of a process that runs, while another one may change their file (`overstap db rotate-key`).

    It writes with the first key of the file as it is now: a key that is to be dropped must seal nothing more.
    It reads with every key that it has had: a row that was looked up a moment ago may be under a dropped one.
    """

    def __init__(self, keys: Keys, file: Path) -> None:
        self.keys, self._file = keys, file
        self._seen: tuple[int, ...] | None = None  # the file may have changed since `keys` were read

    def seal(self, plain: bytes) -> str:
        self._follow()
        return self.keys.seal(plain)

    def unseal(self, sealed: str) -> bytes:
        try:
            return self.keys.unseal(sealed)
        except InvalidToken:
            if not self._follow():
                raise
            return self.keys.unseal(sealed)

    def _follow(self) -> bool:
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


_KEYS: WeakKeyDictionary[Dialect, KeyRing] = WeakKeyDictionary()


def use_keys(engine: Engine, ring: KeyRing) -> None:
    """Let every encrypted column that goes through `engine` use `ring`. Each engine has a dialect object of its own."""
    _KEYS[engine.dialect] = ring


def keys_of(dialect: Dialect) -> Keys | None:
    """The keys of the engine that this is the dialect of; None before it has any."""
    ring = _KEYS.get(dialect)
    return ring.keys if ring else None


class Encrypted(TypeDecorator[Any]):
    """A column that holds any JSON value, sealed. Several personal fields in one column cost one sealing."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if value is None:
            return None
        # Escaped: half of a surrogate pair, which JSON from outside can hold, has no bytes in UTF-8.
        return _KEYS[dialect].seal(json.dumps(value, separators=(",", ":")).encode("ascii"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else _read(_KEYS[dialect].unseal(value))


def _read(plain: bytes) -> Any:
    """JSON, by the quick reader where it is installed. It refuses half of a surrogate pair; the other one reads all."""
    if orjson:
        with suppress(orjson.JSONDecodeError):
            return orjson.loads(plain)
    return json.loads(plain)
