"""A type of question is one file: whatever differs by type, the rest of the house asks of the type itself."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from libraries import ROOT, flows_in, library_with, real_library
from people import MONDAY, in_flow

from bot.answers import Context, Misunderstood, QuestionType, Reading, Understood, type_of
from bot.authoring.model_checking import walk
from bot.compiled import Compiled
from bot.content.answer_types import ANSWER_TYPES
from bot.content.conditions import Value
from bot.content.flow import Collect
from bot.content.knowledge import FactKind
from bot.content.problems import BrokenContent
from bot.content.sentence_keys import Sentence
from bot.engine.state import Answer, State


class Duration(QuestionType):
    """How long, in minutes: everything that a new type takes."""

    name = "duration"
    gives = FactKind.INTEGER
    is_said_back = True

    def read(self, question: Collect, text: str, context: Context) -> Reading:
        hit = re.search(r"(\d+) ?(min|u)", text)
        if hit is None:
            return Misunderstood(Sentence.NO_NUMBER)
        minutes = int(hit[1]) * (60 if hit[2] == "u" else 1)
        return Understood(minutes, shown=self.show_number(question, minutes, context.language))

    def show_number(self, question: Collect, number: float, language: str) -> str:
        return f"{int(number) // 60}:{int(number) % 60:02}"

    def samples(self, question: Collect, compiled: Compiled) -> Iterator[str]:
        yield from ("90 minuten", "2 uur")

    def classes(self, question: Collect, named: frozenset[Value]) -> Iterator[Value]:
        yield from (45, 120)


TRIP = """\
id: intake
version: 1
title: {nl: Reis, en: Trip}
steps:
  - collect: trip
    type: duration
    required: true
    text: {nl: Hoe lang mag je reizen?, en: How long may you travel?}
    next: [{if: {trip: {at_least: 120}}, then: far}]
  - end: near
    text: {nl: "{trip} is dichtbij.", en: "{trip} is near."}
  - end: far
    text: {nl: "{trip} is ver.", en: "{trip} is far."}
"""


@pytest.fixture
def with_trip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Compiled:
    monkeypatch.setitem(ANSWER_TYPES, Duration.name, Duration())
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows" / "trip.yaml").write_text(TRIP, encoding="utf-8")
    return library_with(flows_in(tmp_path))


@pytest.mark.parametrize(("typed", "end"), [("2 uur", "2:00 is ver."), ("een 45 min", "0:45 is dichtbij.")])
def test_a_new_type_is_asked_read_said_back_compared_and_shown(with_trip: Compiled, typed: str, end: str) -> None:
    talk = in_flow(with_trip, "intake")
    talk.say("best lang")
    assert with_trip.content.sentences[Sentence.NO_NUMBER]["nl"] in talk.text
    talk.say(typed)
    assert end in talk.text


def test_the_walk_of_editors_knows_what_people_answer_to_a_new_type(with_trip: Compiled) -> None:
    walked, coverage = walk(with_trip, ["intake"], seconds=30, turns=2000)
    assert walked.stuck == []
    assert coverage.steps.missing == []


def test_a_type_that_nobody_registered_is_no_type(tmp_path: Path) -> None:
    (tmp_path / "flows").mkdir()
    text = TRIP + "# Read when there was no such type.\n"  # what other tests read of the same words would count
    (tmp_path / "flows" / "trip.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BrokenContent, match="found 'duration'"):
        flows_in(tmp_path)


@pytest.mark.parametrize("name", ANSWER_TYPES)
def test_each_type_has_a_file_of_its_own(name: str) -> None:
    assert type(ANSWER_TYPES[name]).__module__ == f"bot.answers.types.{name}"
    assert type(ANSWER_TYPES[name]).__doc__


def test_no_other_module_names_a_type_of_question() -> None:
    asks = re.compile(r"""\.type\s*(?:==|!=|is|in|not in)\s*["'({\[fA-Z]|match \w+\.type\b""")
    files = [path for path in (ROOT / "bot").rglob("*.py") if "telegram" not in path.parts]
    found = [f"{path}:{line}" for path in files for line in path.read_text().splitlines() if asks.search(line)]
    assert found == []


def test_personal_words_are_a_name_only_when_a_name_is_asked() -> None:
    name = next(step for step in real_library().content.flows["contact"].steps if step.id == "name")
    assert isinstance(name, Collect)
    context = Context(real_library(), "nl", MONDAY.date())
    said = "mijn naam is Sam"
    assert type_of(name).read(name, said, context) == Understood("Sam")
    assert ANSWER_TYPES["text"] is not type_of(name)
    text = ANSWER_TYPES["text"]
    assert isinstance(text, QuestionType)
    assert text.read(name, said, context) == Understood(said)


def test_a_name_from_before_names_were_a_type_of_their_own_is_read_as_one() -> None:
    compiled = real_library()
    talk = in_flow(compiled, "contact")
    answers = {"may_contact": Answer("yes", True), "name": Answer("mijn naam is Sam", "Sam")}
    talk.state = State(language="nl", flow="contact", version="of a year ago", answers=answers, asked="reach")
    talk.say("/overzicht")
    assert talk.state.answers["name"].value == "Sam"
    assert "Naam: Sam" in talk.text
