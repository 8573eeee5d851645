"""A yes-or-no about a text, learnt from labelled examples: logistic regression over the words and their pieces.

The features of a text are its words, pairs and triples of neighbours, pieces of 3 to 5 letters (which carry typing
errors and inflection), and whatever marks the caller has found in it. Each is a bucket of a hash, so that no dictionary
is kept. Weights are fitted by Adam (Kingma and Ba, 2015) on the mean log loss with a quadratic penalty.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.matching.normalise import BUCKETS, bucket, words

Doubles = NDArray[np.float64]

WORD, PAIR, TRIPLE, PIECE = 1.0, 1.0, 0.75, 0.3  # before all of them are scaled to length 1
SIZES = (3, 4, 5)  # characters of a piece
NUMBER = "0"  # which number it is says nothing; those of emergency services do
TELLING_NUMBERS = frozenset({"112", "113", "911"})

STEPS, RATE, LAST_RATE, LAST_STEPS = 120, 0.1, 0.03, 40
PENALTY = 0.05
LEAST = 1e-8


@dataclass(frozen=True, slots=True)
class Example:
    text: str
    marks: tuple[str, ...]
    is_so: bool


class Linear:
    """Says how likely a text is one of those that were marked true."""

    def __init__(self, examples: Iterable[Example], *, weight_of_marks: float = 0.5) -> None:
        self._mark = weight_of_marks
        rows = [(*self._features(one.text, one.marks), one.is_so) for one in examples]
        self._weights, self._bias = _fit(rows)

    def probability(self, text: str, marks: Sequence[str] = ()) -> float:
        """0..1; 0 for a text without words."""
        places, values = self._features(text, marks)
        if not len(places):
            return 0.0
        return float(1.0 / (1.0 + np.exp(-(self._weights[places] @ values + self._bias))))

    def _features(self, text: str, marks: Sequence[str]) -> tuple[NDArray[np.int64], Doubles]:
        """The buckets of a text and how much of it each is."""
        found = dict(_spelled(text))
        length = sum(value * value for value in found.values()) ** 0.5 or 1.0
        scaled = {place: value / length for place, value in found.items()}
        for mark in marks:
            scaled[bucket(b"mark " + mark.encode())] = self._mark
        return np.fromiter(scaled.keys(), np.int64, len(scaled)), np.fromiter(scaled.values(), np.float64, len(scaled))


class Logistic:
    """As `Linear`, for what is known by named features: says how likely it is one of those that were marked true."""

    def __init__(self, examples: Iterable[tuple[Mapping[str, float], bool]]) -> None:
        self._weights, self._bias = _fit([(*hashed(features), is_so) for features, is_so in examples])

    def probability(self, features: Mapping[str, float]) -> float:
        """0..1."""
        places, values = hashed(features)
        return float(1.0 / (1.0 + np.exp(-(self._weights[places] @ values + self._bias))))


def hashed(features: Mapping[str, float]) -> tuple[NDArray[np.int64], Doubles]:
    """The buckets of some features, and how much there is in each."""
    merged: dict[int, float] = {}
    for name, value in features.items():
        place = bucket(name.encode())
        merged[place] = merged.get(place, 0.0) + value
    return np.fromiter(merged.keys(), np.int64, len(merged)), np.fromiter(merged.values(), np.float64, len(merged))


def _spelled(text: str) -> Iterator[tuple[int, float]]:
    said = [NUMBER if word.isdigit() and word not in TELLING_NUMBERS else word for word in words(text)]
    for place, word in enumerate(said):
        marked = f" {word} ".encode()
        for size in SIZES:
            for start in range(len(marked) - size + 1):
                yield bucket(marked[start : start + size]), PIECE
        if place >= 2:
            yield bucket(" ".join(said[place - 2 : place + 1]).encode()), TRIPLE
        if place >= 1:
            yield bucket(" ".join(said[place - 1 : place + 1]).encode()), PAIR
        yield bucket(b"word " + word.encode()), WORD


def _fit(rows: Sequence[tuple[NDArray[np.int64], Doubles, bool]]) -> tuple[NDArray[np.float32], float]:
    """(buckets,) weights and the bias."""
    weights = np.zeros(BUCKETS, np.float32)
    if not rows:
        return weights, 0.0
    used, places = np.unique(np.concatenate([row[0] for row in rows]), return_inverse=True)
    values = np.concatenate([row[1] for row in rows])
    owners = np.repeat(np.arange(len(rows)), [len(row[0]) for row in rows])
    wanted = np.array([row[2] for row in rows], np.float64)
    count = len(rows)
    # The last of all parameters is the bias, which is not penalised.
    fitted, mean, spread = (np.zeros(len(used) + 1) for _ in range(3))
    for step in range(1, STEPS + 1):
        logits = np.bincount(owners, values * fitted[places], count) + fitted[-1]
        error = (1.0 / (1.0 + np.exp(-logits)) - wanted) / count
        slope = np.append(np.bincount(places, values * error[owners], len(used)), error.sum())
        slope[:-1] += PENALTY * fitted[:-1] / count
        mean, spread = 0.9 * mean + 0.1 * slope, 0.999 * spread + 0.001 * slope * slope
        rate = RATE if step <= STEPS - LAST_STEPS else LAST_RATE
        fitted -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + LEAST)
    weights[used] = fitted[:-1]
    return weights, float(fitted[-1])
