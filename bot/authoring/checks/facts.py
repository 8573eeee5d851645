"""Do flows ask what rules are about, and are the answers used by anything?"""

from collections.abc import Iterable, Iterator, Mapping

from bot.advice.open_questions import PRACTICAL
from bot.answers import type_of
from bot.authoring.flow_graph import steps_of
from bot.authoring.texts import filled_in
from bot.content import Content
from bot.content.check_flows import conditions_of
from bot.content.conditions import UNREAD, Condition, Operator, comparisons, facts_of, members
from bot.content.flow import AskWhen, Collect, Flow, Jobs, MatchStep, Set, Step, Submit
from bot.content.knowledge import LOOKED_AT, FactRole, Knowledge, Offerable, Rule, Subsidy
from bot.content.problems import Problem, Severity
from bot.eligibility import OPEN_SETS, Truth, judge, wanting

WARNING = Severity.WARNING
# What `bot.advice` looks at besides rules: nearness to the wish, travel, time, pay, level, and who can ask for money.
RANKED = LOOKED_AT - {FactRole.AGE, FactRole.BENEFIT, FactRole.LANGUAGE, FactRole.SECTOR, FactRole.TRAINS}
# Of those, what can change the result whatever the rules say.
DECIDING = frozenset({FactRole.WISH, *PRACTICAL})
# What people say of their own accord, whatever is asked.
VOLUNTEERED = frozenset({FactRole.LIMITS, FactRole.EXCLUDED})


def problems_of(content: Content) -> Iterator[Problem]:
    if not content.flows:
        return
    yield from _never_asked(content)
    yield from _never_offered(content)
    if not any(UNREAD.fact in rule.facts for _, rule in _rules(content.knowledge)):  # it may be about any of them
        yield from _never_used(content)


def _rules(knowledge: Knowledge) -> Iterator[tuple[Offerable | Subsidy, Rule]]:
    for item in knowledge.items:
        for rule in item.rules:
            yield item, rule


def _questions(flows: Mapping[str, Flow]) -> Iterator[Collect]:
    for flow in flows.values():
        yield from (step for step in flow.steps if isinstance(step, Collect))


def _never_asked(content: Content) -> Iterator[Problem]:
    """Rules on facts that nobody is asked for, and that follow from nothing: unknown for everyone, for ever.

    Not those that say themselves what holds as long as the fact is not known.
    """
    knowledge = content.knowledge
    asked = {question.id for question in _questions(content.flows)} | OPEN_SETS | {UNREAD.fact}
    asked |= {step.fact for flow in content.flows.values() for step in flow.steps if isinstance(step, Set)}
    asked |= {fact for cue in knowledge.cues.values() for fact in cue.tells}
    asked |= {name for name, fact in knowledge.facts.items() if fact.derived_from in asked or fact.role in VOLUNTEERED}
    for item, rule in _rules(knowledge):
        for fact in sorted(rule.facts - asked - wanting(rule)):
            message = f"{item.id!r} has a rule on {fact!r}, which no flow asks"
            hint = "Ask it in a flow, or say the demand under 'conditions'."
            yield Problem(rule.at, message, hint, "K021", WARNING, within=("if", fact))


def _never_offered(content: Content) -> Iterator[Problem]:
    """Rules that want an answer which no question offers."""
    offered: dict[str, set[str]] = {}
    for question in _questions(content.flows):
        if type_of(question).chooses:
            offered.setdefault(question.id, set()).update(choice.value for choice in question.choices)
    for item, rule in _rules(content.knowledge):
        for one in comparisons(rule.condition):
            wants = one.operator in (Operator.IS, Operator.IN, Operator.ANY_OF, Operator.ALL_OF)
            if not wants or one.fact not in offered:
                continue
            values = set(map(str, members(one.value)))
            if not values & offered[one.fact]:
                message = f"{item.id!r} wants {one.fact!r} to be {', '.join(sorted(values))}, which no question offers"
                within = ("if", one.fact)
                yield Problem(rule.at, message, "Add the choice to the question.", "K022", WARNING, within=within)


def _never_used(content: Content) -> Iterator[Problem]:
    """Questions that are asked for nothing: nobody likes those."""
    used = {fact for _, rule in _rules(content.knowledge) for fact in rule.facts}
    used |= {fact.derived_from for name, fact in content.knowledge.facts.items() if name in used and fact.derived_from}
    looked_at_by_advice, deciding = (frozenset(map(content.knowledge.fact_of, roles)) for roles in (RANKED, DECIDING))
    ranked = used | looked_at_by_advice
    # What an exploration shows hangs on all that it asks.
    for flow in (one for one in content.flows.values() if not any(isinstance(step, Jobs) for step in one.steps)):
        conditions: list[Condition] = []
        filled: set[str] = set()
        advised = filed = False
        for steps in _users(content.flows, flow):
            conditions += [condition for step in steps for condition, _ in conditions_of(step)]
            filled |= {name for step in steps for name in filled_in(step)}
            advised |= any(isinstance(step, MatchStep) for step in steps)
            filed |= any(isinstance(step, Submit) for step in steps)
        for step in flow.steps:
            waits = isinstance(step, Collect) and step.ask_when is AskWhen.IT_CAN_CHANGE_THE_RESULT
            if waits and step.id not in used | deciding:
                message = f"no rule is about {step.id!r}: it cannot change the result, and is never asked"
                hint = "Write a rule on it, or leave 'ask_when' or the question out."
                yield Problem(step.at, message, hint, "F055", WARNING, within=("ask_when",))
        looked_at = filled | {fact for condition in conditions for fact in facts_of(condition)}
        if filed or UNREAD.fact in looked_at:
            continue  # the adviser reads every answer; or nobody knows at what it looks
        for step in flow.steps:
            if not isinstance(step, Collect):
                continue
            if step.id not in looked_at | (ranked if advised else set()):
                message = f"the answer to {step.id!r} is used by no rule, branch, text or export"
                yield Problem(step.at, message, "Leave the question out.", "F054", WARNING)
            elif type_of(step).chooses and not type_of(step).is_of_several and step.id not in looked_at_by_advice:
                rules = [rule.condition for _, rule in _rules(content.knowledge)] if advised else []
                yield from _same_to_all(step, [*conditions, *rules])


def _same_to_all(question: Collect, conditions: Iterable[Condition]) -> Iterator[Problem]:
    """Choices that nothing tells apart: the person chooses, and it makes no difference."""
    about = [one for condition in conditions for one in comparisons(condition) if one.fact == question.id]
    first: dict[tuple[Truth, ...], str] = {}
    for choice in question.choices if about else ():
        told = tuple(judge(one, {question.id: choice.value}) for one in about)
        same = first.setdefault(told, choice.value)
        if same != choice.value:
            message = f"nothing tells {choice.value!r} from {same!r}: no rule, branch or export looks"
            yield Problem(choice.at, message, "Make one choice of the two, or use the difference.", "F053", WARNING)


def _users(flows: Mapping[str, Flow], flow: Flow) -> Iterator[list[Step]]:
    """The steps of the flow itself, and of each flow that calls it."""
    for each in flows:
        steps = steps_of(flows, each)
        if any(name == flow.id for name, _ in steps):
            yield list(steps.values())
