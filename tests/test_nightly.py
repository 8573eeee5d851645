"""The nightly backup: once, at its hour, by the real command; and what an operator hears of it."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path

import pytest
from libraries import CONTENT

from bot.operations.backup import VERIFIED, note
from bot.operations.nightly import Nightly, name_of, prune
from bot.operations.verify import verify
from bot.settings import Settings
from bot.store import Store

LONGEST = 120  # seconds for a backup, on a busy machine


@pytest.fixture
def nightly_store(sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store that is backed up every night, by a command that is started where it is."""
    for name in ("DATABASE_URL", "DATA_DIR", "OVERSTAP_HOME"):
        monkeypatch.delenv(name, raising=False)
    env = CONTENT | {"BACKUP_AT": "00:00", "BACKUP_FOLDER": str(tmp_path / "nights")}
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    sqlite_store.settings = Settings.read(env, root=tmp_path)
    return sqlite_store


def until(nightly: Nightly, at: datetime, is_so: Callable[[], object]) -> None:
    """Look as the bot does, until it is so."""
    end = time.monotonic() + LONGEST
    while not is_so():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.1)
        nightly.look(at)


def backups(store: Store) -> list[Path]:
    return sorted(store.settings.backup_folder.glob("overstap-*.backup"))


@pytest.mark.slow
def test_at_its_hour_a_backup_is_made_and_proven_once_however_many_look(nightly_store: Store) -> None:
    at = datetime.now(UTC)
    first, second = Nightly(nightly_store), Nightly(nightly_store)
    first.look(at)
    second.look(at)
    assert first.trouble == "no backup was proven to be of use yet"
    until(first, at, lambda: first.age is not None and not first.is_running)
    second.look(at)
    for each in (first, second):
        each.look(at + timedelta(minutes=1))
        assert (each.trouble, each.state) == (None, "the last proven backup is 0 hours old")
    (made,) = backups(nightly_store)
    verify(nightly_store.settings, made)
    assert (made.parent / "people.keys").exists()


@pytest.mark.slow
def test_one_that_fails_is_tried_again_in_an_hour_and_the_operator_hears(
    nightly_store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    at = datetime.now(UTC)
    folder = nightly_store.settings.backup_folder
    folder.write_text("no folder")
    nightly = Nightly(nightly_store)
    nightly.look(at)
    until(nightly, at, lambda: "the nightly backup failed (1)" in caplog.text)
    folder.unlink()
    nightly.look(at + timedelta(minutes=59))
    assert (nightly.age, nightly.trouble) == (None, "no backup was proven to be of use yet")
    until(nightly, at + timedelta(minutes=61), lambda: nightly.age is not None and not nightly.is_running)
    assert len(backups(nightly_store)) == 1


def test_what_is_over_a_day_old_is_trouble_and_without_an_hour_nothing_is(nightly_store: Store) -> None:
    at = datetime.now(UTC)
    begins = nightly_store.calendar.at(nightly_store.calendar.day(at), clock_time())
    with nightly_store.transaction() as db:
        note(db, VERIFIED, begins)
    nightly = Nightly(nightly_store)
    nightly.look(begins + timedelta(hours=23))
    assert (nightly.trouble, nightly.state) == (None, "the last proven backup is 23 hours old")
    nightly_store.settings = replace(nightly_store.settings, backup_at=None)
    nightly.look(begins + timedelta(hours=27))
    assert (nightly.trouble, backups(nightly_store)) == (None, [])
    nightly_store.settings = replace(nightly_store.settings, backup_at=clock_time())
    assert nightly.trouble == "no backup was proven to be of use for 27 hours"


def test_the_oldest_go_and_what_is_no_backup_of_ours_stays(nightly_store: Store) -> None:
    settings = replace(nightly_store.settings, backup_keep=2)
    settings.backup_folder.mkdir()
    at = datetime(2026, 11, 20, 3, 30, tzinfo=UTC)
    made = [name_of(settings, at + timedelta(days=days)) for days in range(4)]
    others = [settings.backup_folder / name for name in ("people.keys", "before-the-move.backup")]
    for file in (*made, *others):
        file.touch()
    assert prune(settings) == made[:2]
    assert sorted(settings.backup_folder.iterdir()) == sorted([*made[2:], *others])
