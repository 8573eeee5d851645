"""Which of several labels fits something that is known by named features: multinomial logistic regression.

Fitted by stochastic gradient descent with a quadratic penalty; the weights kept are the mean of those after each of
the last rounds, which says more than the last of them (Polyak and Juditsky, 1992). Features are buckets of a hash.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bot.matching.linear import hashed
from bot.matching.normalise import bucket

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

ROUNDS, AVERAGED = 7, 4
RATE = 4.0  # of the first step; it falls with the square root of the number of steps


@dataclass(frozen=True, slots=True)
class Example:
    """`features`: by name, each with how much of it there is. `meaning`: numbers that need no name; all of one length.

    `weight`: how much the example counts.
    """

    features: Mapping[str, float]
    label: str
    meaning: Floats | None = None
    weight: float = 1.0


@dataclass(slots=True)
class Softmax:
    """Says how likely each label is."""

    labels: tuple[str, ...]
    _places: Ints = field(repr=False)
    _weights: Floats = field(repr=False)  # (features, labels)
    _of_meaning: Floats = field(repr=False)  # (numbers, labels)
    _bias: Floats = field(repr=False)

    @classmethod
    def fit(cls, examples: Sequence[Example], penalty: float = 1e-5) -> "Softmax":
        labels = tuple(sorted({one.label for one in examples}))
        numbers = {label: number for number, label in enumerate(labels)}
        found = [hashed(one.features) for one in examples]
        places = np.unique(np.concatenate([row[0] for row in found])) if found else np.zeros(0, np.int64)
        size = next((len(one.meaning) for one in examples if one.meaning is not None), 0)
        rows = [
            (
                np.searchsorted(places, own),
                values.astype(np.float32),
                one.meaning if one.meaning is not None else np.zeros(size, np.float32),
                numbers[one.label],
                one.weight,
            )
            for (own, values), one in zip(found, examples, strict=True)
        ]
        weights, of_meaning, bias = _descend(rows, (len(places), size, len(labels)), penalty)
        return cls(labels, places, weights.astype(np.float16), of_meaning, bias)

    def leaning(self, features: Mapping[str, float]) -> Floats:
        """(labels,): what some features add to the score of each label; of several, the sums add up."""
        if not len(self._places):
            return np.zeros(len(self.labels), np.float32)
        found, values = hashed(features)
        rows = np.minimum(np.searchsorted(self._places, found), len(self._places) - 1)
        known = self._places[rows] == found
        return np.asarray(values[known].astype(np.float32) @ self._weights[rows[known]].astype(np.float32), np.float32)

    def leaning_of_meaning(self, meaning: Floats) -> Floats:
        """(texts, labels) of (texts, numbers): the same of what needs no name."""
        return np.asarray(meaning @ self._of_meaning, np.float32)

    def likely(self, leaning: Floats) -> Floats:
        """(labels,), adding up to 1, of the sum of all that leans."""
        scores = self._bias + leaning
        raised = np.exp(scores - scores.max())
        return np.asarray(raised / raised.sum(), np.float32)

    def why(self, features: Mapping[str, float], label: str, limit: int = 3) -> tuple[str, ...]:
        """The features that speak most for a label, and more than for the average one."""
        number = self.labels.index(label)
        weighed = []
        for name, value in features.items():
            row = int(np.searchsorted(self._places, bucket(name.encode())))
            if row < len(self._places) and self._places[row] == bucket(name.encode()):
                row_weights = self._weights[row].astype(np.float32)
                weighed.append((float(row_weights[number] - row_weights.mean()) * value, name))
        return tuple(name for weight, name in sorted(weighed, reverse=True)[:limit] if weight > 0)


_Row = tuple[Ints, Floats, Floats, int, float]


def _descend(rows: Sequence[_Row], sizes: tuple[int, int, int], penalty: float) -> tuple[Floats, Floats, Floats]:
    features, numbers, labels = sizes
    weights, of_meaning = np.zeros((features, labels), np.float32), np.zeros((numbers, labels), np.float32)
    bias = np.zeros(labels, np.float32)
    kept = [np.zeros_like(weights), np.zeros_like(of_meaning), np.zeros_like(bias)]
    step = 0
    for round_ in range(ROUNDS):
        for number in sorted(range(len(rows)), key=lambda number: bucket(f"{round_} {number}".encode())):
            found, values, meaning, label, weight = rows[number]
            scores = bias + values @ weights[found] + meaning @ of_meaning
            slope = np.exp(scores - scores.max())
            slope /= slope.sum()
            slope[label] -= 1.0
            rate = RATE * weight / (1.0 + step / len(rows)) ** 0.5
            slope *= rate
            weights[found] -= values[:, None] * slope
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
