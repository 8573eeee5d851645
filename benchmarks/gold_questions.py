"""How many questions people answer before their first result, and what that costs in what is found.

    .venv/bin/python benchmarks/gold_questions.py [personas.yaml] [-v]

Each labelled person (gold/README.md) walks through the intake, through the real engine: choices are pressed, the
rest is typed, and what the person does not tell is "weet ik niet". The advice then is on what the intake knows.
Bar: a median of at most 9 questions, with nothing lost against advice on every answer at once.
"""

import argparse
from datetime import datetime
from pathlib import Path
from statistics import mean, median
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from bot.advice import advise
from bot.authoring.rehearsal import Rehearsal
from bot.cli.content import load
from bot.compiled import Compiled
from bot.content.conditions import Value
from bot.content.flow import Collect
from bot.content.knowledge import Route
from bot.engine.buttons import AnswerButton
from bot.engine.events import Event, Pressed, Said, Started

ROOT = Path(__file__).parent.parent
GOLD = ROOT.parent / "shared" / "gold" / "personas.yaml"
ON = datetime(2026, 11, 21, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))
MOST = 40  # messages; a person who needs more is stuck


def walk(compiled: Compiled, told: dict[str, Any]) -> tuple[list[str], dict[str, Value]]:
    """The questions that were asked until the first result, and the facts that are known then."""
    rehearsal = Rehearsal(compiled, ON)
    rehearsal.take(Started())
    asked: list[str] = []
    flow, facts = compiled.content.flows["intake"], compiled.content.knowledge.facts
    for _ in range(MOST):
        question = flow.question(rehearsal.state.asked or "")
        # Behind the result come questions that are about no fact: "search more precisely?", "may we call you?".
        if not isinstance(question, Collect) or question.id not in facts:
            break
        if question.id not in asked:
            asked.append(question.id)
        if rehearsal.state.confirmation:
            rehearsal.take(Said("ja"))
        else:
            rehearsal.take(answer(question, told.get(question.id), rehearsal.state.revision))
    answers = rehearsal.state.answers.items()
    return asked, {name: one.value for name, one in answers if name in facts and one.value is not None}


def answer(question: Collect, told: Any, revision: int) -> Event:
    values = {choice.value for choice in question.choices}
    match told:
        case None:
            return Said("weet ik niet")
        case bool():
            return Said("ja" if told else "nee")
        case str() if told in values:
            return Pressed(AnswerButton(question.id, told, revision).data)
        case list():
            labels = [choice.label["nl"] for choice in question.choices if choice.value in told]
            return Said(" en ".join(labels))
        case _:
            return Said(str(told))


def main(path: Path, verbose: bool) -> None:
    people = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    compiled = Compiled.of(load(ROOT))
    counts, whole, through_chat, lost = [], 0, 0, []
    for person in people:
        asked, known = walk(compiled, person["answers"])
        counts.append(len(asked))
        wanted = set(person["programmes"]["any_of_top3"])
        hits = [hit(compiled, answers, wanted) for answers in (person["answers"], known)]
        whole, through_chat = whole + hits[0], through_chat + hits[1]
        lost += [f"{person['id']}: asked {', '.join(asked)}"] * (hits[0] and not hits[1])
    print(f"questions to the first result: median {median(counts):g}, mean {mean(counts):.1f}, most {max(counts)}")
    print(f"hit@3 on every answer at once {whole}, after the intake {through_chat}, of {len(people)} people")
    if verbose:
        print(*lost, sep="\n")


def hit(compiled: Compiled, answers: dict[str, Any], wanted: set[str]) -> bool:
    offers = advise(compiled, answers, on=ON.date()).offers
    programmes = [offer.item.id for offer in offers if not isinstance(offer.item, Route)]  # as in gold_advice.py
    return not wanted.isdisjoint(programmes[:3])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("personas", nargs="?", type=Path, default=GOLD)
    parser.add_argument("-v", action="store_true", dest="verbose", help="name who lost something")
    given = parser.parse_args()
    main(given.personas, given.verbose)
