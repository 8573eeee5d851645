"""The open database: transactions, and the key that fits it."""

import logging
import os
import re
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any, Self, TypeVar

from cryptography.fernet import InvalidToken
from sqlalchemy import Connection, Engine, create_engine, event, insert, select
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from bot.errors import BotError
from bot.settings import Settings
from bot.store import in_use, tables
from bot.store.encryption import use_keys
from bot.store.key_ring import KeyRing
from bot.store.keys import PREFIX, DoesNotOpen, Keys, WrongKey
from bot.store.person_keys import PersonKeys

log = logging.getLogger(__name__)

Item = TypeVar("Item")

SEAL = "Overstap"
MARK = "seals.value data"  # where it stands
BUSY_SECONDS = 10
# SQLite has no row in which writers wait: who asks now and then is passed over while another writes without a pause.
PATIENT_SECONDS = 600
REWRITE_WAIT_MS = 100

# WAL: readers and the one writer do not wait for each other. secure_delete: what is deleted is overwritten.
# NORMAL: a killed process loses nothing; a power cut could take the last moments, so a unit with a lead is hardened.
PRAGMAS = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA foreign_keys = ON;
PRAGMA secure_delete = ON;
"""


# PostgreSQL. UTC: a moment comes back as it went in. Every wait has an end: for a server that is not there, or is gone
# without a word, for a lock, for a statement, and for a process that stands still in the middle of a transaction.
WAITS = {
    "connect_timeout": 5,
    "tcp_user_timeout": 15_000,
    "options": f"-c timezone=utc -c lock_timeout={BUSY_SECONDS}s -c statement_timeout=120s "
    "-c idle_in_transaction_session_timeout=120s",
}


class Unreachable(BotError):
    """The database cannot be opened."""


class Database:
    """One database. It blocks: on SQLite a unit takes well under a millisecond, on PostgreSQL use a thread."""

    def __init__(self, engine: Engine, keys: Keys, settings: Settings) -> None:
        self.engine, self.settings = engine, settings
        self._local = threading.local()
        self._shared: int | None = None  # the lock of a bot on SQLite
        self.ring = KeyRing(keys, settings.encryption_key_file)
        use_keys(engine, self.ring)
        self.person_keys = PersonKeys(self)

    @classmethod
    def open(cls, settings: Settings, *, upgrade: bool = True, serving: bool = False, patient: bool = False) -> Self:
        """Open the database of `settings`, bring its tables up to date, and prove that the key fits.

        Raises `WrongKey` when there is no key for a database that has one, or another database's key. `serving`: for a
        bot, so that nobody restores as long as it is open; raises `InUse` when somebody does just then. `patient`: for
        long work beside a bot, which waits for its turn to write for as long as the bot is busy.
        """
        from bot.store import schema

        if settings.database_file:
            _keep_to_owner(settings.database_file)
        shared = in_use.share(settings.database_file) if serving and settings.database_file else None
        engine = connect(settings, serving=serving, patient=patient)
        try:
            with engine.connect() as db:
                sealed = _seals(db)
            store = cls(engine, _keys_for(settings, sealed), settings)
            store._shared = shared
            if upgrade and schema.upgrade(engine):
                store.checkpoint()  # what a migration sealed is not to stay as it was in the write-ahead log
            if not sealed:
                store.seal()
        except BaseException as error:
            engine.dispose()
            if shared is not None:
                os.close(shared)
            if isinstance(error, OperationalError):
                raise Unreachable(f"The database cannot be opened: {cause(error)}.") from None
            raise
        return store

    def check_key(self) -> None:
        """Raise WrongKey when the mark is not of these keys."""
        with self.reading() as db:
            _keys_for(self.settings, _seals(db))

    @property
    def keys(self) -> Keys:
        return self.ring.keys

    @property
    def damaged(self) -> frozenset[str]:
        """Where values stand that do not open, as far as this process came across them."""
        return frozenset(self.ring.damaged)

    def seal(self) -> None:
        """Leave a mark that only these keys can read, so that a wrong key is noticed before it writes."""
        with self.transaction() as db:
            values = [
                {"name": "data", "value": self.ring.seal(SEAL.encode(), MARK)},
                {"name": "index", "value": self.keys.blind("seal", SEAL)},
            ]
            db.execute(tables.seals.delete())
            db.execute(insert(tables.seals), values)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A transaction that writes: all of it, or nothing. A unit inside a unit is part of the outer one."""
        open_unit: Connection | None = getattr(self._local, "unit", None)
        if open_unit is not None:
            yield open_unit
            return
        self._local.gathered, self._local.before, self._local.after = {}, [], []
        with self.engine.begin() as db:
            self._local.unit = db
            try:
                yield db
                for together, items in self._local.gathered.items():
                    together(items)
                for action, *arguments in dict.fromkeys(self._local.before):
                    action(*arguments)
            finally:
                self._local.unit = None
        for action, *arguments in dict.fromkeys(self._local.after):
            action(*arguments)

    def before_commit(self, action: Callable[..., object], *arguments: Hashable) -> None:
        """Do something at the end of the open unit, as a part of it, and the same thing once: what others wait for."""
        assert self._local.unit is not None, "only inside a unit"
        self._local.before.append((action, *arguments))

    def gather(self, action: Callable[[list[Item]], object], item: Item) -> None:
        """Do something at the end of the open unit, as a part of it, once with all the items that were handed over."""
        assert self._local.unit is not None, "only inside a unit"
        self._local.gathered.setdefault(action, []).append(item)

    def after_commit(self, action: Callable[..., object], *arguments: Hashable) -> None:
        """Do something when the open unit has committed, and never when it failed; the same thing once."""
        assert self._local.unit is not None, "only inside a unit"
        self._local.after.append((action, *arguments))

    def sync_to_disk(self) -> None:
        """Have the disk itself hold what was committed, so that a power cut takes no lead. PostgreSQL always does."""
        self._checkpoint("PASSIVE")

    def checkpoint(self) -> bool:
        """Move the write-ahead log of SQLite into the file and empty it; False when a reader was in the way."""
        return self._checkpoint("TRUNCATE")

    def wipe_traces(self) -> bool:
        """Take the bytes of deleted keys of people out of the files; False when somebody was in the way.

        SQLite overwrites what is deleted, and keeps it in its log until that is emptied. PostgreSQL leaves it in the
        file of the table until that is written anew. A transaction that began before would still see it: then it stays.
        """
        return self.checkpoint() if self.sqlite else self._write_anew(tables.person_keys.name)

    def _write_anew(self, table: str) -> bool:
        kept: list[str] = []

        def hear(said: Any) -> None:  # it can be read in here only
            if table in (said.message_primary or "") and said.message_detail:
                # "0 dead row versions cannot be removed yet." In whichever language, the number comes first.
                kept.extend(re.findall(r"\d+", said.message_detail)[:1])

        raw = self.engine.raw_connection()
        try:
            driver: Any = raw.driver_connection
            driver.autocommit = True  # VACUUM can be part of nothing
            driver.add_notice_handler(hear)
            # Whoever comes behind us in the row waits too: not for long, and it is tried again.
            driver.execute(f"SET lock_timeout = {REWRITE_WAIT_MS}")
            driver.execute(f'VACUUM (FULL, VERBOSE) "{table}"')
        except self.engine.dialect.loaded_dbapi.OperationalError as error:
            log.info("%s is not written anew: %s", table, cause(error))
            return False
        finally:
            raw.invalidate()  # none of this is for whoever has the connection next
        return kept == ["0"]

    def _checkpoint(self, mode: str) -> bool:
        if not self.sqlite:
            return True
        raw = self.engine.raw_connection()
        try:
            busy, _, _ = raw.cursor().execute(f"PRAGMA wal_checkpoint({mode})").fetchone()
        finally:
            raw.close()
        return not busy

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A look at one moment of the database; it never waits for a writer. In a unit it sees what that did."""
        opened: Connection | None = getattr(self._local, "unit", None) or getattr(self._local, "moment", None)
        if opened is not None:
            yield opened
            return
        with self.engine.connect().execution_options(**self.reads) as db:
            yield db

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Every look of this thread in here is at the same moment: that of the first one. A unit may change things."""
        with self.reading() as db:
            before, self._local.moment = getattr(self._local, "moment", None), db
            try:
                yield
            finally:
                self._local.moment = before

    @property
    def sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @cached_property
    def insert(self) -> Callable[..., Any]:
        """`insert` of this database, which knows `on_conflict_do_nothing`."""
        name = "sqlite" if self.sqlite else "postgresql"  # importing both would cost each start 2.5 MB
        insert: Callable[..., Any] = import_module(f"sqlalchemy.dialects.{name}").insert
        return insert

    @cached_property
    def reads(self) -> dict[str, Any]:
        """What makes a connection look at one moment."""
        # PostgreSQL would show each statement a later moment; SQLite only has to know that this is no writer.
        return {READING: True} if self.sqlite else {"isolation_level": "REPEATABLE READ"}

    def close(self) -> None:
        self.engine.dispose()
        if self._shared is not None:
            os.close(self._shared)
            self._shared = None


READING = "overstap_reading"


def connect(settings: Settings, *, serving: bool = False, patient: bool = False) -> Engine:
    """An engine whose every connection behaves the same, whoever asks for one; `serving`: for a bot, `patient`: for
    long work beside it."""
    if not settings.sqlite:
        server = create_engine(settings.database_url, pool_pre_ping=True, connect_args=WAITS)
        if serving:
            event.listen(server, "connect", lambda connection, _: in_use.share_connection(connection))
        return server
    wait = PATIENT_SECONDS if patient else BUSY_SECONDS
    engine = create_engine(settings.database_url, connect_args={"timeout": wait, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: ConnectionPoolEntry) -> None:
        # None: the driver starts no transaction of its own; `begin` below does.
        connection.isolation_level = None
        connection.executescript(PRAGMAS)

    @event.listens_for(engine, "begin")
    def begin(db: Connection) -> None:
        # IMMEDIATE takes the write lock at once. With a plain BEGIN, two who read and then write cannot both go on:
        # 307 of 400 such transactions failed with "database is locked", whatever the time-out.
        db.exec_driver_sql("BEGIN" if db.get_execution_options().get(READING) else "BEGIN IMMEDIATE")

    return engine


def _keep_to_owner(file: Path) -> None:
    """Have an SQLite file be there, for its owner only, before anything is in it: its logs get the same mode."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    for each in (file, *(file.with_name(file.name + log) for log in ("-wal", "-shm"))):
        if each.exists():  # of an earlier release, perhaps
            each.chmod(0o600)


def _seals(db: Connection) -> dict[str, str]:
    if not db.dialect.has_table(db, tables.seals.name):
        return {}
    return {row.name: row.value for row in db.execute(select(tables.seals))}


def _keys_for(settings: Settings, sealed: dict[str, str]) -> Keys:
    file = settings.encryption_key_file
    # A new SQLite file is of this machine alone. On a PostgreSQL that others share, a key of one's own would split it.
    if not file.exists() and not sealed and settings.sqlite:
        Keys.new().write(file)
    keys = Keys.read(file)
    if not sealed:
        return keys
    mark = sealed["data"]
    try:
        # The key is proven before the tables are brought up to date: those before version 0004 have an older mark.
        _ = keys.unseal(mark, MARK) if mark.startswith(PREFIX) else keys.fernet.decrypt(mark)
        fits = keys.blind("seal", SEAL) == sealed["index"]
    except (DoesNotOpen, InvalidToken):
        fits = False
    if not fits:
        names = ", ".join(keys.names())
        raise WrongKey(f"The key file {file} ({names}) is of another database. Put back the one that fits.")
    return keys


def cause(error: Exception) -> str:
    """What the driver says, without the statement and its values."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    return str(cause).strip().splitlines()[0].rstrip(".")


def now() -> datetime:
    return datetime.now(UTC)
