"""Mistakes of editors as data (tests/content/mistakes): made in a copy of the product's content, and mended again."""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from libraries import ROOT

from bot.content.problems import Problem

DATA = Path(__file__).parent / "content" / "mistakes"


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of a file and what comes in its place."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Mistake:
    """One row: what an editor did wrong, where it must be said, and what they do then. See README.md of the data."""

    name: str
    row: Mapping[str, Any]

    @property
    def file(self) -> str:
        return str(self.row["file"])

    @property
    def makes_file(self) -> bool:
        return "new" in self.row or "copy" in self.row

    @property
    def spoils_file(self) -> bool:
        """Whether nothing else in the file can be looked at with it."""
        return bool(self.row.get("whole")) or self.makes_file

    @property
    def begins(self) -> int:
        """Where the edit begins in the file as it is."""
        return self.edit("write").start

    def edit(self, key: str) -> Edit:
        """The mistake ("write"), or what an editor does who follows the hint ("mend")."""
        text = (ROOT / self.file).read_text(encoding="utf-8")
        if "append" in self.row:
            return Edit(len(text), len(text), self.row["append"] if key == "write" else "")
        if self.row.get("empty"):
            return Edit(0, len(text), "" if key == "write" else text)
        start = 0
        for anchor in (self.row.get("under"), self.row.get("skip")):
            start = text.index(anchor, start) if anchor else start
        start = text.index(self.row["in"], start)
        written = self.row[key] if key == "write" else self.row.get("mend", self.row["in"])
        for name, (part, times) in self.row.get("repeat", {}).items():
            written = written.replace(name, part * times)
        return Edit(start, start + len(self.row["in"]), written)

    def lines(self, text: str, at: int) -> set[int]:
        """The lines that may be named. `text`: the file as it is now; `at`: where the edit begins in it."""
        first = text.count("\n", 0, at) + 1
        if (words := self.row.get("at")) is not None:
            index = -1
            for _ in range(self.row.get("nth", 1)):
                index = text.index(
                    words, index + 1 if self.makes_file or index >= 0 else max(0, text.rfind("\n- ", 0, at))
                )
            return {text.count("\n", 0, index) + 1} if words else {1}
        lines = {first + offset for offset in self.row.get("line_in", [self.row.get("line", 0)])}
        for words in self.row.get("any_line", ()):
            lines |= {number for number, line in enumerate(text.split("\n"), start=1) if words in line}
        return lines

    @property
    def is_fine(self) -> str | None:
        """A row that is no mistake: the code of the problem that was once said of it, and is not so."""
        return str(self.row["is_fine"]) if "is_fine" in self.row else None

    def is_said(self, problem: Problem) -> bool:
        said = f"{problem.message} {problem.hint or ''}".casefold()
        words = [str(word).casefold() in said for word in self.row["says"]]
        return any(words) if self.row.get("any_says") else all(words)


def mistakes(file: str) -> list[Mistake]:
    rows = yaml.safe_load((DATA / file).read_text(encoding="utf-8"))
    return [
        Mistake(f"{file.removesuffix('.yaml')} {number}: {row['what']}", row)
        for number, row in enumerate(rows, start=1)
    ]


def together(rows: Iterable[Mistake]) -> list[list[Mistake]]:
    """As few groups as can be in which no mistake stands in what another one spoils: a file, an entry, a step."""
    groups: list[tuple[list[Mistake], set[tuple[str, int | None]]]] = []
    for row in rows:
        mine = set(_touched(row))
        whole = {(row.file, None)}
        for group, taken in groups:
            files = {file for file, _ in taken}
            if mine & taken or whole & taken or (row.spoils_file and row.file in files):
                continue
            group.append(row)
            taken |= mine
            break
        else:
            groups.append(([row], mine))
    return [group for group, _ in groups]


def _touched(row: Mistake) -> Iterator[tuple[str, int | None]]:
    """What a mistake takes: its file, or the entry or step of it that the edit is in."""
    if row.spoils_file:
        yield row.file, None
        return
    text = (ROOT / row.file).read_text(encoding="utf-8")
    start = "\n  - " if row.file.startswith("flows/") else "\n- "
    yield row.file, text.count(start, 0, row.edit("write").end)
    yield row.file, text.count(start, 0, row.begins)


def copy_of_content(folder: Path) -> Path:
    for kind in ("flows", "knowledge"):
        shutil.copytree(ROOT / kind, folder / kind)
    return folder


def apply(group: Iterable[Mistake], root: Path, key: str) -> dict[str, int]:
    """Make the mistakes in `root`, or mend them; where each begins then, by its name."""
    by_file: dict[str, list[Mistake]] = {}
    for row in group:
        by_file.setdefault(row.file, []).append(row)
    begins = {}
    for file, rows in by_file.items():
        path = root / file
        if rows[0].makes_file:
            path.unlink(missing_ok=True)
            if key == "write":
                path.parent.mkdir(parents=True, exist_ok=True)
                copied = rows[0].row.get("copy")
                path.write_text(
                    (ROOT / copied).read_text(encoding="utf-8") if copied else rows[0].row["new"], encoding="utf-8"
                )
            begins[rows[0].name] = 0
            continue
        text, moved = (ROOT / file).read_text(encoding="utf-8"), 0
        for row, edit in sorted(((row, row.edit(key)) for row in rows), key=lambda pair: pair[1].start):
            begins[row.name] = edit.start + moved
            text = text[: edit.start + moved] + edit.text + text[edit.end + moved :]
            moved += len(edit.text) - (edit.end - edit.start)
        encoding = rows[0].row.get("encode", "utf-8") if key == "write" else "utf-8"
        path.write_text(text, encoding=encoding, errors="ignore")
    return begins
