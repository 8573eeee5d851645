"""One person on one day, with everything that their advice is judged by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.advice.seeker import Seeker
from bot.compiled import Compiled
from bot.content.advice_config import AdviceSentences, Weights
from bot.content.conditions import Value
from bot.content.knowledge import FactRole, Knowledge
from bot.recognisers.places import Places


@dataclass(frozen=True, slots=True)
class AdviceContext:
    person: Seeker
    knowledge: Knowledge
    places: Places
    weights: Weights
    sentences: AdviceSentences
    titles: Mapping[str, str]  # of programmes and ways to pay, by id
    ranks: Mapping[str, int]  # of the levels of education
    on: date

    @classmethod
    def of(cls, compiled: Compiled, person: Seeker, *, on: date) -> "AdviceContext":
        knowledge = compiled.content.knowledge
        assert knowledge.weights is not None and knowledge.advice is not None, "Compiled.of refuses to advise without"
        ranks = {level.id: level.rank for level in compiled.content.country.levels}
        return cls(person, knowledge, compiled.places, knowledge.weights, knowledge.advice, compiled.titles, ranks, on)

    def fact_of(self, role: FactRole) -> str:
        return self.knowledge.fact_of(role)

    def told(self, role: FactRole) -> Value | None:
        """What the person told of the fact in a role; None when it is unknown."""
        return self.person.facts.get(self.fact_of(role))
