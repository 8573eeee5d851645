"""Nobody without the key can change the audit unseen: each line hangs on the one before."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text
from stores import copy_of

from bot.cli import main, staff_options
from bot.errors import BotError
from bot.operations.backup import backup
from bot.operations.restore import restore
from bot.privacy.retention import Retention
from bot.settings import Settings
from bot.store import Store
from bot.store.audit import BrokenChain, Mark

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def fill(store: Store, lines: int = 5, at: datetime = NOON) -> None:
    for number in range(1, lines + 1):
        store.audit.write("Sanne", "lead shown", f"L-2026-{number:04}", at=at + timedelta(minutes=number), rows=number)


def change(store: Store, statement: str) -> None:
    """What somebody does who can write in the database, and has no key."""
    with store.transaction() as db:
        db.execute(text(statement))


def test_a_chain_that_nobody_touched_is_whole(store: Store) -> None:
    assert store.audit.verify().lines == 0
    fill(store)
    checked = store.audit.verify()
    assert (checked.lines, checked.last.number) == (5, 5)
    store.audit.write("Sanne", "export", "Zoë.xlsx", rows=3, codes=["a", "b"], none=None, at=NOON)
    assert store.audit.verify(known=checked.last).lines == 6


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE audit SET actor = 'Baas' WHERE number = 3", "line 3 was changed. It says now: 2026-11-23 12:03 Baas"),
        ("UPDATE audit SET login = 'baas' WHERE number = 3", "line 3 was changed"),
        ("UPDATE audit SET detail = '{}' WHERE number = 2", "line 2 was changed"),
        ("UPDATE audit SET at = '2026-11-23 11:00:00' WHERE number = 4", "line 4 was changed"),
        ("UPDATE audit SET number = number + 10 WHERE number >= 4", "lines 4 to 13 are missing"),
        ("UPDATE audit SET number = NULL WHERE number = 5", "line 5 is missing, at its end"),
        ("DELETE FROM audit WHERE number = 1", "line 1 is missing"),
        ("DELETE FROM audit WHERE number IN (3, 4)", "lines 3 to 4 are missing"),
        ("DELETE FROM audit WHERE number >= 4", "lines 4 to 5 are missing, at its end"),
        ("DELETE FROM audit", "lines 1 to 5 are missing, at its end"),
        ("UPDATE audit_ends SET number = 3", "where it ends (line 3) was not written by us"),
        ("DELETE FROM audit_ends", "line"),
        ("INSERT INTO audit_ends VALUES ('first', 2, 'a', 'b')", "where it begins (line 2) was not written by us"),
        (
            "INSERT INTO audit (at, actor, action, detail) VALUES ('2026-11-23 12:00:00', 'Lees', 'export', '{}')",
            "was put in beside the chain",
        ),
    ],
)
def test_the_first_break_is_named(store: Store, statement: str, says: str) -> None:
    fill(store)
    change(store, statement)
    with pytest.raises(BrokenChain, match=re.escape(says)):
        store.audit.verify()


def test_who_cuts_the_end_off_cannot_put_the_end_before_it(store: Store) -> None:
    fill(store)
    change(store, "DELETE FROM audit WHERE number > 3")
    change(
        store,
        "UPDATE audit_ends SET number = 3, link = (SELECT link FROM audit WHERE number = 3), "
        "proof = (SELECT link FROM audit WHERE number = 3)",
    )
    with pytest.raises(BrokenChain, match="was not written by us"):
        store.audit.verify()


def test_what_is_broken_stays_broken_and_work_goes_on(store: Store) -> None:
    fill(store)
    change(store, "UPDATE audit_ends SET number = 3")
    fill(store, 2)
    assert len(store.audit.entries()) == 7
    with pytest.raises(BrokenChain, match="where it ends"):
        store.audit.verify()


def test_a_database_that_was_put_back_is_seen_by_who_kept_a_mark(settings: Settings, tmp_path: Path) -> None:
    store = Store.open(settings)
    fill(store, 3)
    store.close()
    with copy_of(settings, tmp_path / "older") as older:
        store = Store.open(settings)
        fill(store, 2)
        mark = store.audit.verify().last
        store.close()
        old = Store.open(older)
        with pytest.raises(BrokenChain, match="line 5 was there, the last is 3"):
            old.audit.verify(mark)
        fill(old, 4, NOON + timedelta(hours=1))
        assert old.audit.verify().lines == 7
        with pytest.raises(BrokenChain, match="is another one: line 5 was"):
            old.audit.verify(mark)
        old.close()


def test_what_a_savepoint_takes_back_leaves_no_gap(store: Store) -> None:
    fill(store, 1)
    with store.transaction() as db:
        with db.begin_nested() as step:
            store.audit.write("Sanne", "claim", "L-2026-0009")
            step.rollback()
        store.audit.write("Sanne", "refused", "claim")
    with pytest.raises(ZeroDivisionError), store.transaction():
        store.audit.write("Sanne", "never")
        _ = 1 / 0
    assert [entry.action for entry in store.audit.entries()] == ["refused", "lead shown"]
    assert store.audit.verify().lines == 2


def test_many_who_write_at_once_make_one_chain(settings: Settings) -> None:
    stores = [Store.open(settings) for _ in range(4)]

    def work(number: int) -> None:
        store = stores[number]
        for each in range(25):
            with store.transaction():
                store.audit.write(f"process {number}", "export", rows=each)
                if each % 5 == 0:
                    store.audit.write(f"process {number}", "lead shown")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert stores[0].audit.verify().lines == 4 * 30
    for store in stores:
        store.close()


def test_a_long_transaction_of_one_holds_nobody_else_up(settings: Settings) -> None:
    """On PostgreSQL; a file of SQLite has one writer at a time, whatever it writes."""
    if settings.sqlite:
        pytest.skip("one writer at a time")
    one, other = Store.open(settings), Store.open(settings)
    with one.transaction():
        one.audit.write("Sanne", "a long export")
        other.audit.write("Bea", "lead shown")  # waits for nothing: else it would fail after ten seconds
    assert [entry.actor for entry in one.audit.entries()] == ["Bea", "Sanne"]
    assert one.audit.verify().lines == 2
    one.close()
    other.close()


@pytest.mark.slow
def test_retention_takes_the_oldest_and_the_chain_begins_behind_them(store: Store) -> None:
    term = timedelta(days=store.settings.keep_audit_days)
    fill(store, 450, NOON - term - timedelta(days=1))
    fill(store, 3, NOON - timedelta(days=1))
    mark = store.audit.verify().last
    store.clock.trust(NOON)
    looked = Retention(store, NOON).look()
    gone = Retention(store, NOON).run()
    assert looked.audit == gone.audit == 450
    checked = store.audit.verify(mark)
    assert (checked.lines, checked.last.number) == (5, 455)  # three, the word on the clock, and retention itself
    change(store, "DELETE FROM audit WHERE number = 451")
    with pytest.raises(BrokenChain, match="line 451 is missing"):
        store.audit.verify()


def test_a_line_in_the_middle_never_goes_by_its_date_alone(store: Store) -> None:
    term = timedelta(days=store.settings.keep_audit_days)
    fill(store, 2, NOON)
    fill(store, 2, NOON - term - timedelta(days=5))  # written while the clock stood wrong
    fill(store, 1, NOON)
    assert store.audit.drop(NOON - term, 100) == 0
    assert store.audit.verify().lines == 5


def test_a_chain_comes_back_whole_from_a_backup(settings: Settings, tmp_path: Path) -> None:
    store = Store.open(settings)
    fill(store)
    mark = store.audit.verify().last
    store.close()
    backup(settings, tmp_path / "b.backup")
    restore(settings, tmp_path / "b.backup", NOON)
    store = Store.open(settings)
    fill(store, 1)
    assert store.audit.verify(mark).lines >= 6
    store.close()


def test_a_mark_that_is_none_is_refused(store: Store) -> None:
    fill(store)
    mark = store.audit.verify().last
    assert str(Mark.of(str(mark))) == str(mark)
    with pytest.raises(BotError, match="no mark of the audit"):
        Mark.of("5:abc")
    with pytest.raises(BrokenChain, match="line 5 was 0000"):
        store.audit.verify(mark._replace(link="0" * 64))


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("CONTENT_DIR", str(Path(__file__).parent.parent))
    return tmp_path


def test_the_command_says_whole_or_where_it_is_broken(root: Path) -> None:
    run = CliRunner().invoke
    for _ in range(3):
        assert run(main, ["leads", "list"]).exit_code == 0
    whole = run(main, ["privacy", "audit", "--verify"])
    assert whole.exit_code == 0 and "none was changed" in whole.stdout
    mark = whole.stdout.splitlines()[-1]
    assert run(main, ["privacy", "audit", "--known", mark]).exit_code == 0
    store = Store.open(Settings.read(root=root))
    change(store, "DELETE FROM audit WHERE number = 2")
    store.close()
    broken = run(main, ["privacy", "audit", "--verify"])
    assert broken.exit_code == 1 and broken.stderr == "The audit is broken: line 2 is missing.\n"


@pytest.mark.usefixtures("root")
def test_who_is_logged_in_stands_beside_the_name_that_they_give(monkeypatch: pytest.MonkeyPatch) -> None:
    run = CliRunner().invoke
    monkeypatch.setattr(staff_options.os, "getlogin", lambda: "lies")  # type: ignore[attr-defined]
    run(main, ["staff", "add", "Baas", "--role", "beheerder"])
    monkeypatch.setenv("LOGNAME", "somebody-else")
    run(main, ["leads", "--as", "Baas", "list"])
    lines = run(main, ["privacy", "audit"]).stdout.splitlines()
    assert "Baas  leads listed" in lines[0] and lines[0].endswith("login=lies")
    assert "operator  staff added  Baas" in lines[-1] and lines[-1].endswith("login=lies")


def test_without_a_terminal_it_is_the_user_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_terminal() -> str:
        raise OSError

    monkeypatch.setattr(staff_options.os, "getlogin", no_terminal)  # type: ignore[attr-defined]
    monkeypatch.setenv("LOGNAME", "somebody-else")
    assert staff_options.login() not in ("", "somebody-else")
