"""What is shown, best first: programmes of named providers, routes, and what is far when nothing is near."""

from bisect import insort
from collections.abc import Collection, Iterable, Sequence

from bot.advice.order import (
    Clash,
    Tier,
    clash_of,
    in_order,
    is_hardly_known,
    is_proven,
    tier,
)
from bot.advice.relevance import ALIKE, HELP, HELPS_ANYONE, HELPS_IN_SECTOR
from bot.advice.scoring import Fit, Scorer
from bot.advice.travel import How
from bot.advice.ways import ways
from bot.catalogue import Catalogue, Profile
from bot.content.knowledge import FactRole, Programme, Route, Rule

STEPS_FIRST = 2  # of them, before the way itself
KNOWN_FOR = 3  # kinds of work, the first that an editor names of a sector


def shown_to(measure: Scorer, catalogue: Catalogue) -> tuple[Fit, ...]:
    """What somebody is shown: programmes and routes each ranked among their own, then put together.

    A route is there for nearly every wish in every town, so that it takes no place of a programme: of the places that
    there are, routes get a few, and the rest when there are no programmes for it.
    """
    person, weights = measure.context.person, measure.context.weights
    near = catalogue.near(person.wish, person.asked_for)
    programmes = sorted(rank(measure, near), key=in_order)
    routes = ways(measure, catalogue)
    programmes = _not_named_better_by(routes, programmes)
    ways_there = [one for one in (*routes, *programmes) if one.candidate.trains or one.towards]
    if any(isinstance(one.profile.item, Route) for one in ways_there):
        is_open = any(tier(one) < Tier.HARD_ROUTE for one in ways_there)
        programmes = [one for one in programmes if one.candidate.trains or _is_worth_a_look(one, is_open)]
    if person.wish and person.wish.likely:
        programmes, routes = _one_of_each(programmes, routes, frozenset(person.wish.likely))
    if not any(is_proven(one) for one in (*programmes, *routes) if one.candidate.trains):
        programmes = sorted((*programmes, *_nearest_far(measure, near)), key=in_order)
    most, of_routes = int(weights.most_shown.value), int(weights.most_routes.value)
    if not any(one.candidate.trains for one in programmes):
        of_routes += 1  # a course for other work is no reason to leave out a third way to what was asked
    programmes = _not_older_than(routes, programmes)
    programmes, routes = _each_once(programmes, routes, most - of_routes)
    programmes = programmes[: most - min(len(routes), of_routes)]
    shown = sorted((*programmes, *routes[: most - len(programmes)]), key=in_order)
    if person.wish and not person.wish.chosen:
        shown = _of_each_sector(shown, person.wish.sectors, measure)
    return tuple(map(measure.worded, _way_after_steps(measure, shown)))


def _way_after_steps(measure: Scorer, shown: Sequence[Fit]) -> list[Fit]:
    """With the best way itself after two first steps towards it, where three would leave it out of a first screen.

    That is what asks no more than a higher level, which a test or work may take the place of.
    """
    ordered, level = list(shown), measure.context.fact_of(FactRole.LEVEL)
    if all(fit.towards for fit in ordered[: STEPS_FIRST + 1]):
        ways_there = (one for one in ordered if not one.towards and one.candidate.trains and tier(one) < Tier.FAR)
        goes = (one for one in ways_there if all(rule.facts == {level} for rule in _short_of(one)))
        if way := next((one for one in goes if clash_of(one) is not Clash.SURELY), None):
            ordered.remove(way)
            ordered.insert(STEPS_FIRST, way)
    return ordered


def _short_of(fit: Fit) -> tuple[Rule, ...]:
    """What it asks and they have not, though they may enter."""
    return (*fit.judgement.missed, *fit.judgement.manual)


def _is_worth_a_look(fit: Fit, is_open: bool) -> bool:
    """Whether what trains for other work is near enough to stand beside a way to the very work.

    Help is so when it is for who they are: help to get to know care is none to who works there. Help to choose within
    a sector is for who has still to choose, or whose way is a hard one: who named work and can begin (`is_open`) chose.
    """
    if fit.profile.item.kind in HELP:
        about = HELPS_IN_SECTOR if is_open else HELPS_ANYONE
        return fit.candidate.nearness > about and not fit.judgement.missed
    return fit.candidate.nearness >= ALIKE and not is_hardly_known(fit.profile)


def _of_each_sector(shown: Sequence[Fit], sectors: Collection[str], measure: Scorer) -> list[Fit]:
    """In turns of the sectors that a vague wish may mean: "mensen helpen" is not three times a teacher.

    Within a sector what leads to the work that it is known for comes first: "iets in de zorg" is no childcare yet.
    """
    known_for = {one for name in sectors for one in measure.context.knowledge.sectors[name].occupations[:KNOWN_FOR]}
    seen: dict[str, int] = {}
    turns = []
    for fit in shown:
        sector = next((one for one in fit.profile.item.sectors if one in sectors), "")
        seen[sector] = seen.get(sector, -1) + 1
        beside = bool(known_for) and known_for.isdisjoint(fit.profile.occupations)
        later = tier(fit) >= Tier.LONG_WAY or clash_of(fit) is Clash.SURELY
        turns.append((later, beside, seen[sector], fit))
    return [fit for *_, fit in sorted(turns, key=lambda one: one[:3])]


def _one_of_each(
    programmes: Iterable[Fit], routes: Iterable[Fit], likely: frozenset[str]
) -> tuple[list[Fit], list[Fit]]:
    """What leads to work that the ones before it do not lead to: who says "iets met dieren" has still to choose."""
    seen: set[str] = set()

    def is_new(fit: Fit) -> bool:
        leads = fit.profile.occupations & likely
        new = not leads or not leads <= seen
        seen.update(leads)
        return new

    kept = [fit for fit in programmes if is_new(fit)]
    # The rest comes after, so that nobody sees less than there is.
    turns = [(not is_new(fit), place, fit) for place, fit in enumerate(routes)]
    return kept, [fit for _, _, fit in sorted(turns, key=lambda one: one[:2])]


def _each_once(programmes: Sequence[Fit], routes: Sequence[Fit], of_programmes: int) -> tuple[list[Fit], list[Fit]]:
    """Without what is said twice: a route gives way to a programme in reach that is this very way and has a place
    among the first `of_programmes`, and a programme that is far to its route.
    """
    named = {fit.profile.item.id for fit in programmes[:of_programmes] if tier(fit) < Tier.FAR}
    kept = [one for one in routes if named.isdisjoint(_same_as(one))]
    said = {name for one in kept for name in _same_as(one)}
    return [fit for fit in programmes if fit.profile.item.id not in said], kept


def _same_as(fit: Fit) -> tuple[str, ...]:
    """The programmes that are this very route."""
    return fit.profile.item.same_as if isinstance(fit.profile.item, Route) else ()


def _not_older_than(routes: Iterable[Fit], programmes: Iterable[Fit]) -> list[Fit]:
    """The programmes without those of the whole country that say no more than a route, on an older page."""
    newer: dict[str, str] = {}
    for one in routes:
        if isinstance(one.profile.item, Route) and one.profile.newest:
            newer |= dict.fromkeys(one.profile.item.same_as, one.profile.newest)

    def is_older(fit: Fit) -> bool:
        national = fit.candidate.journey.how is How.NATIONAL
        return national and (fit.profile.newest or "") < newer.get(fit.profile.item.id, "")

    return [one for one in programmes if not is_older(one)]


def _not_named_better_by(routes: Iterable[Fit], programmes: Iterable[Fit]) -> list[Fit]:
    """The programmes without those that give nobody to call, and that a route is another name of: it has a call."""
    said = {same for one in routes if isinstance(one.profile.item, Route) for same in one.profile.item.same_as}
    return [one for one in programmes if one.profile.item.id not in said or not _names_nobody(one.profile)]


def _names_nobody(profile: Profile) -> bool:
    item = profile.item
    return isinstance(item, Programme) and item.provider_described and item.url is None


# ------------------------------------------------------------------ programmes
def rank(measure: Scorer, profiles: Iterable[Profile]) -> tuple[Fit, ...]:
    """The best few that fit, and none that is far from the wish beside one that is near.

    Rules are judged in the order of the score that each programme can have at most: once enough are found, the first
    that can do no better ends it.
    """
    weights = measure.context.weights
    most = int(weights.most_shown.value)
    seen = [(near, profile) for profile in profiles if (near := measure.nearness_in_reach(profile)) is not None]
    best = _nearest_training(measure, seen)
    close = [
        measure.look_at(profile)
        for near, profile in seen
        if near >= best - weights.widest_gap.value and _is_called_for(near, profile, best)
    ]
    shown: list[Fit] = []
    for candidate in sorted(close, key=lambda candidate: -candidate.at_most):
        if len(shown) == most and shown[-1].score > candidate.at_most:
            break
        if fit := measure.fit(candidate):
            insort(shown, fit, key=lambda one: (-one.score, one.profile.item.id))
            del shown[most:]
    return tuple(shown)


def _nearest_training(measure: Scorer, seen: Iterable[tuple[float, Profile]]) -> float:
    """The nearness of the nearest programme that fits and trains somebody; 0 when none does."""
    training = ((near, profile) for near, profile in seen if profile.item.kind not in HELP)
    nearest_first = sorted(training, key=lambda one: -one[0])
    return next((near for near, profile in nearest_first if measure.may_enter(profile)), 0.0)


def _is_called_for(near: float, profile: Profile, best: float) -> bool:
    """Help that is there for anyone is shown to who finds nothing else."""
    return near > HELPS_ANYONE or best == 0.0 or profile.item.kind not in HELP


def _nearest_far(measure: Scorer, profiles: Iterable[Profile]) -> list[Fit]:
    """The nearest programme beyond reach that trains for the very wish."""
    far = (candidate for profile in profiles if (candidate := measure.see_far(profile)) and candidate.trains)
    fits = (fit for candidate in sorted(far, key=lambda one: one.journey.km) if (fit := measure.fit(candidate)))
    return [fit for fit in [next(fits, None)] if fit]
