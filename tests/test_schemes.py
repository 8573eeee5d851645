"""What a company hears of schemes: those that fit it, with the amount, the time, and who helps."""

from datetime import date

import pytest
from libraries import real_library
from people import in_flow

from bot.advice import MoneyStatus
from bot.advice.money import assess_for_company
from bot.authoring.rehearsal import Rehearsal
from bot.content.conditions import Value

ON = date(2026, 11, 27)
INSTALLER = ("subsidie", "techniek", "12", "Amersfoort")


def fitting(**facts: Value) -> dict[str, MoneyStatus]:
    """The schemes that are told to a company of which this is known."""
    knowledge = real_library().content.knowledge
    weighed = (assess_for_company(one, facts, knowledge, on=ON) for one in knowledge.subsidies.values())
    return {
        one.subsidy.id: one.status
        for one in weighed
        if one is not None and not one.judgement.for_others and not one.judgement.failed
    }


def company(*said: str) -> Rehearsal:
    person = in_flow(real_library(), "employer")
    person.say(*said)
    return person


@pytest.mark.parametrize(
    ("facts", "scheme", "fits"),
    [
        ({"employer_size": "small", "sector": "techniek"}, "slim", False),  # until we know that they want to train
        ({"employer_size": "small", "sector": "techniek", "need": frozenset({"training"})}, "slim", True),
        ({"employer_size": "large", "sector": "techniek", "need": frozenset({"training"})}, "slim", False),
        ({"employer_size": "large", "sector": "groen", "need": frozenset({"training"})}, "slim", True),
        ({"sector": "techniek"}, "slim-scholingssubsidie", True),
        ({"sector": "onderwijs"}, "slim-scholingssubsidie", True),
        ({"sector": "logistiek"}, "slim-scholingssubsidie", False),
        ({"need": frozenset({"places"})}, "praktijkleren-mbo", True),
        ({"need": frozenset({"money"}), "worker": frozenset({"learner"})}, "praktijkleren-mbo", True),
        ({"need": frozenset({"money"}), "worker": frozenset({"older"})}, "praktijkleren-mbo", False),
        ({"sector": "onderwijs", "worker": frozenset({"switcher"})}, "subsidie-zij-instroom", True),
        ({"sector": "zorg", "worker": frozenset({"switcher"})}, "subsidie-zij-instroom", False),
        ({"worker": frozenset({"disability"})}, "lkv-banenafspraak", True),
        ({"worker": frozenset({"staff"})}, "lkv-banenafspraak", False),
        ({"worker": frozenset({"benefit"})}, "proefplaatsing", True),
        ({"worker": frozenset({"refugee"})}, "proefplaatsing", True),
        ({}, "loonkostensubsidie", False),
    ],
)
def test_a_scheme_is_told_to_the_company_that_it_fits(facts: dict[str, Value], scheme: str, fits: bool):
    assert (scheme in fitting(asks_as="employer", **facts)) is fits


def test_a_scheme_for_persons_is_told_to_no_company():
    assert "levenlanglerenkrediet" not in fitting(asks_as="employer")


def test_what_ended_is_named_as_ended_to_who_asks_for_older_workers():
    told = fitting(asks_as="employer", worker=frozenset({"older"}))
    assert told["lkv-oudere-werknemer"] is MoneyStatus.ENDED
    assert "lkv-oudere-werknemer" not in fitting(asks_as="employer")


def test_the_round_that_is_closed_is_said_to_be_closed():
    assert fitting(asks_as="employer", need=frozenset({"places"}))["praktijkleren-mbo"] is MoneyStatus.CLOSED


def test_an_employer_hears_the_schemes_with_amount_time_and_who_helps():
    text = company(*INSTALLER, "een leerling").text
    assert "Regelingen voor jouw bedrijf" in text
    assert "€ 2.700" in text and "2 juni tot 17 september 2026" in text
    assert "90 % van de kosten" in text
    assert "WerkgeversServicepunt" in text and "Leerwerkloket" in text
    assert "Jij vraagt dit niet aan" not in text and "niet jij zelf" not in text


def test_the_list_is_short_enough_for_a_phone():
    for last in ("leerling", "overstapper", "mensen die hier al werken", "iemand met een arbeidsbeperking"):
        person = company(*INSTALLER, last)
        lists = [one.text for one in person.messages if one.title == "Regelingen voor jouw bedrijf"]
        assert len(lists) == 1 and len(lists[0].split()) <= 150


def test_search_answers_an_employer_as_an_employer():
    text = company(*INSTALLER[:2], "/zoek praktijkleren").text
    assert "erkend leerbedrijf" in text and "2.700" in text
    assert "Jij kunt dit niet aanvragen" not in text and "niet jij zelf" not in text


def test_who_looks_for_work_as_a_company_hears_how_their_people_learn_it():
    text = company(*INSTALLER, "een leerling", "/zoek loodgieter").text
    told = text[text.index("Zo wordt iemand in jouw bedrijf dit") :]
    assert "bbl" in told and "erkend leerbedrijf" in told and "2.700" in told
    assert "Leerwerkloket" in told and "kilometer" in told


@pytest.mark.parametrize(
    "work", ["elektricien", "verpleegkundige", "beveiliger", "leraar basisonderwijs", "bakker", "programmeur"]
)
def test_what_a_company_hears_of_work_is_short_enough_for_a_phone(work: str):
    person = company(*INSTALLER, "een leerling", f"/zoek {work}")
    told = [one.text for one in person.messages if "in jouw bedrijf dit" in one.text]
    assert len(told) == 1 and len(told[0].split()) <= 150


def test_what_is_just_for_a_learner_comes_before_what_is_for_any_training():
    text = company("een leerwerkplek", "klaar", "techniek", "12", "Ede").text
    told = (
        text[text.index("Regelingen voor jouw bedrijf") :]
        if "Regelingen" in text
        else company("een leerwerkplek", "klaar", "/geld").text
    )
    assert told.index("praktijkleren") < told.index("SLIM")


def test_money_is_that_of_the_company():
    text = company(*INSTALLER[:2], "/geld").text
    assert "Regelingen voor jouw bedrijf" in text
