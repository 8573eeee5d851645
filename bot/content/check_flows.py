"""Checks across flows and knowledge: a question must give what rules and conditions ask for."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from bot.content.answer_types import ANSWER_TYPES
from bot.content.check_conditions import allowed, misfits
from bot.content.conditions import UNREAD, Condition, Value, comparisons
from bot.content.flow import Collect, Consent, Flow, Set, Step
from bot.content.knowledge import FactDefinition, FactKind, Knowledge
from bot.content.problems import Location, Problem, did_you_mean
from bot.content.spelled_out import spelled_out
from bot.text import Text

# A number is a number, and the postcode of a place says where it is.
ALSO: Mapping[FactKind, frozenset[FactKind]] = {
    FactKind.AMOUNT: frozenset({FactKind.INTEGER}),
    FactKind.PLACE: frozenset({FactKind.TEXT}),
    FactKind.TEXT: frozenset({FactKind.PLACE, FactKind.CHOICE}),
}

S = TypeVar("S", bound=Step)
NOWHERE = Location("", 0, 0)


def disagreements(flows: Mapping[str, Flow], knowledge: Knowledge) -> Iterator[Problem]:
    """Questions that give something else than their fact is, and conditions on what no fact can be."""
    facts = {**_facts_of(flows), **knowledge.facts}
    for flow in flows.values():
        for step in flow.steps:
            if isinstance(step, Collect) and step.id in knowledge.facts:
                yield from _differs(step, knowledge.facts[step.id], knowledge)
            for condition, at in conditions_of(step):
                for comparison in comparisons(condition):
                    yield from misfits(comparison, at, facts, knowledge)


def conditions_of(step: Step) -> Iterator[tuple[Condition, Location]]:
    """Every condition of a step, with its place."""
    if step.condition is not None:
        yield step.condition, step.at
    if isinstance(step, Collect) and step.ask_if is not None:
        yield step.ask_if, step.at
    for branch in step.next:
        if branch.condition is not None:
            yield branch.condition, branch.at
    if isinstance(step, Collect):
        for rejection in step.rejections:
            yield rejection.condition, rejection.at


def _differs(question: Collect, fact: FactDefinition, knowledge: Knowledge) -> Iterator[Problem]:
    gives = ANSWER_TYPES[question.type].gives
    if gives is not fact.kind and gives not in ALSO.get(fact.kind, frozenset()):
        message = f"{question.id!r} is asked as {question.type}, but facts.yaml says that it is {fact.kind}"
        yield Problem(question.at, message, "Change one of the two.", "F051", within=("type",))
    values = allowed(fact, knowledge)
    if ANSWER_TYPES[question.type].chooses and values is not None:
        for choice in question.choices:
            if choice.value not in values:
                message = f"{question.id!r} is never {choice.value!r}: no rule would know it"
                hint = did_you_mean(choice.value, values)
                yield Problem(choice.at, message, hint, "F052", within=("value",), lacks=choice.value)


def _facts_of(flows: Mapping[str, Flow]) -> dict[str, FactDefinition]:
    """The facts that flows ask or set by themselves, as if facts.yaml named them."""
    found: dict[str, FactDefinition] = {}
    for flow in flows.values():
        for step in flow.steps:
            match step:
                case Collect(id=name, text=text, at=at):
                    # Two flows may ask the same with other choices: all of them are values.
                    before = found[name].values if name in found else ()
                    values = tuple(choice.value for choice in step.choices) if ANSWER_TYPES[step.type].chooses else ()
                    kind = ANSWER_TYPES[step.type].gives
                    found[name] = FactDefinition(name, kind, text, at, values=(*before, *values))
                case Consent(id=name, text=text, at=at):
                    found[name] = FactDefinition(name, FactKind.YES_NO, text, at)
                case Set(fact=name, value=value, at=at):
                    named = FactDefinition(name, _kind_of(value), Text.same(name), at)
                    found.setdefault(name, named)
                case _:
                    pass
    return found


def _kind_of(value: Value) -> FactKind:
    match value:
        case bool():
            return FactKind.YES_NO
        case int() | float():
            return FactKind.AMOUNT
        case frozenset():
            return FactKind.SOME_OF
        case str():
            return FactKind.TEXT


# ------------------------------------------------------------------ order spelled out
def flows_spelled_out(flows: Mapping[str, Flow], knowledge: Knowledge) -> Mapping[str, Flow]:
    """The same flows, with `{education: {at_least: mbo4}}` written as the values that it means.

    What asks of a fact what it cannot be, which is an error, may hold and may not.
    """
    facts = {**_facts_of(flows), **knowledge.facts}

    def said(condition: Condition) -> Condition:
        if any(any(misfits(one, NOWHERE, facts, knowledge)) for one in comparisons(condition)):
            return UNREAD
        return spelled_out(condition, facts)

    return MappingProxyType(
        {
            name: replace(flow, steps=tuple(_spell_out(step, said) for step in flow.steps))
            for name, flow in flows.items()
        }
    )


def _spell_out(step: S, said: Callable[[Condition], Condition]) -> S:
    if not any(True for _ in conditions_of(step)):
        return step
    step = replace(
        step,
        condition=step.condition and said(step.condition),
        next=tuple(replace(branch, condition=branch.condition and said(branch.condition)) for branch in step.next),
    )
    if isinstance(step, Collect):
        refusals = tuple(replace(one, condition=said(one.condition)) for one in step.rejections)
        return replace(step, rejections=refusals, ask_if=step.ask_if and said(step.ask_if))
    return step
