"""Words for people: what is filled in stays what it was."""

import pytest

from bot.text import fill


@pytest.mark.parametrize("typed", ["{0}", "{u.__class__}", "{{7*7}}", "${x}", "%s%n", "{place}", "{name}"])
def test_what_somebody_typed_is_put_in_as_it_is(typed: str) -> None:
    assert fill("Dag {name} uit {place}!", {"name": typed, "place": "Zwolle"}) == f"Dag {typed} uit Zwolle!"


def test_a_template_reaches_no_attribute_and_a_name_without_a_value_stays() -> None:
    template = "{name.__class__} {0} {nobody} {name!r}"
    assert fill(template, {"name": "Zoë", "name.__class__": "no"}) == template
