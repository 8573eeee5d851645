"""Every rule in `knowledge/` against cases that whoever knows the scheme can read (tests/eligibility/*.yaml).

`rules-*.yaml` hold both sides of each rule: facts for which it holds, fails, or stays unknown; `routes.yaml` of each
condition, because many routes ask the same. The other files tell whole cases: someone with these answers gets this
status, because of these rules. A mutation test changes every operator and value of every rule, one at a time: a change
that no case notices is a missing case.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from libraries import real_knowledge

from bot.advice import Advice, advise, reject
from bot.compiled import Compiled
from bot.content.condition_schema import ConditionShape
from bot.content.conditions import All, AnyOf, Comparison, Condition, Not, Operator, Value, facts_of
from bot.content.knowledge import FactDefinition, Knowledge, Programme, Route, Rule, RuleKind, Subsidy
from bot.content.shapes import Report
from bot.content.spelled_out import spelled_out
from bot.content.strict_yaml import MappingNode, Node, ScalarNode, SequenceNode, compose, scalar
from bot.eligibility import Truth, judge, weigh

ROOT = Path(__file__).parent.parent
FOLDER = Path(__file__).parent / "eligibility"

Case = tuple[dict[str, Value], Truth]

OPPOSITE = {
    Operator.IN: Operator.NOT_IN,
    Operator.NOT_IN: Operator.IN,
    Operator.ANY_OF: Operator.NONE_OF,
    Operator.NONE_OF: Operator.ANY_OF,
    Operator.ALL_OF: Operator.NONE_OF,
    Operator.AT_LEAST: Operator.LESS_THAN,
    Operator.LESS_THAN: Operator.AT_LEAST,
    Operator.AT_MOST: Operator.MORE_THAN,
    Operator.MORE_THAN: Operator.AT_MOST,
}
KEYS = {Truth.YES: "holds", Truth.NO: "fails", Truth.UNKNOWN: "unknown"}
NUMERIC = frozenset({Operator.AT_LEAST, Operator.LESS_THAN, Operator.AT_MOST, Operator.MORE_THAN})


def entries(path: Path) -> list[dict[str, Any]]:
    """A file as the bot reads YAML: PyYAML by itself takes the key `on` for true."""
    node, problems = compose(path, path.name)
    assert node is not None and not problems, problems
    return _plain(node)  # type: ignore[no-any-return]


def _plain(node: Node) -> Any:
    match node:
        case MappingNode():
            return {key.value: _plain(value) for key, value in node.value}
        case SequenceNode():
            return [_plain(one) for one in node.value]
        case ScalarNode():
            return scalar(node)
        case _:
            raise AssertionError(node)


def to_facts(raw: Mapping[str, Any]) -> dict[str, Value]:
    return {name: frozenset(value) if isinstance(value, list) else value for name, value in raw.items()}


def rules(knowledge: Knowledge) -> dict[tuple[str, str], Rule]:
    items: list[Programme | Subsidy] = [*knowledge.programmes.values(), *knowledge.subsidies.values()]
    return {(item.id, rule.id): rule for item in items for rule in item.rules}


def cases() -> dict[tuple[str, str], list[Case]]:
    found: dict[tuple[str, str], list[Case]] = {}
    for path in sorted(FOLDER.glob("rules-*.yaml")):
        for entry in entries(path):
            found[entry["item"], entry["rule"]] = [
                (to_facts(facts), truth) for truth, key in KEYS.items() for facts in entry.get(key, ())
            ]
    return found


KNOWLEDGE = real_knowledge()
RULES = rules(KNOWLEDGE)
CASES = cases()


@pytest.mark.parametrize(("item", "rule"), sorted(RULES))
def test_a_rule_decides_as_its_cases_say_on_both_sides(item: str, rule: str) -> None:
    told = CASES.get((item, rule))
    assert told, f"write a case for {item}/{rule} in tests/eligibility/rules-*.yaml"
    for facts, truth in told:
        assert judge(RULES[item, rule].condition, facts) is truth, f"{facts} should be {truth}"
    assert {truth for _, truth in told} >= {Truth.YES, Truth.UNKNOWN} or {truth for _, truth in told} >= {Truth.NO}


def test_every_case_is_of_a_rule_that_exists() -> None:
    assert not CASES.keys() - RULES.keys()


@pytest.mark.parametrize(("item", "rule"), sorted(RULES))
def test_no_change_of_a_rule_goes_unnoticed(item: str, rule: str) -> None:
    condition = RULES[item, rule].condition
    survivors = [
        mutant
        for mutant in mutants(condition, KNOWLEDGE.facts)
        if all(judge(mutant, facts) is judge(condition, facts) for facts, _ in CASES.get((item, rule), ()))
    ]
    assert not survivors, f"a case is missing that tells {condition} from {survivors[0]}"


# ------------------------------------------------------------------ routes
def conditions() -> dict[Condition, list[Case]]:
    """The conditions of the rules of routes, with the cases for each."""
    node, _ = compose(FOLDER / "routes.yaml", "routes.yaml")
    assert isinstance(node, SequenceNode)
    found = {}
    for entry in node.value:
        parts = {key.value: value for key, value in entry.value}
        condition = spelled_out(ConditionShape().read(parts["if"], Report("routes.yaml")), KNOWLEDGE.facts)
        told = [(truth, _plain(parts[key])) for truth, key in KEYS.items() if key in parts]
        found[condition] = [(to_facts(facts), truth) for truth, cases in told for facts in cases]
    return found


CONDITIONS = conditions()


def test_every_condition_of_a_route_has_cases_and_every_case_is_of_one() -> None:
    asked = {rule.condition for route in KNOWLEDGE.routes.values() for rule in route.rules}
    assert not asked - CONDITIONS.keys(), "write cases for it in tests/eligibility/routes.yaml"
    assert not CONDITIONS.keys() - asked, "no route asks this"


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda one: "-".join(sorted(facts_of(one))))
def test_a_condition_of_routes_decides_as_its_cases_say_on_both_sides(condition: Condition) -> None:
    told = CONDITIONS[condition]
    for facts, truth in told:
        assert judge(condition, facts) is truth, f"{facts} should be {truth}"
    assert {truth for _, truth in told} >= {Truth.YES, Truth.UNKNOWN}
    for mutant in mutants(condition, KNOWLEDGE.facts):
        noticed = any(judge(mutant, facts) is not judge(condition, facts) for facts, _ in told)
        assert noticed, f"a case is missing that tells {condition} from {mutant}"


def test_what_no_source_says_decides_nothing_about_a_route() -> None:
    """It is a question, or it parts the people between two ways of ours, and then nobody is left without one."""
    for route in KNOWLEDGE.routes.values():
        for rule in (one for one in route.rules if one.source is None):
            if rule.kind is RuleKind.TARGET:
                assert not left_without_a_way(route, rule), f"{route.id}/{rule.id}: no other way for them"
            else:
                assert rule.kind is RuleKind.SOFT, f"{route.id}/{rule.id} decides, so it needs a source"
                assert "Vraag " in rule.because["nl"], f"{route.id}/{rule.id} claims something, so it needs a source"


def left_without_a_way(route: Route, rule: Rule) -> list[dict[str, Value]]:
    """For whom this is not, while no other way to one of its occupations is for them."""
    levels, sectors = KNOWLEDGE.facts["education"].values, KNOWLEDGE.sectors
    people = [{"education": level, "current_sectors": frozenset({sector})} for level in levels for sector in sectors]
    others = [
        [other.rules for other in KNOWLEDGE.routes.values() if other != route and occupation in other.occupations]
        for occupation in route.occupations
    ]
    return [
        person
        for person in people
        if judge(rule.condition, person) is Truth.NO
        if not all(any(not weigh(rules, person).failed for rules in ways) for ways in others)
    ]


# ------------------------------------------------------------------ whole cases
PEOPLE = [case for path in sorted(FOLDER.glob("people*.yaml")) for case in entries(path)]


@pytest.mark.parametrize("case", PEOPLE, ids=lambda case: case["name"])
def test_what_is_said_to_somebody(case: dict[str, Any], compiled: Compiled) -> None:
    advice = advise(compiled, case["answers"], on=date.fromisoformat(case["on"]))
    said = _said_of(case["item"], advice, compiled)
    for key in ("status", "verdict", "unknown", "nearest_miss"):
        if key in case:
            assert said[key] == case[key], f"{key}: {said['reasons']}"
    rule_texts = {rule.id: rule.because["nl"] for (item, _), rule in RULES.items() if item == case["item"]}
    for rule, outcome in case.get("because", {}).items():
        # What is met is said as met: "... Daar voldoe je aan."
        found = [reason["outcome"] for reason in said["reasons"] if reason["text"].startswith(rule_texts[rule])]
        assert found == [outcome], said["reasons"]


def _said_of(item: str, advice: Advice, compiled: Compiled) -> dict[str, Any]:
    told = advice.to_json(reject(compiled, advice), "nl")
    return next(one for one in [*told["subsidies"], *told["programmes"], *told["rejected"]] if one["id"] == item)


# ------------------------------------------------------------------ mutants
def mutants(condition: Condition, facts: Mapping[str, FactDefinition]) -> Iterator[Condition]:
    """Every condition that differs from `condition` in one operator or value."""
    match condition:
        case Comparison():
            yield from _of_comparison(condition, facts)
        case All(parts):
            if len(parts) > 1:
                yield AnyOf(parts)
            yield from (All(one) for one in _of_parts(parts, facts))
        case AnyOf(parts):
            if len(parts) > 1:
                yield All(parts)
            yield from (AnyOf(one) for one in _of_parts(parts, facts))
        case Not(part):
            yield part
            yield from (Not(one) for one in mutants(part, facts))


def _of_parts(parts: tuple[Condition, ...], facts: Mapping[str, FactDefinition]) -> Iterator[tuple[Condition, ...]]:
    for at, part in enumerate(parts):
        before, after = parts[:at], parts[at + 1 :]
        if before or after:
            yield before + after
        yield from ((*before, one, *after) for one in mutants(part, facts))


def _of_comparison(comparison: Comparison, facts: Mapping[str, FactDefinition]) -> Iterator[Condition]:
    value, operator = comparison.value, comparison.operator
    if operator in OPPOSITE:
        yield replace(comparison, operator=OPPOSITE[operator])
    if operator is Operator.IS:
        yield Not(comparison)
    match value:
        case bool():
            yield replace(comparison, value=not value)
        case int() | float() if operator in NUMERIC:
            yield replace(comparison, value=value - 1)
            yield replace(comparison, value=value + 1)
        case frozenset():
            for one in value if len(value) > 1 else ():
                yield replace(comparison, value=value - {one})
            for one in _neighbours(value, facts[comparison.fact]):
                yield replace(comparison, value=value | {one})
        case _:
            pass


def _neighbours(value: frozenset[str], definition: FactDefinition) -> frozenset[str]:
    """For values with an order, those just outside: where "hbo or more" ends, mbo-4 begins."""
    if not definition.ordered:
        return frozenset()
    beside = {(at + step) for at, one in enumerate(definition.values) if one in value for step in (-1, 1)}
    return frozenset(definition.values[at] for at in beside if 0 <= at < len(definition.values)) - value
