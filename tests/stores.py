"""Databases for tests: the same test runs on SQLite, and on PostgreSQL where one answers (elsewhere it is skipped by name)."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from bot.engine.effects import LeadDraft
from bot.settings import Settings
from bot.store import Store, schema

SERVER = os.environ.get("TEST_POSTGRESQL", "postgresql+psycopg://postgres@127.0.0.1:5432")


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("empty") / "empty.db"
    engine = create_engine(f"sqlite:///{file}")
    schema.upgrade(engine)
    engine.dispose()
    return file


@pytest.fixture(scope="session")
def empty_postgresql() -> Iterator[str | None]:
    """The name of a database with our tables, to copy; None when no PostgreSQL answers."""
    name = f"overstap_{uuid4().hex[:12]}"
    try:
        with _server() as run:
            run(f'CREATE DATABASE "{name}"')
    except OperationalError:
        yield None
        return
    engine = create_engine(f"{SERVER}/{name}")
    schema.upgrade(engine)
    engine.dispose()
    yield name
    with _server() as run:
        run(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(
    request: pytest.FixtureRequest, tmp_path: Path, empty_sqlite: Path, empty_postgresql: str | None
) -> Iterator[Settings]:
    """Settings for a database of one's own, with its tables; the key file is there as well."""
    from bot.store.encryption import Keys

    settings = Settings.read({}, root=tmp_path)
    Keys.new().write(settings.encryption_key_file)
    if request.param == "sqlite":
        settings.data_folder.mkdir()
        shutil.copy(empty_sqlite, settings.data_folder / "overstap.db")
        yield settings
        return
    if empty_postgresql is None:
        pytest.skip("no PostgreSQL answers at 127.0.0.1:5432")
    name = f"overstap_{uuid4().hex[:12]}"
    with _server() as run:
        run(f'CREATE DATABASE "{name}" TEMPLATE "{empty_postgresql}"')
    yield Settings.read({"DATABASE_URL": f"{SERVER}/{name}"}, root=tmp_path)
    with _server() as run:
        run(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    store = Store.open(settings)
    yield store
    store.close()


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(Settings.read({}, root=tmp_path))
    yield store
    store.close()


class _server:
    """Runs statements on the server itself, outside a transaction."""

    def __enter__(self) -> Callable[[str], object]:
        self.engine = create_engine(f"{SERVER}/postgres", isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 3})
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
