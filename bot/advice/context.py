"""One person on one day, with everything that their advice is judged by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.advice.limit_facts import Looked
from bot.advice.seeker import Seeker
from bot.catalogue import Payer
from bot.compiled import Compiled
from bot.content.advice_config import AdviceSentences, Weights
from bot.content.conditions import Value
from bot.content.knowledge import FactRole, Knowledge, Offerable, Route
from bot.content.limits import LimitValue
from bot.recognisers.places import Places
from bot.schools import Schools
from bot.text import Text


@dataclass(frozen=True, slots=True)
class AdviceContext:
    person: Seeker
    knowledge: Knowledge
    places: Places
    schools: Schools
    weights: Weights
    sentences: AdviceSentences
    titles: Mapping[str, Text]  # of programmes, routes and ways to pay, by id
    ranks: Mapping[str, int]  # of the levels of education
    levels: Mapping[str, Text]  # what they are called
    first_language: str  # of the country, by code: lessons are in it unless a source says another
    payers: Mapping[str, Mapping[str, Payer]]  # the ways to pay that have to do with a course, by the id of the course
    on: date
    reach_km: float = field(init=False)
    """How far somebody travels, as the crow flies: as they said, else as far as most people do."""
    _facts: Mapping[FactRole, str] = field(init=False, repr=False, compare=False)
    _told: Mapping[FactRole, Value | None] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Each is looked at for every offer, hundreds of times in one advice.
        facts = {role: self.knowledge.fact_of(role) for role in FactRole}
        object.__setattr__(self, "_facts", facts)
        object.__setattr__(self, "_told", {role: self.person.facts.get(fact) for role, fact in facts.items()})
        object.__setattr__(self, "reach_km", _reach(self.person.limits, self.weights))

    @classmethod
    def of(cls, compiled: Compiled, person: Seeker, *, on: date) -> "AdviceContext":
        knowledge = compiled.content.knowledge
        assert knowledge.weights is not None and knowledge.advice is not None, "Compiled.of refuses to advise without"
        ranks = {level.id: level.rank for level in compiled.content.country.levels}
        return cls(
            person,
            knowledge,
            compiled.places,
            compiled.schools,
            knowledge.weights,
            knowledge.advice,
            compiled.titles,
            ranks,
            {level.id: level.name for level in compiled.content.country.levels},
            compiled.content.country.languages[0],
            compiled.payers,
            on,
        )

    @property
    def travel_limit(self) -> Text | None:
        """How far they want to travel, as it comes behind "Ik zoek werk"."""
        said = ((kind, self.person.limits.get(kind)) for kind in (Looked.TRAVEL, Looked.NEAR))
        kinds = self.knowledge.limit_kinds
        return next((kinds[kind].say(value) for kind, value in said if value and kind in kinds), None)

    @property
    def derived_from_place(self) -> frozenset[str]:
        """The facts that follow from where somebody lives: their municipality, their province."""
        place = self.fact_of(FactRole.PLACE)
        return frozenset(name for name, fact in self.knowledge.facts.items() if fact.derived_from == place)

    def title_of(self, item: Offerable) -> Text:
        """What it is called on a phone; a route may be called after the study that a school near them has."""
        return item.title if isinstance(item, Route) else self.titles[item.id]

    def fact_of(self, role: FactRole) -> str:
        return self._facts[role]

    def told(self, role: FactRole) -> Value | None:
        """What the person told of the fact in a role; None when it is unknown."""
        return self._told[role]


def _reach(limits: Mapping[str, LimitValue], weights: Weights) -> float:
    said: list[float] = []
    match limits.get(Looked.NEAR):
        case True:
            said.append(weights.near_home_km.value)
        case int() as kilometres if kilometres:
            said.append(kilometres)
    match limits.get(Looked.TRAVEL):
        case True:
            said.append(weights.near_home_km.value)
        case int() as minutes if minutes:
            said.append(minutes * weights.km_a_minute.value)
    if Looked.FAR in limits:
        said.append(weights.farthest_km.value)
    return min(said, default=weights.reach_km.value)
