"""Looking something up in between: what is found, what is not, and always the question that was open behind it."""

import re

import pytest
from libraries import real_library
from people import begun

from bot.authoring.rehearsal import Rehearsal
from bot.content.sentence_keys import Sentence


def welder() -> Rehearsal:
    """Somebody who is asked for their work now."""
    person = begun("lasser", "Zwolle")
    assert person.state.asked == "current_job"
    return person


def said(sentence: Sentence, **filled: str) -> str:
    return real_library().content.sentences[sentence]["nl"].format(**filled)


def asks_on(person: Rehearsal) -> bool:
    """Whether the question that was open stands behind what was looked up."""
    step = real_library().content.flows["intake"].question("current_job")
    return person.state.asked == "current_job" and step.text["nl"] in person.messages[-1].text


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/search", said(Sentence.SEARCH_FOR_WHAT)),
        ("/search qzxv", said(Sentence.NOTHING_FOUND, name="qzxv")),
        ("/why qzxv", said(Sentence.NOTHING_FOUND, name="qzxv")),
        ("/details qzxv", said(Sentence.NOTHING_FOUND, name="qzxv")),
        ("/faq qzxv", said(Sentence.CANNOT_ANSWER)),
    ],
)
def test_what_is_not_there_is_said_to_be_so_and_the_question_stays(typed: str, answer: str) -> None:
    """A button under an old message may lead to what an editor took away since."""
    person = welder()
    assert answer in person.say(typed)
    assert asks_on(person)


def test_a_word_of_many_names_offers_them_and_each_opens_what_it_names() -> None:
    person = welder()
    assert said(Sentence.WHICH) in person.say("/search subsidie")
    names = [one.label for message in person.messages[:-1] for one in message.buttons]
    assert len(names) > 1 and len(set(names)) == len(names)
    assert asks_on(person)
    opened = []
    for name in names:
        person = welder()
        person.say("/search subsidie")
        person.press(name)
        opened.append(person.messages[0].text)
        assert asks_on(person)
    assert len(set(opened)) == len(names)


def test_all_that_is_known_comes_page_by_page_and_no_page_says_what_another_did() -> None:
    person = welder()
    more = said(Sentence.BUTTON_DETAILS)
    person.say("/details levenlanglerenkrediet")
    pages = [person.messages[0].text]
    while more in person.labels:
        person.press(more)
        pages.append(person.messages[0].text)
        assert len(pages) < 10
    assert len(pages) > 1
    source = said(Sentence.SOURCE, source="", day="").partition(":")[0]  # stands on each
    lines = [line for page in pages for line in page.splitlines() if re.match(r"\w[\w ]*: ", line)]
    facts = [line for line in lines if not line.startswith(f"{source}:")]
    assert len(facts) == len(set(facts))
    # A page that is no number is the first.
    assert pages[0] in welder().say("/details levenlanglerenkrediet x")


def test_what_came_near_says_what_stands_in_the_way_and_leads_on() -> None:
    person = welder()
    text = person.say("/whynot")
    (near, *_) = person.messages
    assert near.title == said(Sentence.WHY_NOT) and near.buttons
    blocks = near.text.split("\n\n")
    assert len(blocks) == len(near.buttons)
    assert all(re.search(r"^− \w", block, re.MULTILINE) for block in blocks), text
    person.press(near.buttons[0].label)
    assert "−" in person.messages[0].text, "its card says what is in the way as well"
    assert asks_on(person)
