"""What is shown, best first: programmes of named providers, routes, and what is far when nothing is near."""

from bisect import insort
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from enum import IntEnum
from itertools import chain

from bot.advice.limit_facts import Looked
from bot.advice.own_limits import OF_LIMIT, PARTLY_SCHOOL
from bot.advice.practical_fit import ALL_DAY, PAID_FORMS
from bot.advice.relevance import ALIKE, HELP, HELPS_ANYONE, HELPS_IN_SECTOR
from bot.advice.schooling import nationwide
from bot.advice.scoring import PRESENT_WORK, Fit, Scorer
from bot.advice.stairs import DEGREES, START, Lasting, not_opened
from bot.advice.taught import KINDS
from bot.advice.travel import How
from bot.catalogue import Catalogue, Profile
from bot.content.conditions import comparisons
from bot.content.knowledge import FactRole, Programme, Route, RouteKind, Rule

NEEDS_PAY = 0.3  # what a course without known pay is worth to who needs it; to others it is worth more
TELLING = frozenset({"duration", "start", "cost", "cost_eur", "pay", "level", "leads_to", "certificate", "demands"})
"""Facts one of which a course has of which more is known than that it is there."""
STEPS_FIRST = 2  # of them, before the way itself
KNOWN_FOR = 3  # kinds of work, the first that an editor names of a sector
LONGEST_STAIRS = 5  # steps: without a diploma to a master after a university of applied sciences


class Tier(IntEnum):
    """What comes before what; within a tier the score decides."""

    USUAL = 0  # the way in which most adults get into this work
    PROGRAMME_NEAR = 1
    BUILDS_ON = 2  # a route that begins where their degree ended
    ROUTE_PROVEN_NEAR = 3
    ROUTE = 4  # or a programme of which nobody knows where it is
    BELOW = 5  # what ends well below their education
    ALONE = 6  # without a wage: as one's own boss, or first as a volunteer
    BEYOND_REACH = 7  # a route of which the nearest school that is known is farther than people travel
    RELATED_ROUTE = 8  # to other work first
    HARDLY_KNOWN = 9  # a programme of which no page has a day, and none says more than that it is there
    NEARLY_OPEN = 10  # the usual job, for which most have learnt somewhat more
    STEP = 11  # the first step towards the wish: behind a way of its own that asks no more of them
    HARD_ROUTE = 12  # at school all day or far below their level, or work that nobody pays for
    LATE = 13  # so long without pay that few of their years of work are left after it
    LONG_WAY = 14  # what somebody may enter, and that ends far above their education, or asks more or another age
    FAR = 15
    OTHER_WORK = 16  # or help to choose


def shown_to(measure: Scorer, catalogue: Catalogue) -> tuple[Fit, ...]:
    """What somebody is shown: programmes and routes each ranked among their own, then put together.

    A route is there for nearly every wish in every town, so that it takes no place of a programme: of the places that
    there are, routes get a few, and the rest when there are no programmes for it.
    """
    person, weights = measure.context.person, measure.context.weights
    near = catalogue.near(person.wish, person.asked_for)
    programmes = sorted(rank(measure, near), key=_order)
    routes = ways(measure, catalogue)
    programmes = _not_named_better_by(routes, programmes)
    ways_there = [one for one in (*routes, *programmes) if one.candidate.trains or one.towards]
    if any(isinstance(one.profile.item, Route) for one in ways_there):
        is_open = any(tier(one) < Tier.HARD_ROUTE for one in ways_there)
        programmes = [one for one in programmes if one.candidate.trains or _is_worth_a_look(one, is_open)]
    if person.wish and person.wish.likely:
        programmes, routes = _one_of_each(programmes, routes, frozenset(person.wish.likely))
    if not any(is_proven(one) for one in (*programmes, *routes) if one.candidate.trains):
        programmes = sorted((*programmes, *_nearest_far(measure, near)), key=_order)
    most, of_routes = int(weights.most_shown.value), int(weights.most_routes.value)
    if not any(one.candidate.trains for one in programmes):
        of_routes += 1  # a course for other work is no reason to leave out a third way to what was asked
    programmes = _not_older_than(routes, programmes)
    programmes, routes = _each_once(programmes, routes, most - of_routes)
    programmes = programmes[: most - min(len(routes), of_routes)]
    shown = sorted((*programmes, *routes[: most - len(programmes)]), key=_order)
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
        if way := next((one for one in goes if _clashes(one) is not Clash.SURELY), None):
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
    return fit.candidate.nearness >= ALIKE and not _is_hardly_known(fit.profile)


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
        later = tier(fit) >= Tier.LONG_WAY or _clashes(fit) is Clash.SURELY
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


def tier(fit: Fit) -> Tier:
    candidate = fit.candidate
    if candidate.journey.how is How.FAR:
        return Tier.FAR
    if candidate.trains and fit.is_usual and fit.may_pass and not fit.other_age:
        return Tier.NEARLY_OPEN
    if candidate.trains and (candidate.is_long_way or fit.asks_more or fit.other_age):
        return Tier.LONG_WAY
    if isinstance(fit.profile.item, Route) and (candidate.trains or fit.towards):
        return _tier_of_route(fit, fit.profile.item)
    if candidate.trains:
        if _is_hardly_known(fit.profile):
            return Tier.HARDLY_KNOWN
        if _ends_well_below(fit):
            return Tier.BELOW
        return Tier.ROUTE if candidate.journey.how is How.PLACE_UNKNOWN else Tier.PROGRAMME_NEAR
    return Tier.OTHER_WORK


def _tier_of_route(fit: Fit, route: Route) -> Tier:
    if fit.is_late:
        return Tier.LATE
    if _takes_all_day(route) or _is_back_to_school(fit) or _is_never_paid(route):
        return Tier.HARD_ROUTE
    if fit.towards:
        return Tier.STEP
    if fit.is_usual:
        return Tier.USUAL
    if route.earns:
        return Tier.RELATED_ROUTE if fit.candidate.other_work > 0 else Tier.ALONE
    if fit.candidate.other_work > 0 and not fit.builds_on:
        return Tier.RELATED_ROUTE
    if _ends_well_below(fit):
        return Tier.BELOW
    if fit.builds_on:
        return Tier.BUILDS_ON
    if fit.beyond_reach:
        return Tier.BEYOND_REACH
    return Tier.ROUTE_PROVEN_NEAR if is_proven(fit) or _may_begin(route) else Tier.ROUTE


def _order(fit: Fit) -> tuple[bool, bool, bool, bool, int, Tier, bool, bool, int, bool, float, str]:
    """What goes with their limits comes first, of what leads to the wish; of ways to other work the closest to it, and
    what is at school all day last, or without a wage. Too few hours make nobody ready for a long way. Of ways that are
    alike in all this, work that one may begin without training comes first: a diploma can follow. Of what asks more
    than they have, work that may ask for one diploma more comes before years of a degree."""
    place, item, clash = tier(fit), fit.profile.item, _clashes(fit)
    all_day, below, other = False, False, 0
    if place in (Tier.RELATED_ROUTE, Tier.HARD_ROUTE) and isinstance(item, Route):
        all_day, below = _takes_all_day(item) or item.earns is not None, _ends_below(fit)
        other = 0 if fit.towards else fit.candidate.other_work
    elif place is Tier.LONG_WAY:
        below = item.kind in DEGREES or fit.candidate.is_long_way or _asks_the_field(fit)
        other = int(not fit.is_usual)
    surely = clash is Clash.SURELY
    trained = not (isinstance(item, Route) and _may_begin(item))
    leads = place >= Tier.FAR, place is Tier.OTHER_WORK, surely, place >= Tier.LONG_WAY
    return *leads, clash, place, all_day, below, other, trained, -fit.score, item.id


def _asks_the_field(fit: Fit) -> bool:
    """Whether it is for who works in the field already, or has a diploma of it: no step of theirs opens that."""
    missed = {one.fact for rule in fit.judgement.missed for one in comparisons(rule.condition)}
    return bool(fit.judgement.manual or fit.field_unknown) or not missed.isdisjoint(PRESENT_WORK)


class Clash(IntEnum):
    """How badly something goes with a limit of theirs."""

    NOT = 0
    PARTLY = 1  # a part is as they would rather not
    SURELY = 2  # a source says that it does not go with it


def _clashes(fit: Fit) -> Clash:
    values = {part.name.removeprefix(OF_LIMIT): part.value for part in fit.candidate.limits}
    if 0.0 in values.values():
        return Clash.SURELY
    if any(part.name == "hours" and part.speaks_against for part in fit.candidate.practical):
        return Clash.PARTLY
    pay = next((part.value for part in fit.candidate.practical if part.name == "pay"), None)
    item = fit.profile.item
    is_work = item.kind is RouteKind.OPEN and isinstance(item, Route) and item.earns is None
    unpaid = pay is not None and pay <= NEEDS_PAY and not is_work
    return Clash.PARTLY if unpaid or values.get(Looked.NO_SCHOOL, 1.0) == PARTLY_SCHOOL else Clash.NOT


def _takes_all_day(route: Route) -> bool:
    """Whether it is at school all day, as a rule: few adults can, and UWV rarely allows it."""
    return bool(route.forms) and route.forms[0] in ALL_DAY and route.paid is not True


def _may_begin(route: Route) -> bool:
    """Whether it is paid work that asks for no training: how most people begin, and there is some of it everywhere."""
    return route.kind is RouteKind.OPEN and route.paid is True


def _is_never_paid(route: Route) -> bool:
    """Whether it is work for which nobody is paid."""
    return route.kind is RouteKind.OPEN and route.paid is False


def _is_hardly_known(profile: Profile) -> bool:
    return profile.newest is None and TELLING.isdisjoint(profile.item.facts)


def _is_back_to_school(fit: Fit) -> bool:
    """Whether it ends well below their education and is no job: what is of their level comes first."""
    is_job = fit.profile.item.paid is True or bool(PAID_FORMS & set(fit.profile.item.forms))
    return not is_job and _ends_well_below(fit)


def _ends_below(fit: Fit) -> bool:
    return any(part.name == "level" and part.value is not None and part.value < 1.0 for part in fit.candidate.practical)


def _ends_well_below(fit: Fit) -> bool:
    """Whether it ends well below their education: a job with lessons may be wanted all the same."""
    return any(part.name == "level" and part.reason for part in fit.candidate.practical)


def is_near(fit: Fit) -> bool:
    """Whether we know of somebody within reach who gives it."""
    return fit.candidate.journey.how in (How.BY_ROAD, How.IN_REGION, How.ONLINE)


def is_proven(fit: Fit) -> bool:
    """Whether a named provider gives it within reach: a programme has one, a route when a school near is known."""
    journey = fit.candidate.journey
    in_the_country = nationwide(journey) if isinstance(fit.profile.item, Route) else journey.how is How.NATIONAL
    return is_near(fit) or bool(in_the_country)


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


# ------------------------------------------------------------------ routes
def ways(measure: Scorer, catalogue: Catalogue) -> list[Fit]:
    """The routes to the wish, best first; of several occupations that were named, first the best of each.

    Who may enter no route to an occupation that ends in a diploma, or only by a test that asks far more than they
    learnt, gets the first step of the stairs to it as well.
    """
    wish, most = measure.context.person.wish, int(measure.context.weights.most_shown.value)
    profiles = catalogue.routes_to(wish)
    if wish is None or not wish.chosen:
        return _located(measure, _enterable(measure, profiles), most)
    by_occupation = []
    for occupation in wish.chosen:
        of_this = [one for one in profiles if occupation in one.occupations]
        profiles = [one for one in profiles if occupation not in one.occupations]
        fits = _enterable(measure, of_this)
        if not any(_is_near_diploma(fit, measure) for fit in fits):
            above = [fit.profile for fit in fits if fit.candidate.is_long_way or fit.asks_more]
            tops = [one for one in of_this if one in above or _too_high(measure, one)]
            fits += _steps(measure, _tops_beside(fits, tops, measure), catalogue)
        by_occupation.append(_located(measure, fits, most))
    by_occupation.append(_located(measure, _enterable(measure, profiles), most))  # of work with the same code
    longest = max(map(len, by_occupation))
    turns = [fits[turn] for turn in range(longest) for fits in by_occupation if turn < len(fits)]
    first: dict[str, Fit] = {}  # of a step towards two, the way to what was named first
    for fit in turns:
        first.setdefault(fit.profile.item.id, fit)
    return _not_back_to_school(_each_study_once(measure, list(first.values())))


def _not_back_to_school(fits: Sequence[Fit]) -> list[Fit]:
    """Without years at school all day for less than they have, beside a degree in the work itself."""
    if not any(fit.profile.item.kind in DEGREES and not fit.towards and tier(fit) < Tier.LATE for fit in fits):
        return list(fits)
    return [fit for fit in fits if not _is_school_below(fit)]


def _is_school_below(fit: Fit) -> bool:
    item = fit.profile.item
    return isinstance(item, Route) and item.kind is RouteKind.MBO and _takes_all_day(item) and _ends_well_below(fit)


def _each_study_once(measure: Scorer, fits: Sequence[Fit]) -> list[Fit]:
    """Without what another way is as well where they live: the same study at the same school.

    The way that is called after that study stays, for it says most of it; else the first.
    """
    routes, said = measure.context.knowledge.routes, dict[tuple[object, ...], str]()

    def is_renamed(fit: Fit) -> bool:
        route = routes.get(fit.profile.item.id)
        return route is not None and fit.profile.item.title != route.title

    for fit in sorted(fits, key=is_renamed):
        if study := _study(fit):
            said.setdefault(study, fit.profile.item.id)
    return [fit for fit in fits if said.get(_study(fit), fit.profile.item.id) == fit.profile.item.id]


def _study(fit: Fit) -> tuple[object, ...]:
    """What the school to call gives, as the register has it; empty when that is not known."""
    proof = fit.study
    if proof is None or proof.degree not in KINDS or fit.profile.item.kind not in KINDS.values():
        return ()
    return proof.school.id, proof.place, proof.degree, proof.name


def _is_near_diploma(fit: Fit, measure: Scorer) -> bool:
    """Whether it ends in a diploma of a level, with which one can go on, and asks no more than they have."""
    is_open = not fit.candidate.is_long_way and not fit.asks_more
    return fit.profile.item.leads_to in measure.context.ranks and is_open


def _located(measure: Scorer, fits: Iterable[Fit], most: int) -> list[Fit]:
    """The best of these, with the schools near, and in the order that follows."""
    return sorted(map(measure.located, sorted(fits, key=_order)[:most]), key=_order)


def _enterable(measure: Scorer, profiles: Iterable[Profile]) -> list[Fit]:
    seen = (candidate for profile in profiles if (candidate := measure.see(profile)))
    return [fit for candidate in seen if (fit := measure.fit(candidate))]


def _tops_beside(fits: Iterable[Fit], tops: Sequence[Profile], measure: Scorer) -> list[Profile]:
    """The routes worth a first step beside what may be entered.

    Beside a way of its own that is open, the stairs to other work are none, though some get from there to what was
    asked: nobody becomes a recycler by operating a factory. A first diploma that counts is one for any work.
    """
    is_open = any(not (fit.candidate.other_work or fit.candidate.is_long_way or fit.asks_more) for fit in fits)
    ranks, wish = measure.context.ranks, measure.context.person.wish

    def is_near(top: Profile) -> bool:
        first = top.item.occupations[0] if isinstance(top.item, Route) else None
        is_start = ranks.get(top.item.leads_to or "", 0) in range(1, START + 1)
        shares_sector = wish is not None and not top.sectors.isdisjoint(wish.sectors)
        return is_start or shares_sector or first is None or measure.nearness.in_common(first) >= ALIKE

    return [one for one in tops if is_near(one)] if is_open else list(tops)


def _too_high(measure: Scorer, profile: Profile) -> bool:
    """Whether a step below it is the one thing that they lack: more education, or other work first."""
    below, failed = {measure.context.fact_of(FactRole.LEVEL), *PRESENT_WORK}, measure.failed(profile)
    return bool(failed) and all(any(one.fact in below for one in comparisons(rule.condition)) for rule in failed)


def _steps(measure: Scorer, tops: Sequence[Profile], catalogue: Catalogue) -> list[Fit]:
    """The first steps that somebody may enter, towards the lowest of these routes that has any."""
    ranks = measure.context.ranks
    for rank in sorted({ranks.get(one.item.leads_to or "", 0) for one in tops}):
        of_rank = (one for one in tops if ranks.get(one.item.leads_to or "", 0) == rank)
        fits = chain.from_iterable(_first_steps(measure, top, catalogue) for top in of_rank)
        found: dict[str, Fit] = {}
        for fit in sorted(fits, key=_length):  # the shortest stairs of each
            found.setdefault(fit.profile.item.id, fit)
        if found:
            return list(found.values())
    return []


def _length(fit: Fit) -> tuple[bool, int, int]:
    return bool(fit.unopened), len(fit.after), Lasting.of(fit.after).least


def _first_steps(measure: Scorer, top: Profile, catalogue: Catalogue) -> Iterator[Fit]:
    """The highest step below a route that may be entered, whatever the side one comes from.

    A step that opens the next one comes before other work on the way: nobody enters a degree from a reception desk.
    So do stairs of which each step opens the next: who has no diploma enters no degree from a help desk either.
    """
    assert isinstance(top.item, Route), "only routes have stairs"
    steps: list[tuple[Profile, tuple[Route, ...]]] = [(top, ())]  # with what comes after each
    seen: set[tuple[str, tuple[str, ...]]] = set()
    untested: list[Fit] = []
    beside: list[Fit] = []
    for _ in range(LONGEST_STAIRS):
        below = [(one, step.item, after) for step, after in steps for one in catalogue.below(step.item.id)]
        steps, fits = [], []
        for one, above, after in below:
            if not isinstance(above, Route) or not isinstance(one.item, Route) or one.item in (above, *after):
                continue
            stairs = (above, *after)
            closed = not_opened(one.item, stairs, measure.context)
            state = one.item.id, tuple(route.id for route in closed)
            if state in seen:
                continue
            seen.add(state)
            steps.append((one, stairs))
            candidate = measure.see_step(one)
            if candidate is None or candidate.is_long_way:
                continue
            if (fit := measure.fit(candidate)) and not fit.asks_more:
                fits.append(replace(fit, towards=top.item, after=stairs, unopened=closed))
        opening = [fit for fit in fits if _opens(fit, top, measure)]
        if whole := [fit for fit in opening if not fit.unopened]:
            yield from whole
            return
        untested = untested or opening
        beside = beside or fits
    yield from untested or beside


def _opens(fit: Fit, top: Profile, measure: Scorer) -> bool:
    """Whether a step brings somebody nearer a route that asks for more education: it is a start in the work that they
    named, or ends in a higher diploma than they have. Work next to it is none: sewers are no step to plumbing.
    """
    ranks, level = measure.context.ranks, measure.context.told(FactRole.LEVEL)
    reached = ranks.get(fit.profile.item.leads_to or "", 0)
    wish = measure.context.person.wish
    start = top.occupations & frozenset(wish.chosen if wish else ())
    return not fit.profile.occupations.isdisjoint(start or top.occupations) or reached > ranks.get(str(level), 0)
