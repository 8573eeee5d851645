"""How likely each kind is, of any run of words, from sums that are made once."""

from collections.abc import Callable, Sequence

import numpy as np

from bot.matching.regression.multinomial import MultinomialRegression
from bot.matching.sparse import Floats, hashed
from bot.recognisers.parts.features import MARK, each_row_of, of_word, vector_of
from bot.recognisers.parts.typed import Token, shapes

MIXED = "mixed"  # the label of words that are no part: the end of one and the beginning of the next


Marks = Callable[[Sequence[Token], Sequence[str]], list[str]]
"""What says something of some words as a whole."""


class Likelihood:
    """How likely each kind is, of any run of a text's words: sums over the words, so that no run is read anew."""

    def __init__(self, kinds: MultinomialRegression, typed: Sequence[Token], marks: Marks) -> None:
        self._kinds, self._typed, self._marks = kinds, typed, marks
        self._words = shapes(typed)
        self._mixed = self._kinds.labels.index(MIXED) if MIXED in self._kinds.labels else -1
        self._of_mark: dict[str, Floats] = {}
        # One row for each number of words on the left that a feature reaches over: 0, 1 and 2.
        every = [[*map(of_word, self._words)], *(each_row_of(self._words, more) for more in (1, 2))]
        leaning = self._kinds.leaning_of_each([one for row in every for one in row])
        self._leaning = [_sums(row) for row in leaning.reshape(3, len(typed), -1)]
        self._squares = [_sums([np.array([values @ values], np.float32) for _, values in row]) for row in every]
        self._meaning = _sums([vector_of(token.word) for token in typed])

    def of(self, start: int, end: int) -> Floats:
        """(labels,) of the words from `start` up to `end`."""
        leaning, squares = 0.0, 0.0
        for reach in range(3):
            first = min(start + reach, end)
            leaning = leaning + self._leaning[reach][end] - self._leaning[reach][first]
            squares += float((self._squares[reach][end] - self._squares[reach][first])[0])
        total = np.asarray(leaning / (squares**0.5 or 1.0), np.float32)
        for mark in self._marks(self._typed[start:end], self._words[start:end]):
            if mark not in self._of_mark:
                self._of_mark[mark] = self._kinds.leaning(hashed([mark], MARK))
            total = total + self._of_mark[mark]
        meaning = self._meaning[end] - self._meaning[start]
        length = float(np.linalg.norm(meaning))
        if length:
            total = total + self._kinds.leaning_of_meaning(meaning / length)
        likely = self._kinds.likely(total)
        if self._mixed >= 0:
            likely[self._mixed] = 0.0
        return likely


def _sums(rows: Sequence[Floats] | Floats) -> Floats:
    """The sum of the rows before each, and of all."""
    every = np.asarray(rows, np.float32)
    return np.concatenate([np.zeros((1, *every.shape[1:]), np.float32), np.cumsum(every, axis=0)])
