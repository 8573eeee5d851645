"""What is wrong in a file that an editor wrote, where, and how to fix it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.errors import BotError


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file; lines and columns count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    """Known, and no mistake of who edits: `overstap check` counts it, and shows it to who asks."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong. `code` is stable, so that it can be looked up ("K021") and talked about.

    `within`: where in the entry at `at` it is, as keys, ids and values, the outer one first. `lacks`: the name that is
    said to be nowhere; it is no problem when that stands in what cannot be read.
    """

    at: Location
    message: str
    hint: str | None = None
    code: str = ""
    severity: Severity = Severity.ERROR
    within: tuple[str, ...] = field(default=(), compare=False)
    lacks: str | None = field(default=None, compare=False)

    def __str__(self) -> str:
        kind = "" if self.severity is Severity.ERROR else f"{self.severity}: "
        code = f" [{self.code}]" if self.code else ""
        return f"{self.at}: {kind}{self.message}{code}" + (f"\n    {self.hint}" if self.hint else "")


class BrokenContent(BotError):
    """The content cannot be used; `problems` holds everything that is wrong with it, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(sorted(problems, key=lambda problem: problem.at))
        super().__init__("\n".join(map(str, self.problems)))


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """A hint with the nearest known word, or with all of them when they are few; None when neither helps."""
    names = sorted(map(str, known))
    if (best := nearest(word, names)) is not None:
        return f"Did you mean {best!r}?"
    return f"Known here: {', '.join(names)}." if 0 < len(names) <= 20 else None


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was most likely meant; None when none is near."""
    # Two typing errors in a word of five letters still point at it; a wholly different word points at nothing.
    best = process.extractOne(word, list(map(str, known)), scorer=OSA.normalized_similarity, score_cutoff=0.6)
    return None if best is None else best[0]
