"""Words for people: what is filled in stays what it was."""

from datetime import date
from decimal import Decimal

import pytest

from bot.text import Text, fill, in_each, language_of, say_date, say_euros, say_list, say_number


@pytest.mark.parametrize("typed", ["{0}", "{u.__class__}", "{{7*7}}", "${x}", "%s%n", "{place}", "{name}"])
def test_what_somebody_typed_is_put_in_as_it_is(typed: str) -> None:
    assert fill("Dag {name} uit {place}!", {"name": typed, "place": "Zwolle"}) == f"Dag {typed} uit Zwolle!"


def test_a_template_reaches_no_attribute_and_a_name_without_a_value_stays() -> None:
    template = "{name.__class__} {0} {nobody} {name!r}"
    assert fill(template, {"name": "Zoë", "name.__class__": "no"}) == template


@pytest.mark.parametrize(
    ("language", "day", "month", "amount", "number", "listed"),
    [
        ("nl", "2 januari 2026", "april 2024", "€ 2.530,50", "12,5", "a, b of c"),
        ("en", "2 January 2026", "April 2024", "€2,530.50", "12.5", "a, b or c"),
        ("de", "2. Januar 2026", "April 2024", "2.530,50 €", "12,5", "a, b oder c"),
    ],
)
def test_days_amounts_and_lists_are_said_as_each_language_writes_them(
    language: str, day: str, month: str, amount: str, number: str, listed: str
) -> None:
    assert say_date(date(2026, 1, 2), language) == day
    assert (say_date("2024-04", language), say_date("2024", language)) == (month, "2024")
    assert say_euros(2530.5, language) == amount
    assert say_euros(1000, language) == amount.replace("2.530,50", "1.000").replace("2,530.50", "1,000")
    assert say_number(12.5, language) == number
    assert say_list(["a", "b", "c"], language, "or") == listed
    assert say_list([], language) == ""


@pytest.mark.parametrize("number", [1e22, 9_999_999_999_999_999_999_999, 1.7e308])
def test_a_number_of_any_length_is_written(number: float):
    written = f"{Decimal(str(number)):f}"
    assert say_number(number, "nl") == written
    assert say_euros(number, "nl").replace(".", "") == f"€ {written}"


def test_a_language_that_a_text_has_not_reads_the_first() -> None:
    text = Text(nl="ja", en="yes")
    assert (text["en"], text["pl"], text.languages) == ("yes", "ja", ("nl", "en"))
    assert Text.same("UWV")["en"] == "UWV"
    assert in_each([text, Text.same("?")], lambda language: text[language] + "!") == Text(nl="ja!", en="yes!")


@pytest.mark.parametrize(
    ("code", "spoken", "language"),
    [
        (None, ("nl", "en"), "nl"),
        ("nl-BE", ("nl", "en"), "nl"),
        ("EN_us", ("nl", "en"), "en"),
        ("pl", ("nl", "en"), "en"),
        ("pl", ("de",), "de"),
    ],
)
def test_somebody_is_spoken_to_in_their_own_language_else_in_english_else_in_what_is_spoken_here(
    code: str | None, spoken: tuple[str, ...], language: str
) -> None:
    assert language_of(code, spoken) == language
