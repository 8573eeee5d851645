"""Every path through a flow, worked out from its conditions alone; `walk` holds the conversations themselves.

Where somebody is (the flows they are in, and the step of each) and what is known there make a place. From the first
place all others follow, as `bot.engine.walk` would walk them; what no condition behind a place looks at is left out
of it, so that they stay few. What is not decided by answers is tried both ways: a question that is asked only when it
can change the result, and a fact that comes from another flow.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.authoring.answer_classes import classes, may_stay_unknown, named_values
from bot.authoring.flow_graph import FlowGraph, Frames, StepName, conditions_in, may_be_left_out, onward, steps_of
from bot.content.conditions import UNREAD, Comparison, Condition, Value, comparisons, facts_of
from bot.content.flow import Call, Collect, Consent, Flow, Review, Set, Step, Wait
from bot.eligibility import OPEN_SETS, Truth, judge
from bot.engine.state import CHAT_LANGUAGE, READS_BEST

MOST_PLACES = 60_000  # a flow with more is too entangled to look through; the walk with the engine still samples it

Known = tuple[tuple[str, Value | None], ...]
"""Facts that were asked: with a value, or None when the answer is "I don't know"."""


# Known from any message, before the question that asks it or without one; or of any conversation.
HEARD = OPEN_SETS | {READS_BEST, CHAT_LANGUAGE, UNREAD.fact}


@dataclass(frozen=True, slots=True, eq=False)  # there is one of each, so that nobody compares what they hold
class Place:
    frames: Frames
    known: Known

    @property
    def facts(self) -> dict[str, Value]:
        return {fact: value for fact, value in self.known if value is not None}

    @property
    def asked(self) -> frozenset[str]:
        return frozenset(fact for fact, _ in self.known)


@dataclass(slots=True)
class Seen:
    """What was seen at one step over all places: outcomes of its condition and of its branches."""

    step: Step
    places: list[Place] = field(default_factory=list)
    outcomes: set[bool] = field(default_factory=set)  # of the condition of the step
    branches: dict[int, set[bool]] = field(default_factory=lambda: defaultdict(set))
    fell_through: list[Place] = field(default_factory=list)  # no branch was taken


class Routes:
    """`complete` is False when there were too many places to see them all."""

    def __init__(self, flows: Mapping[str, Flow], flow_id: str, told: frozenset[str] = frozenset()) -> None:
        """`told`: facts that cues tell; what a question of the flow asks too, is looked at as what it asks."""
        self.flows, self.flow = flows, flows[flow_id]
        self.steps = steps_of(flows, flow_id)
        self.asked = frozenset(
            step.fact if isinstance(step, Set) else step.id
            for step in self.steps.values()
            if isinstance(step, Collect | Consent | Set)
        )
        everywhere = {step.id for flow in flows.values() for step in flow.steps if isinstance(step, Collect | Consent)}
        # An aside starts with what the flow knows that it interrupts, a called flow with what its caller knows.
        shared = self.flow.aside or any(
            isinstance(step, Call) and step.flow == flow_id for flow in flows.values() for step in flow.steps
        )
        self.foreign = HEARD | (told - self.asked) | (everywhere - self.asked if shared else frozenset[str]())
        self._consents = frozenset(step.id for step in self.steps.values() if isinstance(step, Consent))
        self.named = named_values(self._comparisons())
        self.seen: dict[StepName, Seen] = {}
        self.edges: dict[Place, list[Place]] = {}
        self.complete = True
        self._places: dict[tuple[Frames, Known], Place] = {}
        self._apart: dict[str, tuple[Value, ...]] = {}
        self._graph = FlowGraph(flows, flow_id)
        self._explore()

    # ------------------------------------------------------------------ what conditions look at
    def _comparisons(self) -> Iterator[Comparison]:
        for step in self.steps.values():
            for condition in conditions_in(step):
                yield from comparisons(condition)

    def looked_at_from(self, name: StepName) -> frozenset[str]:
        """The facts that some condition or text looks at from a step on, consents included."""
        return self._graph.looked_at_from(name) | self._consents

    # ------------------------------------------------------------------ walking
    def at(self, frames: Frames) -> Step:
        return self._graph.at(frames)

    def _explore(self) -> None:
        start = self._one(self._graph.start, ())
        waiting = [start]
        while waiting:
            place = waiting.pop()
            if place in self.edges:
                continue
            if len(self.edges) >= MOST_PLACES:
                self.complete = False
                return
            following = [self._place(frames, known) for frames, known in self._from(place)] if place.frames else []
            self.edges[place] = list(dict.fromkeys(following))
            waiting += self.edges[place]

    def _place(self, frames: Frames, known: Known) -> Place:
        settled = self._graph.settled(frames)
        # What somebody agreed to is never left out: it decides what may be asked and kept.
        live = self._graph.live.get(settled, frozenset()) | self._consents if settled else frozenset()
        return self._one(settled, tuple(pair for pair in known if pair[0] in live))

    def _one(self, frames: Frames, known: Known) -> Place:
        place = self._places.get((frames, known))
        if place is None:
            place = self._places[frames, known] = Place(frames, known)
        return place

    def _from(self, place: Place) -> Iterator[tuple[Frames, Known]]:
        step = self.at(place.frames)
        seen = self.seen.setdefault((place.frames[-1][0], step.id), Seen(step))
        seen.places.append(place)
        if step.condition is not None:
            outcomes = self.outcomes(step.condition, place.facts)
            seen.outcomes |= outcomes
            if False in outcomes:
                yield onward(place.frames), place.known
            if True not in outcomes:
                return
        if may_be_left_out(step):
            yield onward(place.frames), place.known
        for known in self._learned(step, place):
            yield from self._branch(step, seen, Place(place.frames, known))

    def _learned(self, step: Step, place: Place) -> Iterator[Known]:
        """What may be known after a step."""
        facts = dict(place.known)
        match step:
            case Collect() | Consent():
                interrupts = self.flows[place.frames[-1][0]].interrupts
                values: list[Value | None] = [*self._classes(step)]
                if may_stay_unknown(step, interrupts):
                    values.append(step.default if isinstance(step, Collect) else None)
                for value in values:
                    yield tuple(sorted({**facts, step.id: value}.items()))
            case Set(fact=fact, value=value):
                yield tuple(sorted({**facts, fact: value}.items()))
            case _:
                yield place.known

    def _classes(self, question: Collect | Consent) -> tuple[Value, ...]:
        """A value of each class; classes that no condition here tells apart are one."""
        if question.id not in self._apart:
            about = [one for one in self._comparisons() if one.fact == question.id]
            apart: dict[tuple[Value, ...], Value] = {}
            for value in classes(question, self.named.get(question.id, frozenset())):
                told = tuple(judge(one, {question.id: value}) for one in about)
                apart.setdefault((value, *told) if isinstance(question, Consent) else told, value)
            self._apart[question.id] = tuple(apart.values())
        return self._apart[question.id]

    def _branch(self, step: Step, seen: Seen, place: Place) -> Iterator[tuple[Frames, Known]]:
        open_ways = True
        for number, branch in enumerate(step.next):
            outcomes = self.outcomes(branch.condition, place.facts) if branch.condition else {True}
            seen.branches[number] |= outcomes
            if True in outcomes:
                for frames in self._graph.leave(step, self._graph.jump(place.frames, branch.then)):
                    yield frames, place.known
            if False not in outcomes:
                open_ways = False
                break
        if open_ways:
            if step.next:
                seen.fell_through.append(place)
            for frames in self._graph.leave(step, onward(place.frames)):
                yield frames, place.known

    def outcomes(self, condition: Condition, facts: Mapping[str, Value]) -> set[bool]:
        """Whether a condition holds: one answer, or both when it hangs on what another flow knows."""
        truth = judge(condition, facts)
        if truth is Truth.UNKNOWN and facts_of(condition) & self.foreign:
            return {True, False}
        return {truth is Truth.YES}

    # ------------------------------------------------------------------ what follows from all places
    def without_end(self) -> list[Place]:
        """The places from which no answers lead to an end."""
        back: dict[Place, list[Place]] = defaultdict(list)
        for place, following in self.edges.items():
            for each in following:
                back[each].append(place)
        reached = {place for place in self.edges if not place.frames}
        waiting = list(reached)
        while waiting:
            for earlier in back[waiting.pop()]:
                if earlier not in reached:
                    reached.add(earlier)
                    waiting.append(earlier)
        return [place for place in self.edges if place not in reached]

    def silent_circle(self) -> Step | None:
        """A step that is come to again and again without anything asked in between."""
        state: dict[Place, bool] = {}  # True: looked through; False: being looked through
        for first in self.edges:
            if first in state:
                continue
            stack = [(first, iter(self._silent(first)))]
            state[first] = False
            while stack:
                place, following = stack[-1]
                for each in following:
                    if state.get(each) is False:
                        return self.at(each.frames)
                    if each not in state:
                        state[each] = False
                        stack.append((each, iter(self._silent(each))))
                        break
                else:
                    state[place] = True
                    stack.pop()
        return None

    def _silent(self, place: Place) -> list[Place]:
        if not place.frames or isinstance(self.at(place.frames), Collect | Consent | Review | Wait):
            return []
        return self.edges.get(place, [])
