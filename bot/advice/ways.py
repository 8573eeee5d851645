"""The routes to a wish, best first, and the first steps of the stairs to what somebody may not enter yet."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from bot.advice.order import Tier, ends_well_below, in_order, takes_all_day, tier
from bot.advice.relevance import ALIKE
from bot.advice.scoring import PRESENT_WORK, Fit, Scorer
from bot.advice.stairs import DEGREES, START, Lasting, not_opened
from bot.advice.taught import KINDS
from bot.catalogue import Catalogue, Profile
from bot.content.conditions import comparisons
from bot.content.knowledge import FactRole, Route, RouteKind

LONGEST_STAIRS = 5  # steps: without a diploma to a master after a university of applied sciences


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
    return isinstance(item, Route) and item.kind is RouteKind.MBO and takes_all_day(item) and ends_well_below(fit)


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
    return sorted(map(measure.located, sorted(fits, key=in_order)[:most]), key=in_order)


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
