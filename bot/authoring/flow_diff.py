"""What a new version of the flows changes, and what it does to people who are in the middle of the old one."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.answers import Misunderstood, read
from bot.authoring.flow_graph import steps_of
from bot.authoring.step_diff import step_changes
from bot.compiled import Compiled
from bot.content.flow import Collect, Consent, Flow
from bot.content.flow_schema import FLOW, calls_to_nowhere
from bot.content.problems import BrokenContent, Severity
from bot.content.reader import Reader
from bot.content.sentences_schema import COMMON
from bot.engine import State
from bot.engine.flow.migration import drop_what_is_over, upgrade
from bot.engine.state import Mode
from bot.engine.turn import TurnContext

Flows = Mapping[str, Flow]


def read_side(path: Path) -> Flows:
    """The flows of a folder (or of `flows/` in it), or of one file; raises BrokenContent when one cannot be read."""
    folder = path / "flows" if (path / "flows").is_dir() else path
    files = [path] if path.is_file() else [each for each in sorted(folder.glob("*.yaml")) if each.name != COMMON]
    reader = Reader(path.parent if path.is_file() else folder)
    flows = {flow.id: flow for file in files if (flow := reader.file(file, FLOW))}
    if path.is_dir():
        reader.problems += calls_to_nowhere(flows)
    if any(problem.severity is Severity.ERROR for problem in reader.problems):
        raise BrokenContent(reader.problems)
    return flows


# ------------------------------------------------------------------ the files
def changes(old: Flows, new: Flows) -> Iterator[str]:
    """What means something else now, in lines for an editor; other words, another order and comments mean the same."""
    for name in sorted(old.keys() - new.keys()):
        yield f"{name}: the flow is gone. Whoever is in it goes on in the intake."
    for name in sorted(new.keys() - old.keys()):
        yield f"{name}: the flow is new."
    for name in sorted(old.keys() & new.keys()):
        if old[name] != new[name]:
            yield from (f"{name}: {line}" for line in _flow(old[name], new[name]))


def _flow(old: Flow, new: Flow) -> Iterator[str]:
    before, after = _questions(old), _questions(new)
    moved = {was: now for was, now in new.renames.items() if was in before and now in after}
    lines = [f"{was!r} is now called {now!r}; its answers stay." for was, now in moved.items()]
    lines += [
        f"{gone!r} is no longer asked. Was it renamed? Then write it under 'renames', or its answers are lost."
        for gone in sorted(before.keys() - after.keys() - moved.keys())
    ]
    fresh = sorted(after.keys() - before.keys() - set(moved.values()))
    lines += [f"{one!r} is new; whoever is past it is asked." for one in fresh]
    steps = {step.id: step for step in new.steps}
    for step in old.steps:
        if (same := steps.get(moved.get(step.id, step.id))) is not None:
            lines += step_changes(step, same)
    lines += _header(old, new)
    yield from lines
    if lines and new.version == old.version:
        yield f"its version is still {new.version}: raise it, so that leads say which one they come from."


def _header(old: Flow, new: Flow) -> Iterator[str]:
    if old.expire_after != new.expire_after:
        yield f"answers are erased after {new.expire_after}, and were after {old.expire_after}."
    if old.remind_after != new.remind_after:
        yield "reminders come at other times."
    if old.interrupts != new.interrupts:
        before, after = (", ".join(sorted(one.interrupts)) or "nothing" for one in (old, new))
        yield f"in between people can do: {after}. They could do: {before}."
    if old.capacity != new.capacity:
        was, now = (one.capacity or "no limit" for one in (old, new))
        yield f"places: {now}, and {was} before. Who has one keeps it; who has none hears of it when they come again."
    if old.role != new.role:
        yield f"the bot opens it by itself as {new.role or 'nothing'}, and did as {old.role or 'nothing'}."


def _questions(flow: Flow) -> dict[str, Collect]:
    return {step.id: step for step in flow.steps if isinstance(step, Collect)}


# ------------------------------------------------------------------ open conversations
@dataclass(frozen=True, slots=True)
class Outlook:
    """What a new version does to open conversations; the counts are people, by what happens to them."""

    open: int
    undisturbed: int
    events: Mapping[str, int]

    def lines(self) -> Iterator[str]:
        yield f"{self.open} open conversations: {self.undisturbed} go on as if nothing happened."
        for what, count in sorted(self.events.items(), key=lambda one: (-one[1], one[0])):
            yield f"    {count}: {what}"


def outlook(states: Iterable[State], old: Flows, new: Compiled, on: datetime) -> Outlook:
    """Carry every open conversation over to the new content on paper, with the code that will do it for real."""
    total = undisturbed = 0
    events: Counter[str] = Counter()
    for state in states:
        if state.mode in (Mode.NEW, Mode.ENDED) or not state.answers:
            continue
        total += 1
        happens = list(_happens(state, old, new, on))
        undisturbed += not happens
        events.update(happens)
    return Outlook(total, undisturbed, events)


def _happens(state: State, old: Flows, new: Compiled, on: datetime) -> Iterator[str]:
    flows = new.content.flows
    turning = TurnContext(new, state, on)
    upgrade(turning)
    drop_what_is_over(turning)
    if state.flow not in flows:
        yield f"the flow {state.flow!r} is gone: goes on in {turning.state.flow!r}"
    before, after = _asked_in(old, state.flow), _asked_in(flows, turning.state.flow)
    moved = {was: now for flow in flows.values() for was, now in flow.renames.items()}
    for name, answer in state.answers.items():
        now = moved.get(name, name)
        question = turning.find_question(now)
        if name in before and now not in after and answer.value is not None:
            yield f"loses the answer to {name!r}, which is no longer asked"
        elif isinstance(question, Collect) and now not in turning.state.answers:
            yield f"is asked {now!r} again: {_why(question, answer.raw, turning)}"
    waiting = turning.main_position().open
    step = waiting.step if waiting else None  # a wait or an overview asks nothing new
    if isinstance(step, Collect | Consent) and step.id not in before | moved.keys() | set(moved.values()):
        yield f"is asked {step.id!r}, which is new"


def _asked_in(flows: Flows, flow_id: str) -> frozenset[str]:
    """What a flow asks, together with the flows that it calls."""
    steps = steps_of(flows, flow_id).values() if flow_id in flows else ()
    return frozenset(step.id for step in steps if isinstance(step, Collect | Consent))


def _why(question: Collect, raw: str, turning: TurnContext) -> str:
    match read(question, raw, turning.context):
        case Misunderstood(because, filled):
            return f'"{turning.sentence(because, **filled)}"'
        case _:
            return "the answer can mean several things now"
