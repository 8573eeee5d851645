"""Ages and hours a week as people tell them: with a unit, with a reserve, asked and unasked."""

from datetime import date

import pytest
from libraries import real_library

from bot.answers import CERTAIN, CLEAR, WORKED_OUT, Context, Misunderstood, Reading, Understood, Unknown, read
from bot.answers.units import lone_age, told_age, told_hours
from bot.compiled import Compiled
from bot.content.flow import Collect
from bot.recognisers.tokens import tokens_of

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def shipped() -> Compiled:
    return real_library()


def reading_of(shipped: Compiled, name: str, text: str) -> Reading:
    question = next(found for flow in shipped.content.flows.values() if (found := flow.question(name)))
    assert isinstance(question, Collect)
    return read(question, text, Context(shipped, "nl", TODAY))


# ------------------------------------------------------------------ asked
@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("4 x 7", 28),
        ("3 keer 5 uur", 15),
        ("drie dagen van 6 uur", 18),
        ("fulltime", 40),
        ("voltijd graag", 40),
        ("deeltijd", 20),
        ("part-time", 20),
        ("halve dagen", 20),
        ("alleen ochtenden", 20),
        ("28-32", 30),
        ("tussen 16 en 20 uur", 18),
        ("een uurtje of 10", 10),
        ("5 uur per dag", 25),
        ("3 uur per dag, 4 dagen", 12),
        ("elke avond", 15),
        ("een dag in de week", 8),
        ("anderhalve dag", 12),
        ("2 of 3 dagen", 20),
        ("60%", 24),
        ("misschien 18", 18),
        ("three days a week", 24),
        ("full time", 40),
    ],
)
def test_hours_a_week_are_worked_out_and_asked_back(shipped: Compiled, text: str, hours: int) -> None:
    assert reading_of(shipped, "hours", text) == Understood(hours, WORKED_OUT, raw=str(hours))


@pytest.mark.parametrize("text", ["a2", "b1"])
def test_a_level_is_no_number_of_hours(shipped: Compiled, text: str) -> None:
    assert isinstance(reading_of(shipped, "hours", text), Misunderstood)


@pytest.mark.parametrize("text", ["zoveel als nodig", "ligt eraan", "flexibel", "as much as needed"])
def test_any_number_of_hours_is_not_knowing_how_many(shipped: Compiled, text: str) -> None:
    assert reading_of(shipped, "hours", text) == Unknown()


@pytest.mark.parametrize(
    ("text", "hours"),
    [("30, fulltime lukt niet", 30), ("3 dagen, dus 24 uur", 24), ("max 18u in de week", 18), ("twaalf uurtjes", 12)],
)
def test_hours_that_are_said_as_hours_are_certain(shipped: Compiled, text: str, hours: int) -> None:
    assert reading_of(shipped, "hours", text) == Understood(hours, CERTAIN)


@pytest.mark.parametrize("text", ["ik kan zelf 16 missen", "ik heb er zelf 16"])
def test_a_number_of_who_speaks_is_hours_where_those_are_asked(shipped: Compiled, text: str) -> None:
    reading = reading_of(shipped, "hours", text)
    assert isinstance(reading, Understood) and reading.value == 16
    assert told_age(text, Context(shipped, "nl", TODAY)) is None


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("begin 40", 41),
        ("eind veertig", 48),
        ("ergens in de 30", 35),
        ("bijna 50", 49),
        ("net geen 40", 39),
        ("ik word in mei 33", 32),
        ("een jaar of vijftig", 50),
        ("rond de 35", 35),
        ("45-ish", 45),
        ("bouwjaar 1981", 45),
        ("ik ben van 1990", 36),
        ("geboren in '66", 60),
        ("1972", 54),
        ("ik ben een zestiger", 65),
        ("in my early thirties", 32),
        ("tussen 40 en 50", 45),
    ],
)
def test_an_age_that_is_told_with_a_reserve_is_asked_back(shipped: Compiled, text: str, age: int) -> None:
    assert reading_of(shipped, "age", text) == Understood(age, WORKED_OUT, raw=str(age))


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("net 44 geworden", 44),
        ("61 lentes", 61),
        ("mijn zoon is 8 en ik 39", 39),
        ("ik ben vader van 3, 41", 41),
        ("leeftijd: 37", 37),
        ("ik ben Sam, 28 jaar, Zeist", 28),
        ("vijfenveertig", 45),
        ("vijf en veertig", 45),
        ("niet 34 maar 43", 43),
        ("het moet 43 zijn", 43),
    ],
)
def test_an_age_is_found_beside_other_numbers(shipped: Compiled, text: str, age: int) -> None:
    assert reading_of(shipped, "age", text) == Understood(age, CERTAIN)


def test_of_a_day_of_birth_only_the_age_is_kept(shipped: Compiled) -> None:
    assert reading_of(shipped, "age", "24-11-1986") == Understood(39, CERTAIN, raw="39")
    assert reading_of(shipped, "age", "geboren op 3 maart 1986") == Understood(40, CERTAIN, raw="40")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("age", "ik heb 3 dochters van 12"),
        ("age", "al 22 jaar kapper"),
        ("age", "25 jaar in de bouw gezeten"),
        ("age", "mijn moeder is 80"),
        ("age", "32 uur"),
        ("hours", "3 maanden"),
        ("hours", "vanaf 18 uur"),
        ("hours", "van 8 tot 2"),
        ("hours", "10 uur per maand"),
        ("hours", "mijn vrouw werkt 20 uur"),
    ],
)
def test_what_counts_something_else_is_no_answer(shipped: Compiled, name: str, text: str) -> None:
    assert isinstance(reading_of(shipped, name, text), Misunderstood)


def test_a_unit_may_stand_before_its_number(shipped: Compiled) -> None:
    assert reading_of(shipped, "hours", "uren: 24") == Understood(24, CERTAIN)
    assert isinstance(reading_of(shipped, "age", "uren: 24"), Misunderstood)


# ------------------------------------------------------------------ told without being asked
@pytest.mark.parametrize(
    ("clause", "age", "certainty"),
    [
        ("ik ben 47", 47, CERTAIN),
        ("ben inmiddels 53", 53, CERTAIN),
        ("38 jaar", 38, CERTAIN),
        ("ik ben Fatima 31 jaar Almere", 31, CERTAIN),
        ("vrouw van 56", 56, CERTAIN),
        ("ik ben een man van 33", 33, CERTAIN),
        ("mijn leeftijd is 29", 29, CERTAIN),
        ("49 is hoe oud ik ben", 49, CERTAIN),
        ("i'm 26 years old", 26, CERTAIN),
        ("ben van 1978", 48, WORKED_OUT),
        ("ik ben midden 40", 45, WORKED_OUT),
        ("ontslagen op mijn 57e", 57, WORKED_OUT),
    ],
)
def test_an_age_is_told_with_a_unit_or_as_what_one_is(
    shipped: Compiled, clause: str, age: int, certainty: float
) -> None:
    told = told_age(clause, Context(shipped, "nl", TODAY))
    assert told is not None
    assert (told.value, told.certainty) == (age, certainty)


@pytest.mark.parametrize(
    "clause",
    [
        "47",
        "ik heb 2 kinderen",
        "moet ik 18 zijn?",
        "kan dat vanaf 21 jaar",
        "30 jaar ervaring in de zorg",
        "ik ben 15 jaar timmerman geweest",
        "mijn dochter is 12",
        "mijn man is 50 jaar",
        "al 9 jaar",
        "na 31 jaar",
        "20 jaar geleden",
        "mijn diploma is van 1998",
        "24 uur per week",
        "is 50 jaar te oud?",
        "boven de 50",
    ],
)
def test_what_may_be_no_age_of_ones_own_is_not_told(shipped: Compiled, clause: str) -> None:
    assert told_age(clause, Context(shipped, "nl", TODAY)) is None


@pytest.mark.parametrize(
    ("clause", "hours", "certainty"),
    [
        ("28 uur per week", 28, CERTAIN),
        ("kan hooguit 16 uur", 16, CERTAIN),
        ("24 uurtjes", 24, CERTAIN),
        ("ik wil 2 dagen in de week", 16, WORKED_OUT),
        ("3 avonden per week", 9, WORKED_OUT),
        ("ik zoek iets parttime", 20, WORKED_OUT),
        ("i can do 20 hours a week", 20, CERTAIN),
        ("mijn man werkt 36 uur, ik kan 12 missen", 12, CERTAIN),
    ],
)
def test_hours_are_told_with_a_week_or_as_what_one_can(
    shipped: Compiled, clause: str, hours: int, certainty: float
) -> None:
    told = told_hours(clause, Context(shipped, "nl", TODAY))
    assert told is not None
    assert (told.value, told.certainty) == (hours, certainty)


@pytest.mark.parametrize(
    "clause",
    [
        "24",
        "ik werk nu 32 uur per week",
        "ik werkte 3 dagen",
        "een cursus van 60 uur",
        "om 20 uur",
        "8 uur per maand",
        "3 dagen geleden",
        "mijn vrouw werkt 24 uur per week",
        "ik werk fulltime",
        "ik ben 24",
    ],
)
def test_hours_of_something_else_are_not_told(shipped: Compiled, clause: str) -> None:
    assert told_hours(clause, Context(shipped, "nl", TODAY)) is None


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("dag, Ria hier, 58, kapster in Sneek", 58),
        ("kok geweest, nu bijstand, 38", 38),
        ("Zeist. 31. geen diploma, 2 kinderen", 31),
    ],
)
def test_a_number_alone_among_what_somebody_is_may_be_their_age(shipped: Compiled, text: str, age: int) -> None:
    assert lone_age(text, Context(shipped, "nl", TODAY)) == Understood(age, CLEAR)


@pytest.mark.parametrize(
    "text",
    ["38", "mbo 4, Zeist", "31, 32", "Zeist, ik ben 40, 31", "mijn zoon, 12, en ik", "Zeist, 24 uur", "ja, 3511"],
)
def test_a_number_that_may_be_anything_else_is_no_age(shipped: Compiled, text: str) -> None:
    assert lone_age(text, Context(shipped, "nl", TODAY)) is None


@pytest.mark.parametrize("text", ["ik ben 41 kwil werk", "41 k ben verpleegkundige"])
def test_a_letter_that_begins_a_word_is_no_thousand(text: str) -> None:
    numbers = [one.value for one in real_library().counting.read(tokens_of(text))]
    assert 41 in numbers and 41000 not in numbers
