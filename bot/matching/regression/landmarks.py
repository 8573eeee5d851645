"""Which label a text means: multinomial logistic regression over likenesses to landmarks."""

import numpy as np

from bot.matching.inverted_index import Floats, Ints

PENALTY = 0.1
STEADY = 1e-3  # added to the likeness of every landmark to itself: two that say the same have no inverse
STEPS = 20
CURVATURE = 0.25  # the second derivative of a logistic is at most this


def softmax(logits: Floats) -> Floats:
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), np.float32)


def fit(likeness: Floats, landmarks: Floats, labels: Ints, count: int, steps: int = STEPS) -> Floats:
    """Weights (landmarks, labels) of a multinomial logistic regression with a quadratic penalty.

    `likeness` (examples, landmarks) is to the landmarks, and `landmarks` (landmarks, landmarks) that to each other: it
    measures the penalty, so that a landmark which is like many others is no dearer for it (Nyström).

    Newton steps with one fixed bound of the curvature (Böhning 1992) and Nesterov's momentum: one small inverse,
    and then nothing but matrix products.
    """
    penalty = np.asarray(PENALTY * landmarks, np.float32)
    penalty[np.diag_indices(len(landmarks))] += PENALTY * STEADY
    # The curvature squares what is small among the likenesses: single precision cannot invert it well.
    step = np.linalg.inv((CURVATURE * (likeness.T @ likeness) + penalty).astype(np.float64)).astype(np.float32)
    rows = np.arange(len(labels))
    weights = np.zeros((len(landmarks), count), np.float32)
    ahead, momentum = weights, 1.0
    for _ in range(steps):
        surplus = softmax(likeness @ ahead)
        surplus[rows, labels] -= 1.0
        moved = ahead - step @ (likeness.T @ surplus + penalty @ ahead)
        following = (1 + (1 + 4 * momentum**2) ** 0.5) / 2
        ahead = moved + np.float32((momentum - 1) / following) * (moved - weights)
        weights, momentum = moved, following
    return weights
