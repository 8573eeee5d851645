"""The JSON Schemas as an editor's program reads them: our files pass, and what is wrong is said at its own key."""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from libraries import ROOT

from bot.content.files import paths
from bot.content.knowledge_schema import FORMATS
from bot.content.strict_yaml import MappingNode, Node, ScalarNode, SequenceNode, compose, scalar

GONE = "taken out"


@cache
def validator(schema: str) -> Draft202012Validator:
    read = json.loads((ROOT / "schemas" / f"{schema}.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(read)
    return Draft202012Validator(read)


def plain(node: Node | None) -> Any:
    """A file as other programs see it: lists, mappings and values."""
    if isinstance(node, ScalarNode):
        return scalar(node)
    if isinstance(node, SequenceNode):
        return [plain(each) for each in node.value]
    assert isinstance(node, MappingNode)
    return {key.value: plain(value) for key, value in node.value}


@cache
def content(path: Path) -> Any:
    node, problems = compose(path, path.relative_to(ROOT).as_posix())
    assert problems == []
    return plain(node)


def schemas_of_files() -> Iterator[tuple[str, Path]]:
    for kind in FORMATS:
        yield from ((kind, path) for path in paths(ROOT, kind))
    for path in sorted((ROOT / "flows").glob("*.yaml")):
        yield "sentences" if path.name == "common.yaml" else "flow", path


def said(schema: str, value: Any) -> list[tuple[list[str | int], str]]:
    """Where something is wrong, and what, as an editor underlines it."""
    return [(list(one.absolute_path), one.message) for one in _innermost(validator(schema).iter_errors(value))]


def _innermost(errors: Any) -> Iterator[ValidationError]:
    for error in errors:
        yield from _innermost(error.context) if error.context else [error]


@pytest.mark.slow
def test_every_file_of_the_content_passes_its_schema() -> None:
    found = {path: said(schema, content(path)) for schema, path in schemas_of_files()}
    assert {name: wrong[:3] for name, wrong in found.items() if wrong} == {}
    assert len(found) > 100


FIRST = {
    kind: f"knowledge/{kind}/{name}.yaml"
    for kind, name in (
        ("programmes", "zorg"),
        ("routes", "zorg"),
        ("subsidies", "national"),
        ("faq", "money"),
        ("occupations", "zorg"),
        ("places", "utrecht"),
    )
} | {"flow": "flows/intake.yaml", "country": "knowledge/country.yaml", "sentences": "flows/common.yaml"}

TYPICAL: tuple[tuple[str, tuple[str | int, ...], object, str], ...] = (
    # schema, the key, what is written there, what an editor says of it there or, of what is missing, one above
    ("programmes", (0, "statsu"), "active", "statsu"),
    ("programmes", (0, "status"), "actief", "actief"),
    ("programmes", (0, "provider"), GONE, "provider"),
    ("programmes", (0, "forms", 0), "bbll", "bbll"),
    ("programmes", (0, "hours"), "18 uur", "18 uur"),
    ("programmes", (0, "paid"), "ja", "ja"),
    ("programmes", (0, "summary", "en"), GONE, "en"),
    ("programmes", (0, "summary", "nl"), 12, "12"),
    ("programmes", (0, "where", "city"), "Utrecht", "city"),
    ("programmes", (0, "rules", 1, "if", "hours", "atleast"), 18, "atleast"),
    ("programmes", (0, "rules", 0, "kind"), "strict", "strict"),
    ("programmes", (0, "facts", "status", "checked"), GONE, "checked"),
    ("routes", (0, "occupations"), "lasser", "lasser"),
    ("routes", (0, "first_call", "who"), "het loket", "het loket"),
    ("routes", (0, "kind"), "mbo-4", "mbo-4"),
    ("subsidies", (0, "applicants", 0), "persoon", "persoon"),
    ("subsidies", (0, "valid", "until"), 2027, "2027"),
    ("subsidies", (0, "form"), "subsidie", "subsidie"),
    ("faq", (0, "answer", "en"), GONE, "en"),
    ("faq", (0, "wordings", "nl", 0), 5, "5"),
    ("faq", (0, "personal"), "sometimes", "sometimes"),
    ("occupations", (0, "isco"), 5322, "5322"),
    ("places", (0, "at"), "52.1, 5.1", "52.1, 5.1"),
    ("flow", ("steps", 0, "txt"), {"nl": "a", "en": "b"}, "txt"),
    ("flow", ("steps", 0, "type"), "lookupp", "lookupp"),
    ("flow", ("steps", 0, "choices", 0, "label"), GONE, "label"),
    ("flow", ("steps", 0, "on_max_attempts"), "keepp", "keepp"),
    ("flow", ("version",), "2", "2"),
    ("flow", ("on_upgrade",), "restrat", "restrat"),
    ("country", ("code",), 31, "31"),
    ("sentences", ("welcom",), {"nl": "a", "en": "b"}, "welcom"),
)


@pytest.mark.parametrize(("schema", "key", "written", "word"), TYPICAL, ids=lambda each: str(each))
def test_a_typical_mistake_is_said_at_its_own_key(
    schema: str, key: tuple[str | int, ...], written: object, word: str
) -> None:
    value = deepcopy(content(ROOT / FIRST[schema]))
    at: Any = value
    for part in key[:-1]:
        at = at[part]
    unknown = isinstance(at, Mapping) and key[-1] not in at
    if written == GONE:
        del at[key[-1]]
    else:
        at[key[-1]] = written
    # What is missing, or not known there, is said of the mapping that it is in.
    expected = list(key[:-1]) if written == GONE or unknown else list(key)
    here = [message for where, message in said(schema, value) if where == expected]
    assert any(word in message for message in here), said(schema, value)[:5]
