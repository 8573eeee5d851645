"""Who speaks for a company is heard as one in the first message, and nobody else is."""

import pytest
from libraries import real_library
from people import begun

from bot.recognisers.companies import Companies

COMPANIES = (
    ("nl", "ik heb een klein restaurant en zoek twee koks"),
    ("en", "I run a small bakery, my baker leaves"),
    ("nl", "wij zijn een uitzendbureau en willen mensen omscholen tot monteur"),
    ("nl", "ik ben eigenaar van een fietsenwinkel en mijn monteur gaat met pensioen"),
    ("nl", "een werknemer van mij zit in de WIA, kan ik hem omscholen"),
    ("nl", "mijn kapper stopt ermee, ik wil een leerling in de salon"),
    ("nl", "garage in Zeist, zoek een autotechnicus"),
    ("en", "we have a farm near Ede and need pickers"),
)
PEOPLE = (
    ("nl", "ik zoek een baan als bakker bij een klein bedrijf"),
    ("nl", "ik had een restaurant maar ben failliet en zoek werk in de zorg"),
    ("nl", "ik heb een eigen schildersbedrijf, ben alleen, en wil wat anders"),
    ("nl", "mijn werkgever zoekt iemand voor de administratie, kan ik dat worden"),
    ("nl", "wij zijn statushouders en zoeken werk"),
    ("en", "my company is closing and I need a new job"),
    ("en", "I own a small shop but I want to stop and become a nurse"),
    ("nl", "krijgt mijn baas subsidie als ik een opleiding doe"),
)


@pytest.mark.parametrize(("language", "said"), COMPANIES)
def test_a_company_is_heard_in_its_first_message(language: str, said: str) -> None:
    assert begun(said, language=language).state.flow == "employer"


@pytest.mark.parametrize(("language", "said"), PEOPLE)
def test_who_works_for_a_company_or_had_one_is_no_company(language: str, said: str) -> None:
    assert begun(said, language=language).state.flow == "intake"


def test_a_company_that_asks_for_a_person_is_kept_as_a_company() -> None:
    person = begun("wij zoeken een monteur, kan iemand ons terugbellen")
    assert person.state.flow == "employer"
    assert "may_contact" in (person.state.asked or "")


def test_who_it_is_is_told_by_what_stands_together() -> None:
    likely = real_library().companies.likely
    assert likely("I run a small bakery, my baker leaves") > 0.5 > likely("I leave the small bakery, I was its baker")


@pytest.mark.parametrize("said", ["what about SLIM", "wat moet ik doen"])
def test_a_company_is_shown_no_cards_with_work_for_itself(said: str) -> None:
    company = begun("wij zijn een installatiebedrijf en zoeken monteurs")
    asked = company.state.asked
    company.say(said)
    assert company.state.asked == asked


@pytest.mark.parametrize(
    "said",
    ["nee, voor hem", "het is voor haar", "ik wil iemand spreken", "ik zoek een leerbedrijf", "ik zoek een werkgever"],
)
def test_a_pronoun_or_a_place_to_work_that_is_sought_makes_no_company(said: str) -> None:
    person = begun(said)
    assert person.state.flow != "employer"


def test_without_examples_nobody_is_a_company() -> None:
    assert Companies(None, (), ()).likely("wij zoeken personeel") == 0.0


def test_the_work_that_a_company_names_is_not_asked_again() -> None:
    company = begun("ik heb een klein restaurant en zoek twee koks")
    assert company.state.answers["vacancy"].raw == "koks"
    assert company.state.answers["places"].value == 2
    assert company.state.answers["need"].value == frozenset({"switchers"})
    assert "koks" in company.text


def test_what_a_company_itself_is_called_is_no_work_that_it_looks_for() -> None:
    sought = real_library().companies.sought
    assert sought("we run a bakery and need a driver") == "driver"
    assert sought("wij zijn een garage") == sought("ons hotel zoekt een leerling") == ""


def test_an_answer_of_the_faq_does_not_say_to_a_company_how_it_is_for_a_person() -> None:
    company = begun("ik heb een klein restaurant en zoek twee koks")
    assert "Voor jou" not in company.say("wat kost een mbo opleiding?")
