"""A question about one scheme or programme is answered from what is known of it, and for the person who asks."""

from dataclasses import replace
from datetime import date

import pytest
from libraries import real_knowledge, real_library
from people import begun, newcomer

from bot.advice.money import last_day_to_apply, when_to_apply
from bot.authoring.moment import put
from bot.compiled import Compiled
from bot.content.knowledge import Subsidy, SubsidyStatus, Window
from bot.engine.effects import Send
from bot.engine.turn import TurnContext
from bot.engine.views.for_you import show_aspect
from bot.recognisers.item_questions import Aspect, ItemQuestion

WELDER = {"desired_work": "lasser", "place": "Arnhem", "education": "mbo2", "employment": "employed", "benefit": "none"}


def asked_by(question: str, compiled: Compiled | None = None, **facts: object) -> str:
    """What somebody at a result reads who asks this."""
    person = newcomer(compiled)
    put(person, "results", {**WELDER, **facts})
    return person.say(question)


@pytest.mark.parametrize(
    ("said", "item", "aspect"),
    [
        ("tot wanneer kan ik SLIM aanvragen?", "slim", Aspect.UNTIL),
        ("wat is de deadline van het levenlanglerenkrediet", "levenlanglerenkrediet", Aspect.UNTIL),
        ("hoeveel krijg ik van brabant leert", "brabant-leert", Aspect.AMOUNT),
        ("hoe vraag ik techmeup aan", "techmeup", Aspect.APPLY),
        ("how much is the levenlanglerenkrediet", "levenlanglerenkrediet", Aspect.AMOUNT),
        ("telefoonnummer van codam", "codam", Aspect.CONTACT),
    ],
)
def test_a_question_about_one_item_is_read(said: str, item: str, aspect: Aspect) -> None:
    found = real_library().item_questions.read(said)
    assert found is not None
    assert (found.item, found.aspect) == (item, aspect)


@pytest.mark.parametrize("said", ["tot wanneer moet ik werken?", "wat is SLIM", "tot wanneer SLIM of codam", "hoeveel"])
def test_what_names_no_item_or_two_or_asks_nothing_is_no_such_question(said: str) -> None:
    assert real_library().item_questions.read(said) is None


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2026, 6, 1), "Je kunt dit aanvragen vanaf 2 juni 2026."),
        (date(2026, 6, 2), "Aanvragen kan tot en met 17 september 2026."),
        (date(2026, 9, 17), "Aanvragen kan tot en met 17 september 2026."),
        (date(2026, 9, 18), "Je kunt dit nu niet aanvragen."),
    ],
)
def test_until_when_one_can_apply_follows_the_round(on: date, said: str) -> None:
    knowledge = real_knowledge()
    assert knowledge.advice is not None
    scheme = replace(knowledge.subsidies["praktijkleren-mbo"], windows=(Window(date(2026, 6, 2), date(2026, 9, 17)),))
    until = when_to_apply(scheme, knowledge.advice, on)
    assert until is not None
    assert until["nl"] == said
    is_open = said.startswith("Aanvragen")
    assert (last_day_to_apply(scheme, on) is not None) is is_open


def test_who_asks_until_when_hears_the_last_day() -> None:
    scheme = real_knowledge().subsidies["levenlanglerenkrediet"]
    there = with_scheme(replace(scheme, windows=(Window(date(2026, 11, 1), date(2026, 12, 15)),)))
    told = asked_by("tot wanneer kan ik het levenlanglerenkrediet aanvragen?", there, age=40)
    assert "Aanvragen kan tot en met 15 december 2026." in told
    there = with_scheme(replace(scheme, windows=(Window(date(2027, 1, 4), None),)))
    assert "vanaf 4 januari 2027" in asked_by("tot wanneer kan ik het levenlanglerenkrediet aanvragen?", there)


def with_scheme(scheme: Subsidy) -> Compiled:
    compiled = real_library()
    knowledge = compiled.content.knowledge
    changed = replace(knowledge, subsidies={**knowledge.subsidies, scheme.id: scheme})
    return replace(compiled, content=replace(compiled.content, knowledge=changed))


# ------------------------------------------------------------------ for this person
def test_a_rule_of_age_is_answered_for_somebody_whose_age_is_known() -> None:
    question = "wat is het levenlanglerenkrediet?"
    assert "Voor jou: waarschijnlijk niet. Je moet jonger zijn dan 57 jaar." in asked_by(question, age=57)
    assert "Voor jou: waarschijnlijk niet" not in asked_by(question, age=56)
    question = "ben ik te oud voor het levenlanglerenkrediet?"
    for age in (56, 58):
        assert "leeftijd en" not in asked_by(question, age=age)
        assert "af van je leeftijd" not in asked_by(question, age=age)


def test_what_is_unknown_is_named_and_only_that() -> None:
    told = asked_by("ben ik te oud voor het levenlanglerenkrediet?", age=None)
    assert "Het hangt nog af van je leeftijd." in told


def test_no_answer_says_that_it_depends_on_an_age() -> None:
    for question in real_knowledge().questions.values():
        assert "hangt af van je leeftijd" not in question.answer["nl"], question.id
        assert "depends on your age" not in question.answer["en"], question.id


# ------------------------------------------------------------------ what has ended
LOANS = ["hoeveel kan ik lenen met het levenlanglerenkrediet", "wat is het levenlanglerenkrediet"]


@pytest.mark.parametrize("question", LOANS)
def test_an_ended_scheme_ends_its_answers(question: str) -> None:
    assert "DUO" in asked_by(question)
    ended = with_scheme(replace(real_knowledge().subsidies["levenlanglerenkrediet"], status=SubsidyStatus.ENDED))
    told = asked_by(question, ended)
    assert "Levenlanglerenkrediet is gestopt." in told
    assert "€" not in told


def test_an_answer_that_says_so_itself_stays() -> None:
    assert "stopte op 1 januari 2024" in asked_by("bestaat het STAP-budget nog?")


def test_the_telephone_number_of_a_scheme_is_said() -> None:
    assert "DUO: 050 599 98 28" in asked_by("wat is het telefoonnummer van het levenlanglerenkrediet?")


def test_what_no_source_says_is_said_to_be_so() -> None:
    person = newcomer()
    put(person, "results", WELDER)
    turn = TurnContext(person.compiled, person.state, person.on)
    show_aspect(turn, ItemQuestion("codam", Aspect.CONTACT))
    said = "".join(one.message.text for one in turn.effects if isinstance(one, Send))
    assert "Dat staat niet in mijn bronnen. Vraag het na." in said


def test_a_question_that_leans_on_a_card_is_about_that_card() -> None:
    chat = begun()
    chat.until("refine", "lasser", "kapper", "Nieuwegein", "mbo 3", "ja, in dienst", "nee", "34", "24", "moedertaal")
    assert "1 tot 2 jaar" in chat.say("hoe lang duurt de eerste")
    chat.say("meer over de eerste")
    assert "1 tot 2 jaar" in chat.say("en hoe lang duurt dat dan")
    assert "Bol is vooral naar school" in chat.say("wat kost een mbo opleiding")  # names another thing


def test_who_asks_why_of_one_in_the_list_hears_why() -> None:
    chat = begun()
    chat.until("refine", "lasser", "kapper", "Nieuwegein", "mbo 3", "ja, in dienst", "nee", "34", "24", "moedertaal")
    assert "Dit past bij je" in chat.say("waarom die eerste")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("is het zwaar werk?", "Kracht en tillen"),
        ("moet ik veel tillen", "Bron: O*NET"),
        ("wat heb ik nodig voor de tweede", "Vooropleiding of ervaring"),
    ],
)
def test_what_work_asks_is_told_of_what_was_shown(question: str, told: str) -> None:
    assert told in asked_by(question)


@pytest.mark.parametrize("question", ["wat is het verschil tussen 1 en 2", "wat is beter, de eerste of de tweede?"])
def test_who_asks_how_two_cards_differ_sees_both(question: str) -> None:
    person = newcomer()
    put(person, "results", WELDER)
    names = [offer.item.id for offer in TurnContext(person.compiled, person.state, person.on).cards()][:2]
    person.say(question)
    assert [message.title for message in person.messages][:2] == [
        TurnContext(person.compiled, person.state, person.on).title_of(name) for name in names
    ]


def test_of_work_that_asks_little_that_is_said() -> None:
    assert "Voor dit werk til je weinig." in asked_by("is dat lichamelijk zwaar", desired_work="programmeur")
