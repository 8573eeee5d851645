"""What was seen of each page, in a file of its own beside the database: a kill at any moment loses one page at most."""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from bot.authoring.sources.proof import Proof, Standing

VERSION = 1
PATIENCE = timedelta(days=3)  # with a page that cannot be reached
_TABLES = """
CREATE TABLE IF NOT EXISTS page (
  url TEXT PRIMARY KEY, state TEXT NOT NULL, detail TEXT, looked_at TEXT NOT NULL, status INTEGER, now_at TEXT,
  etag TEXT, last_modified TEXT, dated TEXT, since TEXT NOT NULL, text TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS proof (
  item TEXT NOT NULL, field TEXT NOT NULL, url TEXT NOT NULL, standing TEXT NOT NULL, seen_on TEXT, since TEXT,
  missing TEXT NOT NULL, old TEXT NOT NULL, new TEXT NOT NULL, place TEXT NOT NULL,
  PRIMARY KEY (url, item, field)
) WITHOUT ROWID;
"""
_WITHOUT_TEXT = """
SELECT url, state, detail, looked_at, status, now_at, etag, last_modified, dated, since, '' AS text
FROM page ORDER BY url
"""


class PageState(StrEnum):
    """What became of a page."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"  # near something that we say
    UNPROVEN = "unproven"  # nothing changed near what it proves; some of what we say it does not prove by itself
    MOVED = "moved"  # to another address, for good or not
    HOME = "home"  # it leads to the first page of the site: the page itself is gone
    GONE = "gone"
    NOT_ALLOWED = "not_allowed"
    UNREADABLE = "unreadable"
    UNREACHABLE = "unreachable"


FOR_PEOPLE = frozenset(PageState) - {PageState.UNCHANGED, PageState.UNPROVEN}
"""What a person has to look at. One that cannot be reached is tried again for some days before."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a server gave with a page the last time, to ask only for what is newer."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page as it was when it was looked at last. `since`: on which day its state began; `lines`: its text."""

    url: str
    state: PageState
    looked_at: datetime
    since: date
    detail: str | None = None
    status: int | None = None
    now_at: str | None = None  # the address to which it leads
    known: Known = field(default_factory=Known)
    dated: date | None = None
    lines: tuple[str, ...] = ()

    @property
    def is_for_people(self) -> bool:
        failing = self.looked_at.date() - self.since
        return self.state in FOR_PEOPLE and (self.state is not PageState.UNREACHABLE or failing >= PATIENCE)


@dataclass(frozen=True, slots=True)
class SeenStatement:
    """How a statement stands to its page. `seen_on`: when it was proven last; `since`: when it was seen to change."""

    item: str
    field: str
    url: str
    proof: Proof
    seen_on: date | None
    since: date | None

    @property
    def key(self) -> tuple[str, str, str]:
        return self.item, self.field, self.url


class Record:
    """The file; `path` is made when it is not there. Several processes may read while one looks."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, timeout=30, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.executescript(_TABLES)
        self._db.execute(f"PRAGMA user_version = {VERSION}")

    def close(self) -> None:
        self._db.close()

    def page(self, url: str) -> SeenPage | None:
        row = self._db.execute("SELECT * FROM page WHERE url = ?", (url,)).fetchone()
        return _page(row) if row else None

    def pages(self) -> list[SeenPage]:
        """All of them, without their text: that is megabytes, and who lists pages does not read them."""
        return [_page(row) for row in self._db.execute(_WITHOUT_TEXT)]

    def statements(self, url: str | None = None) -> list[SeenStatement]:
        where, given = ("WHERE url = ?", (url,)) if url else ("", ())
        rows = self._db.execute(f"SELECT * FROM proof {where} ORDER BY url, item, field", given)  # noqa: S608  our own words
        return [_statement(row) for row in rows]

    def keep(self, page: SeenPage, statements: Sequence[SeenStatement] | None) -> None:
        """Write what was seen of a page, all of it or nothing. None: how statements stand is as it was."""
        row = {
            "url": page.url, "state": page.state.value, "detail": page.detail, "looked_at": page.looked_at.isoformat(),
            "status": page.status, "now_at": page.now_at, "etag": page.known.etag,
            "last_modified": page.known.last_modified, "dated": _iso(page.dated), "since": page.since.isoformat(),
            "text": "\n".join(page.lines),
        }  # fmt: skip
        with self._writing():
            self._write("page", [row])
            if statements is None:
                return
            self._db.execute("DELETE FROM proof WHERE url = ?", (page.url,))
            self._write("proof", [_row(one) for one in statements])

    def forget_others(self, urls: frozenset[str]) -> None:
        """Drop the pages that prove nothing of ours any more."""
        with self._writing():
            for page in self._db.execute("SELECT url FROM page").fetchall():
                if page["url"] not in urls:
                    self._db.execute("DELETE FROM page WHERE url = ?", (page["url"],))
                    self._db.execute("DELETE FROM proof WHERE url = ?", (page["url"],))

    def _write(self, table: str, rows: Sequence[Mapping[str, object]]) -> None:
        for row in rows:
            names, marks = ", ".join(row), ", ".join("?" * len(row))
            self._db.execute(f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))  # noqa: S608

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")


@contextmanager
def recorded(path: Path) -> Iterator[Record | None]:
    """What was seen, for who only reads; None when nobody ever looked."""
    if not path.exists():
        yield None
        return
    with closing(Record(path)) as record:
        yield record


def _row(one: SeenStatement) -> dict[str, object]:
    return {
        "item": one.item, "field": one.field, "url": one.url, "standing": one.proof.standing.value,
        "seen_on": _iso(one.seen_on), "since": _iso(one.since), "missing": json.dumps(one.proof.missing),
        "old": json.dumps(one.proof.old), "new": json.dumps(one.proof.new), "place": json.dumps(one.proof.place),
    }  # fmt: skip


def _page(row: sqlite3.Row) -> SeenPage:
    return SeenPage(
        row["url"],
        PageState(row["state"]),
        datetime.fromisoformat(row["looked_at"]),
        date.fromisoformat(row["since"]),
        row["detail"],
        row["status"],
        row["now_at"],
        Known(row["etag"], row["last_modified"]),
        date.fromisoformat(row["dated"]) if row["dated"] else None,
        tuple(row["text"].split("\n")) if row["text"] else (),
    )


def _statement(row: sqlite3.Row) -> SeenStatement:
    missing, old, new, place = (tuple(json.loads(row[name])) for name in ("missing", "old", "new", "place"))
    return SeenStatement(
        row["item"],
        row["field"],
        row["url"],
        Proof(Standing(row["standing"]), missing, old, new, place),
        date.fromisoformat(row["seen_on"]) if row["seen_on"] else None,
        date.fromisoformat(row["since"]) if row["since"] else None,
    )


def _iso(value: date | datetime | None) -> str | None:
    return value.isoformat() if value else None
