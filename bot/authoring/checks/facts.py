"""Do flows ask what rules are about, and are the answers used by anything?"""

from collections.abc import Iterator, Mapping

from bot.authoring.routes import steps_of
from bot.authoring.texts import filled_in
from bot.content import Content
from bot.content.agreement import conditions_of
from bot.content.conditions import Operator, comparisons, facts_of
from bot.content.flow import AnswerType, Collect, Flow, Match, Set, Step, Submit
from bot.content.knowledge import Knowledge, Programme, Rule, Subsidy
from bot.content.problems import Problem, Severity
from bot.eligibility import OPEN_SETS

WARNING = Severity.WARNING
# What `bot.advice` looks at besides rules: nearness to the wish, travel, time, pay, level, and who can ask for money.
RANKED = frozenset(
    "desired_work current_job place hours schedule earn_while_learning education budget employment employer_supports"
    " vacancy".split()
)


def problems_of(content: Content) -> Iterator[Problem]:
    if not content.flows:
        return
    yield from _never_asked(content)
    yield from _never_offered(content)
    yield from _never_used(content)


def _rules(knowledge: Knowledge) -> Iterator[tuple[Programme | Subsidy, Rule]]:
    items: list[Programme | Subsidy] = [*knowledge.programmes.values(), *knowledge.subsidies.values()]
    for item in items:
        for rule in item.rules:
            yield item, rule


def _questions(flows: Mapping[str, Flow]) -> Iterator[Collect]:
    for flow in flows.values():
        yield from (step for step in flow.steps if isinstance(step, Collect))


def _never_asked(content: Content) -> Iterator[Problem]:
    """Rules on facts that nobody is asked for, and that follow from nothing: unknown for everyone, for ever."""
    knowledge = content.knowledge
    asked = {question.id for question in _questions(content.flows)} | OPEN_SETS
    asked |= {step.fact for flow in content.flows.values() for step in flow.steps if isinstance(step, Set)}
    asked |= {name for name, fact in knowledge.facts.items() if fact.derived_from in asked}
    for item, rule in _rules(knowledge):
        for fact in sorted(facts_of(rule.condition) - asked):
            message = f"{item.id!r} has a rule on {fact!r}, which no flow asks"
            hint = "Ask it in a flow, or say the demand under 'conditions'."
            yield Problem(rule.at, message, hint, "K021", WARNING)


def _never_offered(content: Content) -> Iterator[Problem]:
    """Rules that want an answer which no question offers."""
    offered: dict[str, set[str]] = {}
    for question in _questions(content.flows):
        if question.type in (AnswerType.SELECT_ONE, AnswerType.SELECT_MULTIPLE):
            offered.setdefault(question.id, set()).update(choice.value for choice in question.choices)
    for item, rule in _rules(content.knowledge):
        for one in comparisons(rule.condition):
            wants = one.operator in (Operator.IS, Operator.IN, Operator.ANY_OF, Operator.ALL_OF)
            if not wants or one.fact not in offered:
                continue
            values = {str(value) for value in (one.value if isinstance(one.value, frozenset) else {one.value})}
            if not values & offered[one.fact]:
                message = f"{item.id!r} wants {one.fact!r} to be {', '.join(sorted(values))}, which no question offers"
                yield Problem(rule.at, message, "Add the choice to the question.", "K022", WARNING)


def _never_used(content: Content) -> Iterator[Problem]:
    """Questions that are asked for nothing: nobody likes those."""
    used = {fact for _, rule in _rules(content.knowledge) for fact in facts_of(rule.condition)}
    used |= {fact.derived_from for name, fact in content.knowledge.facts.items() if name in used and fact.derived_from}
    ranked = used | RANKED
    for flow in content.flows.values():
        looked_at: set[str] = set()
        advised = filed = False
        for steps in _users(content.flows, flow):
            looked_at |= {
                fact for step in steps for condition, _ in conditions_of(step) for fact in facts_of(condition)
            }
            looked_at |= {name for step in steps for name in filled_in(step)}
            advised |= any(isinstance(step, Match) for step in steps)
            filed |= any(isinstance(step, Submit) for step in steps)
        for step in flow.steps:
            if isinstance(step, Collect) and not filed and step.id not in looked_at | (ranked if advised else set()):
                message = f"the answer to {step.id!r} is used by no rule, branch, text or export"
                yield Problem(step.at, message, "Leave the question out.", "F054", WARNING)


def _users(flows: Mapping[str, Flow], flow: Flow) -> Iterator[list[Step]]:
    """The steps of the flow itself, and of each flow that calls it."""
    for each in flows:
        steps = steps_of(flows, each)
        if any(name == flow.id for name, _ in steps):
            yield list(steps.values())
