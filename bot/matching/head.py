"""Which label a text means: multinomial logistic regression over likenesses to landmarks."""

import numpy as np

from bot.matching.postings import Floats, Ints

PENALTY = 0.1
STEPS = 20
CURVATURE = 0.25  # the second derivative of a logistic is at most this


def whiten(landmarks: Floats) -> Floats:
    """From likenesses to landmarks to coordinates, of which the products are likenesses again (Nyström).

    `landmarks` (landmarks, landmarks) has their likenesses to each other. Multiply likenesses by what this gives.
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
