"""Which label a text means: multinomial logistic regression over likenesses to some of the examples."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

LANDMARKS = 800  # examples that all texts are compared with; all 3,000 of a set give 0.000 to 0.005 more and take six times as long
PENALTY = 0.1
STEPS = 20
CURVATURE = 0.25  # the second derivative of a logistic is at most this


@dataclass(frozen=True, slots=True)
class Head:
    """`weights` (landmarks, labels): a likeness to a landmark is that much in favour of a label."""

    weights: Floats

    def logits(self, likeness: Floats) -> Floats:
        return np.asarray(likeness @ self.weights, np.float32)


def whiten(landmarks: Floats) -> Floats:
    """From likenesses to landmarks to coordinates whose products are likenesses again (Nyström).

    `landmarks` is (landmarks, landmarks): their likenesses to each other.
    """
    steadied = landmarks.astype(np.float64) + 1e-3 * np.eye(len(landmarks))
    return np.linalg.inv(np.linalg.cholesky(steadied)).T.astype(np.float32)


def softmax(logits: Floats) -> Floats:
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), np.float32)


def fit(coordinates: Floats, labels: Ints, count: int, steps: int = STEPS) -> Floats:
    """Weights (coordinates, labels) of a multinomial logistic regression with a quadratic penalty.

    Newton steps with one fixed bound of the curvature (Böhning 1992) and Nesterov's momentum: one small inverse,
    and then nothing but matrix products.
    """
    size = coordinates.shape[1]
    curvature = CURVATURE * (coordinates.T @ coordinates) + PENALTY * np.eye(size, dtype=np.float32)
    step = np.linalg.inv(curvature).astype(np.float32)
    rows = np.arange(len(labels))
    weights = np.zeros((size, count), np.float32)
    ahead, momentum = weights, 1.0
    for _ in range(steps):
        surplus = softmax(coordinates @ ahead)
        surplus[rows, labels] -= 1.0
        moved = ahead - step @ (coordinates.T @ surplus + PENALTY * ahead)
        following = (1 + (1 + 4 * momentum**2) ** 0.5) / 2
        ahead = moved + np.float32((momentum - 1) / following) * (moved - weights)
        weights, momentum = moved, following
    return weights
