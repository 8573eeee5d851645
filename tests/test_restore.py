"""A restore: nobody else is at work, and the programs of PostgreSQL hear how to connect and no secret."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from stores import draft

from bot.errors import BotError
from bot.operations import postgresql
from bot.operations.backup import backup
from bot.operations.restore import restore
from bot.settings import Settings
from bot.store import Address, Store, in_use
from bot.store.database import Unreachable, connect
from bot.store.filing import Where, file

NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)
ZOE = Address("telegram", "1001")


def fill(store: Store, address: Address = ZOE) -> None:
    with store.transaction():
        (person,) = store.conversations.load([address], at=NOON)
        file(store, person.id, "telegram", draft(), Where("zorg", "Zwolle"), content="c1", at=NOON)


@pytest.fixture
def copy(settings: Settings, tmp_path: Path) -> Path:
    """A backup of nobody; since then there is Zoë."""
    store = Store.open(settings)
    made = backup(settings, tmp_path / "copy")
    fill(store)
    store.close()
    return made


def is_there(settings: Settings) -> bool:
    store = Store.open(settings)
    try:
        return store.conversations.find(ZOE) is not None
    finally:
        store.close()


# ------------------------------------------------------------------ a bot that runs
def test_a_restore_is_refused_while_a_bot_runs_and_done_when_it_has_stopped(settings: Settings, copy: Path):
    bot, another = (Store.open(settings, serving=True) for _ in range(2))
    another.close()
    with pytest.raises(in_use.InUse, match="nothing was changed"):
        restore(settings, copy, NOON)
    assert bot.conversations.find(ZOE)
    bot.close()
    restore(settings, copy, NOON)
    assert not is_there(settings)


@pytest.mark.slow
def test_a_bot_that_was_killed_does_not_stand_in_the_way(settings: Settings, copy: Path):
    code = (
        "import sys, time; from pathlib import Path; from bot.settings import Settings; from bot.store import Store\n"
        "store = Store.open(Settings.read(root=Path(sys.argv[1])), serving=True); print('open', flush=True)\n"
        "time.sleep(60)"
    )
    env = {**os.environ, "DATABASE_URL": settings.database_url.replace("+psycopg", "")}
    bot = subprocess.Popen(
        [sys.executable, "-c", code, str(settings.root)], env=env, stdout=subprocess.PIPE, cwd=settings.root
    )
    assert bot.stdout and bot.stdout.readline() == b"open\n"
    with pytest.raises(in_use.InUse):
        restore(settings, copy, NOON)
    bot.send_signal(signal.SIGKILL)
    bot.wait()
    bot.stdout.close()
    wait_for_the_server(settings)
    restore(settings, copy, NOON)
    assert not is_there(settings)


def wait_for_the_server(settings: Settings) -> None:
    """Until PostgreSQL has noticed that a process is gone: at once, but not in the same moment."""
    if settings.sqlite:
        return
    from time import sleep

    engine = connect(settings)
    for _ in range(100):
        with engine.connect() as db:
            if not db.execute(text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")).scalar():
                break
        sleep(0.05)
    engine.dispose()


def test_a_server_that_was_started_again_hears_again_that_the_bot_runs(settings: Settings, copy: Path):
    if settings.sqlite:
        pytest.skip("a file has no server")
    bot = Store.open(settings, serving=True)
    killer = connect(settings)
    with killer.connect() as db:
        db.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    killer.dispose()
    assert bot.conversations.find(ZOE)  # over a new connection
    with pytest.raises(in_use.InUse):
        restore(settings, copy, NOON)
    bot.close()


@contextmanager
def restoring(settings: Settings) -> Iterator[None]:
    """As long as a restore is under way."""
    if settings.database_file:
        with in_use.alone(settings.database_file):
            yield
        return
    engine = connect(settings)
    with engine.begin() as db:
        in_use.take(db)
        yield
    engine.dispose()


def test_nothing_else_begins_during_a_restore(settings: Settings, copy: Path, monkeypatch: pytest.MonkeyPatch):
    from bot.store import database

    monkeypatch.setitem(database.WAITS, "options", "-c timezone=utc -c lock_timeout=100ms")
    left = settings.data_folder / ".overstap.db.restoring"
    with restoring(settings):
        with pytest.raises((in_use.InUse, Unreachable)):
            Store.open(settings, serving=True)
        with pytest.raises(in_use.InUse):
            restore(settings, copy, NOON)
        assert not left.exists()
    assert is_there(settings)
    Store.open(settings, serving=True).close()


# ------------------------------------------------------------------ what programs of PostgreSQL are told
@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Programs that write down their arguments and environment, in place of those of PostgreSQL."""
    folder, said = tmp_path / "programs", tmp_path / "said"
    folder.mkdir()
    for name in ("pg_dump", "pg_restore"):
        (folder / name).write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> {said}\nenv >> {said}\nexit 1\n')
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456:the-token-of-the-bot")
    monkeypatch.setenv("WEBHOOK_SECRET", "the-secret-of-the-webhook")
    monkeypatch.setenv("DATABASE_URL", "postgresql://bot:the-password@db.example/overstap")
    monkeypatch.setenv("PGSSLROOTCERT", "/etc/ssl/centre.pem")
    return said


def test_every_option_of_the_address_reaches_pg_dump_and_no_secret_does(tmp_path: Path, told: Path):
    url = (
        "postgresql://bot:the%20pass%27word@db.example:5433/over%20stap"
        "?sslmode=verify-full&sslcert=/etc/my%20cert.pem&target_session_attrs=read-write"
    )
    settings = Settings.read({"DATABASE_URL": url}, root=tmp_path)
    with pytest.raises(BotError, match="pg_dump failed"):
        postgresql.dump(settings, tmp_path / "copy", ("person_keys",))
    said = told.read_text()
    (reached,) = (line.partition("=")[2] for line in said.splitlines() if line.startswith("--dbname="))
    from psycopg.conninfo import conninfo_to_dict

    assert conninfo_to_dict(reached) == {
        "host": "db.example",
        "port": "5433",
        "user": "bot",
        "dbname": "over stap",
        "sslmode": "verify-full",
        "sslcert": "/etc/my cert.pem",
        "target_session_attrs": "read-write",
    }
    assert "PGPASSWORD=the pass'word\n" in said
    assert "PGSSLROOTCERT=/etc/ssl/centre.pem\n" in said
    assert not any(secret in said for secret in ("the-token", "the-secret", "the-password"))


def test_pg_restore_hears_no_secret(tmp_path: Path, told: Path):
    settings = Settings.read({"DATABASE_URL": "postgresql://bot@127.0.0.1:1/none"}, root=tmp_path)
    (tmp_path / "copy").write_bytes(b"x")
    with pytest.raises(BotError):
        restore(settings, tmp_path / "copy", NOON)
    said = told.read_text()
    assert "--data-only" in said
    assert not any(secret in said for secret in ("the-token", "the-secret", "the-password"))


def test_a_dump_over_a_connection_that_must_be_proven_fails_where_the_server_has_no_certificate(
    settings: Settings, tmp_path: Path
):
    if settings.sqlite:
        pytest.skip("a file has no server")
    url = make_url(settings.database_url).update_query_dict({"sslmode": "verify-full"})
    strict = replace(settings, database_url=url.render_as_string(hide_password=False))
    with pytest.raises(BotError, match="pg_dump failed"):
        postgresql.dump(strict, tmp_path / "copy", ())
    with pytest.raises(BotError, match="cannot be opened"):
        backup(strict, tmp_path / "copy")
    assert not list(tmp_path.glob("*copy*"))
