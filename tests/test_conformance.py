"""Our flows lead where GOV.UK's own tests say that theirs lead (alphagov/smart-answers, MIT)."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from libraries import ROOT, flows_in, library_with

from bot.answers import Context, Understood, read
from bot.compiled import Compiled
from bot.engine.state import Answer
from bot.engine.walk import walk

TRACES = ROOT.parent / "shared" / "corpora" / "smart-answers"
FLOWS = Path(__file__).parent / "conformance"
NOW = datetime(2026, 11, 21, tzinfo=UTC)


def traces(flow: str) -> list[Any]:
    path = TRACES / f"{flow}.json"
    if not path.exists():
        skip = pytest.mark.skip(reason=f"the traces of {flow} are not here: {TRACES}")
        return [pytest.param(None, id=f"{flow}-absent", marks=skip)]
    read_traces = json.loads(path.read_text(encoding="utf-8"))
    return [pytest.param(each, id=f"{flow}-{number}") for number, each in enumerate(read_traces)]


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return library_with(flows_in(FLOWS))


@pytest.mark.parametrize("trace", [*traces("towing_rules"), *traces("check_benefits_financial_support")])
def test_the_same_answers_lead_to_the_same_step(trace: dict[str, Any], compiled: Compiled) -> None:
    said = {**trace["responses"], trace["node"]: trace["response"]}
    answers = {bare(node): reply(compiled, trace["flow"], bare(node), text) for node, text in said.items()}

    position = walk(compiled.content.flows, trace["flow"], answers, on=NOW, deciding=lambda _: True)

    reached = position.open or position.path[-1]
    assert reached.step.id == bare(trace["next"])


def reply(compiled: Compiled, flow: str, node: str, text: str) -> Answer:
    question = compiled.content.flows[flow].question(node)
    assert question is not None
    reading = read(question, text, Context(compiled, "en", date(2026, 11, 21)))
    # "don't know" is an answer without a value
    return Answer(text, reading.value if isinstance(reading, Understood) else None)


def bare(node: str) -> str:
    return node.removesuffix("?")
