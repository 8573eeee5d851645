"""Sparse points in an inverted index: comparing a text with all others costs only what they share."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.matching.normalise import BUCKETS

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]
Narrow = NDArray[np.int32]  # of large arrays that are kept

# When many texts are compared: nine in ten products are of so many buckets, which one dense product does faster.
COMMON = 512
CHUNK = 64  # texts compared at a time


class Runs:
    """Runs of different lengths, one after another in one array; this knows where each begins."""

    def __init__(self, lengths: Ints) -> None:
        self._starts = np.zeros(len(lengths) + 1, np.int32)
        np.cumsum(lengths, out=self._starts[1:])

    @property
    def lengths(self) -> Narrow:
        return np.diff(self._starts)

    def places(self, runs: Ints | Narrow) -> tuple[Ints, Ints]:
        """Where the values of `runs` are, one run after another, and how many each has."""
        starts = self._starts[runs].astype(np.int64)
        counts = self._starts[runs + 1] - starts
        before = np.cumsum(counts) - counts
        return np.repeat(starts - before, counts) + np.arange(int(counts.sum())), counts


def sums(groups: Ints | Narrow, values: Floats | Doubles, count: int) -> Doubles:
    """(count,) the values of each group added up."""
    return np.asarray(np.bincount(groups, values, count), np.float64)


def spread(rows: Ints | Narrow, columns: Ints | Narrow, values: Floats, shape: tuple[int, int]) -> Floats:
    """Values as a matrix; those of the same place added up."""
    return sums(rows * shape[1] + columns, values, shape[0] * shape[1]).reshape(shape).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Entries:
    """Which text has which bucket, and how much of it."""

    rows: Narrow
    buckets: Narrow
    weights: Floats

    @classmethod
    def merge(cls, rows: Ints, buckets: Ints, weights: Doubles) -> "Entries":
        """Every pair of text and bucket once, in the order of the texts."""
        keys, place = np.unique(rows * BUCKETS + buckets, return_inverse=True)
        merged = sums(place, weights, len(keys)).astype(np.float32)
        return cls((keys // BUCKETS).astype(np.int32), (keys % BUCKETS).astype(np.int32), merged)

    @classmethod
    def join(cls, all_of: Sequence["Entries"]) -> "Entries":
        return cls(
            np.concatenate([entries.rows for entries in all_of]),
            np.concatenate([entries.buckets for entries in all_of]),
            np.concatenate([entries.weights for entries in all_of]),
        )

    def weighted(self, factors: Floats) -> "Entries":
        """Every weight times the factor of its bucket."""
        return Entries(self.rows, self.buckets, self.weights * factors[self.buckets])

    def scaled(self, share: float, texts: int) -> "Entries":
        """Every text of length √share: the product of two such texts is at most `share`."""
        lengths = np.sqrt(sums(self.rows, self.weights**2, texts))
        factors = (np.sqrt(share) / np.maximum(lengths, 1e-9)).astype(np.float32)
        return Entries(self.rows, self.buckets, self.weights * factors[self.rows])

    def of(self, rows: Ints, texts: int) -> "Entries":
        """Only the texts `rows`, numbered again from 0."""
        place = np.full(texts, -1, np.int32)
        place[rows] = np.arange(len(rows), dtype=np.int32)
        kept = place[self.rows] >= 0
        return Entries(place[self.rows[kept]], self.buckets[kept], self.weights[kept])


@dataclass(frozen=True, slots=True)
class Meeting:
    """What a text shares with others: per shared bucket the other text, and the product of both weights."""

    rows: Narrow
    products: Doubles
    counts: Ints  # how many others have each bucket of the text
    texts: int

    def likeness(self) -> Doubles:
        """(texts,) how much is shared with each."""
        return sums(self.rows, self.products, self.texts)

    def by_bucket(self, importance: Floats) -> Doubles:
        """(buckets,) what each bucket of the text adds up to, when every other text counts for its importance."""
        owners = np.repeat(np.arange(len(self.counts)), self.counts)
        return sums(owners, self.products * importance[self.rows], len(self.counts))


class Postings:
    """For every bucket the texts that have it."""

    def __init__(self, entries: Entries, texts: int) -> None:
        order = np.argsort(entries.buckets, kind="stable")
        self._rows = entries.rows[order]
        self._weights = entries.weights[order]
        self._runs = Runs(np.bincount(entries.buckets, minlength=BUCKETS))
        self._texts = texts

    def meet(self, buckets: Ints | Narrow, weights: Doubles) -> Meeting:
        """Everything that one text shares with the others."""
        places, counts = self._runs.places(buckets)
        return Meeting(self._rows[places], np.repeat(weights, counts) * self._weights[places], counts, self._texts)

    def meet_all(self, entries: Entries, likeness: Floats) -> None:
        """Add to `likeness` (texts, others) how much each text of `entries` shares with each of the others."""
        common = np.argsort(-self._runs.lengths, kind="stable")[:COMMON]
        column = np.full(BUCKETS, -1, np.int32)
        column[common] = np.arange(COMMON)
        places, counts = self._runs.places(common)
        owners = np.repeat(np.arange(COMMON), counts)
        others = spread(owners, self._rows[places], self._weights[places], (COMMON, self._texts))

        order = np.argsort(entries.rows, kind="stable")
        starts = range(0, len(likeness), CHUNK)
        bounds = np.searchsorted(entries.rows[order], [*starts, len(likeness)])
        for start, bound in zip(starts, pairwise(bounds.tolist()), strict=True):
            part, chosen = likeness[start : start + CHUNK], order[slice(*bound)]
            rows, buckets, weights = entries.rows[chosen] - start, entries.buckets[chosen], entries.weights[chosen]
            dense = column[buckets] >= 0
            part += spread(rows[dense], column[buckets[dense]], weights[dense], (len(part), COMMON)) @ others
            places, counts = self._runs.places(buckets[~dense])
            products = np.repeat(weights[~dense], counts) * self._weights[places]
            part += spread(np.repeat(rows[~dense], counts), self._rows[places], products, (len(part), self._texts))
