"""Sparse points in an inverted index: comparing a text with all others costs only what they share."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.matching.text import BUCKETS

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]


def gather(starts: Ints, counts: Ints) -> Ints:
    """The places of several runs, one after another: starts 5, 0 and counts 2, 3 give 5, 6, 0, 1, 2."""
    before = np.cumsum(counts) - counts
    return np.repeat(starts - before, counts) + np.arange(int(counts.sum()))


def sums(groups: NDArray[np.integer], values: Doubles, count: int) -> Doubles:
    """(count,) the values of each group added up."""
    return np.asarray(np.bincount(groups, values, count), np.float64)


@dataclass(frozen=True, slots=True)
class Entries:
    """Which text has which bucket, and how much of it."""

    rows: Ints
    buckets: Ints
    weights: Doubles

    def merged(self) -> "Entries":
        """Every pair of text and bucket once, in the order of the texts."""
        keys, place = np.unique(self.rows * BUCKETS + self.buckets, return_inverse=True)
        return Entries(keys // BUCKETS, keys % BUCKETS, sums(place, self.weights, len(keys)))

    def joined(self, other: "Entries") -> "Entries":
        return Entries(
            np.concatenate([self.rows, other.rows]),
            np.concatenate([self.buckets, other.buckets]),
            np.concatenate([self.weights, other.weights]),
        )

    def scaled(self, share: float, texts: int) -> "Entries":
        """Merged entries, every text of length √share: the product of two such texts is at most `share`."""
        lengths = np.sqrt(np.bincount(self.rows, self.weights**2, texts))
        return Entries(self.rows, self.buckets, self.weights * (np.sqrt(share) / np.maximum(lengths, 1e-9))[self.rows])

    def of(self, rows: Ints, texts: int) -> "Entries":
        """Only the texts `rows`, numbered anew from 0."""
        place = np.full(texts, -1)
        place[rows] = np.arange(len(rows))
        kept = place[self.rows] >= 0
        return Entries(place[self.rows[kept]], self.buckets[kept], self.weights[kept])


@dataclass(frozen=True, slots=True)
class Meeting:
    """What a text shares with others: per shared bucket the other text, and the product of both weights."""

    rows: NDArray[np.int32]
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
        self._rows = entries.rows[order].astype(np.int32)
        self._weights = entries.weights[order].astype(np.float32)
        self._starts = np.zeros(BUCKETS + 1, np.int32)
        np.cumsum(np.bincount(entries.buckets, minlength=BUCKETS), out=self._starts[1:])
        self._texts = texts

    def meet(self, buckets: Ints, weights: Doubles) -> "Meeting":
        """Everything that one text shares with the others."""
        starts = self._starts[buckets].astype(np.int64)
        counts = self._starts[buckets + 1] - starts
        places = gather(starts, counts)
        return Meeting(self._rows[places], np.repeat(weights, counts) * self._weights[places], counts, self._texts)
