"""Some hundreds of labels with several example wordings each: the questions of an FAQ, the intents of a chat."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.matching.calibration import Calibration, learn
from bot.matching.features import Point, Shares, Space
from bot.matching.inverted_index import Doubles, Entries, Floats, Ints, Meeting, Postings
from bot.matching.regression.landmarks import fit, softmax

# Figures change by less than 0.01 while words and pieces stay between 0.15 and 0.35 each.
SHARES = Shares(words=0.25, pieces=0.25, meaning=0.5)

# Examples that a text is compared with. With 3 a label the FAQ (174 labels, 7,400 wordings) finds 0.06 less than with
# 10, with 8 it finds 0.02 less; the regression takes three seconds at WORK.
A_LABEL, LEAST_LANDMARKS = 10, 300
MOST_LANDMARKS = 1_000  # when the labels are few; and how sure we may be is learnt well enough from these
WORK = 2_400_000_000  # examples x landmarks x labels

FOLDS = 3
FOLD_STEPS = 8  # the head itself takes more: how sure we may be is learnt well enough from these

# Signs: 1, the lead in log-odds, the highest logit, the nearest wording of that label, the known part of what was said,
# and the logarithm of how much that was: "duo" alone may mean any of ten questions. From ENOUGH on it does not matter.
USUAL = np.array([-4.5, 0.7, 0.2, 3.0, 1.5, 1.0])
ENOUGH = 2.0  # two rare words


@dataclass(frozen=True, slots=True)
class Scores:
    scores: Doubles  # (labels,) the probability that each is meant
    carried: Doubles  # (words,) how much each word of the question spoke for the best


@dataclass(frozen=True, slots=True)
class Examples:
    """Wordings as words, their labels as numbers below `count`."""

    texts: Sequence[Sequence[str]]
    labels: Ints
    count: int

    def turns(self) -> Ints:
        """For every example its number among those of its label: 0, 1, 2, …"""
        seen: defaultdict[int, int] = defaultdict(int)
        turns = np.zeros(len(self.labels), np.int64)
        for place, label in enumerate(self.labels.tolist()):
            turns[place] = seen[label]
            seen[label] += 1
        return turns


class IntentIndex:
    """Ranks labels with a logistic head over likenesses to landmarks, and says how sure it is."""

    def __init__(self, examples: Examples, *, meaning: bool) -> None:
        self._space = Space(examples.texts, SHARES, meaning=meaning)
        entries, meanings = self._space.place_examples(examples.texts)
        turns = examples.turns()
        # The first wording of every label before the second of any.
        landmarks = np.argsort(turns, kind="stable")[: _affordable(len(turns), examples.count)]
        self._owners = examples.labels[landmarks]
        self._postings = Postings(entries.of(landmarks, len(turns)), len(landmarks))
        self._meanings = meanings[landmarks]

        likeness = self._compare_all(entries, meanings)
        del entries, meanings  # the fit needs their room
        self._weights = fit(likeness, likeness[landmarks], examples.labels, examples.count)
        self._calibration = self._calibrate(examples, turns, landmarks[:MOST_LANDMARKS], likeness[:, :MOST_LANDMARKS])

    def _compare_all(self, entries: Entries, meanings: Floats) -> Floats:
        """(examples, landmarks)"""
        likeness = np.asarray(meanings @ self._meanings.T, np.float32)
        self._postings.meet_all(entries, likeness)
        return likeness

    # -------------------------------------------------------------- how sure
    def _signs(self, logits: Floats, likeness: Floats, said: Doubles, known: Doubles) -> Doubles:
        """(questions, 6): what `USUAL` weighs. `said`, `known`: as in `Point`; `likeness`: to the first landmarks."""
        rows, best = np.arange(len(logits)), logits.argmax(axis=1)
        chance = np.clip(softmax(logits)[rows, best].astype(np.float64), 1e-4, 1 - 1e-4)
        owners = self._owners[: likeness.shape[1]]
        nearest = np.where(owners == best[:, None], likeness, 0.0).max(axis=1)
        lead = np.log(chance / (1 - chance))
        enough = np.log(np.minimum(said, ENOUGH))
        return np.column_stack([np.ones(len(rows)), lead, logits[rows, best], nearest, known / said, enough])

    def _calibrate(self, examples: Examples, turns: Ints, landmarks: Ints, likeness: Floats) -> Calibration:
        """Learn without a third of the labels and a third of the wordings of the others, and ask all those."""
        labels, between = examples.labels, likeness[landmarks]
        signs, right, in_scope = [], [], []
        for fold in range(FOLDS):
            has_label, has_wording = labels % FOLDS != fold, turns % FOLDS != fold
            learns = has_label & has_wording
            # The only wording of a label can be asked as out of scope, never as in scope.
            can_be_right = np.isin(labels, labels[learns])
            asked = np.flatnonzero(~has_wording & (can_be_right | ~has_label))
            if not learns.any() or not len(asked):
                continue
            weights = fit(likeness[learns], between, labels[learns], examples.count, FOLD_STEPS)
            logits = likeness[asked] @ weights
            said, known = self._said(examples.texts, np.flatnonzero(learns), asked)
            signs.append(self._signs(logits, likeness[asked] * learns[landmarks], said, known))
            right.append(logits.argmax(axis=1) == labels[asked])
            in_scope.append(has_label[asked])
        if not signs:
            return Calibration(USUAL)
        return learn(np.vstack(signs), np.concatenate(right), np.concatenate(in_scope), USUAL)

    def _said(self, texts: Sequence[Sequence[str]], learns: Ints, asked: Ints) -> tuple[Doubles, Doubles]:
        """(asked,) twice: `Point.said` and `Point.known`, if only the texts `learns` were examples."""
        taught = {word for row in learns.tolist() for word in texts[row]}
        rarity = self._space.vocabulary.rarity_of
        said = [sum(rarity(word) for word in texts[row]) for row in asked.tolist()]
        known = [sum(rarity(word) for word in texts[row] if word in taught) for row in asked.tolist()]
        return np.array(said), np.array(known)

    # -------------------------------------------------------------- asking
    def answer(self, asked: Sequence[str]) -> Scores:
        point = self._space.place(asked, as_meant=True)
        meeting = self._postings.meet(point.buckets, point.weights)
        likeness = (meeting.likeness() + self._meanings @ point.meaning).astype(np.float32)[None]
        logits = likeness @ self._weights
        sure = self._calibration.probabilities(
            self._signs(logits, likeness, np.array([point.said]), np.array([point.known]))
        )[0]
        chances = softmax(logits)[0].astype(np.float64)
        return Scores(sure * chances / chances.max(), self._carried(point, meeting, int(chances.argmax())))

    def _carried(self, point: Point, meeting: Meeting, label: int) -> Doubles:
        """(words,) how much each word of the question spoke for `label`."""
        importance = self._weights[:, label]
        sparse = np.bincount(point.owners, meeting.by_bucket(importance), len(point.words))
        meant = point.meanings @ (self._meanings.T @ importance)
        return np.asarray(sparse + np.bincount(point.meaning_owners, meant, len(point.words)), np.float64)


def _affordable(examples: int, labels: int) -> int:
    return min(max(MOST_LANDMARKS, A_LABEL * labels), max(LEAST_LANDMARKS, WORK // (examples * labels)))
