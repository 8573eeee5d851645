"""Every path through the flows with the engine itself: nobody may get stuck, whatever they answer.

Breadth first, so that what is reported is the shortest way there. At each question one answer of each class is
given and each button is pressed; and once at each question, commands, questions and nonsense come in between. Two
conversations that stand at the same question, and differ in nothing that a flow looks at from there on, are one.
"""

import time
from collections import deque
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from random import Random

from bot.answers.question_type import SOMETHING
from bot.authoring.answer_classes import named_values
from bot.authoring.conversation import usual_moment
from bot.authoring.coverage import Coverage
from bot.authoring.paths import Routes
from bot.authoring.rehearsal import Rehearsal
from bot.authoring.sample_answers import answers_to, in_between
from bot.compiled import Compiled
from bot.content.check_flows import conditions_of
from bot.content.conditions import Value, comparisons
from bot.content.flow import Collect, Question, Vocabulary, Wait
from bot.engine.buttons import AnswerButton, ConfirmationButton, parse
from bot.engine.effects import Effect, Send
from bot.engine.events import Elapsed, Event, Pressed, Said, SentAttachment, Started
from bot.engine.state import Mode
from bot.engine.turn import TurnContext

PATIENCE = 40  # conversations at random that reach nothing new, and then it is enough
LONGEST_SCRIPT = 80  # answers; no flow asks as many

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Stuck:
    """What went wrong, and the shortest script that leads there, as lines of a conversation."""

    why: str
    script: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join([self.why, *(f"    {line}" for line in self.script)])


@dataclass(slots=True)
class Walked:
    """`complete`: nothing was left to try when it ended."""

    stuck: list[Stuck] = field(default_factory=list)
    turns: int = 0
    places: int = 0
    complete: bool = True


@dataclass(slots=True)
class _Node:
    person: Rehearsal
    script: tuple[str, ...]


def walk(compiled: Compiled, flow_ids: list[str], *, seconds: float, turns: int) -> tuple[Walked, Coverage]:
    """Explore these flows for so long and so many turns, shared evenly."""
    coverage, walked = Coverage(compiled), Walked()
    flows = compiled.content.flows
    told = compiled.content.knowledge.facts_of_cues
    routes = {each: Routes(flows, each, told) for each in flows}
    ends = time.monotonic() + seconds
    for left, flow_id in zip(range(len(flow_ids), 0, -1), flow_ids, strict=True):
        # What a short flow leaves over is for the others.
        until = time.monotonic() + (ends - time.monotonic()) / left
        _Explorer(coverage, routes, flow_id, walked).run(until, walked.turns + (turns - walked.turns) // left)
    return walked, coverage


class _Explorer:
    def __init__(self, coverage: Coverage, routes: Mapping[str, Routes], flow_id: str, walked: Walked) -> None:
        self.compiled, self.coverage, self.walked, self.flow_id = coverage.compiled, coverage, walked, flow_id
        flows = self.compiled.content.flows
        self.aside = flows[flow_id].aside
        self.routes = routes
        every = (condition for flow in flows.values() for step in flow.steps for condition, _ in conditions_of(step))
        self.in_between = tuple(in_between(self.compiled, self.compiled.content.country.languages[0]))
        self.named = named_values(one for condition in every for one in comparisons(condition))
        # Which questions can change the result hangs on the wish above all: each wish is a road of its own.
        self.wishes = frozenset(
            step.id
            for step in self.routes[flow_id].steps.values()
            if isinstance(step, Collect) and step.vocabulary is Vocabulary.DESIRED_WORK
        )
        self.interrupted: set[str] = set()
        self.ends: set[Key] = set()
        self.ways: dict[Key, list[Key]] = {}
        self.scripts: dict[Key, tuple[str, ...]] = {}

    def run(self, until: float, most: int) -> None:
        person = Rehearsal(self.compiled, usual_moment(self.compiled.content.country), watch=self.coverage.watch)
        first = _Node(person, (f"@ flow {self.flow_id}",))
        if not self._take(first, Started(self.flow_id, "nl")):
            return
        key = self._key(first)
        self.scripts[key] = first.script
        waiting = deque([(key, first)])
        while waiting:
            if time.monotonic() > until or self.walked.turns > most:
                self.walked.complete = False
                return
            key, node = waiting.popleft()
            self.ways[key] = []
            for line, event in self._answers(node):
                following = _Node(copy(node.person), (*node.script, line))
                if not self._take(following, event):
                    continue
                reached = self._key(following)
                self.ways[key].append(reached)
                if reached not in self.scripts:
                    self.scripts[reached] = following.script
                    waiting.append((reached, following))
            self._interrupt(node)
        self._look_for_traps()
        self._wander(first, until, most)

    def _wander(self, first: _Node, until: float, most: int) -> None:
        """At random, for what one way to each place did not reach: a question that only a rare mix of answers asks."""
        chance = Random(self.flow_id)  # noqa: S311  # the same walk every time
        prefix, idle = f"{self.flow_id}/", 0
        parts = (self.coverage.steps, self.coverage.branches)
        while idle < PATIENCE and any(name.startswith(prefix) for part in parts for name in part.missing):
            if time.monotonic() > until or self.walked.turns > most:
                return
            reached, node = [len(part.reached) for part in parts], _Node(copy(first.person), first.script)
            while ways := list(self._answers(node)):
                line, event = chance.choice(ways)
                node.script = (*node.script, line)
                if not self._take(node, event) or len(node.script) > LONGEST_SCRIPT:
                    break
            idle = 0 if reached != [len(part.reached) for part in parts] else idle + 1

    def _take(self, node: _Node, event: Event) -> bool:
        """One turn; False when it went wrong, which is reported."""
        self.walked.turns += 1
        try:
            effects = node.person.take(event)
        except Exception as error:  # noqa: BLE001  # whatever it is: the editor gets the way there
            self._report(f"the engine failed: {type(error).__name__}: {error}", node)
            return False
        if wrong := self._wrong(node, event, effects):
            self._report(wrong, node)
            return False
        return True

    def _wrong(self, node: _Node, event: Event, effects: tuple[Effect, ...]) -> str | None:
        if not isinstance(event, Elapsed) and not any(isinstance(one, Send) for one in effects):
            return "the bot says nothing"
        waiting = self._turning(node).position().open
        if waiting is not None and node.person.state.mode is Mode.ENDED:
            return f"the conversation ended, although {waiting.step.id!r} was not answered"
        return None

    def _report(self, why: str, node: _Node) -> None:
        # The same trouble at the same question is one trouble.
        if all(why != stuck.why or node.script[-1:] != stuck.script[-1:] for stuck in self.walked.stuck):
            self.walked.stuck.append(Stuck(why, node.script))

    # ------------------------------------------------------------------ where somebody is
    def _turning(self, node: _Node) -> TurnContext:
        return TurnContext(self.compiled, node.person.state, node.person.on)

    def _open(self, node: _Node) -> Question | None:
        return self._turning(node).open_question()

    def _waits(self, node: _Node) -> bool:
        waiting = self._turning(node).position().open
        return waiting is not None and isinstance(waiting.step, Wait)

    def _key(self, node: _Node) -> Key:
        """Two conversations with the same key go on in the same way, as far as flows can tell."""
        state, turning = node.person.state, self._turning(node)
        position = turning.position()
        waiting = position.open or (position.path[-1] if position.path else None)
        matters: frozenset[str] = frozenset()
        for flow in {state.flow, state.detour or state.flow}:
            matters |= self.routes[flow].looked_at_from(waiting.name) if waiting else frozenset()
        facts = {name: self._class(value) for name, value in position.facts.items() if name in matters}
        facts |= {name: position.facts[name] for name in self.wishes & position.facts.keys()}
        confirmation = state.confirmation and (state.confirmation.about, state.confirmation.question)
        picking = state.picked and state.picked.question
        return (
            state.flow, state.detour, state.mode, state.language, waiting.name if waiting else None, state.editing,
            confirmation, picking, min(state.attempts, 3), frozenset(facts.items()), state.consents,
        )  # fmt: skip

    def _class(self, value: Value) -> Value:
        """A text that no condition names is as good as another."""
        if isinstance(value, str) and not any(value in values for values in self.named.values()):
            return SOMETHING
        return value

    # ------------------------------------------------------------------ what somebody may do
    def _answers(self, node: _Node) -> Iterator[tuple[str, Event]]:
        """What leads on: each button of the open question, and each class of answers, typed."""
        person = node.person
        over = self.aside and person.state.detour is None  # what comes now is another flow
        if over or self._turning(node).position().open is None:
            self.ends.add(self._key(node))
            return
        question = self._open(node)
        for button in person.buttons:
            match parse(button.data):
                case ConfirmationButton():
                    yield f"> {button.label}", Pressed(button.data)
                case AnswerButton(question=asked) if question is not None and asked == question.id:
                    yield f"> {button.label}", Pressed(button.data)
                case _:
                    pass
        if isinstance(question, Collect):
            for text in answers_to(question, self.named.get(question.id, frozenset()), self.compiled):
                yield f"> {text}", Said(text)
        if self._waits(node) and person.state.wake_at:
            node.person = later = copy(person)
            later.on = person.state.wake_at
            yield f"@ {later.on:%Y-%m-%d %H:%M}", Elapsed()

    def _interrupt(self, node: _Node) -> None:
        """Once at each question, and once at the end: what people do besides answering."""
        question = self._open(node)
        where = question.id if question else str(node.person.state.mode)
        if where in self.interrupted:
            return
        self.interrupted.add(where)
        other = [button for button in node.person.buttons if not isinstance(parse(button.data), AnswerButton)]
        stale = AnswerButton(where, "no-such-choice", 0).data
        tried: list[list[tuple[str, Event]]] = [[(f"> {button.label}", Pressed(button.data))] for button in other]
        tried += [[("> [voice]", SentAttachment("voice"))], [("> [an old button]", Pressed(stale))]]
        tried += [[(f"> {text}", Said(text)) for text in texts] for texts in self.in_between]
        for events in tried:
            aside = _Node(copy(node.person), node.script)
            for line, event in events:
                aside.script = (*aside.script, line[:80])
                if not self._take(aside, event):
                    break

    def _look_for_traps(self) -> None:
        """Places from which, after all was tried, no way led to an end."""
        back: dict[Key, list[Key]] = {}
        for key, following in self.ways.items():
            for each in following:
                back.setdefault(each, []).append(key)
        reached, waiting = set(self.ends), list(self.ends)
        while waiting:
            for earlier in back.get(waiting.pop(), ()):
                if earlier not in reached:
                    reached.add(earlier)
                    waiting.append(earlier)
        self.walked.places += len(self.ways)
        trapped = [key for key in self.ways if key not in reached]
        if trapped:
            shortest = min((self.scripts[key] for key in trapped), key=len)
            self.walked.stuck.append(Stuck("from here no answer leads to an end", shortest))
