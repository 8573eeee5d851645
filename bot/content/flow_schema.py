"""What a file in `flows/` looks like: derived from the models; here is what is written in a way of its own.

A step is a mapping with exactly one key that says its kind (`collect: age`). The value of that key is its id,
or, for the kinds that point at something (`set goto call wait`), what it points at.
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import MISSING, replace
from datetime import timedelta
from typing import Any

from bot.content import flow as f
from bot.content.annotations import As, Id
from bot.content.answer_types import ANSWER_TYPES
from bot.content.conditions import Value
from bot.content.derive import Deriver, Record
from bot.content.flow_value_schema import (
    AnswerTypeShape,
    DurationShape,
    FactValueShape,
    LimitShape,
    ShareShape,
)
from bot.content.problems import Problem, did_you_mean
from bot.content.schema_types import Seq
from bot.content.shapes import JsonSchema, Page, Report, Unreadable, pairs
from bot.content.strict_yaml import MappingNode, Node, ScalarNode, SequenceNode, location


class BranchShape:
    """`{if: condition, then: step}`, or `{else: step}`."""

    def read(self, node: Node, report: Report) -> f.Branch:
        keys = list(pairs(node, report))
        if [name for name, _, _ in keys] == ["else"]:
            return f.Branch(None, ID.read(keys[0][2], report), location(node, report.file))
        return BRANCH.read(node, report)

    def schema(self, page: Page) -> JsonSchema:
        otherwise = {**ID.schema(page), "description": "The step at which it goes on when nothing above holds."}
        other = {"type": "object", "additionalProperties": False, "properties": {"else": otherwise}}
        return {"anyOf": [BRANCH.schema(page), {**other, "required": ["else"]}]}


class NextShape:
    """Where to go on: the id of a step, or a list of branches of which the first that holds is taken."""

    _branches = Seq(BranchShape(), at_least=1)

    def read(self, node: Node, report: Report) -> tuple[f.Branch, ...]:
        if isinstance(node, ScalarNode):
            return (f.Branch(None, ID.read(node, report), location(node, report.file)),)
        return self._branches.read(node, report)

    def schema(self, page: Page) -> JsonSchema:
        return {"anyOf": [ID.schema(page), self._branches.schema(page)]}


class StepShape:
    """One step: a mapping with the one key that says its kind."""

    def read(self, node: Node, report: Report) -> f.Step:
        keys = [name for name, _, _ in pairs(node, report)]
        kinds = list(dict.fromkeys(name for name in keys if name in STEPS))
        if len(kinds) != 1:
            first = keys[0] if keys else ""
            hint = did_you_mean(first, STEPS) if not kinds else "Make two steps of it."
            what = "this step has no kind" if not kinds else f"this is two steps in one: {' and '.join(kinds)}"
            raise report.error(node, what, hint, "F001")
        step: f.Step = STEPS[kinds[0]].read(node, report)
        if isinstance(step, f.Collect):
            self._fit(step, node, report)
        return step

    def _fit(self, step: f.Collect, node: Node, report: Report) -> None:
        """Report what a question has not, and its type needs."""
        for lack, hint in ANSWER_TYPES[step.type].lacks(step):
            report.error(node, lack, hint, "F002")
        values = [choice.value for choice in step.choices]
        for value in sorted({value for value in values if values.count(value) > 1}):
            again = [choice.at for choice in step.choices if choice.value == value][-1]
            hint = "Give one of the two another value."
            report.problems.append(Problem(again, f"the choice {value!r} is here twice", hint, "F003"))

    def schema(self, page: Page) -> JsonSchema:
        """The key that says the kind decides what else there is: an error is then shown at its own key."""
        return page.define("step", lambda: self._schema(page))

    def _schema(self, page: Page) -> JsonSchema:
        kinds = {key: {"description": shape.entries[key].description} for key, shape in STEPS.items()}
        return {
            "type": "object",
            "properties": kinds,
            "anyOf": [{"required": [key]} for key in STEPS],
            "allOf": [{"if": {"required": [key]}, "then": shape.schema(page)} for key, shape in STEPS.items()],
        }


DERIVE = Deriver.of(
    {
        timedelta: DurationShape(),
        Value: FactValueShape(),
        f.Limit: LimitShape(),
        As("answer type"): AnswerTypeShape(),
        As("share"): ShareShape(),
        As("next"): NextShape(),
        f.Step: StepShape(),
    },
    null=False,
)
ID = DERIVE.shape(Id)
BRANCH = DERIVE.record(f.Branch)


def _step(key: str, kind: type[Any], attribute: str) -> Record[Any]:
    """The shape of a kind of step. `key` says the kind, and gives the attribute that a step of it is called by."""
    record = DERIVE.record(kind)
    entries = {one.name: one for one in record.entries.values()}
    description = " ".join((kind.__doc__ or "").split())
    entries[attribute] = replace(entries[attribute], key=key, default=MISSING, description=description)
    return replace(record, entries={one.key: one for one in entries.values()})


STEPS: Mapping[str, Record[Any]] = {
    key: _step(key, kind, attribute)
    for key, kind, attribute in (
        ("say", f.Say, "id"),
        ("collect", f.Collect, "id"),
        ("set", f.Set, "fact"),
        ("match", f.MatchStep, "id"),
        ("schemes", f.Schemes, "id"),
        ("jobs", f.Jobs, "id"),
        ("review", f.Review, "id"),
        ("consent", f.Consent, "id"),
        ("submit", f.Submit, "id"),
        ("handoff", f.Handoff, "id"),
        ("wait", f.Wait, "duration"),
        ("call", f.Call, "flow"),
        ("goto", f.Goto, "target"),
        ("end", f.End, "id"),
    )
}
FLOW_RECORD = DERIVE.record(f.Flow)


class FlowShape:
    """A whole flow. Steps point only at steps that are there, so that the engine can trust every name."""

    def read(self, node: Node, report: Report) -> f.Flow:
        before = len(report.problems)
        flow = FLOW_RECORD.read(node, report)
        names = frozenset[str]()
        if len(report.problems) > before:
            names = _named_in(node)
            report.lost_ways = report.salvaged is not None or _lost_ways(node, flow)
        named = tuple(
            step if step.id else replace(step, id=f"{type(step).__name__.lower()}-{number}")
            for number, step in enumerate(flow.steps, start=1)
        )
        flow = replace(flow, steps=named)
        problems = [*_equal_ids(flow), *_dangling(flow, names)]
        report.problems += problems
        report.lost_ways |= bool(problems)
        if not flow.steps:
            raise Unreadable("flow")
        return flow

    def schema(self, page: Page) -> JsonSchema:
        return FLOW_RECORD.schema(page)


def _steps_in(node: Node) -> list[MappingNode]:
    steps = next((value for name, value in _items(node) if name == "steps"), None)
    return [each for each in steps.value if isinstance(each, MappingNode)] if isinstance(steps, SequenceNode) else []


def _items(node: Node) -> list[tuple[str, Node]]:
    return [(str(key.value), value) for key, value in node.value] if isinstance(node, MappingNode) else []


def _named_in(node: Node) -> frozenset[str]:
    """The names of all steps, also of those that cannot be read."""
    named = (value for step in _steps_in(node) for name, value in _items(step) if name in STEPS or name == "id")
    return frozenset(str(value.value) for value in named if isinstance(value, ScalarNode))


def _lost_ways(node: Node, flow: f.Flow) -> bool:
    """Whether a step, or a branch behind one, could not be read: then nobody can say who comes where."""
    steps = _steps_in(node)
    if len(steps) != len(flow.steps):
        return True
    for written, step in zip(steps, flow.steps, strict=True):
        ways = next((value for name, value in _items(written) if name == "next"), None)
        wanted = len(ways.value) if isinstance(ways, SequenceNode) else int(ways is not None)
        if wanted != len(step.next):
            return True
    return False


def _equal_ids(flow: f.Flow) -> Iterator[Problem]:
    first: dict[str, f.Step] = {}
    for step in flow.steps:
        if step.id in first:
            hint = f"It stands on line {first[step.id].at.line} as well. Give one of the two another name."
            yield Problem(step.at, f"the step {step.id!r} is here twice", hint, "F004")
        first.setdefault(step.id, step)


def _dangling(flow: f.Flow, unread: frozenset[str]) -> Iterator[Problem]:
    """`unread`: names of steps that are there, and could not be read."""
    for step in flow.steps:
        targets = [(branch.then, branch.at) for branch in step.next]
        if isinstance(step, f.Goto):
            targets.append((step.target, step.at))
        for target, at in targets:
            if target not in flow.positions and target not in unread:
                yield Problem(at, f"there is no step {target!r}", did_you_mean(target, flow.positions), "F005")


def calls_to_nowhere(flows: Mapping[str, f.Flow], unread: Container[str] = ()) -> Iterator[Problem]:
    """Calls of flows that do not exist, and flows that call each other in a circle.

    `unread`: flows that are there, and cannot be read.
    """
    for flow in flows.values():
        for step in flow.steps:
            if isinstance(step, f.Call) and step.flow not in flows and step.flow in unread:
                continue
            if isinstance(step, f.Call) and step.flow not in flows:
                yield Problem(step.at, f"there is no flow {step.flow!r}", did_you_mean(step.flow, flows), "F006")
            elif isinstance(step, f.Call) and flow.id in called_from(step.flow, flows):
                yield Problem(
                    step.at, f"{step.flow!r} calls {flow.id!r} again", "A circle of flows never ends.", "F007"
                )


def called_from(flow_id: str, flows: Mapping[str, f.Flow]) -> frozenset[str]:
    """The flow and all flows that are called from it, at any depth."""
    found, waiting = set[str](), [flow_id]
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            steps = flows[each].steps if each in flows else ()
            waiting += [step.flow for step in steps if isinstance(step, f.Call)]
    return frozenset(found)


FLOW = FlowShape()
