"""Rules that nobody can meet: alone, or together with the others of one programme, route or scheme."""

from collections.abc import Iterable, Iterator, Mapping

from bot.authoring.satisfiable import Bounds, clash
from bot.content import Content
from bot.content.check_knowledge import of_courses
from bot.content.conditions import Condition
from bot.content.flow import Collect, Flow
from bot.content.knowledge import FactDefinition, Rule, RuleKind, Subsidy
from bot.content.problems import Location, Problem
from bot.content.spelled_out import spelled_out
from bot.text import say_list

NEEDED = {RuleKind.HARD, RuleKind.TARGET}
"""Rules that somebody must meet to get it at all."""


def problems_of(content: Content) -> Iterator[Problem]:
    facts, bounds = content.knowledge.facts, _bounds(content.flows)
    for item in content.knowledge.items:
        yield from _of_rules(item.id, item.rules, facts, bounds)
        if isinstance(item, Subsidy) and item.company:
            yield from _of_rules(f"{item.id} (companies)", item.company.rules, facts, bounds)
        if isinstance(item, Subsidy) and item.pays_for:
            courses = of_courses(content.country)
            pays_for = spelled_out(item.pays_for, courses)
            yield from _alone(pays_for, item.at, ("pays_for",), courses, bounds)
            yield from _of_rules(f"{item.id} (courses)", item.course_rules, courses, bounds)
    for question in content.knowledge.questions.values():
        for variant in question.variants:
            yield from _alone(variant.condition, variant.at, ("if",), facts, bounds)


def _bounds(flows: Mapping[str, Flow]) -> Bounds:
    """The numbers that questions take: an age of 120 is never given."""
    found: dict[str, tuple[float, float]] = {}
    for flow in flows.values():
        for step in flow.steps:
            if isinstance(step, Collect):
                least = step.constraint.at_least if step.constraint else None
                most = step.constraint.at_most if step.constraint else None
                lowest = least if isinstance(least, int | float) else 0
                highest = most if isinstance(most, int | float) else float("inf")
                before = found.get(step.id, (lowest, highest))
                found[step.id] = min(lowest, before[0]), max(highest, before[1])
    return {fact: (low, high) for fact, (low, high) in found.items() if low <= high}


def _alone(
    condition: Condition, at: Location, within: tuple[str, ...], facts: Mapping[str, FactDefinition], bounds: Bounds
) -> Iterator[Problem]:
    if clash({"": condition}, facts, bounds):
        hint = "Its parts exclude each other, or ask what nobody can answer: change one of them."
        yield Problem(at, "this is so of nobody: no answers meet it", hint, "K117", within=within)


def _of_rules(
    name: str, rules: Iterable[Rule], facts: Mapping[str, FactDefinition], bounds: Bounds
) -> Iterator[Problem]:
    possible: dict[str, Rule] = {}
    for rule in rules:
        alone = list(_alone(rule.condition, rule.at, ("if",), facts, bounds))
        yield from alone
        if rule.kind not in NEEDED or alone:
            continue
        possible[rule.id] = rule
        if together := clash({each: one.condition for each, one in possible.items()}, facts, bounds):
            del possible[rule.id]
            others = say_list([repr(one) for one in together if one != rule.id], "en")
            message = f"nobody meets {rule.id!r} and {others} of {name} together"
            yield Problem(rule.at, message, "Change one of them, or let one be 'soft'.", "K118", within=("if",))
