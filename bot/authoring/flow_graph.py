"""The graph of a flow: steps, each behind the flows that called it, and the facts that still matter from there on."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from bot.authoring.texts import filled_in
from bot.content.conditions import Condition, facts_of
from bot.content.flow import AskWhen, Call, Collect, End, Flow, Goto, Step

Frames = tuple[tuple[str, int], ...]
"""The flows that somebody is in, the called one last, each with the index of its step; none at the end."""

StepName = tuple[str, str]
"""The ids of a flow and of a step in it."""


class FlowGraph:
    """`live`: for each step of the graph, the facts that some condition or text from there on looks at."""

    def __init__(self, flows: Mapping[str, Flow], flow_id: str) -> None:
        self.flows = flows
        self.start = self.settled(((flow_id, 0),))
        self.live = self._liveness()

    def at(self, frames: Frames) -> Step:
        flow, index = frames[-1]
        return self.flows[flow].steps[index]

    def settled(self, frames: Frames) -> Frames:
        """Frames at a step; flows that came to their end are left."""
        while frames and frames[-1][1] >= len(self.flows[frames[-1][0]].steps):
            frames = frames[:-1]
        return frames

    def jump(self, frames: Frames, target: str) -> Frames:
        flow = self.flows[frames[-1][0]]
        return (*frames[:-1], (flow.id, flow.positions[target]))

    def leave(self, step: Step, frames: Frames) -> Iterator[Frames]:
        """Where `step` leads; `frames`: where the flow in which it stands goes on."""
        match step:
            case Goto(target=target):
                yield self.jump(frames, target)
            case Call(flow=called):
                yield (*frames, (called, 0))
            case End():
                yield frames[:-1]
            case _:
                yield frames

    def looked_at_from(self, name: StepName) -> frozenset[str]:
        here = (live for frames, live in self.live.items() if (frames[-1][0], self.at(frames).id) == name)
        return frozenset().union(*here)

    def _liveness(self) -> Mapping[Frames, frozenset[str]]:
        ways: dict[Frames, list[Frames]] = {}
        waiting = [self.start]
        while waiting:
            frames = waiting.pop()
            if frames and frames not in ways:
                ways[frames] = [self.settled(each) for each in self._ways_on(frames)]
                waiting += ways[frames]
        back: dict[Frames, list[Frames]] = defaultdict(list)
        for frames, following in ways.items():
            for each in following:
                back[each].append(frames)
        live = {frames: self._looked_at(self.at(frames)) for frames in ways}
        changed = set(ways)
        while changed:
            frames = changed.pop()
            for earlier in back[frames]:
                grown = live[earlier] | live[frames]
                if grown != live[earlier]:
                    live[earlier] = grown
                    changed.add(earlier)
        return live

    def _looked_at(self, step: Step) -> frozenset[str]:
        return frozenset().union(*(facts_of(one) for one in conditions_in(step)), filled_in(step))

    def _ways_on(self, frames: Frames) -> Iterator[Frames]:
        step = self.at(frames)
        if step.condition is not None or may_be_left_out(step):
            yield onward(frames)
        for branch in step.next:
            yield from self.leave(step, self.jump(frames, branch.then))
        if not any(branch.condition is None for branch in step.next):
            yield from self.leave(step, onward(frames))


def onward(frames: Frames) -> Frames:
    """The step below."""
    flow, index = frames[-1]
    return (*frames[:-1], (flow, index + 1))


def may_be_left_out(step: Step) -> bool:
    """Whether a question need not be put to everybody who comes by."""
    return isinstance(step, Collect) and (step.ask_when is not AskWhen.ALWAYS or step.ask_if is not None)


def conditions_in(step: Step) -> Iterator[Condition]:
    """What decides on the way at a step; refusals of an answer do not."""
    if step.condition is not None:
        yield step.condition
    if isinstance(step, Collect) and step.ask_if is not None:
        yield step.ask_if
    for branch in step.next:
        if branch.condition is not None:
            yield branch.condition


def steps_of(flows: Mapping[str, Flow], flow_id: str) -> dict[StepName, Step]:
    """The steps of a flow and of those that it calls, in the order in which they are met.

    A flow that is called and is not there is passed over: `calls_to_nowhere` says so.
    """
    found: dict[StepName, Step] = {}
    waiting = [flow_id]
    while waiting:
        flow = flows.get(waiting.pop(0))
        if flow and (flow.id, flow.steps[0].id) not in found:
            found |= {(flow.id, step.id): step for step in flow.steps}
            waiting += [step.flow for step in flow.steps if isinstance(step, Call)]
    return found
