"""What conversations reach of the content: steps, the ways on from them, sentences, and both outcomes of each rule."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.advice.seeker import to_person
from bot.authoring.flow_graph import may_be_left_out
from bot.compiled import Compiled
from bot.content.conditions import Value
from bot.content.flow import Collect, Consent, Goto, MatchStep, Step
from bot.eligibility import Truth, judge
from bot.engine import State, Turn
from bot.engine.effects import Send
from bot.engine.turn import TurnContext
from bot.engine.walk import Position, holds
from bot.text import Text

# Said by a channel or by the shell, where no rehearsal comes.
OUTSIDE = ("menu_", "bot_", "kept_", "in_group", "too_fast", "open_chat", "went_wrong", "filed_without", "place_after")


class _Heard(Mapping[str, Text]):
    """The bot's own sentences; remembers which were asked for."""

    def __init__(self, sentences: Mapping[str, Text]) -> None:
        self._sentences, self.names = sentences, set[str]()

    def __getitem__(self, name: str) -> Text:
        self.names.add(str(name))
        return self._sentences[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._sentences)

    def __len__(self) -> int:
        return len(self._sentences)


@dataclass(slots=True)
class Part:
    """One kind of thing to reach, by name."""

    name: str
    all: frozenset[str]
    reached: set[str] = field(default_factory=set)

    def of(self, flows: Collection[str]) -> "Part":
        """The same for some flows only."""
        return Part(self.name, frozenset(name for name in self.all if name.partition("/")[0] in flows), self.reached)

    @property
    def missing(self) -> list[str]:
        return sorted(self.all - self.reached)

    def __str__(self) -> str:
        share = 100 * len(self.all & self.reached) // max(len(self.all), 1)
        return f"{self.name}: {len(self.all & self.reached)} of {len(self.all)} ({share}%)"


class Coverage:
    """Give `compiled` to the rehearsals, and `watch` to each of them."""

    def __init__(self, compiled: Compiled) -> None:
        content = compiled.content
        self._heard = _Heard(content.sentences)
        self.compiled = replace(compiled, content=replace(content, sentences=self._heard))
        self._texts = dict(_own_texts(compiled))
        steps = [(flow.id, step) for flow in content.flows.values() for step in flow.steps]
        self.steps = Part("steps", frozenset(f"{flow}/{step.id}" for flow, step in steps))
        self.branches = Part("branches", frozenset(way for flow, step in steps for way in _ways(flow, step)))
        own = (name for name in content.sentences if not name.startswith(OUTSIDE))
        self.messages = Part("messages", frozenset([*own, *self._texts]))
        knowledge = content.knowledge
        self._rules = [(f"{item.id}/{rule.id}", rule) for item in knowledge.items for rule in item.rules]
        outcomes = (f"{name} {truth}" for name, _ in self._rules for truth in (Truth.YES, Truth.NO))
        self.rules = Part("rules", frozenset(outcomes))
        self._judged: set[frozenset[tuple[str, Value]]] = set()

    @property
    def parts(self) -> tuple[Part, ...]:
        self.messages.reached |= self._heard.names
        return self.steps, self.branches, self.rules, self.messages

    def watch(self, before: State, turn: Turn, on: datetime) -> None:
        heard = set(self._heard.names)
        positions = [TurnContext(self.compiled, turn.state, on).main_position()]
        # A detour that ended in this turn is in the state before it only.
        detours = {before.detour, turn.state.detour} - {None}
        states = [replace(turn.state, detour=detour) for detour in detours]
        positions += [TurnContext(self.compiled, state, on).position() for state in states]
        self._heard.names = heard  # looking says nothing
        for position in positions:
            self._look_at(position)
        for effect in turn.effects:
            if isinstance(effect, Send):
                said = effect.message.text
                fresh = (name for name in self._texts if name not in self.messages.reached)
                found = [name for name in fresh if any(one in said for one in self._texts[name])]
                self.messages.reached.update(found)

    def _look_at(self, position: Position) -> None:
        onward: dict[str, int] = {}  # of each flow: the step that would come next
        for passed, following in zip(position.path, [*position.path[1:], None], strict=True):
            flow, step = passed.flow, passed.step
            index = flow.positions[step.id]
            self.steps.reached.add(f"{flow.id}/{step.id}")
            for skipped in flow.steps[onward.get(flow.id, 0) : index]:
                self.branches.reached.add(f"{flow.id}/{skipped.id} is passed over")
            self.branches.reached.add(f"{flow.id}/{step.id} is taken")
            onward[flow.id] = flow.positions[step.target] if isinstance(step, Goto) else index + 1
            if step.next and passed is not position.open:
                known = following.known if following else position.facts
                holding = (n for n, one in enumerate(step.next) if not one.condition or holds(one.condition, known))
                number = next(holding, None)
                self.branches.reached.add(_way(flow.id, step, number))
                onward[flow.id] = index + 1 if number is None else flow.positions[step.next[number].then]
            if isinstance(step, MatchStep):
                self._judge(passed.known)

    def _judge(self, answers: Mapping[str, Value]) -> None:
        key = frozenset(answers.items())
        if key not in self._judged:
            self._judged.add(key)
            person = to_person(self.compiled, answers)
            self.rules.reached |= {f"{name} {judge(rule.condition, person.facts)}" for name, rule in self._rules}


def _ways(flow: str, step: Step) -> Iterator[str]:
    """The ways that one can go at a step, by name; none when there is only one."""
    if step.condition is not None or may_be_left_out(step):
        yield f"{flow}/{step.id} is taken"
        yield f"{flow}/{step.id} is passed over"
    if any(branch.condition is not None for branch in step.next):
        for number in range(len(step.next)):
            yield _way(flow, step, number)
        if not any(branch.condition is None for branch in step.next):
            yield _way(flow, step, None)


def _way(flow: str, step: Step, number: int | None) -> str:
    if number is None:
        return f"{flow}/{step.id} goes on"
    kind = "else" if step.next[number].condition is None else f"branch {number + 1}"
    return f"{flow}/{step.id} {kind} to {step.next[number].then}"


def _own_texts(compiled: Compiled) -> Iterator[tuple[str, Text]]:
    """The texts of a step that are not said with the step itself."""
    for flow in compiled.content.flows.values():
        for step in flow.steps:
            if isinstance(step, Collect | Consent) and step.why:
                yield f"{flow.id}/{step.id} why", step.why
            if isinstance(step, Collect):
                for number, rejection in enumerate(step.rejections, start=1):
                    yield f"{flow.id}/{step.id} rejection {number}", rejection.text
