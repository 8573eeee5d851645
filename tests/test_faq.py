"""Which question of the FAQ someone asks, or none."""

import pytest
from libraries import real_library

from bot.recognisers.faq import SUGGESTED, SURE, Faq, Synonyms


@pytest.fixture(scope="module")
def faq() -> Faq:
    return real_library().faq


@pytest.mark.parametrize(
    ("asked", "question"),
    [
        ("Bestaat het STAP-budget nog?", "q01"),
        ("is stap afgeschaft", "q01"),
        ("does the STAP budget still exist", "q01"),
        ("tot welke leeftijd kan ik een lllk krijgen", "q05"),
    ],
)
def test_a_known_question_is_answered(faq: Faq, asked: str, question: str):
    found = faq.look_up(asked)
    assert found.id == question and found.score >= SURE


@pytest.mark.parametrize(
    ("asked", "question"),
    [
        ("Hoi, ik ben 43 en werk al jaren in een magazijn. Ik wil iets anders. bestaat het stap-budget nog?", "q01"),
        ("Hello, a friend told me about this. does the STAP budget still exist? thanks!", "q01"),
        (
            "goedemiddag ik heb net mijn ontslag gekregen na 12 jaar trouwe dienst, drie kinderen en een hypotheek, en "
            "nu zit ik thuis en denk ik na over wat ik wil gaan doen met de rest van mijn leven want zo kan het niet. "
            "krijg ik geld van uwv om te studeren",
            "q31",
        ),
        ("krijg ik ww na een vaststelingsovereenkmost", "q101"),
        ("mag ik werkn als asielzoker", "q136"),
        ("hoe lang duurd een omscholling", "q54"),
    ],
)
def test_a_story_around_it_and_typing_errors_in_it_hide_no_question(faq: Faq, asked: str, question: str):
    assert faq.look_up(asked).id == question


def test_a_story_in_which_nothing_is_asked_is_not_answered(faq: Faq):
    story = "Ik ben 43 en werk al jaren in een magazijn. Ik ben het zat en wil iets anders. Mijn vrouw werkt ook."
    assert faq.look_up(story).id is None


@pytest.mark.parametrize(
    ("asked", "question"),
    [
        ("moet je 18 zijn voor deze opleiding", "q127"),
        ("kan ik als zzper mijn cursus aftrekken", "q109"),
        ("how do I register as a nurse with a Polish diploma", "q144"),
        ("wij zijn een klein schildersbedrijf, welke subsidie is er voor ons", "q147"),
        ("er heeft nog niemand gebeld", "q151"),
    ],
)
def test_newcomers_employers_and_who_works_for_himself_find_their_own_answer(faq: Faq, asked: str, question: str):
    assert faq.look_up(asked).id == question


@pytest.mark.parametrize(
    ("asked", "question"),
    [
        ("hoeveel mag ik erbij verdienen als ik in de ww zit", "q156"),
        ("what happens to my rent allowance when I earn less as a trainee", "q157"),
        ("raak ik mijn opgebouwde pensioen kwijt als ik naar een andere sector ga", "q158"),
        ("kan iemand mij helpen om een goed cv te maken", "q159"),
        ("moet ik in het gesprek vertellen dat ik lang ziek ben geweest", "q160"),
        ("kan ik beveiliger worden als ik een strafblad heb", "q161"),
        ("krijg je met dyslexie meer tijd bij het examen", "q162"),
        ("elk leerbedrijf wijst mij af, wat nu", "q163"),
        ("ik ben zwanger, hoeveel weken verlof krijg ik", "q164"),
        ("ik heb spijt dat ik ontslag heb genomen, kan dat ongedaan worden", "q165"),
    ],
)
def test_what_nothing_answered_before_is_answered(faq: Faq, asked: str, question: str):
    assert faq.look_up(asked).id == question


@pytest.mark.parametrize(
    "asked", ["wanneer komt mijn huurtoeslag", "wat eten we vandaag", "you are dumb", "asdfasdf", "", "👍", "?" * 5000]
)
def test_what_is_no_question_of_ours_is_not_answered(faq: Faq, asked: str):
    assert faq.look_up(asked).id is None


def test_when_unsure_at_most_three_questions_are_suggested(faq: Faq):
    found = faq.look_up("duo")
    assert found.id is None
    assert 0 < len(found.suggestions) <= SUGGESTED


def test_when_sure_nothing_is_suggested(faq: Faq):
    assert faq.look_up("Bestaat het STAP-budget nog?").suggestions == ()


def test_what_people_ask_elsewhere_is_never_a_candidate(faq: Faq):
    found = faq.look_up("hoe vraag ik zorgtoeslag aan")
    assert all(match.label.startswith("q") for match in found.candidates)


def test_the_words_that_carried_an_answer_are_known(faq: Faq):
    assert "stap" in faq.look_up("bestaat stap nog").candidates[0].evidence


# ------------------------------------------------------------------ words that mean the same
GROUPS = (("levenlanglerenkrediet", "lllk", "duo lening"),)


@pytest.mark.parametrize("text", ["kan ik lllk krijgen", "een DUO-lening"])
def test_another_name_is_read_as_the_usual_name_too(text: str):
    assert Synonyms(GROUPS).spell_out(text).split() == [*text.split(), "levenlanglerenkrediet"]


def test_the_usual_name_is_not_said_twice():
    assert Synonyms(GROUPS).spell_out("is lllk een levenlanglerenkrediet") == "is lllk een levenlanglerenkrediet"


def test_half_a_word_is_no_synonym():
    assert Synonyms(GROUPS).spell_out("lllkx") == "lllkx"


@pytest.mark.parametrize(
    "asked", ["kan ik zonder diploma in de bouw werken?", "kan ik zonder diploma in de logistiek werken"]
)
def test_about_work_in_one_sector_the_answer_about_another_is_not_given(faq: Faq, asked: str):
    assert faq.look_up("kan ik zonder diploma in de kinderopvang werken").id == "q84"
    assert faq.look_up(asked).id is None
