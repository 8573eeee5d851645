"""Which programmes are shown, best first."""

from bisect import insort
from collections.abc import Iterable

from bot.advice.relevance import HELP, HELPS_ANYONE
from bot.advice.scoring import Candidate, Fit, Scorer
from bot.catalogue import Profile


def rank(measure: Scorer, profiles: Iterable[Profile]) -> tuple[Fit, ...]:
    """The best few that fit, and none that is far from the wish beside one that is near.

    Rules are judged in the order of the score that each programme can have at most: once enough are found, the first
    that can do no better ends it.
    """
    weights = measure.context.weights
    most = int(weights.most_shown.value)
    seen = [candidate for profile in profiles if (candidate := measure.see(profile))]
    best = _nearest_training(measure, seen)
    close = [
        candidate
        for candidate in seen
        if candidate.nearness >= best - weights.widest_gap.value and _is_called_for(candidate, best)
    ]
    shown: list[Fit] = []
    for candidate in sorted(close, key=lambda candidate: -candidate.at_most):
        if len(shown) == most and shown[-1].score > candidate.at_most:
            break
        if fit := measure.fit(candidate):
            insort(shown, fit, key=lambda one: (-one.score, one.profile.item.id))
            del shown[most:]
    return tuple(shown)


def _nearest_training(measure: Scorer, seen: Iterable[Candidate]) -> float:
    """The nearness of the nearest programme that fits and trains somebody; 0 when none does."""
    training = (candidate for candidate in seen if candidate.profile.item.kind not in HELP)
    nearest_first = sorted(training, key=lambda candidate: -candidate.nearness)
    return next((candidate.nearness for candidate in nearest_first if measure.fit(candidate)), 0.0)


def _is_called_for(candidate: Candidate, best: float) -> bool:
    """Help that is there for anyone is shown to who finds nothing else."""
    return candidate.nearness > HELPS_ANYONE or best == 0.0 or candidate.profile.item.kind not in HELP
