"""A field of the content is declared once: how its file is read and what editors are offered follow from that."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import pytest
import yaml
from libraries import real_knowledge

from bot.content.annotations import AtLeast, Id, IdOf, Key, Pattern, Words
from bot.content.check_knowledge import ids
from bot.content.derive import Deriver, pointers
from bot.content.flow_schema import FLOW, STEPS
from bot.content.load import read_flows
from bot.content.problems import Location
from bot.content.reader import Reader
from bot.content.shapes import Page, Report, Unreadable
from bot.text import Text

ROOT = Path(__file__).parent.parent
SCHEMAS = sorted((ROOT / "schemas").glob("*.json"))


class Roast(StrEnum):
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Cup:
    """A toy: one field of each kind that content has."""

    id: Annotated[Id, "Its name."]
    roast: Annotated[Roast, "How long the beans were roasted."]
    label: Annotated[Text, "What is on the cup."]
    beans: Annotated[tuple[Annotated[Id, IdOf("bean")], ...], AtLeast(1), "What is in it."]
    at: Location
    class_: Annotated[Annotated[int, AtLeast(1)] | None, "How good it is."] = None
    size: Annotated[str, Key("inhoud"), Pattern(r"\d+ ml", "250 ml"), "How much is in it."] = "250 ml"
    words: Annotated[Words | None, "What people call it."] = None
    like: Annotated[Annotated[Id, IdOf("cup")] | None, "The cup that it is like."] = None


CUP = Deriver.of({}, null=True).record(Cup)


def read(text: str) -> Cup | list[str]:
    report = Report("cups.yaml")
    with suppress(Unreadable):
        cup = CUP.read(yaml.compose(text, yaml.SafeLoader), report)
    return [str(problem) for problem in sorted(report.problems)] or cup


# ------------------------------------------------------------------ one declaration
def test_a_file_is_read_as_its_dataclass_says() -> None:
    cup = read('{id: mug, roast: dark, label: {nl: Mok, en: Mug}, beans: [java], class: null, inhoud: "300 ml"}')
    label = Text(nl="Mok", en="Mug")
    assert cup == Cup("mug", Roast.DARK, label, ("java",), Location("cups.yaml", 1, 1), None, "300 ml", None)


def test_all_that_is_wrong_is_said_at_once_with_its_place_and_how_to_mend_it() -> None:
    assert read("id: Mug\nroast: drak\nbeans: []\nclass: 0\ninhoud: much\nsugar: 1") == [
        "cups.yaml:1:1: 'label' is missing [C003]\n    What is on the cup.",
        "cups.yaml:1:5: 'Mug' does not look right here [C001]\n    For example: make-it-work-hu",
        "cups.yaml:2:8: expected one of: light, dark; found 'drak' [C001]\n    Did you mean 'dark'?",
        "cups.yaml:3:8: expected at least 1, found 0 [C001]\n"
        "    Write one between the brackets, or take the brackets away and give each a line with '- '.",
        "cups.yaml:4:8: 0 is too small: at least 1 [C001]",
        "cups.yaml:5:9: 'much' does not look right here [C001]\n    For example: 250 ml",
        "cups.yaml:6:1: 'sugar' is not known here [C002]\n    Known here: label, like, words.",
    ]


def test_what_may_not_be_null_is_left_out() -> None:
    report = Report("cups.yaml")
    node = yaml.compose("{id: mug, roast: dark, label: {nl: a, en: b}, beans: [java], class: null}", yaml.SafeLoader)
    cup = Deriver.of({}, null=False).record(Cup).read(node, report)
    assert cup.class_ is None
    assert [problem.message for problem in report.problems] == ["expected a whole number, found nothing"]


def test_a_schema_has_the_descriptions_the_demands_and_the_ids_that_there_are() -> None:
    page = Page({"bean": {"java": "", "arabica": ""}}, ("nl", "en"))
    CUP.schema(page)
    schema = page.definitions["Cup"]
    assert schema["required"] == ["id", "roast", "label", "beans"]
    assert {key: one["description"] for key, one in schema["properties"].items()}["inhoud"] == "How much is in it."
    assert len(schema["properties"]) == len(fields(Cup)) - 1
    assert page.definitions["bean"]["anyOf"][0] == {"enum": ["arabica", "java"]}


def test_what_something_points_at_is_found_from_its_annotations() -> None:
    cup = read("{id: mug, roast: dark, label: {nl: a, en: b}, beans: [java, mocha], like: jug}")
    assert isinstance(cup, Cup)
    assert list(pointers(cup)) == [("bean", "java", "beans"), ("bean", "mocha", "beans"), ("cup", "jug", "like")]


# ------------------------------------------------------------------ the schemas for editors
def properties(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property in a schema, at any depth, with its place."""
    if isinstance(schema, dict):
        named = schema.get("properties")
        if isinstance(named, dict) and "type" in schema:
            yield from ((f"{path}/{name}", one) for name, one in named.items())
        for key, value in schema.items():
            yield from properties(value, f"{path}/{key}")
    elif isinstance(schema, list):
        for index, value in enumerate(schema):
            yield from properties(value, f"{path}/{index}")


@pytest.mark.parametrize("file", SCHEMAS, ids=lambda file: file.stem)
def test_every_property_says_in_one_sentence_what_it_is(file: Path) -> None:
    found = dict(properties(json.loads(file.read_text("utf-8"))))
    assert found or file.stem in ("synonyms", "areas")
    bare = [place for place, one in found.items() if not re.fullmatch(r"[A-Z0-9].*\.", one.get("description", ""))]
    assert bare == []


def test_editors_are_offered_the_ids_that_there_are() -> None:
    offered = {file.stem: json.loads(file.read_text("utf-8"))["$defs"] for file in SCHEMAS}
    flows, _ = read_flows(Reader(ROOT))
    known = {**ids(real_knowledge()), "flow": flows}
    for schema, kind in [
        ("occupations", "sector"),
        ("faq", "programme or scheme"),
        ("programmes", "municipality"),
        ("flow", "flow"),
        ("flow", "fact"),
    ]:
        first = offered[schema][kind.replace(" ", "-")]["anyOf"][0]
        assert first == {"enum": sorted(known[kind])}
    assert "dutch" in offered["subsidies"]["condition"]["properties"]


def test_the_kind_of_a_step_decides_what_else_it_has() -> None:
    page = Page({}, ("nl", "en"))
    FLOW.schema(page)
    ways = {way["if"]["required"][0]: way["then"] for way in page.definitions["step"]["allOf"]}
    assert ways["collect"] == {"$ref": "#/$defs/Collect"}
    assert set(ways) == set(page.definitions["step"]["properties"]) == {*STEPS}
    assert all(one["description"] for one in page.definitions["step"]["properties"].values())
