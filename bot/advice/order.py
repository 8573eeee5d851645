"""Which of two offers comes first: what kind of way it is, and whether it goes with their limits."""

from enum import IntEnum

from bot.advice.limit_facts import Looked
from bot.advice.own_limits import OF_LIMIT, PARTLY_SCHOOL
from bot.advice.practical_fit import ALL_DAY, PAID_FORMS
from bot.advice.schooling import nationwide
from bot.advice.scoring import PRESENT_WORK, Fit
from bot.advice.stairs import DEGREES
from bot.advice.travel import How
from bot.catalogue import Profile
from bot.content.conditions import comparisons
from bot.content.knowledge import Route, RouteKind

NEEDS_PAY = 0.3  # what a course without known pay is worth to who needs it; to others it is worth more
TELLING = frozenset({"duration", "start", "cost", "cost_eur", "pay", "level", "leads_to", "certificate", "demands"})
"""Facts one of which a course has of which more is known than that it is there."""


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
        if is_hardly_known(fit.profile):
            return Tier.HARDLY_KNOWN
        if ends_well_below(fit):
            return Tier.BELOW
        return Tier.ROUTE if candidate.journey.how is How.PLACE_UNKNOWN else Tier.PROGRAMME_NEAR
    return Tier.OTHER_WORK


def _tier_of_route(fit: Fit, route: Route) -> Tier:
    if fit.is_late:
        return Tier.LATE
    if takes_all_day(route) or _is_back_to_school(fit) or _is_never_paid(route):
        return Tier.HARD_ROUTE
    if fit.towards:
        return Tier.STEP
    if fit.is_usual:
        return Tier.USUAL
    if route.earns:
        return Tier.RELATED_ROUTE if fit.candidate.other_work > 0 else Tier.ALONE
    if fit.candidate.other_work > 0 and not fit.builds_on:
        return Tier.RELATED_ROUTE
    if ends_well_below(fit):
        return Tier.BELOW
    if fit.builds_on:
        return Tier.BUILDS_ON
    if fit.beyond_reach:
        return Tier.BEYOND_REACH
    return Tier.ROUTE_PROVEN_NEAR if is_proven(fit) or _may_begin(route) else Tier.ROUTE


def in_order(fit: Fit) -> tuple[bool, bool, bool, bool, int, Tier, bool, bool, int, bool, float, str]:
    """What goes with their limits comes first, of what leads to the wish; of ways to other work the closest to it, and
    what is at school all day last, or without a wage. Too few hours make nobody ready for a long way. Of ways that are
    alike in all this, work that one may begin without training comes first: a diploma can follow. Of what asks more
    than they have, work that may ask for one diploma more comes before years of a degree."""
    place, item, clash = tier(fit), fit.profile.item, clash_of(fit)
    all_day, below, other = False, False, 0
    if place in (Tier.RELATED_ROUTE, Tier.HARD_ROUTE) and isinstance(item, Route):
        all_day, below = takes_all_day(item) or item.earns is not None, _ends_below(fit)
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


def clash_of(fit: Fit) -> Clash:
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


def takes_all_day(route: Route) -> bool:
    """Whether it is at school all day, as a rule: few adults can, and UWV rarely allows it."""
    return bool(route.forms) and route.forms[0] in ALL_DAY and route.paid is not True


def _may_begin(route: Route) -> bool:
    """Whether it is paid work that asks for no training: how most people begin, and there is some of it everywhere."""
    return route.kind is RouteKind.OPEN and route.paid is True


def _is_never_paid(route: Route) -> bool:
    """Whether it is work for which nobody is paid."""
    return route.kind is RouteKind.OPEN and route.paid is False


def is_hardly_known(profile: Profile) -> bool:
    return profile.newest is None and TELLING.isdisjoint(profile.item.facts)


def _is_back_to_school(fit: Fit) -> bool:
    """Whether it ends well below their education and is no job: what is of their level comes first."""
    is_job = fit.profile.item.paid is True or bool(PAID_FORMS & set(fit.profile.item.forms))
    return not is_job and ends_well_below(fit)


def _ends_below(fit: Fit) -> bool:
    return any(part.name == "level" and part.value is not None and part.value < 1.0 for part in fit.candidate.practical)


def ends_well_below(fit: Fit) -> bool:
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
