"""The keys of the centre and of each person, and a value sealed with one: it opens for the place alone that it was
sealed for.

A value is sealed by AES-256-GCM with a new nonce each time, so equal values do not look equal. Where it belongs (table,
column, and whose row it is) is authenticated with it: moved elsewhere in the database it does not open. An older value
of the same place does: whoever can write in the database can put back what was there before.
What is of a person is sealed with a key of theirs, which is itself sealed with ours (see `bot.store.person_keys`).
To find someone by phone or chat, a blind index is stored beside it: an HMAC under a key of its own.
"""

import hashlib
import hmac
import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NoBase64
from binascii import a2b_base64
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from bot.errors import BotError

HEADER = """\
# The keys of Overstap. Who has this file and the database can read everything; who has lost it can read nothing.
# Keep a copy of it, apart from the backups of the database. The first data key writes; all of them can read.
"""


PREFIX = "sealed1."  # of a sealed value: how it was sealed
PERSON_KEY = "person_keys.key"  # the place of the key of a person
NONCE = 12  # bytes; random, which is safe for 2^32 values under one key


class WrongKey(BotError):
    """The key file is missing, cannot be read, or belongs to another database."""


class DoesNotOpen(Exception):
    """No key fits a sealed value, a byte of it was changed, or it was sealed for another place."""


@dataclass(frozen=True)
class Keys:
    """What opens the database: data keys, the newest first, and the key of the blind index."""

    data: tuple[str, ...] = field(repr=False)
    index: str = field(repr=False)

    @cached_property
    def fernet(self) -> MultiFernet:
        """What sealed before version 0004 of the tables, without a place: for migrations alone."""
        return MultiFernet([Fernet(key) for key in self.data])

    @cached_property
    def _ciphers(self) -> tuple[AESGCM, ...]:
        # Not the bytes of the file themselves: older backups have values that Fernet sealed with those.
        return tuple(AESGCM(_derived(urlsafe_b64decode(key))) for key in self.data)

    @cached_property
    def _index(self) -> bytes:
        return bytes.fromhex(self.index)

    def seal(self, plain: bytes, place: str) -> str:
        """`plain` sealed with the newest key, for one place: see `place_of`."""
        return _sealed(self._ciphers[0], plain, place)

    def unseal(self, sealed: str, place: str) -> bytes:
        """What was sealed for this place; raises `DoesNotOpen`."""
        for cipher in self._ciphers:
            with suppress(DoesNotOpen):
                return _opened(cipher, sealed, place)
        raise DoesNotOpen(f"a value does not open as {place.partition(' ')[0]}")

    def blind(self, kind: str, value: str) -> str:
        """The same value of the same kind gives the same 64 characters, which say nothing without the key."""
        return hmac.digest(self._index, f"{kind}:{value}".encode(), hashlib.sha256).hex()

    def reseal(self, sealed: str, place: str) -> str | None:
        """`sealed` under the newest key, or None when it already is."""
        try:
            _opened(self._ciphers[0], sealed, place)
        except DoesNotOpen:
            return self.seal(self.unseal(sealed, place), place)
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
            assert data and len(keys._index) == 32 and keys.fernet
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


def _derived(key: bytes) -> bytes:
    return HKDFExpand(SHA256(), 32, b"overstap aes-256-gcm").derive(key)


class PersonKey:
    """The key of one person: `wrapped` is what the database has of it."""

    __slots__ = ("_cipher", "wrapped")

    def __init__(self, wrapped: str, key: bytes) -> None:
        self.wrapped, self._cipher = wrapped, AESGCM(key)

    def seal(self, plain: bytes, place: str) -> str:
        return _sealed(self._cipher, plain, place)

    def unseal(self, sealed: str, place: str) -> bytes:
        """What was sealed for this place; raises `DoesNotOpen`."""
        return _opened(self._cipher, sealed, place)


class Damaged:
    """What stands where a value does not open: whoever uses it gets `DoesNotOpen`, and whoever reads its row does not.

    So one row that is damaged costs what is in it, and no list, no batch and no sweep that it is in.
    """

    __slots__ = ("_place",)

    def __init__(self, place: str) -> None:
        self._place = place

    def __fail(self, *_: object) -> Any:
        raise DoesNotOpen(f"a value does not open as {self._place}")

    __getitem__ = __iter__ = __len__ = __bool__ = __contains__ = __str__ = __fail

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what Python itself looks for
            raise AttributeError(name)
        return self.__fail()


def _sealed(cipher: AESGCM, plain: bytes, place: str) -> str:
    nonce = os.urandom(NONCE)
    return PREFIX + urlsafe_b64encode(nonce + cipher.encrypt(nonce, plain, place.encode())).decode()


_URL_SAFE = bytes.maketrans(b"-_", b"+/")


def _opened(cipher: AESGCM, sealed: str, place: str) -> bytes:
    if not sealed.startswith(PREFIX):
        raise DoesNotOpen
    try:
        # As `urlsafe_b64decode`, in a third of the time: a list of leads does it for each of them.
        token = a2b_base64(sealed[len(PREFIX) :].encode("ascii").translate(_URL_SAFE))
        return cipher.decrypt(token[:NONCE], token[NONCE:], place.encode())
    except (InvalidTag, NoBase64, ValueError):
        raise DoesNotOpen from None


def place_of(column: str, *row: object) -> str:
    """Where a value belongs: "leads.contact L-2026-0001"."""
    return " ".join((column, *("" if part is None else str(part) for part in row)))
