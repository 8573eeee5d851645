"""The way to work that is worth a look: whether there is one for this person, and which is best."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from bot.advice.context import AdviceContext
from bot.advice.exploring.ranking import Job
from bot.advice.model import RuleOutcome, ScorePart
from bot.advice.own_limits import Course, own_limits
from bot.advice.scoring import Fit, Scorer, ends_far_above
from bot.advice.seeker import Seeker
from bot.advice.travel import How
from bot.advice.ways import ways
from bot.catalogue import Profile, Work
from bot.compiled import Compiled
from bot.eligibility import weigh

OUT_OF_REACH = frozenset({How.FAR, How.TOO_FAR, How.TOO_FAR_FOR_YOU, How.ELSEWHERE})


@dataclass(frozen=True, slots=True)
class Way:
    """The best route to a job for one person, in the context in which it was judged for them."""

    fit: Fit
    context: AdviceContext

    @property
    def is_direct(self) -> bool:
        """Whether it ends at the job itself, and not far above what they learnt."""
        return self.fit.towards is None and not self.fit.candidate.is_long_way


class Reach:
    """The ways of one person on one day."""

    def __init__(self, compiled: Compiled, person: Seeker, on: date) -> None:
        self._compiled = compiled
        self._context = AdviceContext.of(compiled, replace(person, asked_for=frozenset()), on=on)

    def way_to(self, job: Job) -> Way | None:
        """The best way that goes against none of their limits; None when there is none within reach."""
        wish = Work(job.occupation.sectors, (job.occupation.id,))
        context = replace(self._context, person=replace(self._context.person, wish=wish))
        fits = ways(Scorer(context), self._compiled.catalogue)
        found = [fit for fit in fits if _is_possible(fit)]
        direct = (fit for fit in found if Way(fit, context).is_direct)
        best = next(direct, None) or next(iter(found), None)
        return Way(best, context) if best else None

    def is_open(self, job: Job) -> bool:
        """Whether a route leads straight to it that they may enter, and that goes against none of their limits."""
        wish = Work(job.occupation.sectors, (job.occupation.id,))
        return any(map(self._may_follow, self._compiled.catalogue.routes_to(wish)))

    def _may_follow(self, profile: Profile) -> bool:
        context, item = self._context, profile.item
        judgement = weigh(item.rules, context.person.facts)
        if judgement.failed or judgement.for_others or ends_far_above(item.leads_to, context):
            return False
        return not context.person.limits or _goes_with(own_limits(Course.of(profile), context))


def _is_possible(fit: Fit) -> bool:
    """Whether nobody would have to travel too far for it, or to do what they cannot."""
    if fit.candidate.journey.how in OUT_OF_REACH or not (fit.candidate.trains or fit.towards):
        return False
    return _goes_with(fit.candidate.limits)


def _goes_with(limits: Iterable[ScorePart]) -> bool:
    return all(part.reason is None or part.reason.outcome is not RuleOutcome.NOT_MET for part in limits)
