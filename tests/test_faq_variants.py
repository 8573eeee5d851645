"""Whoever told us something of themselves hears the answer for them, and not on what it depends."""

import pytest
from libraries import real_library
from people import MONDAY, begun, in_flow

from bot.content.conditions import Value, comparisons
from bot.content.knowledge import FaqEntry
from bot.eligibility import variant_for
from bot.engine.turn import TurnContext

GENERAL = "Het hangt ook af van jouw situatie"


def entry(question: str) -> FaqEntry:
    return real_library().content.knowledge.questions[question]


def answer(question: str, **facts: Value) -> str:
    variant = variant_for(entry(question), facts)
    return (variant or entry(question)).answer["nl"]


def test_who_told_nothing_hears_the_general_answer():
    assert variant_for(entry("q05"), {}) is None
    assert answer("q05", employment="employed") == entry("q05").answer["nl"]


@pytest.mark.parametrize(
    ("age", "says"),
    [(58, "Ja, helaas"), (57, "Ja, helaas"), (56, "Nog net niet"), (55, "Op jouw leeftijd"), (29, "te jong")],
)
def test_each_age_hears_the_rule_for_it(age: int, says: str):
    assert says in answer("q05", age=age)


@pytest.mark.parametrize("before", ["lasser", "ik wil lasser worden"])
def test_a_person_of_58_hears_the_rule_for_58_in_the_conversation(before: str):
    person = begun(before)
    person.say("ik ben 58. ben ik te oud voor het levenlanglerenkrediet?")
    text = person.text
    assert "Ja, helaas wel" in text and "Dat hangt af van je leeftijd" not in text and GENERAL not in text


def test_without_an_age_the_bot_says_on_what_it_depends():
    person = begun("lasser")
    person.say("ben ik te oud voor het levenlanglerenkrediet?")
    assert "Dat hangt af van je leeftijd" in person.text and GENERAL in person.text


def test_an_answer_to_a_question_that_comes_later_counts_at_once():
    person = begun("lasser", "ik ben 58")
    turn = TurnContext(real_library(), person.state, MONDAY)
    assert turn.told_facts()["age"] == 58


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"benefit": "ww"}, "het kantoor voor je WW"),
        ({"benefit": "bijstand"}, "via je gemeente"),
        ({"benefit": "none", "employment": "self_employed"}, "Als zzp'er heb je geen WW"),
        ({"benefit": "none", "employment": "employed"}, "niet zolang je werk hebt"),
        ({"employment": "employed"}, "Alleen UWV"),
        ({"employment": "self_employed"}, "Alleen UWV"),
    ],
)
def test_who_pays_goes_by_benefit_and_work_and_waits_for_both(facts: dict[str, Value], says: str):
    assert says in answer("q31", **facts)


@pytest.mark.parametrize(("age", "amount"), [(18, "6,69"), (19, "7,72"), (20, "9,05"), (21, "14,71"), (40, "14,71")])
def test_least_pay_in_bbl_is_that_of_ones_age(age: int, amount: str):
    assert amount in answer("q57", age=age) and amount in answer("q75", age=age)


@pytest.mark.parametrize("question", ["q15", "q16", "q17", "q25", "q41", "q43", "q96"])
def test_an_employer_is_answered_as_one(question: str):
    said = answer(question, asks_as="employer")
    assert said != entry(question).answer["nl"]
    assert "je baas" not in said and "Een werknemer kan hem niet" not in said


def test_an_employer_hears_it_in_the_flow_for_employers():
    person = in_flow(real_library(), "employer")
    person.say("kan ik iemand met een uitkering eerst op proef laten werken?")
    assert (
        "De persoon werkte nog niet bij je" in person.text or "proefplaatsing werkt iemand twee maanden" in person.text
    )


def test_no_variant_is_hidden_by_one_before_it():
    """The first that holds is said: the same condition twice would leave the second unsaid for ever."""
    for one in real_library().content.knowledge.questions.values():
        conditions = [variant.condition for variant in one.variants]
        assert len(set(conditions)) == len(conditions), one.id
        assert all(list(comparisons(each)) for each in conditions), one.id


@pytest.mark.parametrize(
    ("permit", "says"),
    [
        ("asylum", "Voor jou is één waardering gratis"),
        ("temporary_protection", "Of het voor jou gratis is, staat niet vast"),
        ("eu", "Het kost € 148,83"),
    ],
)
def test_what_a_diploma_evaluation_costs_goes_by_the_permit(permit: str, says: str):
    assert says in answer("q86", permit=permit)


@pytest.mark.parametrize("question", ["q88", "q91"])
def test_nobody_with_temporary_protection_or_without_a_permit_hears_a_yes(question: str):
    for permit in ("temporary_protection", "waiting"):
        said = answer(question, permit=permit, age=35)
        assert said != entry(question).answer["nl"] and not said.startswith(("Ja", "Vaak", "Soms"))


def test_who_says_that_they_are_a_status_holder_hears_it_so():
    person = begun("verpleegkundige", "kok, ik ben statushouder")
    person.say("wordt mijn buitenlandse diploma erkend?")
    assert "Voor jou is één waardering gratis" in person.text
