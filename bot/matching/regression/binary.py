"""A yes-or-no about what is known by named features, learnt from examples: logistic regression with a
quadratic penalty.
"""

import numpy as np
from numpy.typing import NDArray

from bot.matching.inverted_index import Entries
from bot.matching.normalise import BUCKETS
from bot.matching.regression.descent import descend
from bot.matching.sparse import Ints, Places

STEPS = 9
PENALTY = 0.05


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
    penalty = np.append(np.full(len(used), PENALTY), 0.0)
    curvature = penalty + np.append(np.add.reduceat(values_by_column**2, heads), count)

    def loss(fitted: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        logits = np.add.reduceat(values * fitted[places], starts) + fitted[-1]
        lost = (np.logaddexp(0.0, logits) - wanted * logits).sum() + (penalty * fitted) @ fitted / 2
        error = 1.0 / (1.0 + np.exp(-logits)) - wanted
        slope = np.append(np.add.reduceat(values_by_column * error[owners_by_column], heads), error.sum())
        return float(lost), slope + penalty * fitted

    fitted = descend(loss, lambda slope: slope / curvature, np.zeros(len(used) + 1), STEPS)
    weights[used] = fitted[:-1]
    return weights, float(fitted[-1])
