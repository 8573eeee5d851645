"""A copy of the database while the bot runs, and the way back: who was erased in between is erased again."""

import os
import re
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from sqlalchemy import Connection, MetaData, inspect, make_url, text
from sqlalchemy.exc import DatabaseError, DBAPIError

from bot.errors import BotError
from bot.privacy.erasure import Tombstone, erase_again, tombstones_in, tombstones_on_disk
from bot.settings import Settings
from bot.store import in_use, schema
from bot.store.database import cause, connect
from bot.store.encryption import Keys
from bot.store.store import Store
from bot.store.tables import metadata, seals


def backup(settings: Settings, file: Path) -> Path:
    """Write a consistent copy to `file`, for its owner only. The key is not in it: keep a copy of that elsewhere."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        if settings.database_file:
            _copy(settings.database_file, part, apart=True)
        else:
            _run(settings, "pg_dump", "--format=custom", f"--file={part}")
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return file


def restore(settings: Settings, file: Path, at: datetime) -> int:
    """Put a copy back in place of what is there; gives how many people were erased again. Raises `InUse` while a bot
    works with it.

    Everything is made ready and proven apart: that the copy is whole, that our key opens it, that we know its tables,
    and that who was erased is erased in it. Only then it takes the place of what was there, at one moment: refused or
    killed, at whatever point, what was there stays.
    """
    if not file.is_file():
        raise BotError(f"There is no file {file}.")
    if settings.database_file:
        with in_use.alone(settings.database_file):
            return _restore(settings, file, at)
    return _restore(settings, file, at)


def _restore(settings: Settings, file: Path, at: datetime) -> int:
    erased, seen = _so_far(settings, at)

    def finish(store: Store) -> int:
        again = erase_again(store, erased | tombstones_in(store), at)
        if seen:
            store.clock.raise_to(seen)
        return again

    return _restore_file(settings, file, finish) if settings.sqlite else _restore_dump(settings, file, finish)


def _so_far(settings: Settings, at: datetime) -> tuple[set[Tombstone], datetime | None]:
    """Who asked to be erased, by the present database when it can still be read, and by the file beside it; and the
    last time that the present database saw."""
    if settings.database_file and not settings.database_file.exists():
        return tombstones_on_disk(settings), None
    try:
        store = Store.open(settings)
    except (BotError, DatabaseError):
        return tombstones_on_disk(settings), None
    try:
        return tombstones_on_disk(settings) | tombstones_in(store), store.clock.mark(at)
    finally:
        store.close()


def _restore_file(settings: Settings, file: Path, finish: Callable[[Store], int]) -> int:
    """SQLite: a copy beside the database is made ready, and then copied over it in one transaction."""
    database = settings.database_file
    assert database
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    remove_leftovers(settings)
    apart = database.with_name(f".{database.name}.restoring")
    try:
        _copy(file, apart)
        store = Store.open(replace(settings, database_url=f"sqlite:///{apart}"))
        try:
            again = finish(store)
        finally:
            store.close()
        _copy(apart, database)
    finally:
        # What the copy was taken before may have been erased since: nothing of it stays behind.
        remove_leftovers(settings)
    return again


def remove_leftovers(settings: Settings) -> None:
    """Delete what a killed restore left beside the database: it holds data, and nobody would ever look at it."""
    if database := settings.database_file:
        for kind in ("restoring", "before-restore"):  # the second is of releases that copied in place
            for file in database.parent.glob(f".{database.name}.{kind}*"):
                file.unlink(missing_ok=True)


def _restore_dump(settings: Settings, file: Path, finish: Callable[[Store], int]) -> int:
    """PostgreSQL: one transaction, in which our tables go and those of the dump come, and are brought up to date.

    Our migrations make the tables and only the rows come from the dump, so a dump of an older release fits, tables
    of others in the same database are left alone, and no more rights are needed than to make tables.
    """
    version = _value(file, "alembic_version")
    schema.check_known(version)
    engine = connect(settings)
    try:
        store = Store(engine, Keys.read(settings.encryption_key_file), settings)
        with store.transaction() as db:
            in_use.take(db)
            for name in ["alembic_version", *(table.name for table in reversed(metadata.sorted_tables))]:
                db.exec_driver_sql(f'DROP TABLE IF EXISTS "{name}"')
            others = set(inspect(db).get_table_names())
            schema.bring(db, version)
            ours = MetaData()
            ours.reflect(db, only=lambda name, _: name not in others and name != "alembic_version")
            for table in sorted(ours.sorted_tables, key=lambda table: table.name != seals.name):  # a wrong key first
                _fill(db, table.name, file)
                if table.name == seals.name:
                    store.check_key()
            schema.bring(db)
            again = finish(store)
    except DBAPIError as error:
        raise BotError(f"The backup cannot be put back, and nothing was changed: {cause(error)}.") from None
    finally:
        engine.dispose()
    return again


_COPY = re.compile(rb'COPY \S+ \(([\w", ]+)\) FROM stdin;\n')
_COUNTER = re.compile(rb"SELECT pg_catalog\.setval\('\S+', (\d+), (true|false)\);\n")
_END = b"\\.\n"


def _fill(db: Connection, table: str, file: Path) -> None:
    """Copy the rows of one table from a dump, and have its numbers go on where they were."""
    driver: Any = db.connection.driver_connection
    with _sql(file, table) as lines:
        for line in lines:
            if found := _COPY.fullmatch(line):
                with driver.cursor() as cursor, cursor.copy(f'COPY "{table}" ({found[1].decode()}) FROM STDIN') as rows:
                    for row in takewhile(lambda row: row != _END, lines):
                        rows.write(row)
            elif found := _COUNTER.fullmatch(line):
                last = {"table": table, "last": int(found[1]), "used": found[2] == b"true"}
                db.execute(text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :last, :used)"), last)


def _value(file: Path, table: str) -> str:
    """The only value of the only row of a table in a dump."""
    with _sql(file, table) as lines:
        for line in lines:
            if _COPY.fullmatch(line):
                return next(lines).decode().strip()
    raise BotError(f"{file} is no backup of Overstap.")


@contextmanager
def _sql(file: Path, table: str) -> Iterator[Iterator[bytes]]:
    """What `pg_restore` says of the rows of one table, line by line: a table may not fit in the memory."""
    command = ["pg_restore", "--data-only", f"--table={table}", f"--table={table}_id_seq", "--file=-", str(file)]
    with TemporaryFile() as complaints:
        try:
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=complaints, env=_environment())
        except FileNotFoundError:
            raise _missing("pg_restore") from None
        assert process.stdout
        with process, process.stdout:
            try:
                yield iter(process.stdout)
            except BaseException:
                process.kill()
                raise
            for _ in process.stdout:  # to its end, so that it can say that it got there
                pass
        if process.returncode:
            complaints.seek(0)
            raise _failed("pg_restore", complaints.read().decode("utf-8", "replace"))


def _copy(source: Path, target: Path, *, apart: bool = False) -> None:
    """Copy an SQLite database as it is at one moment, whoever writes to it, and prove that the copy is whole.

    `apart`: the copy is to be kept, and is not the database that we work with.
    """
    os.close(os.open(target, os.O_RDWR | os.O_CREAT, 0o600))
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        try:
            old.backup(new)
            (verdict,) = new.execute("PRAGMA integrity_check").fetchone()
            sealed = new.execute("SELECT count(*) FROM sqlite_master WHERE name = 'seals'").fetchone()[0]
            if apart:
                new.execute("PRAGMA journal_mode = DELETE")  # one file, with no log beside it
        except sqlite3.DatabaseError as error:
            raise BotError(f"{source} cannot be copied: {error}.") from None
    if not sealed:
        raise BotError(f"{source} is no database of Overstap.")
    if verdict != "ok":
        raise BotError(f"{source} is damaged: {verdict}.")


def _run(settings: Settings, program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL on our database, reached as the bot reaches it: by every option of DATABASE_URL, so
    that `sslmode=verify-full` holds for it too. The password goes by the environment: `ps` shows arguments."""
    from psycopg.conninfo import make_conninfo

    url = make_url(settings.database_url)
    _, how = url.get_dialect()().create_connect_args(url)
    if "sslpassword" in how:
        raise BotError(f"{program} cannot be given sslpassword in secret. Use a key file without one, of mode 0600.")
    env = _environment()
    if password := how.pop("password", None):
        env["PGPASSWORD"] = password
    try:
        command = [program, f"--dbname={make_conninfo('', **how)}", *arguments]
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise _missing(program) from None
    if done.returncode:
        raise _failed(program, done.stderr)


# What programs of PostgreSQL are told of ours: where to find things, what language to speak, and its own settings.
# Never the token of the bot, the secret of its webhook or DATABASE_URL with a password in it.
_TOLD = frozenset("PATH HOME LANG LANGUAGE TZ TMPDIR LD_LIBRARY_PATH SYSTEMROOT APPDATA KRB5CCNAME KRB5_CONFIG".split())


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name in _TOLD or name.startswith(("PG", "LC_"))}


def _missing(program: str) -> BotError:
    return BotError(f"{program} is not installed. It comes with the client programs of PostgreSQL.")


def _failed(program: str, complaints: str) -> BotError:
    return BotError(f"{program} failed: {(complaints.strip().splitlines() or ['no reason given'])[-1]}")
