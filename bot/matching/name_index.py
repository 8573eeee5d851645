"""Thousands of labels with a few names each: occupations, programmes. The nearest name decides."""

from collections.abc import Sequence

import numpy as np
from rapidfuzz import fuzz

from bot.matching.calibration import Calibration, learn
from bot.matching.features import Point, Shares, Space
from bot.matching.intent_index import Examples, Scores
from bot.matching.inverted_index import Doubles, Ints, Postings

# A name is short and exact: its letters say more than what it means on average.
SHARES = Shares(words=0.0, pieces=0.7, meaning=0.3)
CANDIDATES = 60  # names that are read letter by letter
LETTERS = 0.3  # how much that counts beside the likeness
# Several near names of one label strengthen each other a little; near zero only the nearest would count.
TOGETHER = 0.03

SAMPLE = 100  # names that are asked back to learn how sure an answer is
# Signs: 1, the score of the best, its lead over the next label, the known part of what was said.
USUAL = np.array([-5.0, 7.0, 4.0, 1.0])

NOTHING = np.zeros(0, np.int64)


class NameIndex:
    def __init__(self, examples: Examples, *, meaning: bool) -> None:
        self._space = Space(examples.texts, SHARES, meaning=meaning)
        entries, meanings = self._space.place_examples(examples.texts)
        self._postings = Postings(entries, len(examples.texts))
        self._meanings = meanings.astype(np.float16)
        self._spelled = [" ".join(text) for text in examples.texts]
        self._labels = examples.labels
        self._count = examples.count
        self._calibration = self._calibrate(examples.texts)

    def _ask(self, asked: Sequence[str], without: Ints) -> tuple[Doubles, Point]:
        """(labels,) how near the names of each label are, 0 when none is; the names `without` do not count."""
        point = self._space.place(asked)
        likeness = self._postings.meet(point.buckets, point.weights).likeness()
        likeness[without] = 0.0
        near = np.flatnonzero(likeness > 0)
        if len(near) > CANDIDATES:
            near = near[np.argpartition(-likeness[near], CANDIDATES)[:CANDIDATES]]
        typed = " ".join(asked)
        letters = np.array([fuzz.ratio(typed, self._spelled[number]) / 100 for number in near.tolist()])
        meant = self._meanings[near].astype(np.float32) @ point.meaning
        total = (1 - LETTERS) * (likeness[near] + meant) + LETTERS * letters
        together = np.bincount(self._labels[near], np.exp(total / TOGETHER), self._count)
        return TOGETHER * np.log1p(together), point

    def answer(self, asked: Sequence[str]) -> Scores:
        scores, point = self._ask(asked, NOTHING)
        sure = self._calibration.probabilities(self._signs(scores, point))[0]
        return Scores(sure * scores / max(scores.max(), 1e-9), np.array([reading.rarity for reading in point.readings]))

    def _signs(self, scores: Doubles, point: Point) -> Doubles:
        near = scores[scores > 0]
        second, best = np.partition(near, -2)[-2:] if len(near) > 1 else (0.0, near.max(initial=0.0))
        return np.array([[1.0, best, best - second, point.known / point.said]])

    def _calibrate(self, texts: Sequence[Sequence[str]]) -> Calibration:
        """Ask some names without the name itself, and again without its whole label."""
        signs, right, in_scope = [], [], []
        for number in np.unique(np.linspace(0, len(texts) - 1, SAMPLE).astype(int)).tolist():
            label = self._labels[number]
            siblings = np.flatnonzero(self._labels == label)
            if len(siblings) < 2:
                continue
            for without, has_answer in ((np.array([number]), True), (siblings, False)):
                scores, point = self._ask(texts[number], without)
                signs.append(self._signs(scores, point))
                right.append(has_answer and int(scores.argmax()) == label)
                in_scope.append(has_answer)
        if not signs:
            return Calibration(USUAL)
        return learn(np.vstack(signs), np.array(right), np.array(in_scope), USUAL)
