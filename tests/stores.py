"""Databases for tests: each test runs on SQLite, and on PostgreSQL where one answers; else it is skipped."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from libraries import CONTENT, informed, real_library
from sqlalchemy import URL, Dialect, Engine, create_engine, event, make_url
from sqlalchemy.exc import OperationalError

from bot.compiled import Compiled
from bot.conversations import Address, Conversations
from bot.engine.effects import LeadDraft
from bot.engine.events import Said, Started
from bot.engine.state import State
from bot.settings import Settings
from bot.store import Store, schema
from bot.store.database import connect
from bot.store.encryption import Keys

SERVER = os.environ.get("TEST_POSTGRESQL", "postgresql+psycopg://postgres@127.0.0.1:5432")


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("empty") / "empty.db"
    engine = create_engine(f"sqlite:///{file}")
    schema.upgrade(engine)
    engine.dispose()
    file.chmod(0o600)
    return file


@pytest.fixture(scope="session")
def empty_postgresql() -> Iterator[str | None]:
    """The name of a database with our tables, to copy; None when no PostgreSQL answers."""
    name = f"overstap_{uuid4().hex[:12]}"
    try:
        with Server() as run:
            run(f'CREATE DATABASE "{name}"')
    except OperationalError:
        yield None
        return
    engine = create_engine(f"{SERVER}/{name}")
    schema.upgrade(engine)
    engine.dispose()
    yield name
    with Server() as run:
        run(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def settings(
    request: pytest.FixtureRequest, tmp_path: Path, empty_sqlite: Path, empty_postgresql: str | None
) -> Iterator[Settings]:
    """Settings for a database of one's own, with its tables; the key file is there as well."""
    settings = _on_sqlite(tmp_path, empty_sqlite)
    if request.param == "sqlite":
        yield settings
        return
    if empty_postgresql is None:
        pytest.skip("no PostgreSQL answers at 127.0.0.1:5432")
    with _database(empty_postgresql) as name:
        yield Settings.read({**CONTENT, "DATABASE_URL": f"{SERVER}/{name}"}, root=tmp_path)


def _on_sqlite(root: Path, empty: Path) -> Settings:
    settings = Settings.read(CONTENT, root=root)
    Keys.new().write(settings.encryption_key_file)
    settings.data_folder.mkdir()
    shutil.copy(empty, settings.data_folder / "overstap.db")
    return settings


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def empty_settings(request: pytest.FixtureRequest, tmp_path: Path, empty_postgresql: str | None) -> Iterator[Settings]:
    """Settings for a database of one's own in which there is nothing yet."""
    if request.param == "sqlite":
        (tmp_path / "var").mkdir()
        yield Settings.read(CONTENT, root=tmp_path)
        return
    if empty_postgresql is None:
        pytest.skip("no PostgreSQL answers at 127.0.0.1:5432")
    with _database() as name:
        yield Settings.read({**CONTENT, "DATABASE_URL": f"{SERVER}/{name}"}, root=tmp_path)


class Engines:
    """An engine a kind of database, for one test after another.

    An engine remembers how each statement is written. Writing them anew for every test took half of its time.
    """

    def __init__(self) -> None:
        self._engines: dict[bool, Engine] = {}
        self._url: URL

    def at(self, settings: Settings) -> Engine:
        """The engine, whose connections go to the database of `settings` from now on."""
        self._url = make_url(settings.database_url)
        if settings.sqlite not in self._engines:
            self._engines[settings.sqlite] = engine = connect(settings)
            event.listen(engine, "do_connect", self._go_there)
        return self._engines[settings.sqlite]

    def _go_there(self, dialect: Dialect, _: object, arguments: list[str], named: dict[str, object]) -> None:
        """Say of a new connection where it goes."""
        if dialect.name == "sqlite":
            arguments[:] = [str(self._url.database)]
        else:
            named["dbname"] = self._url.database


@pytest.fixture(scope="session")
def engines() -> Engines:
    return Engines()


@contextmanager
def opened(settings: Settings, engines: Engines) -> Iterator[Store]:
    """As `Store.open`, of a database that has its tables and nothing in them."""
    store = informed(Store(engines.at(settings), Keys.read(settings.encryption_key_file), settings))
    store.seal()
    yield store
    store.close()


@pytest.fixture
def store(settings: Settings, engines: Engines) -> Iterator[Store]:
    with opened(settings, engines) as store:
        yield store


@pytest.fixture
def sqlite_store(tmp_path: Path, empty_sqlite: Path, engines: Engines) -> Iterator[Store]:
    with opened(_on_sqlite(tmp_path, empty_sqlite), engines) as store:
        yield store


@pytest.fixture(scope="session")
def compiled() -> Compiled:
    """The content of this repository, with its indexes."""
    return real_library()


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
        run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    yield name
    with Server() as run:
        run(f'DROP DATABASE "{name}" WITH (FORCE)')


class Server:
    """Runs statements on the server itself, outside a transaction."""

    def __enter__(self) -> Callable[[str], object]:
        self.engine = create_engine(
            f"{SERVER}/postgres", isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 3}
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
