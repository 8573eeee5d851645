"""How well a programme fits a person: its score, part by part; or what stands in the way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import NamedTuple

from bot.advice.context import AdviceContext
from bot.advice.filling import changes, of_failed, one_of, say
from bot.advice.lessons import still_learns
from bot.advice.model import Reason, RuleOutcome, ScorePart, Verdict
from bot.advice.own_limits import Course, own_limits
from bot.advice.practical_fit import Terms, practical_fit, takes_too_long
from bot.advice.relevance import HELP, Nearness
from bot.advice.schooling import locate, to_call, where_it_is
from bot.advice.taught import as_taught
from bot.advice.travel import How, Journey, in_words, travel
from bot.catalogue import Never, Profile
from bot.content.advice_config import AdviceSentences
from bot.content.conditions import Comparison, Condition, Operator, comparisons, members
from bot.content.knowledge import FactRole, Offerable, Route, RouteKind, Rule, RuleKind, Where
from bot.eligibility import OPEN_SETS, Judgement, Truth, weigh
from bot.schools import Proof
from bot.text import Text

PRESENT_SECTORS = "current_sectors"
PRESENT_WORK = frozenset({PRESENT_SECTORS, "current_occupations"})
OPEN_TO_ALL = 0.4  # better than a demand in doubt, less than one that is met
NO_LANGUAGE_ASKED = 0.5
LONG_WAY = 4  # ranks: from no diploma to mbo 4, from mbo 2 to a university of applied sciences
A_DEGREE = 6  # the rank of a diploma that one has after the years at which all go to school
ALL_DEMANDS_MET = 0.6  # below 1: a course for exactly this group of people comes first


class Candidate(NamedTuple):
    """An offer before its rules are judged. `at_most` is the score that it has when all its demands are met."""

    profile: Profile
    nearness: float
    trains: bool  # for the very work that was asked for
    journey: Journey
    wish: ScorePart
    place: ScorePart
    limits: tuple[ScorePart, ...]
    practical: tuple[ScorePart, ...]
    is_long_way: bool  # it ends far above their education
    other_work: int  # to how much other work a route leads first, before the work that was asked for
    at_most: float


@dataclass(frozen=True, slots=True)
class Fit:
    """What may be shown."""

    candidate: Candidate
    others: tuple[ScorePart, ...]
    judgement: Judgement
    score: float  # 0..1: the weighted mean of the parts; a part that nobody knows counts as half
    towards: Route | None = None  # the route that this one is the first step of
    after: tuple[Route, ...] = ()  # the routes that come after it, up to and with that one
    unopened: tuple[Route, ...] = ()  # of those, what no diploma of theirs opens and none of a step before it
    asks_more: bool = False  # most who enter have a higher education than they
    builds_on: bool = False  # it asks for a degree such as they have, and begins where that ended
    is_late: bool = False  # so long without pay that few of their years of work are left after it
    other_age: bool = False  # most who enter are younger, or older
    may_pass: bool = False  # a job for which most have learnt somewhat more: whoever hires may see past that
    is_usual: bool = False  # most adults get into the work that was asked for in this way
    study: Proof | None = None  # what says of the school to call that it gives a route, there or elsewhere
    beyond_reach: bool = False  # the nearest school that is known to give a route is farther than people travel

    @property
    def profile(self) -> Profile:
        return self.candidate.profile

    @property
    def field_unknown(self) -> tuple[Rule, ...]:
        """Demands to work in a field already, of somebody whose work is in no sector that we know."""
        return tuple(
            rule
            for rule in self.judgement.unknown
            if any(
                one.fact == PRESENT_SECTORS and one.operator is Operator.ANY_OF for one in comparisons(rule.condition)
            )
        )

    @property
    def parts(self) -> tuple[ScorePart, ...]:
        return self.candidate.wish, *self.candidate.limits, self.candidate.place, *self.others

    @property
    def verdict(self) -> Verdict:
        return Verdict.FITS if self.judgement.verdict is Truth.YES else Verdict.MAYBE


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What stands in the way of a programme, the weightiest first, and the one change that would help."""

    reasons: tuple[Reason, ...]
    nearest_miss: Text | None = None


class Scorer:
    """Measures programmes in one context. What many programmes have in common is measured once."""

    def __init__(self, context: AdviceContext) -> None:
        self.context = context
        self.nearness = Nearness(context)
        self._journey = cache(partial(travel, context=context))
        self._place = cache(partial(_place, context=context))
        self._practical_fit = cache(partial(practical_fit, context=context))
        self._own_limits = cache(partial(own_limits, context=context))
        self._judged: dict[str, Judgement] = {}  # by the id of what was judged
        self._no_limits = not context.person.limits
        self._has_degree = context.ranks.get(str(context.told(FactRole.LEVEL)), 0) >= A_DEGREE
        weights = context.weights
        self._all_demands_met = (
            ScorePart("demands", 1.0, weights.demands.value),
            ScorePart("language", 1.0, weights.language.value),
        )

    def take(self, profile: Profile) -> Fit | None:
        """How well it fits; None when something stands in the way."""
        candidate = self.see(profile) or self.see_far(profile)
        fit = self.fit(candidate) if candidate else None
        return self.worded(self.located(fit)) if fit else None

    def nearness_in_reach(self, profile: Profile) -> float | None:
        """How near it is to the wish; None when it is other work, out of reach, or offered to nobody."""
        in_reach = self._is_of_use(profile) and self._journey_to(profile.item).value != 0.0
        return self.nearness.of(profile) if in_reach else None

    def see(self, profile: Profile) -> Candidate | None:
        """All but the rules; None when it is other work, out of reach, or offered to nobody."""
        return None if self.nearness_in_reach(profile) is None else self.look_at(profile)

    def see_far(self, profile: Profile) -> Candidate | None:
        """The same for what is out of reach, and not so far that nobody would travel or move for it."""
        is_far = self._is_of_use(profile) and self._journey_to(profile.item).how is How.FAR
        return self.look_at(profile) if is_far else None

    def see_step(self, profile: Profile) -> Candidate | None:
        """The same for a step on the way to the wish, which may be other work by itself."""
        is_out = profile.never is not None or self._is_excluded(profile) or holds_already(profile, self.context)
        return None if is_out else self.look_at(profile)

    def look_at(self, profile: Profile) -> Candidate:
        """All but the rules, of something that may be shown."""
        nearness, item = self.nearness.of(profile), profile.item
        journey = self._journey_to(item)
        wish = ScorePart("wish", nearness, self.context.weights.wish.value)
        place = self._place(journey, item.where)
        limits = () if self._no_limits else self._own_limits(Course.of(profile))
        practical = self._practical_fit(Terms.of(profile))
        at_most = _mean((wish, place, *limits, *practical, *self._all_demands_met))
        trains, long_way = self.nearness.trains(profile), ends_far_above(item.leads_to, self.context)
        other = other_work(item, self.context)
        return Candidate(profile, nearness, trains, journey, wish, place, limits, practical, long_way, other, at_most)

    def fit(self, candidate: Candidate) -> Fit | None:
        """The whole score of an offer; None when one of its demands fails."""
        judgement = self._judge_demands(candidate.profile)
        if judgement is None:
            return None
        others = (*self._demands(candidate.profile, judgement), *candidate.practical)
        score = _mean((candidate.wish, candidate.place, *candidate.limits, *others))
        item = candidate.profile.item
        return Fit(
            candidate,
            others,
            judgement,
            score,
            asks_more=self._asks_more(judgement),
            may_pass=isinstance(item, Route) and self._may_pass(item, judgement),
            builds_on=self._has_degree and asks_degree(judgement, self.context),
            is_late=isinstance(item, Route) and takes_too_long(item, self.context),
            other_age=any(rule.facts == {self.context.fact_of(FactRole.AGE)} for rule in judgement.missed),
            is_usual=isinstance(item, Route) and self._is_usual(item),
        )

    def _is_usual(self, route: Route) -> bool:
        wish = self.context.person.wish
        return wish is not None and not frozenset(route.usual_for).isdisjoint(wish.chosen)

    def _asks_more(self, judgement: Judgement) -> bool:
        """Whether it is rather for who learnt more, or works in the field: no source says that they cannot."""
        short = {one.fact for rule in (*judgement.missed, *judgement.manual) for one in comparisons(rule.condition)}
        # Of work in no sector that we know nobody can say that it is none of the field; a title says enough of most.
        if self.context.person.job:
            short |= {fact for rule in judgement.unknown for fact in rule.facts & {PRESENT_SECTORS}}
        return not short.isdisjoint({self.context.fact_of(FactRole.LEVEL), *PRESENT_WORK})

    def _may_pass(self, route: Route, judgement: Judgement) -> bool:
        """Whether it is a paid job in which one learns the work, and asks a level that is no long way from theirs."""
        level, ranks = self.context.fact_of(FactRole.LEVEL), self.context.ranks
        missed = [rule for rule in judgement.missed if not rule.facts.isdisjoint({level, *PRESENT_WORK})]
        has = ranks.get(str(self.context.told(FactRole.LEVEL)))
        if has is None or route.kind is not RouteKind.ON_THE_JOB or judgement.manual or route.leads_to is not None:
            return False
        asked = [lowest_level(rule.condition, level, ranks) for rule in missed]
        return bool(asked) and all(one is not None and one - has < LONG_WAY for one in asked)

    def worded(self, fit: Fit) -> Fit:
        """The same with what it has to do with the wish, which is said of the few that are shown."""
        candidate = fit.candidate
        wish = candidate.wish._replace(reason=self.nearness.why(candidate.profile))
        return replace(fit, candidate=candidate._replace(wish=wish))

    def located(self, fit: Fit) -> Fit:
        """The same route with the schools near: to look for those costs more than all of its other parts."""
        candidate = fit.candidate
        if not isinstance(candidate.profile.item, Route):
            return fit
        route = candidate.profile.item
        journey, beyond = self._beyond_reach(route, locate(route, self.context))
        weight = self.context.weights.place.value
        place = ScorePart("place", journey.value, weight, where_it_is(journey, self.context))
        desk = to_call(journey.nearby, route, self.context)
        fit = self._taught(replace(fit, study=desk.proof if desk else None))
        found = fit.candidate._replace(journey=journey, place=place)
        score = _mean((found.wish, place, *found.limits, *fit.others))
        return replace(fit, candidate=found, score=score, beyond_reach=beyond)

    def _taught(self, fit: Fit) -> Fit:
        """The same with the study and the form that the school has: a job beside it has pay, and takes days."""
        candidate = fit.candidate
        route = candidate.profile.item
        taught = as_taught(route, fit.study, self.context) if isinstance(route, Route) else route
        if taught is route or not isinstance(taught, Route):
            return fit
        profile = replace(candidate.profile, item=taught)
        limits = () if self._no_limits else self._own_limits(Course.of(profile))
        practical = self._practical_fit(Terms.of(profile))
        return replace(
            fit,
            candidate=candidate._replace(profile=profile, limits=limits, practical=practical),
            others=(*self._demands(profile, fit.judgement), *practical),
            is_late=takes_too_long(taught, self.context),
        )

    def _beyond_reach(self, route: Route, journey: Journey) -> tuple[Journey, bool]:
        """A journey, and whether it is to a school beyond reach: far when few would go there, or they will not."""
        context = self.context
        may_be = journey.how is How.NATIONAL and journey.nearby and journey.nearby.farther
        desk = to_call(journey.nearby, route, context) if may_be else None
        if desk is None or not desk.place or desk.km <= context.reach_km:
            return journey, False
        is_far = desk.km > context.weights.farthest_km.value or context.travel_limit is not None
        return (replace(journey, how=How.FAR, km=desk.km) if is_far else journey), True

    def judge(self, profile: Profile) -> Judgement | None:
        """Its demands alone, without a score; None when something stands in the way."""
        if not self._is_of_use(profile):
            return None
        journey = self._journey_to(profile.item)
        return self._judge_demands(profile) if journey.value != 0.0 or journey.how is How.FAR else None

    def may_enter(self, profile: Profile) -> bool:
        """Whether none of its demands fails."""
        return self._judge_demands(profile) is not None

    def failed(self, profile: Profile) -> tuple[Rule, ...]:
        """The demands that fail."""
        return self._weigh(profile).failed

    def obstacles(self, profile: Profile) -> Obstacles:
        """What `take` found in the way; nothing when it may be shown."""
        programme, context = profile.item, self.context
        if profile.never is not None:
            return Obstacles((Reason(_never(profile.never, context.sentences), RuleOutcome.NOT_MET),))
        if self._is_excluded(profile):
            text = say(context.sentences.is_excluded, work=one_of(self._names_of(profile)))
            return Obstacles((Reason(text, RuleOutcome.NOT_MET, context.fact_of(FactRole.EXCLUDED)),))
        if self.nearness.of(profile) < context.weights.least_nearness.value:
            return Obstacles((self.nearness.why_not(profile),))
        judgement, journey = self._weigh(profile), self._journey_to(programme)
        others = tuple(Reason(rule.because, RuleOutcome.NOT_MET, "mentions") for rule in judgement.for_others)
        too_far = (in_words(journey, programme.where, context).reason,) if journey.value == 0.0 else ()
        blocked = others or (too_far and journey.how is not How.FAR)
        miss = None if blocked else changes(judgement.nearest_miss)
        if journey.how is How.TOO_FAR_FOR_YOU and not judgement.failed and not others:
            miss = say(context.sentences.travel_farther, km=round(journey.km))
        return Obstacles((*of_failed(judgement), *others, *too_far), miss)

    @property
    def outranked(self) -> Reason:
        """Why something is not shown that nothing stands in the way of."""
        return Reason(self.context.sentences.better_ones, RuleOutcome.NOT_MET, self.context.fact_of(FactRole.WISH))

    def _is_of_use(self, profile: Profile) -> bool:
        """Whether it is offered, and is work of the kind that was asked for."""
        if profile.never is not None or self._is_excluded(profile) or holds_already(profile, self.context):
            return False
        return self.nearness.of(profile) >= self.context.weights.least_nearness.value

    def _is_excluded(self, profile: Profile) -> bool:
        """Whether all that it trains for is work that they do not want, or all of its sectors are."""
        excluded = self.context.person.excluded
        return bool(excluded) and (
            (bool(profile.sectors) and profile.sectors <= excluded)
            or (bool(profile.occupations) and profile.occupations <= excluded)
        )

    def _names_of(self, profile: Profile) -> tuple[Text, ...]:
        knowledge, excluded = self.context.knowledge, self.context.person.excluded
        named = [knowledge.occupations[one].name for one in sorted(profile.occupations & excluded)]
        return tuple(named or [knowledge.sectors[one].name for one in sorted(profile.sectors & excluded)])

    def _judge_demands(self, profile: Profile) -> Judgement | None:
        """None when one of its demands fails."""
        judgement = self._weigh(profile)
        return None if judgement.failed or judgement.for_others else judgement

    def _weigh(self, profile: Profile) -> Judgement:
        judged = self._judged.get(profile.item.id)
        if judged is None:
            judged = self._judged[profile.item.id] = weigh(profile.item.rules, self.context.person.facts)
        return judged

    def _journey_to(self, item: Offerable) -> Journey:
        return self._journey(item.where, item.kind in HELP)

    def _demands(self, profile: Profile, judgement: Judgement) -> tuple[ScorePart, ScorePart]:
        """Whether it is made for somebody like this, and whether they can follow the lessons: shares of its demands."""
        weights, language = self.context.weights, profile.language_rules
        made_for = any(rule.kind is RuleKind.TARGET for rule in judgement.satisfied)
        met = _share(judgement, lambda rule: rule.id not in language)
        demands = OPEN_TO_ALL if met is None else ALL_DEMANDS_MET * met + (1.0 - ALL_DEMANDS_MET) * made_for
        follows = _share(judgement, lambda rule: rule.id in language) if language else None
        return (
            ScorePart("demands", demands, weights.demands.value),
            ScorePart(
                "language",
                NO_LANGUAGE_ASKED if follows is None else follows,
                weights.language.value,
                self._of_lessons(profile) if follows is None else None,
            ),
        )

    def _of_lessons(self, profile: Profile) -> Reason | None:
        """Who speaks little Dutch wants to know the language of the lessons, also when we do not."""
        known = bool(profile.language_rules or profile.item.taught_in)
        if known or not still_learns(self.context) or profile.item.kind in HELP or profile.item.kind is RouteKind.OPEN:
            return None
        about = self.context.fact_of(FactRole.LANGUAGE)
        return Reason(self.context.sentences.language_unknown, RuleOutcome.ASK_FIRST, about)


def other_work(item: Offerable, context: AdviceContext) -> int:
    """To how many occupations a route leads before those that were asked for: the closest comes first in its list."""
    wish = context.person.wish
    if not (isinstance(item, Route) and wish and wish.chosen):
        return 0
    places = (place for place, one in enumerate(item.occupations) if one in wish.chosen)
    return next(places, len(item.occupations))


def holds_already(profile: Profile, context: AdviceContext) -> bool:
    """Whether it leads to a licence without which nobody may do the work that they do: a lorry driver has that.

    Who comes from another country may have it from there, and who wants the very work may have lost it.
    """
    job, wish, item = context.person.job, context.person.wish, profile.item
    own = frozenset(item.occupations[:1]) if isinstance(item, Route) else profile.occupations
    if not own or not job or not own <= set(job.occupations) or not own.isdisjoint(wish.chosen if wish else ()):
        return False
    licences = (one for one in context.knowledge.routes.values() if one.kind is RouteKind.LICENCE)
    from_abroad = still_learns(context) or context.told(FactRole.DIPLOMA_COUNTRY) is not None
    return not from_abroad and any(own == frozenset(one.occupations[:1]) for one in licences)


def asks_degree(judgement: Judgement, context: AdviceContext) -> bool:
    """Whether it has a demand that they meet with a degree, and would not with a diploma of a school."""
    level, ranks = context.fact_of(FactRole.LEVEL), context.ranks
    hard = (rule.condition for rule in judgement.satisfied if rule.kind is RuleKind.HARD)
    return any((lowest_level(one, level, ranks) or 0) >= A_DEGREE for one in hard)


def lowest_level(condition: Condition, level: str, ranks: Mapping[str, int]) -> int | None:
    """The rank of the least education that meets a condition; None when it asks something else, or that as well."""
    if not isinstance(condition, Comparison) or condition.fact != level:
        return None
    return min((ranks.get(str(value), 0) for value in members(condition.value)), default=0)


def ends_far_above(leads_to: str | None, context: AdviceContext) -> bool:
    """Whether a level is so far above their education that few would get there in one step."""
    has, reached = context.ranks.get(str(context.told(FactRole.LEVEL))), context.ranks.get(leads_to or "")
    return has is not None and reached is not None and reached - has >= LONG_WAY


def _place(journey: Journey, where: Where, context: AdviceContext) -> ScorePart:
    return ScorePart("place", journey.value, context.weights.place.value, in_words(journey, where, context).reason)


def _never(never: Never, sentences: AdviceSentences) -> Text:
    match never:
        case Never.ENDED:
            return sentences.has_ended
        case Never.FOR_STUDENTS:
            return sentences.is_for_students
        case Never.FOR_PUPILS:
            return sentences.is_for_pupils
        case Never.FOR_INSTITUTIONS:
            return sentences.is_for_institutions
        case Never.FOR_PROFESSIONALS:
            return sentences.is_for_professionals
        case Never.NO_PROGRAMME:
            return sentences.is_no_programme


def _share(judgement: Judgement, counts: Callable[[Rule], bool]) -> float | None:
    """The share of these demands that hold, where what is unknown counts half; None when there are none.

    "Mostly for people from this district" is no demand on who did not say where they are from.
    """
    held = sum(map(counts, judgement.satisfied))
    missed = sum(map(counts, judgement.missed))
    half = sum(counts(rule) and not _is_for_some(rule) for rule in (*judgement.unknown, *judgement.manual))
    total = held + half + missed
    return (held + 0.5 * half) / total if total else None


def _is_for_some(rule: Rule) -> bool:
    return rule.kind is RuleKind.SOFT and rule.facts <= OPEN_SETS


def _mean(parts: tuple[ScorePart, ...]) -> float:
    value = total = 0.0
    for part in parts:
        total += part.weight
        value += part.weight * (0.5 if part.value is None else part.value)
    return value / total
