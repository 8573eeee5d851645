"""A yes-or-no about what is known by named features, learnt from examples: logistic regression.

Weights are fitted by Adam (Kingma and Ba, 2015) on the mean log loss with a quadratic penalty.
"""

import numpy as np
from numpy.typing import NDArray

from bot.matching.inverted_index import Entries
from bot.matching.normalise import BUCKETS
from bot.matching.sparse import Ints, Places

STEPS, RATE, LAST_RATE, LAST_STEPS = 120, 0.1, 0.03, 40
PENALTY = 0.05
LEAST = 1e-8


class BinaryRegression:
    """Says how likely it is that each of several things is one of those that were marked true."""

    def __init__(self, features: Entries, wanted: NDArray[np.bool_]) -> None:
        """`wanted`: of each thing whether it was marked; every one has a feature."""
        self._weights, self._bias = _fit(features, wanted.astype(np.float64))

    def probabilities(self, having: Ints, features: Places, amount: float, count: int) -> NDArray[np.float64]:
        """(count,) 0..1. `having`: which thing has each feature, all of them as much."""
        return np.asarray(
            1.0 / (1.0 + np.exp(-(np.bincount(having, self._weights[features] * amount, count) + self._bias)))
        )


def _fit(features: Entries, wanted: NDArray[np.float64]) -> tuple[NDArray[np.float32], float]:
    """(buckets,) weights and the bias."""
    weights, count = np.zeros(BUCKETS, np.float32), len(wanted)
    if not count:
        return weights, 0.0
    used, places = np.unique(features.buckets, return_inverse=True)
    owners, values = features.rows.astype(np.int64), features.weights
    # Sums of neighbours are quicker than by number: the values lie by row, and once more by column.
    starts, by_column = np.searchsorted(owners, np.arange(count)), np.argsort(places, kind="stable")
    owners_by_column, values_by_column = owners[by_column], values[by_column]
    heads = np.searchsorted(places[by_column], np.arange(len(used)))
    # The last of all parameters is the bias, which is not penalised.
    fitted, mean, spread = (np.zeros(len(used) + 1) for _ in range(3))
    for step in range(1, STEPS + 1):
        logits = np.add.reduceat(values * fitted[places], starts) + fitted[-1]
        error = (1.0 / (1.0 + np.exp(-logits)) - wanted) / count
        slope = np.append(np.add.reduceat(values_by_column * error[owners_by_column], heads), error.sum())
        slope[:-1] += PENALTY * fitted[:-1] / count
        mean, spread = 0.9 * mean + 0.1 * slope, 0.999 * spread + 0.001 * slope * slope
        rate = RATE if step <= STEPS - LAST_STEPS else LAST_RATE
        fitted -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + LEAST)
    weights[used] = fitted[:-1]
    return weights, float(fitted[-1])
