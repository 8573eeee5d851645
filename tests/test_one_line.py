"""What an operator can mend is said in one line, with exit code 1, and no traceback: the real command each time."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from libraries import CONTENT
from sqlalchemy import text

from bot.operations.backup import backup
from bot.operations.startup import make_good
from bot.privacy.tombstones import NoFile, Scope, complete_file, record_tombstone
from bot.settings import Settings
from bot.store import Address, Store
from bot.store.database import connect, now

pytestmark = pytest.mark.slow

OVERSTAP = (sys.executable, "-c", "from bot.cli import main; main()")
KIB = 1024


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder of a bot, with its database and somebody who works there."""
    store = Store.open(Settings.read(CONTENT, root=tmp_path))
    store.team.add("Sanne")
    store.close()
    return tmp_path


def overstap(home: Path, *command: str, largest_file: int | None = None) -> str:
    """The one line of a command that must fail. `largest_file`: how much fits in a file, in bytes: then it is full."""

    def limit() -> None:
        if largest_file is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

    env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DATA_DIR")}
    env |= CONTENT | {"OVERSTAP_HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [*OVERSTAP, *command], cwd=home, env=env, capture_output=True, text=True, check=False, preexec_fn=limit
    )
    (line,) = done.stderr.splitlines()
    assert done.returncode == 1
    return line


def test_a_disk_that_is_full(home: Path) -> None:
    assert overstap(home, "leads", "--as", "Sanne", "list", largest_file=8 * KIB).startswith("The database cannot be ")
    assert overstap(home, "db", "backup", str(home / "b"), largest_file=100 * KIB).endswith("disk I/O error.")
    assert overstap(home, "flows", "draw", "--to", str(home / "drawn"), largest_file=KIB).endswith("try again.")
    assert not list(home.glob("b*")), "no half backup stays"


def test_a_database_of_a_later_release(home: Path) -> None:
    engine = connect(Settings.read(CONTENT, root=home))
    with engine.begin() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    engine.dispose()
    assert "Install the newer" in overstap(home, "leads", "--as", "Sanne", "list")


@pytest.mark.parametrize("kind", ["a link", "a pipe"])
def test_a_list_of_who_was_erased_that_is_no_file(home: Path, kind: str) -> None:
    made, listed, elsewhere = home / "b.backup", home / "var/erased.jsonl", home / "elsewhere"
    backup(Settings.read(CONTENT, root=home), made)
    elsewhere.touch()
    listed.unlink(missing_ok=True)
    listed.symlink_to(elsewhere) if kind == "a link" else os.mkfifo(listed)
    store = Store.open(Settings.read(CONTENT, root=home))
    for begin in (lambda: make_good(store, now()), lambda: record(store)):
        with pytest.raises(NoFile, match=r"erased\.jsonl is no file of its own"):
            begin()
    store.close()
    assert "erased.jsonl is no file of its own" in overstap(home, "db", "restore", str(made), "--yes")
    assert elsewhere.read_bytes() == b"", "nothing is written where a link points"


def record(store: Store) -> None:
    """Write down that somebody was erased."""
    record_tombstone(store, Address("telegram", "1"), Scope.PERSON, now())
    complete_file(store)
