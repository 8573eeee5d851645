"""Which programmes are shown, best first."""

from collections.abc import Iterable

from bot.advice.fitness import Fit, Measure
from bot.advice.nearness import HELP, HELPS_ANYONE
from bot.catalogue import Profile


def rank(measure: Measure, profiles: Iterable[Profile]) -> tuple[Fit, ...]:
    """The best few that fit, and none that is far from the wish beside one that is near."""
    fits = [fit for profile in profiles if (fit := measure.take(profile))]
    best = max((fit.nearness for fit in fits if fit.profile.programme.kind not in HELP), default=0.0)
    weights = measure.situation.weights
    close = [fit for fit in fits if fit.nearness >= best - weights.widest_gap.value and _is_called_for(fit, best)]
    close.sort(key=lambda fit: (-fit.score, fit.profile.programme.id))
    return tuple(close[: int(weights.most_shown.value)])


def _is_called_for(fit: Fit, best: float) -> bool:
    """Help that is there for anyone is shown to who finds nothing else."""
    return fit.nearness > HELPS_ANYONE or best == 0.0 or fit.profile.programme.kind not in HELP
