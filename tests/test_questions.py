"""The parts of a text that ask something, with a story around them or without."""

import pytest
from libraries import real_library

from bot.recognisers.questions import Questions


@pytest.fixture(scope="module")
def questions() -> Questions:
    return Questions(real_library().spoken.speech)


def test_of_a_story_only_what_asks_is_left(questions: Questions):
    story = "Ik ben 43 en werk in een magazijn. Mijn rug is op. Krijg ik ww als ik zelf ontslag neem? Alvast bedankt!"
    assert questions.parts(story) == (
        "mijn rug is op. krijg ik ww als ik zelf ontslag neem?",
        "krijg ik ww als ik zelf ontslag neem?",
    )


def test_the_end_of_a_long_sentence_without_a_question_mark_is_a_part(questions: Questions):
    said = "ik zit al maanden thuis en mijn man zegt dat ik gewoon eens moet vragen mag ik met ww een cursus doen"
    assert "mag ik met ww een cursus doen" in questions.parts(said)


def test_words_of_a_question_in_the_middle_of_what_asks_nothing_are_no_part(questions: Questions):
    said = "ik weet heel goed wat ik de rest van mijn leven wil gaan doen en dat is gewoon in de zorg"
    assert questions.parts(said) == ()


@pytest.mark.parametrize("text", ["", "?!", "wat kost dat?", "ik ben 43", "Lasser. Kapper."])
def test_what_has_no_story_around_it_has_no_parts(questions: Questions, text: str):
    assert questions.parts(text) == ()


def test_of_a_very_long_text_the_last_parts_count(questions: Questions):
    parts = questions.parts(" ".join(f"Wat kost cursus {number}?" for number in range(300)))
    assert len(parts) < 20 and parts[-1] == "wat kost cursus 299?"
