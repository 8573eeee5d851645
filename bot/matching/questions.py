"""Some hundreds of labels with several example wordings each: the questions of an FAQ, the intents of a chat."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.matching import head
from bot.matching.calibration import Calibration, learn
from bot.matching.postings import Doubles, Entries, Meeting, Postings
from bot.matching.space import Point, Shares, Space

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

FOLDS = 4
FOLD_STEPS = 10

# Figures change by less than 0.01 while words and letters stay between 0.15 and 0.35 each.
SHARES = Shares(words=0.25, pieces=0.25, meaning=0.5)

# Signs: 1, the lead in log-odds, the highest logit, the nearest example, the known part of what was said.
USUAL = np.array([-4.5, 0.7, 0.2, 3.0, 1.5])


@dataclass(frozen=True, slots=True)
class Answer:
    scores: Doubles  # (labels,) the probability that each is meant
    carried: Doubles  # (words,) how much each word of the question spoke for the best


class Questions:
    """Ranks labels with a logistic head over likenesses to landmarks, and says how sure it is."""

    def __init__(self, texts: Sequence[Sequence[str]], labels: Ints, count: int, *, meaning: bool) -> None:
        self._space = Space(texts, SHARES, meaning=meaning)
        entries, meanings = self._space.place_examples(texts)
        turns = _turns(labels)
        chosen = np.argsort(turns, kind="stable")[: head.LANDMARKS]  # the first wordings of every label before the second
        self._postings = Postings(entries.of(chosen, len(labels)), len(chosen))
        self._meanings = meanings[chosen]
        self._owners = labels[chosen]

        likeness = self._likeness_of_all(entries, meanings)
        whitener = head.whiten(likeness[chosen])
        coordinates = likeness @ whitener
        self._head = head.Head(whitener @ head.fit(coordinates, labels, count))
        self._calibration = self._calibrate(texts, labels, count, turns, likeness, whitener, coordinates)

    def _likeness_of_all(self, entries: Entries, meanings: Floats) -> Floats:
        order = np.argsort(entries.rows, kind="stable")
        starts = np.searchsorted(entries.rows[order], np.arange(len(meanings) + 1))
        buckets, weights = entries.buckets[order], entries.weights[order]
        likeness = meanings @ self._meanings.T
        for row in range(len(meanings)):
            own = slice(starts[row], starts[row + 1])
            likeness[row] += self._postings.meet(buckets[own], weights[own]).likeness().astype(np.float32)
        return np.asarray(likeness, np.float32)

    # -------------------------------------------------------------- how sure
    def _signs(self, logits: Floats, likeness: Floats, known: Doubles) -> Doubles:
        """(questions, 5); the columns that `USUAL` names."""
        best = logits.argmax(axis=1)
        chance = head.softmax(logits)[np.arange(len(best)), best].astype(np.float64)
        chance = np.clip(chance, 1e-4, 1 - 1e-4)
        nearest = np.where(self._owners == best[:, None], likeness, 0.0).max(axis=1)
        top = logits[np.arange(len(best)), best]
        return np.column_stack([np.ones(len(best)), np.log(chance / (1 - chance)), top, nearest, known])

    def _calibrate(
        self,
        texts: Sequence[Sequence[str]],
        labels: Ints,
        count: int,
        turns: Ints,
        likeness: Floats,
        whitener: Floats,
        coordinates: Floats,
    ) -> Calibration:
        chosen = np.argsort(turns, kind="stable")[: head.LANDMARKS]
        signs, right, in_scope = [], [], []
        for fold in range(FOLDS):
            label_stays, text_stays = labels % FOLDS != fold, turns % FOLDS != fold
            learns = label_stays & text_stays
            has_others = np.isin(labels, np.unique(labels[learns]))
            asked = np.flatnonzero(~text_stays & (has_others | ~label_stays))
            if not learns.any() or not len(asked):
                continue
            weights = head.fit(coordinates[learns], labels[learns], count, FOLD_STEPS)
            seen = likeness[asked] * learns[chosen]
            logits = coordinates[asked] @ weights
            signs.append(self._signs(logits, seen, self._known(texts, np.flatnonzero(learns), asked)))
            right.append(logits.argmax(axis=1) == labels[asked])
            in_scope.append(label_stays[asked])
        if not signs:
            return Calibration(USUAL)
        return learn(np.vstack(signs), np.concatenate(right), np.concatenate(in_scope), USUAL)

    def _known(self, texts: Sequence[Sequence[str]], learns: Ints, asked: Ints) -> Doubles:
        seen = {word for row in learns for word in texts[row]}
        rarity = dict(zip(self._space.vocabulary.words, self._space.vocabulary.rarities.tolist(), strict=True)).__getitem__
        return np.array(
            [
                sum(rarity(word) for word in texts[row] if word in seen)
                / (sum(rarity(word) for word in texts[row]) or 1.0)
                for row in asked
            ]
        )

    # -------------------------------------------------------------- asking
    def answer(self, asked: Sequence[str]) -> Answer:
        point = self._space.place(asked)
        meeting = self._postings.meet(point.buckets, point.weights)
        likeness = (meeting.likeness() + self._meanings @ point.meaning).astype(np.float32)[None]
        logits = self._head.logits(likeness)
        sure = self._calibration.probabilities(self._signs(logits, likeness, np.array([point.known])))[0]
        chances = head.softmax(logits)[0].astype(np.float64)
        return Answer(sure * chances / chances.max(), self._carried(point, meeting, int(chances.argmax())))

    def _carried(self, point: Point, meeting: Meeting, label: int) -> Doubles:
        """(words,) how much each word of the question spoke for `label`."""
        importance = self._head.weights[:, label]
        sparse = np.bincount(point.owners, meeting.by_bucket(importance), len(point.words))
        meant = point.meanings @ (self._meanings.T @ importance)
        return np.asarray(sparse + np.bincount(point.meaning_owners, meant, len(point.words)))


def _turns(labels: Ints) -> Ints:
    """For every example its number among those of its label: 0, 1, 2, …"""
    seen: dict[int, int] = {}
    turns = []
    for label in labels.tolist():
        turns.append(seen.get(label, 0))
        seen[label] = turns[-1] + 1
    return np.array(turns, np.int64)
