"""Which programmes are shown, best first, and why the others are not."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.advice.fitness import Fit, Measure, Misfit
from bot.advice.model import Outcome, Reason
from bot.advice.nearness import HELP
from bot.library import Profile


@dataclass(frozen=True, slots=True)
class Ranking:
    shown: tuple[Fit, ...]  # best first
    hidden: tuple[Misfit, ...]


def rank(measure: Measure, profiles: Iterable[Profile]) -> Ranking:
    """Measure every programme; show the best few, and none that is far from the wish beside one that is near."""
    fits: list[Fit] = []
    misfits: list[Misfit] = []
    for profile in profiles:
        taken = measure.take(profile)
        if isinstance(taken, Fit):
            fits.append(taken)
        else:
            misfits.append(taken)
    fits.sort(key=lambda fit: (-fit.score, fit.profile.programme.id))
    best = max((fit.nearness for fit in fits if fit.profile.programme.kind not in HELP), default=0.0)
    close = [fit for fit in fits if _belongs_beside(fit, best, measure.situation.weights.widest_gap.value)]
    shown = close[: int(measure.situation.weights.most_shown.value)]
    why = (Reason(measure.situation.sentences.better_ones, Outcome.NOT_MET, "desired_work"),)
    chosen = {id(fit) for fit in shown}
    return Ranking(tuple(shown), (*misfits, *(Misfit(fit.profile, why) for fit in fits if id(fit) not in chosen)))


def _belongs_beside(fit: Fit, best: float, widest_gap: float) -> bool:
    """Help to choose belongs beside anything; other work does not belong beside exactly the work that was asked."""
    return fit.profile.programme.kind in HELP or fit.nearness >= best - widest_gap
