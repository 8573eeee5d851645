"""Killed at any point, and started again: who was erased is erased, what had to go is gone, and nothing else is."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from kills import survives
from stores import draft

from bot.operations.backup import backup
from bot.operations.restore import restore
from bot.operations.startup import make_good
from bot.privacy.erasure import erase
from bot.privacy.retention import Retention
from bot.privacy.tombstones import Scope, graveyard, record_tombstone
from bot.settings import Settings
from bot.staff.desk import Desk
from bot.staff.export import Order, export
from bot.store import Address, Store
from bot.store.filing import Where, file
from bot.store.team import Role

pytestmark = pytest.mark.slow

NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)
LATER = NOON + timedelta(minutes=1)
ZOE, PIET = Address("telegram", "1001"), Address("telegram", "1002")


def fill(store: Store, address: Address, at: datetime = NOON, phone: str = "+31612345678") -> None:
    with store.transaction():
        (person,) = store.conversations.load([address], at=at)
        file(store, person.id, "telegram", draft(phone=phone), Where("zorg", "Zwolle"), content="c1", at=at)


def there(settings: Settings) -> set[Address]:
    store = Store.open(settings)
    try:
        return {address for address in (ZOE, PIET) if store.conversations.find(address)}
    finally:
        store.close()


def files(settings: Settings) -> list[str]:
    """What stands in the data folder, the database and its log aside."""
    names = [path.name for path in settings.data_folder.iterdir()]
    return sorted(name for name in names if not name.startswith("overstap.db"))


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_restore_killed_at_any_point_is_done_or_not_done_and_brings_nobody_back(settings: Settings, tmp_path: Path):
    store = Store.open(settings)
    fill(store, ZOE)
    copy = backup(settings, tmp_path / "copy")
    erase(store, ZOE, LATER)
    fill(store, PIET, phone="+31600000000")
    make_good(store, LATER)
    now = backup(settings, tmp_path / "now")
    store.close()
    before = files(settings)
    step, outcomes = 0, []
    while True:
        done = survives(step, lambda: restore(settings, copy, LATER))
        outcomes.append(there(settings))
        assert outcomes[-1] in ({PIET}, set()), f"killed at step {step}"
        store = Store.open(settings)
        make_good(store, LATER)
        store.close()
        assert files(settings) == before, f"killed at step {step}"
        if done:
            break
        if not outcomes[-1]:
            restore(settings, now, LATER)
        step += 3 if settings.sqlite else 23  # some of them: all would take minutes
    assert outcomes[-1] == set()
    assert {PIET} in outcomes
    assert len(outcomes) > 5


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_an_erasure_killed_at_any_point_leaves_no_export_after_the_next_start(settings: Settings):
    store = Store.open(settings)
    store.team.add("Sanne", Role.ADVISER)
    store.close()
    step, erased, halfway = 0, 0, 0
    while True:
        store = Store.open(settings)
        fill(store, ZOE)
        sanne = store.team.named("Sanne")
        assert sanne
        made = export(Desk(store, sanne, lambda: NOON), Order("crm"))
        store.close()

        def wipe() -> None:
            bot = Store.open(settings)
            erase(bot, ZOE, LATER)
            bot.close()

        done = survives(step, wipe)
        gone = there(settings) == set()
        halfway += gone and made.file.exists()
        store = Store.open(settings)
        make_good(store, LATER)
        assert made.file.exists() is not gone, f"killed at step {step}"
        if gone:
            erased += 1
            assert store.conversations.blind(ZOE) in graveyard(settings).read_text()
            assert store.exports.all(1)[0].removed_at == LATER
        store.close()
        if done:
            break
        step += 1
    assert erased >= 2  # at the end, and by a kill after the commit
    assert halfway >= 1


def test_a_retention_run_does_the_same_without_a_start_and_whatever_the_clock_says(store: Store):
    fill(store, ZOE)
    made = export(Desk(store, store.team.add("Sanne", Role.ADVISER), lambda: NOON), Order("crm"))
    store.clock.start(NOON)
    with pytest.raises(KeyboardInterrupt), store.transaction():  # what follows the commit never comes

        def killed() -> None:
            raise KeyboardInterrupt

        store.after_commit(killed)
        erase(store, ZOE, NOON)
    assert made.file.exists()
    with pytest.raises(Exception, match="clock-is-right"):
        Retention(store, NOON + timedelta(days=800)).run()
    assert not made.file.exists()
    assert store.conversations.blind(ZOE) in graveyard(store.settings).read_text()


def test_a_backup_that_was_put_back_by_hand_is_held_to_the_file_at_the_next_start(sqlite_store: Store, tmp_path: Path):
    settings = sqlite_store.settings
    fill(sqlite_store, ZOE)
    fill(sqlite_store, PIET, phone="+31600000000")
    copy = backup(settings, tmp_path / "copy")
    erase(sqlite_store, ZOE, LATER)
    sqlite_store.close()
    assert settings.database_file
    for path in settings.data_folder.glob("overstap.db*"):
        path.unlink()
    settings.database_file.write_bytes(copy.read_bytes())
    assert there(settings) == {ZOE, PIET}
    store = Store.open(settings)
    make_good(store, LATER)
    assert there(settings) == {PIET}
    fill(store, ZOE, at=LATER - timedelta(days=900))  # came back, on a day on which the clock was wrong
    make_good(store, LATER)
    store.close()
    assert there(settings) == {ZOE, PIET}


def test_who_comes_back_is_not_erased_by_a_start_however_wrong_the_clock_was(store: Store):
    fill(store, ZOE, at=NOON)
    erase(store, ZOE, NOON + timedelta(days=800))
    fill(store, ZOE, at=NOON)
    make_good(store, NOON)
    assert store.conversations.find(ZOE) is not None


def test_half_a_line_of_a_disk_that_was_full_costs_neither_a_start_nor_a_tombstone(store: Store):
    file = graveyard(store.settings)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('{"channel": "telegram", "per')
    record_tombstone(store, ZOE, Scope.PERSON, NOON)
    record_tombstone(store, PIET, Scope.PERSON, NOON)
    make_good(store, NOON)
    written = {json.loads(line)["person"] for line in file.read_text().splitlines()[1:]}
    assert written == {store.conversations.blind(ZOE), store.conversations.blind(PIET)}


def test_what_an_older_release_left_of_a_killed_restore_goes_at_the_next_start(sqlite_store: Store):
    left = sqlite_store.settings.data_folder / ".overstap.db.before-restore"
    left.write_bytes(b"sealed, and of who was erased")
    make_good(sqlite_store, NOON)
    assert not left.exists()
