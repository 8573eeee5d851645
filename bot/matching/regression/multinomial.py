"""Which of several labels fits something that is known by named features: multinomial logistic regression.

Fitted by stochastic gradient descent with a quadratic penalty; the weights kept are the mean of those after each of
the last rounds, which says more than the last of them (Polyak and Juditsky, 1992).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.matching.inverted_index import Entries
from bot.matching.normalise import bucket
from bot.matching.sparse import Features, Floats, Places, Weights

ROUNDS, AVERAGED = 7, 4
RATE = 4.0  # of the first step; it falls with the square root of the number of steps


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
        places, at = np.unique(features.buckets.astype(np.int64), return_inverse=True)
        bounds = np.searchsorted(features.rows, np.arange(1, len(labelled)))
        rows = [
            (own, amounts, meaning, numbers[label], weight)
            # Not strict: of no examples numpy splits off one piece of nothing.
            for own, amounts, meaning, label, weight in zip(  # noqa: B905
                np.split(at, bounds),
                np.split(features.weights, bounds),
                meanings,
                labelled,
                counts or [1.0] * len(labelled),
            )
        ]
        weights, of_meaning, bias = _descend(rows, (len(places), meanings.shape[1], len(labels)), penalty)
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


_Row = tuple[Places, Floats, Floats, int, float]


def _descend(rows: Sequence[_Row], sizes: tuple[int, int, int], penalty: float) -> tuple[Floats, Floats, Floats]:
    features, numbers, labels = sizes
    weights, of_meaning = np.zeros((features, labels), np.float32), np.zeros((numbers, labels), np.float32)
    bias = np.zeros(labels, np.float32)
    kept = [np.zeros_like(weights), np.zeros_like(of_meaning), np.zeros_like(bias)]
    step = 0
    for round_ in range(ROUNDS):
        for number in sorted(range(len(rows)), key=lambda number: bucket(f"{round_} {number}".encode())):
            found, values, meaning, label, weight = rows[number]
            own = weights[found]
            scores = bias + values @ own + meaning @ of_meaning
            slope = np.exp(scores - scores.max())
            slope /= slope.sum()
            slope[label] -= 1.0
            rate = RATE * weight / (1.0 + step / len(rows)) ** 0.5
            slope *= rate
            weights[found] = own - values[:, None] * slope
            of_meaning -= meaning[:, None] * slope
            bias -= 0.1 * slope
            step += 1
        shrink = np.float32((1.0 - penalty) ** len(rows))
        weights *= shrink
        of_meaning *= shrink
        if round_ >= ROUNDS - AVERAGED:
            for mean, now in zip(kept, (weights, of_meaning, bias), strict=True):
                mean += now / AVERAGED
    return kept[0], kept[1], kept[2]
