"""The least of a convex loss of very many weights, by what a few steps tell of its curvature: L-BFGS.

Liu and Nocedal (1989), with a step that is halved until the loss falls (Armijo 1966).
"""

from collections import deque
from collections.abc import Callable
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T", NDArray[np.float32], NDArray[np.float64])

REMEMBERED = 8  # steps
ENOUGH, SMALLEST = 1e-4, 1e-3  # of the fall that the slope promises; of a whole step


def descend(of: Callable[[T], tuple[float, T]], scaled: Callable[[T], T], weights: T, steps: int) -> T:
    """The weights after some steps. `of`: the loss and its slope. `scaled`: a slope by a rough inverse curvature."""
    known: deque[tuple[T, T, float]] = deque(maxlen=REMEMBERED)
    loss, slope = of(weights)
    for _ in range(steps):
        step = _newton(slope, scaled, known)
        promised, length = float(np.vdot(slope, step)), 1.0
        while True:
            moved = weights - weights.dtype.type(length) * step
            following, changed = of(moved)
            if following <= loss - ENOUGH * length * promised or length < SMALLEST:
                break
            length /= 2
        way, turn = moved - weights, changed - slope
        if (curved := float(np.vdot(way, turn))) > 0:
            known.append((way, turn, 1 / curved))
        weights, loss, slope = moved, following, changed
    return weights


def _newton(slope: T, scaled: Callable[[T], T], known: deque[tuple[T, T, float]]) -> T:
    """A slope by the inverse curvature, as far as the steps before tell it."""
    number, shares = slope.dtype.type, []
    step = slope.copy()
    for way, turn, inverse in reversed(known):
        shares.append(float(np.vdot(way, step)) * inverse)
        step -= number(shares[-1]) * turn
    step = scaled(step)
    if known:
        way, turn, inverse = known[-1]
        step *= number(1 / (inverse * float(np.vdot(turn, scaled(turn)))))
    for way, turn, inverse in known:
        step += number(shares.pop() - float(np.vdot(turn, step)) * inverse) * way
    return step
