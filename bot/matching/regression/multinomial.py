"""Which of several labels fits something that is known by named features: multinomial logistic regression.

Fitted by stochastic gradient descent with a quadratic penalty; the weights kept are the mean of those after each of
the last rounds, which says more than the last of them (Polyak and Juditsky, 1992).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.matching.inverted_index import Entries
from bot.matching.regression.batches import batches
from bot.matching.regression.landmarks import softmax
from bot.matching.sparse import Features, Floats, Places, Weights

ROUNDS, AVERAGED = 10, 6
RATE = 4.0  # of the first step; it falls with the square root of the number of examples seen
TOGETHER = 4  # examples a step: a product of so many costs little more than of one; of more, less is learnt
MIXED = 2_654_435_761  # odd, as all of Knuth's multipliers: each round takes the lots in another order
BIAS = np.float32(0.1)  # how far the bias goes, beside a weight


@dataclass(slots=True)
class MultinomialRegression:
    """Says how likely each label is."""

    labels: tuple[str, ...]
    _weights: Weights = field(repr=False)  # of labels
    _of_meaning: Floats = field(repr=False)  # (numbers, labels)
    _bias: Floats = field(repr=False)

    @classmethod
    def fit(
        cls,
        features: Entries,
        meanings: Floats,
        labelled: Sequence[str],
        counts: Sequence[float] = (),
        penalty: float = 1e-5,
    ) -> "MultinomialRegression":
        """Of each example its label. `meanings` (examples, numbers) need no name. `counts`: how much each counts."""
        labels = tuple(sorted(set(labelled)))
        numbers = {label: number for number, label in enumerate(labels)}
        wanted = np.eye(len(labels), dtype=np.float32)[[numbers[label] for label in labelled]]
        steps = np.array(counts or [1.0] * len(labelled), np.float32)[:, None] * np.float32(RATE)
        places, weights, of_meaning, bias = _descend(features, meanings, wanted, steps, penalty)
        return cls(labels, Weights(places, weights.astype(np.float16)), of_meaning, bias)

    def leaning(self, features: Features) -> Floats:
        """(labels,): what some features add to the score of each label; of several, the sums add up."""
        return self._weights.weigh(features)

    def leaning_of_each(self, each: Sequence[Features]) -> Floats:
        """(features, labels): the same of several at once."""
        return self._weights.weigh_each(each)

    def leaning_of_meaning(self, meaning: Floats) -> Floats:
        """(texts, labels) of (texts, numbers): the same of what needs no name."""
        return np.asarray(meaning @ self._of_meaning, np.float32)

    def likely(self, leaning: Floats) -> Floats:
        """(labels,), adding up to 1, of the sum of all that leans."""
        scores = self._bias + leaning
        raised = np.exp(scores - scores.max())
        return np.asarray(raised / raised.sum(), np.float32)

    def why(self, features: Iterable[tuple[str, Features]], label: str, limit: int = 3) -> tuple[str, ...]:
        """The features that speak most for a label, by name, and more than for the average one."""
        number = self.labels.index(label)
        weighed = []
        for name, one in features:
            leaning = self.leaning(one)
            weighed.append((float(leaning[number] - leaning.mean()), name))
        return tuple(name for weight, name in sorted(weighed, reverse=True)[:limit] if weight > 0)


def _descend(
    features: Entries, meanings: Floats, wanted: Floats, steps: Floats, penalty: float
) -> tuple[Places, Floats, Floats, Floats]:
    """The buckets, and the weights of these, of meanings and of the bias; all of (.., labels).

    `wanted` (examples, labels): 1 for the label of each. `steps` (examples, 1): how far each leads at first.
    """
    examples, labels = wanted.shape
    drawn = _lots(features, examples)
    places, every = batches(features, np.argsort(drawn, kind="stable"), TOGETHER)
    of_batch = np.array([drawn[batch.rows[0]] for batch in every], np.uint64)
    weights, of_meaning = np.zeros((len(places), labels), np.float32), np.zeros((meanings.shape[1], labels), np.float32)
    bias = np.zeros(labels, np.float32)
    kept = [np.zeros_like(weights), np.zeros_like(of_meaning), np.zeros_like(bias)]
    shrink, seen = np.float32((1.0 - penalty) ** examples), 0
    for round_ in range(ROUNDS):
        for number in np.argsort(of_batch * np.uint64(MIXED + 2 * round_) % np.uint64(1 << 32), kind="stable").tolist():
            batch = every[number]
            own, meant = weights[batch.used], meanings[batch.rows]
            slope = softmax(bias + batch.values @ own + meant @ of_meaning) - wanted[batch.rows]
            slope *= steps[batch.rows] / np.float32((1.0 + seen / examples) ** 0.5)
            weights[batch.used] = own - batch.values.T @ slope
            of_meaning -= meant.T @ slope
            bias -= BIAS * slope.sum(axis=0)
            seen += len(batch.rows)
        weights *= shrink
        of_meaning *= shrink
        if round_ >= ROUNDS - AVERAGED:
            for mean, now in zip(kept, (weights, of_meaning, bias), strict=True):
                mean += now / AVERAGED
    return places, kept[0], kept[1], kept[2]


def _lots(features: Entries, examples: int) -> NDArray[np.uint64]:
    """(examples,) the lot of each, drawn by what it says and not by its place: whoever adds an example changes the
    order of the others hardly, and so what is learnt from them."""
    bounds = np.searchsorted(features.rows, np.arange(examples + 1))
    own = (features.buckets[start:end].tobytes() for start, end in pairwise(bounds.tolist()))
    return np.fromiter(map(crc32, own), np.uint64, examples)
