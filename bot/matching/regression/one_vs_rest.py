"""What a text is one of, learnt from labelled examples: logistic regression over the words of it and their pieces.

The features of a text are its words, pairs and triples of neighbours, pieces of 3 to 5 letters (which carry typing
errors and inflection), and the marks that the caller has found in it. One regression tells any label from none, and one
for each label tells that label from none: what is clearly one of them counts for more than what is a little of each.
Weights are fitted together by AdaGrad (Duchi, Hazan and Singer, 2011) on the mean log loss with a quadratic penalty.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.matching.normalise import bucket, words
from bot.matching.sparse import Features, Floats, Places, Weights, together

WORD, PAIR, TRIPLE, PIECE = 1.0, 1.0, 0.75, 0.3  # before all of them are scaled to length 1
SIZES = (3, 4, 5)  # characters of a piece
NUMBER = "0"  # which number it is says nothing; those of emergency services do
TELLING_NUMBERS = frozenset({"112", "113", "911"})

EPOCHS, ROWS, RATE = 8, 256, 0.5
PENALTY = 2e-5
LEAST = 1e-6
RARE = 2  # a feature that fewer examples have says nothing of other texts


@dataclass(frozen=True, slots=True)
class Example:
    text: str
    marks: tuple[str, ...]
    label: str | None


@dataclass(frozen=True, slots=True)
class Leaning:
    """How far a text leans to a label: above 0 more than not, in log odds."""

    label: str
    odds: float


class OneVsRest:
    """Says to which label a text leans most, and how far."""

    def __init__(self, examples: Iterable[Example]) -> None:
        rows = list(examples)
        self._labels = list(dict.fromkeys(one.label for one in rows if one.label))
        wanted = np.array([[one.label is not None, *(one.label == it for it in self._labels)] for one in rows])
        counted = np.array([[True, *(one.label in (None, it) for it in self._labels)] for one in rows])
        features = [together([_spelled(one.text), _marked(one.marks)]) for one in rows]
        self._weights, self._bias = _fit(features, wanted, counted)

    def lean(self, text: str, marks: Sequence[str], least_marked: float) -> Leaning | None:
        """To which label, and how far; None when the marks lean to none of them by `least_marked`."""
        marked = self._weights.weigh(_marked(marks))
        if marked[0] + marked[1:].max(initial=-np.inf) < least_marked:
            return None  # most texts: the rest need not be weighed
        spelled = self._weights.weigh(_spelled(text)) + self._bias
        kind = int(np.argmax((spelled + marked)[1:])) + 1
        if marked[0] + marked[kind] < least_marked:
            return None
        return Leaning(self._labels[kind - 1], float(spelled[0] + spelled[kind] + marked[0] + marked[kind]))


def _scaled(features: Mapping[int, float]) -> Features:
    """Scaled to length 1."""
    places = np.fromiter(features.keys(), np.int64, len(features))
    values = np.fromiter(features.values(), np.float32, len(features))
    length = float(np.sqrt(values @ values)) or 1.0
    return places, values / np.float32(length)


def _marked(marks: Iterable[str]) -> Features:
    return _scaled({bucket(b"mark " + mark.encode()): 1.0 for mark in marks})


def _spelled(text: str) -> Features:
    said = [NUMBER if word.isdigit() and word not in TELLING_NUMBERS else word for word in words(text)]
    found: dict[int, float] = {}
    for place, word in enumerate(said):
        found.update(_of_word(word))
        if place >= 2:
            found[bucket(" ".join(said[place - 2 : place + 1]).encode())] = TRIPLE
        if place >= 1:
            found[bucket(" ".join(said[place - 1 : place + 1]).encode())] = PAIR
    return _scaled(found)


@lru_cache(maxsize=4096)
def _of_word(word: str) -> Mapping[int, float]:
    marked = f" {word} ".encode()
    pieces = (marked[start : start + size] for size in SIZES for start in range(len(marked) - size + 1))
    return {**dict.fromkeys(map(bucket, pieces), PIECE), bucket(b"word " + word.encode()): WORD}


def _fit(features: Sequence[Features], wanted: NDArray[np.bool_], counted: NDArray[np.bool_]) -> tuple[Weights, Floats]:
    """The weights of the buckets that say something, and (outputs,) biases.

    `wanted`, `counted`: (rows, outputs): what should come out, and whether the row counts there.
    """
    outputs = wanted.shape[1] if wanted.size else 1
    known, times = np.unique(together(features)[0], return_counts=True)
    known = known[times >= RARE]
    if not len(known):
        return Weights(known, np.zeros((0, outputs), np.float32)), np.zeros(outputs, np.float32)
    order = np.random.default_rng(0).permutation(len(features))
    batches = [
        _Batch.of([features[row] for row in rows], wanted[rows], counted[rows], known)
        for rows in np.array_split(order, max(1, len(order) // ROWS))
    ]
    weights, moved = (np.zeros((len(known), outputs), np.float32) for _ in range(2))
    bias, bias_moved = (np.zeros(outputs, np.float32) for _ in range(2))
    for epoch in range(EPOCHS):
        rate = RATE * (1 - epoch / EPOCHS)
        for batch in batches:
            slope, bias_slope = batch.slopes(weights, bias)
            moved[batch.used] += slope * slope
            weights[batch.used] -= rate * slope / (np.sqrt(moved[batch.used]) + LEAST)
            bias_moved += bias_slope * bias_slope
            bias -= rate * bias_slope / (np.sqrt(bias_moved) + LEAST)
    return Weights(known, weights), bias


@dataclass(frozen=True, slots=True)
class _Batch:
    """Some rows, flattened: each value stands at `at` of `used`, and rows and columns begin at `starts` and `heads`.

    `filled`: the rows that have a value; in others every feature is rare.
    """

    used: Places
    at: Places
    values: Floats
    filled: Places
    starts: Places
    owners: Places
    by_column: Places
    heads: Places
    wanted: Floats
    counted: Floats

    @classmethod
    def of(
        cls,
        rows: Sequence[Features],
        wanted: NDArray[np.bool_],
        counted: NDArray[np.bool_],
        known: Places,
    ) -> "_Batch":
        places, values = together(rows)
        owners = np.repeat(np.arange(len(rows)), [len(row) for row, _ in rows])
        at = np.minimum(np.searchsorted(known, places), len(known) - 1)
        kept = known[at] == places
        at, values, owners = at[kept], values[kept], owners[kept]
        used, inside = np.unique(at, return_inverse=True)
        by_column = np.argsort(inside, kind="stable")
        heads = np.searchsorted(inside[by_column], np.arange(len(used)))
        filled, starts = np.unique(owners, return_index=True)
        return cls(
            used,
            inside,
            values,
            filled,
            starts,
            owners,
            by_column,
            heads,
            wanted.astype(np.float32),
            counted.astype(np.float32),
        )

    def slopes(self, weights: Floats, bias: Floats) -> tuple[Floats, Floats]:
        """Of the loss, for the weights of `used` and for the biases."""
        mine = weights[self.used]
        logits = np.tile(bias, (len(self.wanted), 1))
        logits[self.filled] += np.add.reduceat(self.values[:, None] * mine[self.at], self.starts)
        error = (1 / (1 + np.exp(-logits)) - self.wanted) * self.counted / len(self.wanted)
        spread = self.values[self.by_column, None] * error[self.owners[self.by_column]]
        slope = np.add.reduceat(spread, self.heads) + PENALTY * mine
        return slope.astype(np.float32), error.sum(axis=0).astype(np.float32)
