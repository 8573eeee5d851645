"""`overstap chat --jsonl`: the conversation for programs, in codes."""

import json
from datetime import datetime
from typing import Any

import pytest
from click.testing import CliRunner
from libraries import netherlands, real_library

from bot.authoring.jsonl import Chats
from bot.cli.chat import chat as command

ON = datetime(2026, 11, 26, 10, tzinfo=netherlands().calendar.zone)
NURSE = {"desired_work": "verpleegkundige", "current_job": "kapper", "place": "Zwolle"}
FIELDS = {
    *("chat", "messages", "asked", "waiting", "facts", "limits", "acts", "unread", "answered", "offered", "did"),
    *("care", "failed", "noted", "consented", "editing", "language", "shown", "lead", "stored"),
}


class Program:
    """A program with one chat; `last` is the line that came back last."""

    def __init__(self) -> None:
        self.chats = Chats(real_library(), ON)
        self.last: dict[str, Any] = {}

    def send(self, chat: str = "a", **line: Any) -> dict[str, Any]:
        (answer,) = self.chats.run([json.dumps({"chat": chat, **line})])
        self.last = json.loads(answer)
        return self.last

    def at(self, question: str, answers: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
        return self.send(answers=NURSE if answers is None else answers, at=question, **more)

    def say(self, text: str) -> dict[str, Any]:
        return self.send(said=text)


@pytest.fixture
def program() -> Program:
    return Program()


def test_each_line_is_answered_with_every_field_of_the_contract(program: Program) -> None:
    assert program.send(start=None, language="en").keys() == FIELDS
    assert program.last["asked"] == "desired_work"
    assert program.last["language"] == "en"
    assert program.last["messages"][0]["text"].startswith("Hi!")


def test_facts_are_codes_and_work_is_words_with_what_they_mean(program: Program) -> None:
    program.at("education", {**NURSE, "schedule": ["evening", "online"], "age": None})
    assert program.say("mbo 4")["facts"] == {
        "desired_work": {
            "words": "verpleegkundige",
            "occupations": ["nurse"],
            "sectors": ["zorg"],
            "excluded": [],
        },
        "current_job": {"words": "kapper", "occupations": ["hairdresser"], "sectors": [], "excluded": []},
        "place": "Zwolle",
        "schedule": ["evening", "online"],
        "age": None,
        "education": "mbo4",
    }


def test_a_place_named_by_a_postcode_is_its_municipality(program: Program) -> None:
    assert program.at("age", {**NURSE, "place": "3511"})["facts"]["place"] == "Utrecht"


@pytest.mark.parametrize("answers", [{}, NURSE])
@pytest.mark.parametrize(
    "question",
    "desired_work current_job place education employment benefit age hours dutch ict_background refine "
    "earn_while_learning schedule budget may_contact name reach may_keep all_right vacancy was_called".split(),
)
def test_any_question_can_be_put_whether_or_not_it_would_be_asked(
    program: Program, question: str, answers: dict[str, Any]
) -> None:
    given = {name: answer for name, answer in answers.items() if name != question}
    line = program.at(question, given)
    assert line["asked"] == question
    assert line["editing"] is None
    assert line["messages"]
    assert given.keys() <= line["facts"].keys()


def test_a_question_that_was_answered_is_put_as_one_that_is_open_again(program: Program) -> None:
    line = program.at("place")
    assert (line["asked"], line["editing"], line["facts"]["place"]) == ("place", "place", "Zwolle")


def test_the_results_are_shown_when_they_are_put(program: Program) -> None:
    line = program.at("results")
    assert line["asked"] == "refine"
    assert line["shown"]
    assert line["messages"][0]["text"].startswith("Dit past het beste")


def test_whoever_stands_behind_the_results_has_seen_them(program: Program) -> None:
    shown = program.at("results")["shown"]
    line = program.at("refine")
    assert line["shown"] == shown
    assert len(line["messages"]) == 1


def test_done_has_a_lead_and_declined_has_none(program: Program) -> None:
    assert program.at("done")["lead"] == {"reference": "L-2026-0001", "complete": True}
    assert program.last["asked"] is None
    line = program.at("done:no")
    assert (line["lead"], line["asked"], line["facts"]["may_contact"]) == (None, None, False)


def test_a_lead_is_filed_by_the_yes_to_the_last_look(program: Program) -> None:
    assert program.at("all_right")["lead"] is None
    assert program.say("ja")["lead"] == {"reference": "L-2026-0001", "complete": True}


def test_a_consent_is_named_by_its_purpose(program: Program) -> None:
    program.at("may_contact")
    assert program.say("ja")["consented"] == ["contact"]


# ------------------------------------------------------------------ what waits for a yes
def test_what_was_understood_can_wait_for_a_yes(program: Program) -> None:
    waiting = {"for": "confirm", "facts": {"age": 52}}
    assert program.at("age", waiting=waiting)["waiting"] == waiting
    assert "52 jaar" in program.last["messages"][0]["text"]
    assert program.say("ja")["facts"]["age"] == 52


def test_what_was_said_beside_can_wait_for_a_yes(program: Program) -> None:
    waiting = {"for": "confirm", "facts": {"age": 52, "education": "mbo4"}}
    assert program.at("employment", waiting=waiting)["waiting"] == waiting
    assert program.say("ja")["facts"].items() >= {"age": 52, "education": "mbo4"}.items()


def test_a_change_can_wait_for_a_yes(program: Program) -> None:
    program.at("age", waiting={"for": "confirm", "facts": {"place": "Goes"}})
    assert program.say("ja")["facts"]["place"] == "Goes"


@pytest.mark.parametrize(("what", "left"), [("wipe", 0), ("restart", 0)])
def test_what_cannot_be_undone_can_wait_for_a_yes(program: Program, what: str, left: int) -> None:
    assert program.at("age", waiting={"for": what})["waiting"] == {"for": what}
    assert len(program.say("ja")["facts"]) == left


def test_which_of_several_places_waits_with_the_places(program: Program) -> None:
    program.at("place", {"desired_work": "lasser", "current_job": "kapper"})
    waiting = program.say("Hengelo")["waiting"]
    assert (waiting["for"], waiting["fact"]) == ("which", "place")
    assert "Hengelo" in waiting["values"]


# ------------------------------------------------------------------ what was done
@pytest.mark.parametrize(
    ("said", "did"),
    [
        ("/mens", "human"),
        ("ik wil een mens spreken", "human"),
        ("wis alles", "erase"),
        ("/stop", "stop"),
        ("terug", "back"),
        ("/overzicht", "overview"),
        ("/opnieuw", "restart"),
        ("english please", "language:en"),
        ("can i do this in english please, i do not speak dutch", "language:en"),
        ("/werkgever", "employer"),
        ("ik ben werkgever", "employer"),
        ("/plan", "plan"),
        ("/mijngegevens", "mydata"),
        ("waarom?", "why"),
        ("ben jij een robot?", "who"),
        ("/privacy", "privacy"),
        ("/geld", "money"),
    ],
)
def test_what_was_done_has_a_name(program: Program, said: str, did: str) -> None:
    program.at("education", {**NURSE, "age": 34})
    assert did in program.say(said)["did"]


def test_an_answer_does_nothing_else(program: Program) -> None:
    program.at("education")
    line = program.say("mbo 4")
    assert (line["did"], line["failed"], line["noted"], line["answered"], line["offered"]) == ([], False, False, [], [])


def test_an_answer_of_the_faq_goes_by_its_id(program: Program) -> None:
    program.at("education")
    assert program.say("bestaat het stap-budget nog?")["answered"] == ["q01"]


def test_a_question_that_nobody_can_answer_is_noted(program: Program) -> None:
    program.at("education")
    line = program.say("hoe laat vertrekt de laatste trein naar Parijs?")
    assert line["noted"]
    assert not line["answered"]


def test_what_was_not_understood_has_failed(program: Program) -> None:
    program.at("education")
    assert program.say("blauw")["failed"]


def test_care_is_named_and_kept_nowhere(program: Program) -> None:
    program.at("education")
    line = program.say("ik wil niet meer leven")
    assert line["care"] == "despair"
    assert "leven" not in line["stored"]


def test_what_is_stored_holds_the_words_and_what_an_adviser_has(program: Program) -> None:
    program.at("all_right", {**NURSE, "name": "Zoë", "reach": "06-12345678"})
    assert "Zoë" in program.last["stored"]
    program.say("ja")
    assert program.last["stored"].count("+31612345678") == 3  # as value and as words in the conversation; the lead
    assert "06-12345678" not in program.last["stored"]
    program.say("/wis")
    assert "Zoë" not in program.say("ja")["stored"]


def test_a_button_is_pressed_by_its_data(program: Program) -> None:
    button = program.at("education")["messages"][0]["buttons"][0]
    assert program.send(pressed=button["data"])["facts"]["education"] == "none"


# ------------------------------------------------------------------ lines
def test_chats_know_nothing_of_each_other(program: Program) -> None:
    program.send("a", start=None)
    program.send("b", start=None)
    program.send("a", said="lasser")
    assert program.send("b", said="/overzicht")["facts"] == {}


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("no json", "Expecting value"),
        ("[1]", "A line holds a chat"),
        ('{"chat": "a"}', "A line holds a chat"),
        ('{"chat": "a", "answers": {"agee": 3}, "at": "place"}', "Did you mean 'age'?"),
        ('{"chat": "a", "answers": {}, "at": "plaats"}', "There is no question 'plaats'."),
        ('{"chat": "a", "answers": {}, "at": "age", "waiting": {"for": "x"}}', "wipe, restart, withdraw"),
        ('{"chat": "a", "answers": {}, "at": "age", "waiting": {"for": ["x"]}}', "wipe, restart, withdraw"),
        (
            '{"chat": "a", "answers": {}, "at": "age", "waiting": {"for": "confirm", "facts": {"age": null}}}',
            "Nobody is asked whether they do not know",
        ),
        ('{"chat": "a", "said": "hoi", "language": 5}', "A line holds a chat"),
    ],
)
def test_a_wrong_line_is_answered_with_what_is_wrong_and_the_next_goes_on(
    program: Program, line: str, error: str
) -> None:
    first, second = program.chats.run([line, "", '{"chat": "a", "said": "hoi"}'])
    assert error in json.loads(first)["error"]
    assert json.loads(second)["messages"]


def test_a_wrong_line_leaves_whoever_was_there(program: Program) -> None:
    program.send(start=None)
    program.send(said="lasser")
    asked = program.last["asked"]
    wrong, after = program.chats.run(['{"chat": "a", "at": "place"}', '{"chat": "a", "said": "/overzicht"}'])
    assert "error" in json.loads(wrong)
    assert json.loads(after)["asked"] == asked == "current_job"


def test_too_long_is_a_failure_too(program: Program) -> None:
    assert program.at("name", {})["failed"] is False
    assert program.say("Sam " * 400)["failed"] is True


@pytest.mark.slow
def test_the_command_answers_line_by_line_as_if_it_were_another_day() -> None:
    lines = '{"chat": "a", "start": null}\n{"chat": "a", "said": "/plan"}\n'
    result = CliRunner().invoke(command, ["--jsonl", "--lang", "en", "--on", "2026-12-01"], input=lines)
    assert result.exit_code == 0, result.output
    first, second = map(json.loads, result.output.splitlines())
    assert first["language"] == second["language"] == "en"
    assert "2026-12-01" in second["stored"]
