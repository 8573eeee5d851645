"""Which questions of an exploration still change the three jobs: the others need not be asked."""

from collections.abc import Mapping

from bot.compiled import Compiled
from bot.content.conditions import Value, members
from bot.content.knowledge import FactRole
from bot.content.limits import as_mapping


def still_matters(compiled: Compiled, question: str, facts: Mapping[str, Value]) -> bool:
    """Whether an answer would change what is shown: not when they saw enough, or when a limit has said it already."""
    knowledge = compiled.content.knowledge
    if facts.get(knowledge.fact_of(FactRole.SEEN_ENOUGH)) is True:
        return False
    limits = as_mapping(map(str, members(facts.get(knowledge.fact_of(FactRole.LIMITS)))))
    trait = next((one for one in knowledge.exploring.likings.traits if one.card == question), None)
    return trait is None or not set(limits) & {*trait.not_for, *trait.little_not_for}
