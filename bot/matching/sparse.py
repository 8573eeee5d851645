"""What is known by named features, a few of very many. Each is a bucket of a hash, so that no dictionary is kept."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.matching.normalise import BUCKETS

Floats = NDArray[np.float32]
Places = NDArray[np.int64]
Ints = NDArray[np.int64]
Features = tuple[Places, Floats]
"""Buckets, and how much of each there is; what stands there twice counts twice."""


def hashed(names: Collection[str], value: float = 1.0) -> Features:
    """Features by name, as much of each."""
    # As `normalise.bucket`, of all of them at once.
    places = np.array([crc32(name.encode()) for name in names], np.int64) % BUCKETS
    return places, np.full(len(places), value, np.float32)


def together(parts: Collection[Features]) -> Features:
    if not parts:
        return np.zeros(0, np.int64), np.zeros(0, np.float32)
    places, values = zip(*parts, strict=True)
    return np.concatenate(places), np.concatenate(values)


@dataclass(frozen=True, slots=True)
class Weights:
    """`places`: buckets, ascending; `values`: (buckets, outputs)."""

    places: Places
    values: NDArray[np.float32] | NDArray[np.float16]

    def weigh(self, features: Features) -> Floats:
        """(outputs,): what some features add to each; of several, the sums add up."""
        found, amounts = features
        if not len(self.places) or not len(found):
            return np.zeros(self.values.shape[1], np.float32)
        rows = np.minimum(np.searchsorted(self.places, found), len(self.places) - 1)
        known = self.places[rows] == found
        return np.asarray(amounts[known] @ self.values[rows[known]].astype(np.float32), np.float32)

    def weigh_each(self, each: Sequence[Features]) -> Floats:
        """(features, outputs): the same of several at once, as one look at the weights costs as much as twenty."""
        found, amounts = together(each)
        total = np.zeros((len(each), self.values.shape[1]), np.float32)
        if not len(self.places) or not len(found):
            return total
        rows = np.minimum(np.searchsorted(self.places, found), len(self.places) - 1)
        known = self.places[rows] == found
        shares = np.where(known, amounts, np.float32(0))[:, None] * self.values[rows]
        sizes = np.array([len(places) for places, _ in each])
        total[sizes > 0] = np.add.reduceat(shares, (np.cumsum(sizes) - sizes)[sizes > 0])
        return total
