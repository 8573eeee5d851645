"""How sure is an answer? A probability learnt from answers of which we know whether they are right.

No out-of-scope questions are needed. An example that was left out shows what a question looks like that has an answer;
an example whose whole label was left out shows what a question looks like that has none.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

# One in three of the things that people type is no question that we know (as in the gold data and in CLINC150).
OUT_OF_SCOPE = 1 / 3
STEPS = 300
# How much the usual weights count, in answers: with a hundred of our own they hardly matter.
USUAL_COUNTS = 5.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of a logistic regression over the signs of an answer, the first of which is 1."""

    weights: NDArray[np.float64]

    def probabilities(self, signs: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(1 / (1 + np.exp(-np.clip(signs @ self.weights, -30, 30))))


def learn(
    signs: NDArray[np.float64], right: NDArray[np.bool_], in_scope: NDArray[np.bool_], usual: NDArray[np.float64]
) -> Calibration:
    """Fit to `right`, in-scope and out-of-scope answers in the shares of real life.

    `usual` are the weights from which few answers of our own cannot lead far away.
    """
    if not in_scope.any() or in_scope.all():
        return Calibration(usual)
    counts = np.where(in_scope, (1 - OUT_OF_SCOPE) / in_scope.sum(), OUT_OF_SCOPE / (~in_scope).sum()) * len(signs)
    # One bound of the curvature for all steps: a free Newton step can overshoot, and never come back.
    bound = 0.25 * (signs.T * counts) @ signs + USUAL_COUNTS * np.eye(len(usual))
    weights = usual
    for _ in range(STEPS):
        surplus = counts * (Calibration(weights).probabilities(signs) - right)
        weights = weights - np.linalg.solve(bound, signs.T @ surplus + USUAL_COUNTS * (weights - usual))
    return Calibration(weights)
