"""How far a programme is from where someone lives, and whether that can be travelled."""

from bot.advice.model import Outcome, Part, Reason
from bot.advice.situation import Situation
from bot.advice.wording import say
from bot.content.knowledge import Programme, Where

IN_REGION = 0.8  # it is said to be there for the region, and not where in it
ANYWHERE = 0.6  # online, or all over the country: possible, and less than round the corner
NOBODY_KNOWS = 0.4


def travel(programme: Programme, situation: Situation) -> Part:
    """The part for the place: 0 is out of reach; None when it is not known where the person lives."""
    where, facts = programme.where, situation.person.facts
    if where.online and "online" in _set(facts.get("schedule")):
        return _part(situation, 1.0, Reason(situation.sentences.is_online, Outcome.MET, "schedule"))
    by_road = _by_road(where, situation)
    if by_road and by_road.value:
        return by_road
    if facts.get("region") in where.regions or facts.get("province") in where.provinces:
        text = say(situation.sentences.is_in_region, where=_places(where))
        return _part(situation, IN_REGION, Reason(text, Outcome.MET, "place"))
    if where.national:
        return _part(situation, ANYWHERE, Reason(situation.sentences.is_national, Outcome.MET, "place"))
    if where.online:
        return _part(situation, ANYWHERE, Reason(situation.sentences.is_online, Outcome.MET, "place"))
    return by_road or _elsewhere(where, situation)


def _by_road(where: Where, situation: Situation) -> Part | None:
    """The nearest place of the programme; None when there is none, or when we do not know where they live."""
    home, weights, sentences = situation.person.home, situation.weights, situation.sentences
    if home is None or not where.municipalities:
        return None
    km, nearest = min((situation.places.distance_km(home, one), one) for one in where.municipalities)
    if km > weights.reach_km.value:
        return _part(situation, 0.0, Reason(say(sentences.too_far, km=round(km), place=home), Outcome.NOT_MET, "place"))
    near = weights.near_km.value
    value = 1.0 - 0.8 * max(0.0, km - near) / (weights.reach_km.value - near)
    sentence = sentences.is_near if km <= near else sentences.is_in_reach
    return _part(situation, value, Reason(say(sentence, km=round(km), place=home, where=nearest), Outcome.MET, "place"))


def _elsewhere(where: Where, situation: Situation) -> Part:
    sentences, places = situation.sentences, _places(where)
    if not places:
        return _part(situation, NOBODY_KNOWS, Reason(sentences.where_unknown, Outcome.ASK_FIRST))
    there_only = say(sentences.other_region, where=places)
    if "province" in situation.person.facts and not where.municipalities:
        return _part(situation, 0.0, Reason(there_only, Outcome.NOT_MET, "place"))
    return _part(situation, None, Reason(there_only, Outcome.UNKNOWN, "place"))


def _part(situation: Situation, value: float | None, reason: Reason) -> Part:
    return Part("place", value, situation.weights.place.value, reason)


def _places(where: Where) -> list[str]:
    return list(where.municipalities or where.regions or where.provinces)


def _set(value: object) -> frozenset[str]:
    return value if isinstance(value, frozenset) else frozenset()
