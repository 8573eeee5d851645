"""How far a programme is from where someone lives, and whether that can be travelled."""

from dataclasses import dataclass
from enum import Enum, auto

from bot.advice.context import AdviceContext
from bot.advice.filling import say
from bot.advice.model import Reason, RuleOutcome
from bot.content.knowledge import FactRole, Where
from bot.eligibility import Facts
from bot.schools import Nearby
from bot.text import Text


class How(Enum):
    BY_ROAD = auto()
    FAR = auto()  # beyond reach, and shown when nothing is nearer
    TOO_FAR = auto()
    TOO_FAR_FOR_YOU = auto()  # within reach of others, and farther than they want
    IN_REGION = auto()
    NATIONAL = auto()
    ONLINE = auto()
    ELSEWHERE = auto()  # in a region that is not theirs
    HOME_UNKNOWN = auto()
    PLACE_UNKNOWN = auto()


# The value of a journey that is not by road: 0 is out of reach, None is not known.
VALUES: dict[How, float | None] = {
    How.FAR: 0.0,
    How.TOO_FAR: 0.0,
    How.TOO_FAR_FOR_YOU: 0.0,
    How.IN_REGION: 0.8,  # it is said to be there for the region, and not where in it
    How.NATIONAL: 0.6,  # possible, and less than round the corner
    How.ONLINE: 0.6,
    How.ELSEWHERE: 0.0,
    How.HOME_UNKNOWN: None,
    How.PLACE_UNKNOWN: 0.5,
}
FARTHEST = 0.2  # what the end of the reach is worth


@dataclass(frozen=True, slots=True)
class Journey:
    """From home to a programme, or to a school that gives a route.

    `value` as in a `ScorePart`; `km` and `place` when there is a road. `nearby`: the schools for a route.
    """

    how: How
    value: float | None
    km: float = 0.0
    place: str = ""
    nearby: Nearby | None = None

    @property
    def distance(self) -> float | None:
        """Kilometres as the crow flies; None when it is followed anywhere, or nobody knows where."""
        return self.km if self.place else None


def travel(where: Where, is_help: bool, context: AdviceContext) -> Journey:
    """The easiest way to follow a programme from home. `is_help`: it helps to choose, and trains nobody."""
    facts, weights = context.person.facts, context.weights
    schedule = context.told(FactRole.SCHEDULE)
    in_region = facts.get("region") in where.regions or facts.get("province") in where.provinces
    if is_help and not in_region and _is_for_others(where, facts):
        return _journey(How.ELSEWHERE)
    if where.online and isinstance(schedule, frozenset) and "online" in schedule:
        return Journey(How.ONLINE, 1.0)
    home, km, nearest = context.person.home, float("inf"), ""
    if home is not None and where.municipalities:
        km, nearest = min((context.places.distance_km(home, one), one) for one in where.municipalities)
        if km <= context.reach_km:
            return on_the_road(km, nearest, context)
    if in_region:
        return _journey(How.IN_REGION)
    if where.national:
        return national()
    if where.online:
        return _journey(How.ONLINE)
    if nearest:
        for_anybody = km > weights.farthest_km.value
        how = How.TOO_FAR if for_anybody else How.TOO_FAR_FOR_YOU if context.travel_limit else How.FAR
        return Journey(how, 0.0, km, nearest)
    if not (where.municipalities or where.regions or where.provinces):
        return _journey(How.PLACE_UNKNOWN)
    return _journey(How.ELSEWHERE if "province" in facts and not where.municipalities else How.HOME_UNKNOWN)


def on_the_road(km: float, place: str, context: AdviceContext, nearby: Nearby | None = None) -> Journey:
    """A journey within reach."""
    near, reach = context.weights.near_km.value, context.reach_km
    far = max(0.0, km - near) / max(1.0, reach - near)
    return Journey(How.BY_ROAD, 1.0 - (1.0 - FARTHEST) * far, km, place, nearby)


def national(nearby: Nearby | None = None) -> Journey:
    """To what is there in the whole country, nobody knows where exactly."""
    return Journey(How.NATIONAL, VALUES[How.NATIONAL], nearby=nearby)


def _is_for_others(where: Where, facts: Facts) -> bool:
    """Whether it is there for some regions only: their website is of little use to who lives in another."""
    regional = bool(where.regions or where.provinces) and not where.national
    return regional and "province" in facts and facts.get("municipality") not in where.municipalities


def _journey(how: How) -> Journey:
    return Journey(how, VALUES[how])


@dataclass(frozen=True, slots=True)
class JourneyInWords:
    """`reason` as a sentence; `short` for a card, with `{where}` and `{km}` still to be filled in."""

    reason: Reason
    short: Text


def in_words(journey: Journey, where: Where, context: AdviceContext) -> JourneyInWords:
    sentences, home, km = context.sentences, context.person.home or "", round(journey.km)
    about = context.fact_of(FactRole.PLACE)
    places = list(where.municipalities or where.regions or where.provinces)
    is_near = journey.km <= context.weights.near_km.value
    on_a_card = sentences.card_near if is_near else sentences.card_far
    named = Text.same(places[0]) if places else sentences.card_where_ask
    match journey.how:
        case How.BY_ROAD:
            sentence = sentences.is_near if is_near else sentences.is_in_reach
            text = say(sentence, km=km, place=home, where=journey.place)
            return JourneyInWords(Reason(text, RuleOutcome.MET, about), on_a_card)
        case How.FAR | How.TOO_FAR:
            sentence = sentences.is_far if journey.how is How.FAR else sentences.too_far
            text = say(sentence, km=km, place=home, where=journey.place)
            return JourneyInWords(Reason(text, RuleOutcome.NOT_MET, about), on_a_card)
        case How.TOO_FAR_FOR_YOU:
            limit = context.travel_limit
            assert limit is not None, "without a limit of theirs it is far, and not too far"
            text = say(sentences.too_far_for_you, km=km, place=home, limit=limit)
            return JourneyInWords(Reason(text, RuleOutcome.NOT_MET, context.fact_of(FactRole.LIMITS)), on_a_card)
        case How.IN_REGION:
            text = say(sentences.is_in_region, where=places)
            return JourneyInWords(Reason(text, RuleOutcome.MET, about), sentences.card_in_region)
        case How.NATIONAL:
            return JourneyInWords(Reason(sentences.is_national, RuleOutcome.MET, about), sentences.card_national)
        case How.ONLINE:
            return JourneyInWords(Reason(sentences.is_online, RuleOutcome.MET, about), sentences.card_online)
        case How.ELSEWHERE:
            text = say(sentences.other_region, where=places)
            return JourneyInWords(Reason(text, RuleOutcome.NOT_MET, about), named)
        case How.HOME_UNKNOWN:
            text = say(sentences.other_region, where=places)
            return JourneyInWords(Reason(text, RuleOutcome.UNKNOWN, about), named)
        case How.PLACE_UNKNOWN:
            unknown = Reason(sentences.where_unknown, RuleOutcome.ASK_FIRST)
            return JourneyInWords(unknown, sentences.card_where_ask)
