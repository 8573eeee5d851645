"""A yes-or-no about what is known by named features, learnt from examples: logistic regression.

Each feature is a bucket of a hash, so that no dictionary is kept. Weights are fitted by Adam (Kingma and Ba, 2015) on
the mean log loss with a quadratic penalty.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.matching.normalise import BUCKETS, bucket

Doubles = NDArray[np.float64]

STEPS, RATE, LAST_RATE, LAST_STEPS = 120, 0.1, 0.03, 40
PENALTY = 0.05
LEAST = 1e-8


class Logistic:
    """Says how likely it is one of those that were marked true."""

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
