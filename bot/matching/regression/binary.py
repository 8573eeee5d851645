"""A yes-or-no about what is known by named features, learnt from examples: logistic regression.

Weights are fitted by Adam (Kingma and Ba, 2015) on the mean log loss with a quadratic penalty.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.matching.normalise import BUCKETS
from bot.matching.sparse import Features, together

STEPS, RATE, LAST_RATE, LAST_STEPS = 120, 0.1, 0.03, 40
PENALTY = 0.05
LEAST = 1e-8


class BinaryRegression:
    """Says how likely it is one of those that were marked true."""

    def __init__(self, examples: Iterable[tuple[Features, bool]]) -> None:
        self._weights, self._bias = _fit(list(examples))

    def probability(self, features: Features) -> float:
        """0..1."""
        places, values = features
        return float(1.0 / (1.0 + np.exp(-(self._weights[places] @ values + self._bias))))


def _fit(rows: Sequence[tuple[Features, bool]]) -> tuple[NDArray[np.float32], float]:
    """(buckets,) weights and the bias."""
    weights = np.zeros(BUCKETS, np.float32)
    if not rows:
        return weights, 0.0
    found, values = together([features for features, _ in rows])
    used, places = np.unique(found, return_inverse=True)
    owners = np.repeat(np.arange(len(rows)), [len(own) for (own, _), _ in rows])
    # Sums of neighbours are quicker than by number: the values lie by row, and once more by column.
    starts, by_column = np.searchsorted(owners, np.arange(len(rows))), np.argsort(places, kind="stable")
    owners_by_column, values_by_column = owners[by_column], values[by_column]
    heads = np.searchsorted(places[by_column], np.arange(len(used)))
    wanted = np.array([is_so for _, is_so in rows], np.float64)
    count = len(rows)
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
