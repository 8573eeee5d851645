"""Databases for tests: each test runs on SQLite, and on PostgreSQL where one answers; else it is skipped."""

import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from libraries import CONTENT, ROOT, informed, kept_at_hand, read_with_what_was_read, real_library
from sqlalchemy import URL, CursorResult, Dialect, Engine, create_engine, event, make_url
from sqlalchemy.exc import OperationalError

from bot.cli import content as cli_content
from bot.cli import wiring
from bot.compiled import Compiled
from bot.content import Content
from bot.content.reader import Reader
from bot.conversations import Address, Conversations
from bot.engine.effects import LeadDraft
from bot.engine.events import Said, Started
from bot.engine.state import State
from bot.settings import Settings
from bot.store import Store, database, schema
from bot.store.keys import Keys
from bot.store.tables import metadata

SERVER = os.environ.get("TEST_POSTGRESQL", "postgresql+psycopg://postgres@127.0.0.1:5432")


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("empty") / "empty.db"
    engine = create_engine(f"sqlite:///{file}")
    schema.upgrade(engine)
    engine.dispose()
    file.chmod(0o600)
    return file


class Databases:
    """Databases on PostgreSQL with our tables, for one test after another: making one takes a hundred times as long as
    emptying it."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.idle: list[str] = []
        self.template = self._new("template1")
        engine = create_engine(f"{SERVER}/{self.template}")
        schema.upgrade(engine)
        with engine.connect() as db:
            self.shape = db.exec_driver_sql(SHAPE).scalar_one()
        engine.dispose()

    @contextmanager
    def lend(self) -> Iterator[str]:
        """The name of one with nothing in it."""
        name = self.idle.pop() if self.idle else self._new(self.template)
        yield name
        if self._emptied(name):
            self.idle.append(name)

    def _new(self, template: str) -> str:
        self.made.append(f"overstap_{uuid4().hex[:12]}")
        with Server() as run:
            create(run, self.made[-1], template)
        return self.made[-1]

    def _emptied(self, name: str) -> bool:
        """Take everything out; whether it is as it was made then: a test may have changed its tables."""
        with Server(name) as run:
            run(f"SELECT pg_terminate_backend(pid, 5000) FROM ({OTHERS}) others")
            if run(SHAPE).scalar() != self.shape:
                return False
            run("; ".join(f'DELETE FROM "{table.name}"' for table in reversed(metadata.sorted_tables)))
            run(f"SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S' AND {OURS}")
        return True

    def drop(self) -> None:
        with Server() as run:
            for name in self.made:
                run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def create(run: Callable[[str], CursorResult[Any]], name: str, template: str) -> None:
    """A database that waits for no disk."""
    run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    run(f'ALTER DATABASE "{name}" SET synchronous_commit = off')


OURS = "relnamespace = 'public'::regnamespace"
OTHERS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
# The columns of tables, indexes and sequences; whatever else is there; and the version of them all.
SHAPE = f"""
SELECT string_agg(format('%%s.%%s %%s', relname, attname, atttypid::regtype), ' ' ORDER BY relname, attnum)
    || (SELECT count(*) FROM pg_trigger) || (SELECT string_agg(version_num, ' ') FROM alembic_version)
FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 WHERE {OURS}
"""


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases | None]:
    """None when no PostgreSQL answers."""
    try:
        databases = Databases()
    except OperationalError:
        yield None
        return
    yield databases
    databases.drop()


def on_server(request: pytest.FixtureRequest) -> Databases:
    """The databases, made when the first test asks for one; a test is skipped where there are none."""
    databases: Databases | None = request.getfixturevalue("databases")
    return databases or pytest.skip("no PostgreSQL answers at 127.0.0.1:5432")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def settings(request: pytest.FixtureRequest, tmp_path: Path, empty_sqlite: Path) -> Iterator[Settings]:
    """Settings for a database of one's own, with its tables; the key file is there as well."""
    settings = on_sqlite(tmp_path, empty_sqlite)
    if request.param == "sqlite":
        yield settings
        return
    with on_server(request).lend() as name:
        yield Settings.read({**CONTENT, "DATABASE_URL": f"{SERVER}/{name}"}, root=tmp_path)


def on_sqlite(root: Path, empty: Path) -> Settings:
    """Settings for an SQLite database in a folder, with its tables."""
    settings = Settings.read(CONTENT, root=root)
    Keys.new().write(settings.encryption_key_file)
    settings.data_folder.mkdir()
    shutil.copy(empty, settings.data_folder / "overstap.db")
    return settings


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def empty_settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings for a database of one's own in which there is nothing yet."""
    if request.param == "sqlite":
        (tmp_path / "var").mkdir()
        yield Settings.read(CONTENT, root=tmp_path)
        return
    on_server(request)
    with _database() as name:
        yield Settings.read({**CONTENT, "DATABASE_URL": f"{SERVER}/{name}"}, root=tmp_path)


class Engines:
    """Engines that serve one test after another.

    An engine remembers how each statement is written. Writing all of them anew for every test took half of its time.
    They wait for no disk: a process that is killed loses nothing by that, and no test pulls the plug of a machine.
    """

    def __init__(self) -> None:
        self.connect = database.connect  # as it is
        self.idle: dict[tuple[URL, bool, bool], list[Engine]] = defaultdict(list)
        self.lent: list[tuple[tuple[URL, bool, bool], Engine]] = []
        self.where: dict[Engine, str] = {}

    def lend(self, settings: Settings, *, serving: bool = False, patient: bool = False) -> Engine:
        """`database.connect`, with an engine that an earlier test had. In a test nobody has it twice."""
        url = make_url(settings.database_url)
        kind = url.set(database=""), serving, patient  # None would leave it as it is
        engine = self.idle[kind].pop() if self.idle[kind] else self._new(settings, serving, patient)
        self.where[engine] = str(url.database)
        self.lent.append((kind, engine))
        return engine

    def take_back(self) -> None:
        while self.lent:
            kind, engine = self.lent.pop()
            engine.dispose()
            self.idle[kind].append(engine)

    def _new(self, settings: Settings, serving: bool, patient: bool) -> Engine:
        engine = self.connect(settings, serving=serving, patient=patient)

        if settings.sqlite:
            event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous = OFF"))

        @event.listens_for(engine, "do_connect")
        def go_there(dialect: Dialect, _: object, arguments: list[str], named: dict[str, object]) -> None:
            if dialect.name == "sqlite":
                arguments[:] = [self.where[engine]]
            else:
                named["dbname"] = self.where[engine]

        return engine


ENGINES = Engines()


@pytest.fixture(autouse=True)
def engines(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(database, "connect", ENGINES.lend)
    yield
    ENGINES.take_back()


@pytest.fixture(autouse=True)
def files_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads a file of content that another read, when it says the same under the same name."""
    monkeypatch.setattr(Reader, "__init__", read_with_what_was_read)
    monkeypatch.setattr(wiring, "kept_files", kept_at_hand)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    store = informed(Store.open(settings))
    yield store
    store.close()


@pytest.fixture
def sqlite_store(tmp_path: Path, empty_sqlite: Path) -> Iterator[Store]:
    store = informed(Store.open(on_sqlite(tmp_path, empty_sqlite)))
    yield store
    store.close()


@pytest.fixture(scope="session")
def compiled() -> Compiled:
    """The content of this repository, with its indexes."""
    return real_library()


@pytest.fixture
def library_at_hand(monkeypatch: pytest.MonkeyPatch, compiled: Compiled) -> None:
    """Commands of the real content take the library that tests have. Each would read it from disk again, for a second:
    what is read there is proven by test_cache, and by every test that starts a process."""
    compile_it, load_it = wiring.open_compiled, cli_content.load

    def of_settings(settings: Settings) -> Compiled:
        return compiled if settings.content_root == ROOT else compile_it(settings)

    def at(root: Path) -> Content:
        return compiled.content if root == ROOT else load_it(root)

    monkeypatch.setattr(wiring, "open_compiled", of_settings)
    monkeypatch.setattr(cli_content, "load", at)


# What someone says who wants help, by question. They pass over what is not here.
ANSWERS = {
    "desired_work": "verpleegkundige",
    "current_job": "vrachtwagenchauffeur",
    "place": "Zwolle",
    "education": "Mbo niveau 4",
    "employment": "Ik heb een baan",
    "age": "34",
    "name": "Zoë de Vries",
    "reach": "06 12345678",
}
# Steps that say yes: what is shown is right, an adviser may call, a year is fine.
NO = frozenset({"ict_background"})


def next_answer(state: State) -> str:
    asked = state.asked or ""
    return ANSWERS.get(asked, "nee" if asked in NO else "sla over" if asked in _SKIPPED else "ja")


_SKIPPED = frozenset("benefit hours schedule earn_while_learning dutch employer_supports employer_size budget".split())


def walk(conversations: Conversations, address: Address, until: Callable[[State], bool]) -> list[str]:
    """Start and answer until the state says so; gives what was said, without the start."""
    said: list[str] = []
    conversations.turn(address, Started(source="flyer-overvecht", language="nl"))
    for _ in range(40):
        person = conversations.store.conversations.find(address)
        assert person is not None
        if until(person.state):
            return said
        said.append(next_answer(person.state))
        conversations.turn(address, Said(said[-1]))
    raise AssertionError(f"the conversation did not get there: {said}")


@contextmanager
def copy_of(settings: Settings, folder: Path) -> Iterator[Settings]:
    """A database of its own with the same content and the same key."""
    if settings.sqlite:
        shutil.copytree(settings.data_folder, folder)
        yield replace(settings, data_folder=folder, database_url=f"sqlite:///{folder / 'overstap.db'}")
        return
    with _database(settings.database_url.rpartition("/")[2]) as name:
        yield replace(settings, data_folder=folder, database_url=f"{SERVER}/{name}")


@contextmanager
def _database(template: str = "template1") -> Iterator[str]:
    """The name of a new PostgreSQL database, until the end."""
    name = f"overstap_{uuid4().hex[:12]}"
    with Server() as run:
        create(run, name, template)
    yield name
    with Server() as run:
        run(f'DROP DATABASE "{name}" WITH (FORCE)')


class Server:
    """Runs statements outside a transaction."""

    def __init__(self, database: str = "postgres") -> None:
        self.database = database

    def __enter__(self) -> Callable[[str], CursorResult[Any]]:
        self.engine = create_engine(
            f"{SERVER}/{self.database}", isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 3}
        )
        self.db = self.engine.connect()
        return self.db.exec_driver_sql

    def __exit__(self, *_: object) -> None:
        self.db.close()
        self.engine.dispose()


def draft(name: str = "Zoë de Vries", phone: str = "+31612345678", **changes: object) -> LeadDraft:
    """Somebody from Zwolle who wants to work in care."""
    values: dict[str, object] = {
        "flow": "intake",
        "flow_version": 3,
        "language": "nl",
        "source": "flyer-overvecht",
        "facts": {"age": 34, "place": "Zwolle", "schedule": frozenset({"evening", "weekend"}), "dutch": "b1"},
        "said": {"age": "vierendertig", "place": "zwole", "desired_work": "iets in de zorg", "dutch": "redelijk"},
        "contact": {"name": name, "phone": phone, "email": "zoe@example.nl"},
        "consents": frozenset({"contact"}),
        "advice": {"programmes": [{"id": "mbo-zorg", "verdict": "fits", "reasons": [{"text": "Past bij je wens."}]}]},
        "columns": {"age": "leeftijd"},
    }
    return LeadDraft(**{**values, **changes})  # type: ignore[arg-type]
