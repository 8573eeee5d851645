"""What the bot did not know: questions without an answer, wishes for which nothing was found; the most asked first."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from bot.matching import fold, words
from bot.matching.word_vectors import word_table
from bot.staff.desk import Desk
from bot.store.conversations import WISH
from bot.store.team import Role

ALIKE = 0.8  # cosine: "kan ik subsidie krijgen voor een rijbewijs" and "vergoeding rijbewijs"
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
