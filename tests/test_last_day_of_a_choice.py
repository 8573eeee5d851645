"""A choice that ends: offered until its last day, and honest after it."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from libraries import flows_in, library_with
from people import newcomer

from bot.authoring.check import problems
from bot.authoring.rehearsal import Rehearsal
from bot.compiled import Compiled
from bot.engine import State
from bot.engine.buttons import AnswerButton
from bot.engine.events import Pressed, Started

LAST = date(2027, 1, 15)
EVENING = datetime(2027, 1, 15, 22, 30, tzinfo=UTC)  # half past eleven in Utrecht: still the last day
NIGHT = EVENING + timedelta(hours=1)  # and now it is the sixteenth there
FLOW = """\
id: open_day
version: 1
title: {nl: Open dag, en: Open day}
steps:
  - collect: day
    type: select_one
    text: {nl: "Welke dag kun je?", en: "Which day can you come?"}
    required: true
    choices:
      - {value: january, until: "2027-01-15", label: {nl: Januari, en: January}}
      - {value: march, until: "2027-03-12", label: {nl: Maart, en: March}}
      - {value: later, label: {nl: Later, en: Later}}
  - collect: extras
    type: select_multiple
    text: {nl: "Wat wil je zien?", en: "What do you want to see?"}
    choices:
      - {value: workshop, until: "2027-01-15", label: {nl: Werkplaats, en: Workshop}}
      - {value: school, label: {nl: School, en: School}}
  - collect: wishes
    type: text
    text: {nl: "Nog iets?", en: "Anything else?"}
  - review: right
    text: {nl: "Klopt het?", en: "Is it right?"}
  - submit: signed_up
    text: {nl: "Je nummer is {reference}.", en: "Your number is {reference}."}
  - collect: after
    type: text
    text: {nl: "Tot slot?", en: "Finally?"}
  - end: done
"""


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    folder = tmp_path_factory.mktemp("flows")
    (folder / "flows").mkdir()
    (folder / "flows" / "open_day.yaml").write_text(FLOW, encoding="utf-8")
    return library_with(flows_in(folder))


def talk(compiled: Compiled, on: datetime, language: str = "nl") -> Rehearsal:
    person = newcomer(compiled, on=on, state=State(language=language, flow="open_day"))
    person.take(Started("open_day", language))
    return person


def offered(person: Rehearsal) -> list[str]:
    return [button.label for button in person.buttons]


def test_a_choice_is_offered_on_its_last_day_and_not_on_the_next(compiled: Compiled) -> None:
    assert offered(talk(compiled, EVENING)) == ["Januari", "Maart", "Later"]
    assert offered(talk(compiled, NIGHT)) == ["Maart", "Later"]


@pytest.mark.parametrize("said", ["januari", "janauri", "january", "liefst in januari graag"])
def test_who_types_what_is_over_hears_so_and_what_is_left(said: str, compiled: Compiled) -> None:
    person = talk(compiled, NIGHT)
    shown = person.say(said)
    assert "Januari kan niet meer: dat kon tot en met 15 januari 2027." in shown
    assert "Welke dag kun je?" in shown
    assert offered(person) == ["Maart", "Later"]
    assert "day" not in person.state.answers


def test_it_is_said_in_their_language(compiled: Compiled) -> None:
    assert "January is no longer possible: it was until 15 January 2027." in talk(compiled, NIGHT, "en").say("january")


def test_the_place_in_the_list_counts_what_is_shown(compiled: Compiled) -> None:
    person = talk(compiled, NIGHT)
    person.say("de eerste")
    assert person.state.answers["day"].value == "march"


def test_an_old_button_of_it_says_so_too(compiled: Compiled) -> None:
    person = talk(compiled, EVENING)
    button = next(one for one in person.buttons if one.label == "Januari")
    person.on = NIGHT
    person.take(Pressed(button.data))
    assert "kan niet meer" in person.text
    assert "day" not in person.state.answers
    person.say("maart")
    person.take(Pressed(button.data))
    assert "kan niet meer" in person.text
    assert person.state.answers["day"].value == "march"


def test_of_several_only_what_can_be_chosen_counts(compiled: Compiled) -> None:
    person = talk(compiled, NIGHT)
    person.say("later")
    assert offered(person) == ["School"]
    assert "Werkplaats kan niet meer" in person.say("school en werkplaats")
    person.take(Pressed(AnswerButton("extras", "workshop", person.state.revision).data))
    assert "Werkplaats kan niet meer" in person.text
    person.say("alles")
    assert person.state.answers["extras"].value == frozenset({"school"})


def test_who_chose_it_in_time_and_was_not_sent_on_is_asked_again_and_loses_nothing_else(compiled: Compiled) -> None:
    person = talk(compiled, EVENING)
    person.say("januari", "school", "koffie")
    assert person.state.asked == "right"
    person.on = NIGHT
    shown = person.say("ja")
    assert "Januari kan niet meer" in shown
    assert person.state.asked == "day"
    person.say("maart")
    assert person.state.asked == "right", "what they agree to is what they see"
    person.say("ja")
    assert person.lead is not None
    assert person.state.answers["wishes"].raw == "koffie"


def test_what_they_say_meanwhile_answers_the_question_that_they_saw(compiled: Compiled) -> None:
    person = talk(compiled, EVENING)
    person.say("januari", "school")
    person.on = NIGHT
    person.say("thee")
    assert person.state.answers["wishes"].raw == "thee"
    assert person.state.asked == "day"


def test_what_was_filed_stays(compiled: Compiled) -> None:
    person = talk(compiled, EVENING)
    person.say("januari", "school", "koffie", "ja")
    assert person.lead is not None
    person.on = NIGHT
    assert "kan niet meer" not in person.say("nee hoor")
    assert person.state.answers["day"].value == "january"


def test_a_question_with_nothing_left_to_choose_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "flows").mkdir()
    ended = FLOW.replace("      - {value: later, label: {nl: Later, en: Later}}\n", "")
    (tmp_path / "flows" / "open_day.yaml").write_text(ended, encoding="utf-8")
    person = talk(library_with(flows_in(tmp_path)), datetime(2027, 4, 1, 10, tzinfo=UTC))
    assert person.state.asked == "extras"


@pytest.mark.parametrize(
    ("on", "codes"),
    [(LAST, set()), (date(2027, 1, 16), {"F069", "F070"}), (date(2027, 4, 1), {"F069", "F070"})],
)
def test_editors_are_warned_of_it(on: date, codes: set[str], tmp_path: Path) -> None:
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows" / "open_day.yaml").write_text(FLOW, encoding="utf-8")
    found = [one for one in problems(tmp_path, on) if one.code in ("F069", "F070")]
    assert {one.code for one in found} == codes
    assert all(one.severity == "warning" for one in found)
    if on == date(2027, 1, 16):
        line = FLOW.splitlines().index(next(one for one in FLOW.splitlines() if "value: january" in one)) + 1
        assert next(one.at.line for one in found if one.code == "F069") == line
        assert any("'extras' has only 'school' left" in one.message for one in found)
