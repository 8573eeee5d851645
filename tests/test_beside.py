"""What is said beside an answer: what surely counts, and what does not."""

from dataclasses import replace
from datetime import date

import pytest
from libraries import real_library
from people import begun

from bot.answers import Context, Understood, read
from bot.answers.beside import read_beside
from bot.compiled import Compiled
from bot.content.conditions import Value
from bot.content.flow import Collect
from bot.engine.events import Pressed


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return real_library()


def question(compiled: Compiled, name: str, flow: str = "intake") -> Collect:
    found = compiled.content.flows[flow].question(name)
    assert isinstance(found, Collect)
    return found


def beside(compiled: Compiled, text: str, flow: str = "intake") -> dict[str, Value]:
    context = Context(compiled, "nl", date(2026, 11, 22))
    asked = [step for step in compiled.content.flows[flow].steps if isinstance(step, Collect)]
    readings = {one.id: read_beside(one, text, context) for one in asked}
    for one in asked:
        if (heard := readings[one.id]) is not None:
            again = read(one, heard.raw or "", context)  # an answer is read again when the content changes
            assert isinstance(again, Understood)
            assert again.value == heard.value
    return {name: heard.value for name, heard in readings.items() if heard}


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("geen diploma, ben 52 en nu chauffeur", {"age": 52, "education": "none"}),
        ("warehouse worker, 34, live in Zeist, no diploma", {"age": 34, "place": "Zeist", "education": "none"}),
        ("vrachtwagenchauffeur uit Zwolle, 45 jaar", {"age": 45, "place": "Zwolle"}),
        ("ik ben 45 jaar en woon in zwolle", {"age": 45, "place": "Zwolle"}),
        ("I’m a nurse, 29 years old, from Den Haag", {"age": 29, "place": "'s-Gravenhage"}),
        ("kapper. 34 jaar. Woon in Vleuten. mbo 4 afgerond", {"age": 34, "place": "Utrecht", "education": "mbo4"}),
        ("ik ben 52 heb mbo-4 en wil de zorg in", {"age": 52, "education": "mbo4"}),
        ("kapper, ik heb geen diploma's", {"education": "none"}),
        ("kapper, Zwolle, 45", {"age": 45, "place": "Zwolle"}),
        ("werk in Utrecht maar woon in Zeist", {"place": "Zeist"}),
        ("mijn man is 52 en ik ben 45", {"age": 45}),
    ],
)
def test_what_is_said_in_so_many_words_is_heard(compiled: Compiled, text: str, heard: dict[str, Value]) -> None:
    assert beside(compiled, text) == heard


@pytest.mark.parametrize(
    "text",
    [
        "ik heb 20 jaar ervaring",
        "chauffeur, 20 jaar ervaring",
        "over 2 jaar",
        "mijn dochter is 12",
        "kapper, mijn dochter, 18",
        "lasser, 2 kinderen, 34 en 36",
        "ben al 20 jaar lasser",
        "ik ben 20 jaar chauffeur geweest",
        "chauffeur, 36 uur",
        "klaar met werken als ik ben 52",
        "schilder, eind 20",
        "klas 45, school",
        "ik ben 34, nee ik ben 43",
        "werk in Utrecht maar woon nog bij mijn ouders",
        "bakker in Zwolle",
        "mensen uit Zwolle",
        "monteur bij een bedrijf uit Zwolle",
        "ik woon in Zwolle maar verhuis naar Goes",
        "lasser uit Hengelo",  # there are two
        "nurse from Turkey",
        "coachen, leiden, plannen",
        "werk in de zorg, Zeist",
        "verpleegkundige, mbo 4",  # the level of the wish
        "ik wil een mbo 4 diploma halen",
        "werk zonder diploma",
        "mbo 4 niet afgerond",
        "heb niks",
        "havo gedaan, hbo gedaan",
        "ik heb adhd, ben 34",
        "",
    ],
)
def test_what_may_be_about_something_else_is_not_heard(compiled: Compiled, text: str) -> None:
    assert beside(compiled, text) == {}


def test_where_somebody_lives_says_nothing_of_where_they_want_to_teach(compiled: Compiled) -> None:
    assert beside(compiled, "bakker, woon in Zeist", "guest_teacher") == {}


def test_an_age_of_which_the_flow_would_say_something_is_asked_when_its_turn_comes() -> None:
    chat = begun()
    chat.say("lasser, ben 16")
    assert chat.state.asked == "current_job"


def test_the_next_question_cannot_be_answered_or_skipped_before_it_was_put() -> None:
    for said in ("kapper", "overslaan", "weet ik niet", "ik heb adhd", "ja maar ik ben 35", "wat kost een opleiding?"):
        chat = begun()
        chat.say("lasser, ben 34", said)
        assert set(chat.state.answers) == {"desired_work"}, said
        assert chat.state.asked == "current_job"


def test_it_is_offered_once() -> None:
    chat = begun()
    assert "Leeftijd: 34 jaar" in chat.say("lasser, ben 34")
    for said in ("nee", "kapper", "Zwolle", "mbo 2"):
        assert "Leeftijd: 34 jaar" not in chat.say(said)


def test_new_content_in_between_changes_nothing(compiled: Compiled) -> None:
    chat = begun()
    chat.say("lasser, ben 34")
    newer = replace(compiled, content=replace(compiled.content, version="newer"))
    before, chat.compiled = chat.state, newer
    chat.say("ja")
    assert (chat.state.answers["age"].value, chat.state.asked) == (34, "current_job")
    chat.state = before
    chat.say("kapper")
    assert (chat.state.answers["desired_work"].raw, chat.state.asked) == ("lasser, ben 34", "current_job")


def test_a_yes_that_is_pressed_later_counts_no_more() -> None:
    chat = begun()
    chat.say("lasser, ben 34")
    yes = chat.button("Ja")
    chat.say("nee", "kapper")
    chat.take(Pressed(yes))
    assert "age" not in chat.state.answers
