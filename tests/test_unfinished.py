"""A diploma that somebody names but did not finish counts as none."""

import pytest
from libraries import real_library
from people import begun

from bot.answers.unfinished import without_unfinished
from bot.compiled import Compiled

BEFORE = ("lasser", "kapper", "Nieuwegein")


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return real_library()


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("havo, en daarna hbo maar niet afgemaakt", "havo_vwo"),
        ("mbo 4 gedaan, universiteit afgebroken", "mbo4"),
        ("universiteit niet gehaald, wel hbo", "hbo"),
        ("geen diploma, gestopt in de tweede", "none"),
        ("dropped out of university, I have mbo 4", "mbo4"),
        ("mbo 3 en hbo", "hbo"),
        ("twee jaar op de universiteit gezeten, daarvoor vwo", "havo_vwo"),
        ("mbo 4, 2 jaar geleden gehaald", "mbo4"),
        ("10 jaar gewerkt, mbo 2", "mbo2"),
    ],
)
def test_the_highest_that_was_finished_counts(said: str, level: str) -> None:
    person = begun(*BEFORE, said)
    assert person.state.answers["education"].value == level


@pytest.mark.parametrize(
    "said",
    ["hbo gestart maar gestopt na 2 jaar", "mbo 2 niet afgerond", "hbo niet gehaald", "2 jaar hbo", "propedeuse hbo"],
)
def test_who_names_only_what_was_not_finished_is_asked_what_was(said: str) -> None:
    person = begun(*BEFORE, said)
    assert "education" not in person.state.answers
    assert "Dan telt wat je wel hebt afgemaakt." in person.text


def test_told_in_passing_it_counts_as_little() -> None:
    person = begun("ik ben 34, heb hbo rechten gedaan maar nooit afgemaakt, wil de zorg in")
    assert "education" not in person.state.answers


def test_words_without_a_sign_are_left_alone() -> None:
    assert without_unfinished((), "mbo 4", ("niet afgemaakt",), ("2 jaar",)) is None


def test_who_says_when_not_does_not_say_when() -> None:
    person = begun(*BEFORE, "mbo 3")
    asked = person.state.asked
    person.say("overdag, niet in het weekend")
    assert person.state.asked == asked
    assert "schedule" not in person.state.answers or "weekend" not in person.state.answers["schedule"].value
