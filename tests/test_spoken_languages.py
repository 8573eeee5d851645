"""A language and how well somebody speaks it, in any words, in one clause."""

import pytest
from libraries import real_library
from people import begun

from bot.compiled import Compiled


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return real_library()


@pytest.mark.parametrize(
    ("said", "spoken"),
    [
        ("mijn Engels is prima", {"en": "b2"}),
        ("I speak excellent English", {"en": "c1"}),
        ("vloeiend Pools en een beetje Nederlands", {"pl": "native", "nl": "a2"}),
        ("Dutch A2, English B2", {"nl": "a2", "en": "b2"}),
        ("my German is not fluent", {"de": None}),
        ("een cursus Frans", {"fr": None}),
        ("goed met mensen", {}),
    ],
)
def test_a_language_goes_with_the_measure_in_its_own_clause(
    compiled: Compiled, said: str, spoken: dict[str, str | None]
) -> None:
    assert {one.language: one.level for one in compiled.spoken_languages.find(said)} == spoken


@pytest.mark.parametrize("said", ["English is good my", "Engels redelijk", "I speak Dutch a little but English well"])
def test_who_speaks_a_language_well_enough_is_heard_to_speak_it(compiled: Compiled, said: str) -> None:
    assert "speaks_english" in compiled.mentions_in(said)


@pytest.mark.parametrize("said", ["mijn Engels is slecht", "mijn Duits is prima"])
def test_who_hardly_speaks_it_is_not(compiled: Compiled, said: str) -> None:
    assert "speaks_english" not in compiled.mentions_in(said)


def test_another_language_says_nothing_of_how_well_they_speak_ours() -> None:
    person = begun()
    person.say("mijn engels is prima")
    assert "dutch" not in person.state.answers
    assert "desired_work" not in person.state.answers
    person.say("lasser")
    assert person.state.answers["desired_work"].cues == {"speaks_english"}


def test_small_talk_that_tells_a_fact_keeps_it() -> None:
    person = begun()
    person.say("mijn Nederlands is niet zo goed")
    assert person.state.answers["dutch"].value == "a2"
