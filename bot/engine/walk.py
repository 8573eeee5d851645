"""Where a conversation is: the answers walked through the flow, from its first step to the first open question.

Nothing that is stored says where somebody is. Going back, changing an answer, a restart and a changed flow are
therefore one thing: walk again. Walking has no effects; `bot.engine.flow.steps` acts on what is new on the path.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import UnionType

from bot.content.answer_types import ANSWER_TYPES
from bot.content.conditions import Condition, Value, members
from bot.content.flow import (
    AskWhen,
    Call,
    Collect,
    Consent,
    End,
    Flow,
    Goto,
    Question,
    Review,
    Set,
    Step,
    Wait,
)
from bot.eligibility import Truth, judge
from bot.engine.state import Answer

Deciding = Callable[[str], bool]
"""Whether a question can still change the result. It is asked only when the walk comes to it without an answer."""
Tells = Callable[[Collection[str]], Mapping[str, Value]]
"""The facts that follow from cues, and that no question asks."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A step on the path, with the flow in which it stands and what was known when it was reached."""

    flow: Flow
    step: Step
    known: Mapping[str, Value]  # the facts when it was reached

    @property
    def name(self) -> tuple[str, str]:
        return self.flow.id, self.step.id


@dataclass(frozen=True, slots=True)
class Position:
    """How far the answers reach.

    `open`: the step that waits for something, None at the end. `facts`: what was answered on the way, and the cues
    in the words of it (`mentions`); an answer that fell off the path is not in it. `answered`: the questions on the
    path that have an answer. `passed_over`: the questions that were left out because they cannot change the result.
    """

    open: Passed | None
    path: tuple[Passed, ...]
    facts: Mapping[str, Value]
    answered: tuple[Passed, ...]
    passed_over: frozenset[str] = frozenset()

    def has(self, *kinds: type[Step]) -> bool:
        """Whether a step of one of these kinds is on the path."""
        return any(isinstance(passed.step, kinds) for passed in self.path)


@dataclass(slots=True)
class _Frame:
    """A flow that is being walked, and the index of its next step."""

    flow: Flow
    index: int = 0


def walk(
    flows: Mapping[str, Flow],
    flow_id: str,
    answers: Mapping[str, Answer],
    *,
    on: datetime,
    deciding: Deciding,
    tells: Tells = lambda _: {},
    known: Mapping[str, Value] | None = None,
    until: type[Step] | UnionType | None = None,
) -> Position:
    """Walk `answers` through a flow. `known`: facts from before the flow began.

    `on`: the moment by the clock of where the content is for: its day says what can still be chosen.
    A question that is met a second time is open again: a flow may send someone back ("you are too young" → age).
    `until`: do not stop at a question without an answer, but go on as if they did not know, to a step of such a kind.
    """
    facts: dict[str, Value] = dict(known or {})
    known_here: Mapping[str, Value] | None = None  # the facts as they are now, for all steps until they change
    path: list[Passed] = []
    answered: list[Passed] = []
    passed_over: set[str] = set()
    met: set[tuple[str, str]] = set()
    frames = [_Frame(flows[flow_id])]
    while frames:
        frame = frames[-1]
        if frame.index >= len(frame.flow.steps):
            frames.pop()
            continue
        step = frame.flow.steps[frame.index]
        if step.condition is not None and not holds(step.condition, facts):
            frame.index += 1
            continue
        if known_here is None:
            known_here = dict(facts)
        passed = Passed(frame.flow, step, known_here)
        answer, name = answers.get(step.id), passed.name
        again = name in met
        met.add(name)
        if isinstance(step, Collect) and answer is None and _is_left_out(step, facts, deciding, on.date(), passed_over):
            frame.index += 1
            continue
        # Of all steps of every walk this is asked, and `isinstance` takes twice as long with a union.
        if isinstance(step, (Collect, Consent, Review, Wait)) and _is_open(
            step, answer, again=again, to_the_end=until is not None, on=on
        ):
            return Position(passed, (*path, passed), facts, tuple(answered), frozenset(passed_over))
        if answer is not None and isinstance(step, (Collect, Consent, Review)):
            answered.append(passed)
        if isinstance(step, (Collect, Consent, Set)):
            _learn(step, answer, facts, tells)
            known_here = None
        if (again and not isinstance(step, Call)) or (until is not None and isinstance(step, until)):
            # Round without a question in between: `overstap check` refuses that; here it must at least end.
            break
        path.append(passed)
        _go_to_next(step, frames, flows, facts)
    return Position(None, tuple(path), facts, tuple(answered), frozenset(passed_over))


def _is_open(step: Question | Wait, answer: Answer | None, *, again: bool, to_the_end: bool, on: datetime) -> bool:
    """Whether the conversation stands still at a step: a question without an answer, or a wait that is not over."""
    if isinstance(step, Wait):
        return answer is None or datetime.fromisoformat(answer.raw) + step.duration > on
    return again or (answer is None and not to_the_end)


def _learn(step: Collect | Consent | Set, answer: Answer | None, facts: dict[str, Value], tells: Tells) -> None:
    """Add to `facts` what is known behind a step that was not known before it."""
    match step:
        case Collect():
            if answer is not None and answer.cues:
                mentions = answer.cues.union(map(str, members(facts.get("mentions"))))
                facts |= {**tells(mentions), **facts, "mentions": mentions}
            value = step.default if answer is None or answer.value is None else answer.value
            if value is not None:
                facts[step.id] = value
        case Consent():
            if answer is not None and answer.value is not None:
                facts[step.id] = answer.value
        case Set():
            facts[step.fact] = step.value


def _is_left_out(
    question: Collect, facts: Mapping[str, Value], deciding: Deciding, today: date, passed_over: set[str]
) -> bool:
    """Whether a question without an answer is not put. `passed_over` gets the one that can change nothing any more."""
    if question.ask_if is not None and not holds(question.ask_if, facts):
        return True  # for now: a sign may come that makes it worth asking
    matters = question.ask_when is AskWhen.ALWAYS or deciding(question.id)
    if matters and _can_be_chosen(question, today):
        return False
    passed_over.add(question.id)
    return True


def _can_be_chosen(question: Collect, today: date) -> bool:
    """Whether anything is left to choose, of a question that only its choices answer."""
    return not (question.choices and ANSWER_TYPES[question.type].chooses) or bool(question.offered(today))


def _go_to_next(step: Step, frames: list[_Frame], flows: Mapping[str, Flow], facts: Mapping[str, Value]) -> None:
    """Set the frames to the step that comes after `step`."""
    frame = frames[-1]
    frame.index += 1
    for branch in step.next:
        if branch.condition is None or holds(branch.condition, facts):
            frame.index = frame.flow.positions[branch.then]
            break
    match step:
        case Goto(target=target):
            frame.index = frame.flow.positions[target]
        case Call(flow=called):
            frames.append(_Frame(flows[called]))
        case End():
            frames.pop()
        case _:
            pass


def holds(condition: Condition, facts: Mapping[str, Value]) -> bool:
    """Say whether a condition surely holds; what is unknown does not."""
    return judge(condition, facts) is Truth.YES
