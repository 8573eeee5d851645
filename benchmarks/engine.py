"""How long a turn takes, and whether ten thousand random conversations hold.

    .venv/bin/python benchmarks/engine.py                what a turn costs; some seconds
    .venv/bin/python benchmarks/engine.py --walks 10000  the random walks too; some minutes

Bars: a turn with the replay of 40 answers in at most 0.5 ms, a fuzzy answer on all knowledge in at most 1 ms,
all content loaded and checked in at most 1 s (medians); no exception and no lost answer in any walk.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from libraries import flows_in, library_with, real_library  # noqa: E402
from walks import ACTIONS, Walker, changed_flows  # noqa: E402

from bot.cli.content import load  # noqa: E402
from bot.compiled import Compiled  # noqa: E402
from bot.content.flow import AskWhen, Collect, Flow  # noqa: E402
from bot.engine import State, advance  # noqa: E402
from bot.engine.events import Said, Started  # noqa: E402
from bot.engine.walk import walk  # noqa: E402
from bot.text import Text  # noqa: E402

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)

FUZZY = {  # a question of the intake, and an answer with an error or in a sentence
    "education": "mbo nivo 4",
    "employment": "ik heb een baan in een winkel",
    "benefit": "bijstant",
    "dutch": "redelyk",
    "age": "ik ben 34 jaar",
    "current_job": "vraachtwagenchaufeur",
    "desired_work": "iets met computors",
    "place": "niewegein",
}


def milliseconds(action: Callable[[], object], times: int = 200) -> float:
    """The median of `times` runs, in processor time: the engine waits for nothing, and other work does not count."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        action()
        taken.append(time.process_time() - start)
    return median(taken) * 1000


def say(what: str, value: float, bar: float | None = None) -> None:
    verdict = "" if bar is None else f"  (bar {bar:g}: {'met' if value <= bar else 'NOT MET'})"
    print(f"{what:58} {value:9.3f} ms{verdict}")


def of_forty(compiled: Compiled) -> tuple[Compiled, State]:
    """A flow of 41 questions, of which 40 were answered."""
    flow = compiled.content.flows["intake"]
    kinds = [step for step in flow.steps if isinstance(step, Collect) and step.type != "lookup"]
    steps = [
        replace(
            kinds[number % len(kinds)], id=f"q{number}", condition=None, next=(), ask_when=AskWhen.ALWAYS, rejections=()
        )
        for number in range(41)
    ]
    last = replace(steps[40], type="integer", choices=(), constraint=None, text=Text(nl="Hoeveel?", en="How many?"))
    forty: Flow = replace(flow, id="forty", steps=(*steps[:40], last, flow.steps[-1]))
    compiled = library_with({"forty": forty})
    state = advance(compiled, State(language="nl", flow="forty"), Started("forty", "nl"), on=NOW).state
    said = {
        "integer": "34",
        "yes_no": "ja",
        "place": "Utrecht",
        "currency": "€ 100",
    }
    for step in steps[:40]:
        answer = said.get(step.type) or step.choices[0].label["nl"]
        state = advance(compiled, state, Said(answer), on=NOW).state
    assert state.asked == "q40", state.asked
    return compiled, state


def measure_turns() -> None:
    say("load and check all content", milliseconds(lambda: load(ROOT), times=3), 1000)
    compiled = real_library()
    forty, state = of_forty(compiled)
    say("replay of 40 answers", milliseconds(lambda: replayed(forty, state)))
    say("one turn after 40 answers", milliseconds(lambda: advance(forty, state, Said("34"), on=NOW)), 0.5)
    say("  the same, not understood", milliseconds(lambda: advance(forty, state, Said("veel"), on=NOW)))
    say("state to JSON and back", milliseconds(lambda: State.from_json(state.to_json())))
    taken = []
    for question, text in FUZZY.items():
        at = reached(compiled, question)
        took = milliseconds(lambda at=at, text=text: advance(compiled, at, Said(text), on=NOW), times=50)
        taken.append(took)
        say(f"a fuzzy answer: {question} = {text!r}", took)
    say("a fuzzy answer, median", median(taken), 1.0)
    at_question = reached(compiled, "education")
    asked = Said("bestaat het stap-budget nog?")
    say("a question in between", milliseconds(lambda: advance(compiled, at_question, asked, on=NOW), times=50))


def replayed(compiled: Compiled, state: State) -> object:
    return walk(compiled.content.flows, state.flow, state.answers, on=NOW, deciding=lambda _: True)


def reached(compiled: Compiled, question: str) -> State:
    """A conversation in which this question of the intake is open."""
    state = advance(compiled, State.new("nl"), Started(None, "nl"), on=NOW).state
    first = [step for step in compiled.content.flows["intake"].steps if isinstance(step, Collect)]
    said = {"desired_work": "lasser", "current_job": "kapper", "place": "Utrecht", "education": "mbo 4"}
    said |= {"employment": "ja", "benefit": "geen", "age": "34", "hours": "24"}
    for step in first:
        if step.id == question:
            return replace(state, asked=question, editing=question)
        if state.asked == step.id:
            state = advance(compiled, state, Said(said.get(step.id, "weet ik niet")), on=NOW).state
    raise KeyError(question)


def walks(count: int) -> None:
    """Random conversations over five versions of a flow with everything in it, and over the real flows."""
    flows = flows_in(ROOT / "tests" / "engine")
    changing = [library_with(each, str(number)) for number, each in enumerate(changed_flows(flows, "every_type"))]
    turns, start = 0, time.perf_counter()
    for seed in range(count):
        chance = random.Random(seed)
        real = seed % 10 == 0
        walker = Walker([real_library()] if real else changing, State.new("nl"))
        if not real:
            walker.state = replace(walker.state, flow="every_type")
        walker.take(Started(None if real else "every_type", "nl"))
        for _ in range(chance.randrange(60)):
            walker.take(chance.choice(ACTIONS)(walker, chance.randrange(10**6)))
            turns += 1
    took = time.perf_counter() - start
    print(f"{count} random conversations, {turns} turns in {took:.0f} s: no exception, no lost answer")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--walks", type=int, default=0, metavar="N")
    arguments = parser.parse_args()
    measure_turns()
    if arguments.walks:
        walks(arguments.walks)
