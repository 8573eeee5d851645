"""What the bot did not know, the most frequent first: questions without an answer, wishes for which nothing was found,
work for which nobody near is known to train, and what it read wrong.

The last two are figures without people (docs/figures.md): no small number is told of them, nor what would give one
away.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from bot.matching import fold, words
from bot.matching.word_vectors import word_table
from bot.staff.desk import Desk
from bot.staff.figures.hiding import LEAST, OTHERS, Shown, gather, hide_rows, hide_small
from bot.staff.labels import Labels
from bot.store.conversations import WISH
from bot.store.milestones import Cell, Milestone
from bot.store.team import Role

ALIKE = 0.8  # cosine: "kan ik subsidie krijgen voor een rijbewijs" and "vergoeding rijbewijs"
SPAN = timedelta(days=365)  # of what is counted
BETWEEN = "|"
COMMON = 6.5  # Zipf: a word that is as common ("ik", "een") says nothing of what is meant


@dataclass(frozen=True, slots=True)
class Gap:
    """What several people said with about the same meaning."""

    text: str  # as it was said most often, and last
    count: int
    last: date


def gaps(desk: Desk) -> tuple[list[Gap], list[Gap]]:
    """Questions, and wishes. People said them in their own words, so that they were read is written down."""
    desk.need(Role.ADVISER, "questions")
    vain = desk.store.conversations
    questions, wishes = _together(vain.asked_in_vain()), _together(vain.asked_in_vain(WISH))
    desk.store.audit.write(desk.who.name, "questions listed", at=desk.now(), count=len(questions) + len(wishes))
    return questions, wishes


@dataclass(frozen=True, slots=True)
class Far:
    """Work for which nobody near was known to train: by sector and region, "" where one is not known."""

    sector: str  # `OTHERS`: all that is too small to be told by itself
    region: str
    count: Shown
    places: tuple[tuple[str, Shown], ...]  # the municipalities of it, which add up to it
    work: tuple[str, ...]  # the occupations that were wanted there by enough people to be told, the most wanted first


@dataclass(frozen=True, slots=True)
class ReadWrong:
    """How often people said that an answer was not so that we had read."""

    question: str  # `OTHERS`: all that is too small to be told by itself
    count: Shown
    readings: tuple[str, ...]  # the codes that were read so often that they can be told, the most frequent first


Row = TypeVar("Row", Far, ReadWrong)


def far(desk: Desk, labels: Labels) -> list[Far]:
    """Where people want to learn something, and we know nobody near who trains for it."""
    cells = _counted(desk, Milestone.FAR)
    regions: dict[str, Counter[str]] = defaultdict(Counter)
    work: dict[str, Counter[str]] = defaultdict(Counter)
    for cell, count in cells.items():
        key = _key(cell.sector, labels.regions.get(cell.place, ""))
        regions[key][cell.place] += count
        work[key][cell.detail] += count
    found = []
    for key, (total,) in gather({key: [places.total()] for key, places in regions.items()}).items():
        sector, _, region = key.partition(BETWEEN)
        places = hide_rows(gather({place: [count] for place, count in regions[key].items()})) if key in regions else {}
        in_order = sorted(((place, count) for place, (count,) in places.items()), key=_by_what_is_shown)
        told = tuple(in_order) if set(places) != {OTHERS} else ()
        often = [one for one, count in work[key].most_common() if one and count >= LEAST] if key in work else []
        found.append(Far(sector, region, hide_small(total), told, tuple(often)))
    return _most_first(found)


def read_wrong(desk: Desk) -> list[ReadWrong]:
    """Which readings people take back: "klopt niet"."""
    questions: Counter[str] = Counter()
    readings: dict[str, Counter[str]] = defaultdict(Counter)
    for cell, count in _counted(desk, Milestone.TAKEN_BACK).items():
        question, _, code = cell.detail.partition("|")
        questions[question] += count
        readings[question][code] += count
    found = []
    for question, (total,) in gather({question: [count] for question, count in questions.items()}).items():
        often = [code for code, count in readings[question].most_common() if code and count >= LEAST]
        found.append(ReadWrong(question, hide_small(total), tuple(often)))
    return _most_first(found)


def _counted(desk: Desk, milestone: Milestone) -> dict[Cell, int]:
    """What was counted of it in the last year."""
    desk.need(Role.ADVISER, "questions")
    today = desk.store.calendar.day(desk.now())
    cells = desk.store.figures.between(today - SPAN, today)
    return {cell: count for cell, count in cells.items() if cell.milestone is milestone}


def _key(sector: str, region: str) -> str:
    return f"{sector}{BETWEEN}{region}"


def _by_what_is_shown(one: tuple[str, Shown]) -> tuple[int, str]:
    """The most first; what is hidden by its name, so that the order gives nothing away."""
    place, count = one
    return (-(count or 0), place)


def _most_first(found: list[Row]) -> list[Row]:
    return sorted(found, key=lambda one: -1 if one.count is None else one.count, reverse=True)


def _together(said: list[tuple[date, str]]) -> list[Gap]:
    """What means about the same, as one. `said` has the newest first; a group is called by its most frequent words."""
    by_words: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for day, text in said:
        by_words[fold(text).strip(" ?!.")].append((day, text))
    meanings = Meanings()
    groups: list[list[tuple[date, str]]] = []
    # The most frequent first: what is said in rare words joins it, and not the other way round.
    for said_as, all_of in sorted(by_words.items(), key=lambda one: -len(one[1])):
        place = meanings.place(said_as)
        if place == len(groups):
            groups.append([])
        groups[place] += all_of
    found = [Gap(of[0][1], len(of), max(day for day, _ in of)) for of in groups]
    return sorted(found, key=lambda gap: (-gap.count, -gap.last.toordinal()))


class Meanings:
    """Tells which texts mean about the same: by what their words mean, the rare ones most."""

    def __init__(self) -> None:
        self._table = word_table()
        self._known: dict[str, int] = {}
        self._vectors = np.zeros((0, self._table.size or 1), np.float32)

    def place(self, text: str) -> int:
        """The number of the group that a text belongs to; a new one when it is like none."""
        vector = self._vector(text)
        if vector is not None and len(self._vectors):
            likeness = self._vectors @ vector
            best = int(likeness.argmax())
            if likeness[best] >= ALIKE:
                return best
        # A text of which no word is known is alone: its row of noughts is like nothing.
        row = vector if vector is not None else np.zeros(self._vectors.shape[1], np.float32)
        self._vectors = np.vstack([self._vectors, row[None, :]])
        return len(self._vectors) - 1

    def _vector(self, text: str) -> NDArray[np.float32] | None:
        rows = [row for word in words(text) if (row := self._table.row(word)) >= 0]
        if not rows:
            return None
        weights = np.array([max(COMMON - self._table.zipf(row), 0.0) for row in rows], np.float32)
        total = weights @ self._table.vectors(rows)
        length = float(np.linalg.norm(total))
        return None if length == 0 else np.asarray(total / length, np.float32)
