"""Conditions in which an order of words ("at least b1") is written as the set of words that it means."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from bot.content.check_conditions import NUMBERS, OF_SETS, ORDER, SETS
from bot.content.conditions import UNREAD, All, AnyOf, Comparison, Condition, Not, Operator
from bot.content.knowledge import FactDefinition, FactKind, FaqEntry, Knowledge, Programme, Route, Rule, Subsidy

Item = TypeVar("Item", Programme, Route, Subsidy)


def with_order_spelled_out(knowledge: Knowledge) -> Knowledge:
    """The same rules, with `{dutch: {at_least: b1}}` written as the values that it means.

    Which value comes after which is known here only; whoever judges a rule compares numbers and sets.
    """
    return replace(
        knowledge,
        programmes=_spell_out(knowledge.programmes, knowledge.facts),
        routes=_spell_out(knowledge.routes, knowledge.facts),
        subsidies=_companies_spelled_out(_spell_out(knowledge.subsidies, knowledge.facts), knowledge.facts),
        questions=MappingProxyType(
            {key: _variants_spelled_out(one, knowledge.facts) for key, one in knowledge.questions.items()}
        ),
    )


def _variants_spelled_out(question: FaqEntry, facts: Mapping[str, FactDefinition]) -> FaqEntry:
    variants = (replace(one, condition=spelled_out(one.condition, facts)) for one in question.variants)
    return replace(question, variants=tuple(variants)) if question.variants else question


def _companies_spelled_out(
    subsidies: Mapping[str, Subsidy], facts: Mapping[str, FactDefinition]
) -> Mapping[str, Subsidy]:
    def of_companies(one: Subsidy) -> Subsidy:
        if one.company is None:
            return one
        rules = tuple(replace(rule, condition=spelled_out(rule.condition, facts)) for rule in one.company.rules)
        return replace(one, company=replace(one.company, rules=rules))

    return MappingProxyType({key: of_companies(one) for key, one in subsidies.items()})


def _spell_out(items: Mapping[str, Item], facts: Mapping[str, FactDefinition]) -> Mapping[str, Item]:
    def rule(one: Rule) -> Rule:
        return replace(one, condition=spelled_out(one.condition, facts))

    return MappingProxyType({key: replace(item, rules=tuple(map(rule, item.rules))) for key, item in items.items()})


def spelled_out(condition: Condition, facts: Mapping[str, FactDefinition]) -> Condition:
    """A condition in which an order of words is written as the set of words that it means."""
    match condition:
        case All(conditions):
            return All(tuple(spelled_out(part, facts) for part in conditions))
        case AnyOf(conditions):
            return AnyOf(tuple(spelled_out(part, facts) for part in conditions))
        case Not(part):
            return Not(spelled_out(part, facts))
        case Comparison(fact) if fact in facts and not _can_be_judged(condition, facts[fact]):
            return UNREAD
        case Comparison(fact, operator, str() as value):
            definition = facts.get(fact)
            if operator not in ORDER or definition is None or value not in definition.values:
                return condition
            index = definition.values.index(value)
            reach = {
                Operator.AT_LEAST: definition.values[index:],
                Operator.MORE_THAN: definition.values[index + 1 :],
                Operator.AT_MOST: definition.values[: index + 1],
                Operator.LESS_THAN: definition.values[:index],
            }
            return Comparison(fact, Operator.IN, frozenset(reach[operator]))
        case Comparison():
            return condition


def _can_be_judged(comparison: Comparison, fact: FactDefinition) -> bool:
    """Whether what is asked of a fact is of its kind; where it is not, `misfits` says so."""
    operator, value = comparison.operator, comparison.value
    if operator is Operator.KNOWN:
        return True
    if (operator in OF_SETS) is not (fact.kind in SETS):
        return False
    if fact.kind is FactKind.YES_NO:
        return isinstance(value, bool)
    if fact.kind in NUMBERS:
        return isinstance(value, int | float)
    return operator not in ORDER or value in fact.values
