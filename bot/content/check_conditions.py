"""Checks of what a condition asks of facts: of its kind, and a value that the fact can have."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.content.conditions import UNREAD, Comparison, Operator, members
from bot.content.knowledge import (
    FactDefinition,
    FactKind,
    FactRole,
    Knowledge,
)
from bot.content.problems import Location, Problem, did_you_mean

NUMBERS = {FactKind.INTEGER, FactKind.AMOUNT}
SETS = {FactKind.SOME_OF, FactKind.DERIVED_SET}
ORDER = {Operator.AT_LEAST, Operator.AT_MOST, Operator.LESS_THAN, Operator.MORE_THAN}
OF_SETS = {Operator.ANY_OF, Operator.ALL_OF, Operator.NONE_OF}


def misfits(
    comparison: Comparison, at: Location, facts: Mapping[str, FactDefinition], knowledge: Knowledge
) -> Iterator[Problem]:
    """What a condition asks of a fact that the fact cannot give. Judging such a condition would fail."""
    for problem in _misfits(comparison, at, facts, knowledge):
        value = problem.within or tuple(map(str, sorted(map(str, members(comparison.value)))[:1]))
        yield replace(problem, within=("if", comparison.fact, comparison.operator, *value))


def _misfits(
    comparison: Comparison, at: Location, facts: Mapping[str, FactDefinition], knowledge: Knowledge
) -> Iterator[Problem]:
    fact, operator = comparison.fact, comparison.operator
    definition = facts.get(fact)
    if comparison is UNREAD:
        return
    if definition is None:
        hint = did_you_mean(fact, facts) or "The facts that there are stand in knowledge/facts.yaml."
        yield Problem(at, f"there is no fact {fact!r}", hint, "K004", lacks=fact)
        return
    if operator is Operator.KNOWN:
        return
    if operator in OF_SETS and definition.kind not in SETS:
        yield Problem(at, f"{fact!r} has one value: {operator} is for sets", "Use 'in' or 'not_in'.", "K005")
    elif operator in ORDER and definition.kind not in NUMBERS and not definition.ordered:
        yield Problem(at, f"{fact!r} has no order: {operator} says nothing", "Use 'in' with a list.", "K005")
    elif operator not in OF_SETS and definition.kind in SETS:
        yield Problem(at, f"{fact!r} is a set: {operator} does not fit", "Use any_of, all_of or none_of.", "K005")
    yield from _other_values(comparison, at, definition)
    values = allowed(definition, knowledge)
    if values is not None:
        for value in sorted(set(map(str, members(comparison.value))) - values):
            meant = did_you_mean(value, values)
            yield Problem(at, f"{fact!r} is never {value!r}", meant, "K006", within=(value,), lacks=value)


def _other_values(comparison: Comparison, at: Location, definition: FactDefinition) -> Iterator[Problem]:
    fact = comparison.fact
    if definition.kind is FactKind.YES_NO and not isinstance(comparison.value, bool):
        hint = "Write true or false, without quotes."
        yield Problem(at, f"{fact!r} is true or false, not {comparison.value!r}", hint, "K006")
    if definition.kind in NUMBERS and not isinstance(comparison.value, int | float):
        quoted = isinstance(comparison.value, str) and re.fullmatch(r"\d+(\.\d+)?", comparison.value)
        hint = "Write it without quotes." if quoted else "Write a number in digits, as 18."
        yield Problem(at, f"{fact!r} is a number, not {comparison.value!r}", hint, "K006")


def allowed(definition: FactDefinition, knowledge: Knowledge) -> frozenset[str] | None:
    """The values that a fact can have, where they are known beforehand."""
    match definition.id:
        case "mentions":
            return frozenset(knowledge.cues)
        case _ if definition.role is FactRole.LIMITS:
            return frozenset(knowledge.limit_kinds)
        case _ if definition.role is FactRole.EXCLUDED:
            return frozenset(knowledge.occupations) | frozenset(knowledge.sectors)
        case "current_sectors" | "desired_sectors" | "sectors":
            return frozenset(knowledge.sectors)
        case "current_occupations" | "desired_occupations":
            return frozenset(knowledge.occupations)
        case "municipality":
            return frozenset(knowledge.municipalities)
        case "province":
            return frozenset(one.province for one in knowledge.municipalities.values())
        case "region":
            return frozenset(one.region for one in knowledge.municipalities.values())
        case _:
            return frozenset(definition.values) if definition.values else None
