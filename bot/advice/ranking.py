"""Which programmes are shown, best first."""

from collections.abc import Iterable

from bot.advice.fitness import Fit, Measure
from bot.advice.nearness import HELP
from bot.catalogue import Profile


def rank(measure: Measure, profiles: Iterable[Profile]) -> tuple[Fit, ...]:
    """The best few that fit, and none that is far from the wish beside one that is near."""
    fits = [fit for profile in profiles if (fit := measure.take(profile))]
    best = max((fit.nearness for fit in fits if fit.profile.programme.kind not in HELP), default=0.0)
    weights = measure.situation.weights
    close = [fit for fit in fits if _belongs_beside(fit, best, weights.widest_gap.value)]
    close.sort(key=lambda fit: (-fit.score, fit.profile.programme.id))
    return tuple(close[: int(weights.most_shown.value)])


def _belongs_beside(fit: Fit, best: float, widest_gap: float) -> bool:
    """Help to choose belongs beside anything; other work does not belong beside exactly the work that was asked."""
    return fit.profile.programme.kind in HELP or fit.nearness >= best - widest_gap
