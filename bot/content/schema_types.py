"""The types of a schema: each reads a YAML node into a value, or says what does not fit.

A shape reports every problem that it meets and then raises `Unreadable`; whoever holds it goes on with the rest,
so that an editor sees all problems at once. What cannot be read is left out, or something that harms nothing stands
in for it: the rest can then be checked too. Nobody is ever served from it, because what was reported is an error.
The same shapes give the JSON Schemas for editors.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, Generic, Protocol, TypeVar

from bot.content.problems import Location, Problem, did_you_mean, nearest
from bot.content.strict_yaml import MappingNode, Node, ScalarNode, SequenceNode, location, scalar
from bot.text import Text

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
E = TypeVar("E", bound=StrEnum)
JsonSchema = dict[str, Any]
Ids = Mapping[str, Mapping[str, str]]
"""What there is to point at, by kind: each id with what it is called, or "" when it is called by its id."""


class Unreadable(Exception):
    """A value cannot be read; why was already reported. `values`: what of it could be."""

    def __init__(self, what: str, values: Mapping[str, Any] = MappingProxyType({})):
        super().__init__(what)
        self.values = values


@dataclass(slots=True)
class Report:
    """Collects what is wrong in one file."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    languages: tuple[str, ...] = ()
    """Those that every text must have, the fallback first; none when nobody says: a text may then have any."""
    texts: list[tuple[Location, Text]] = field(default_factory=list)
    """Every text for people in the file, with its place: editors are told when one is too hard to read."""
    incomplete: set[Location] = field(default_factory=set)
    """The records in which something was wrong: what they lack may stand in the file all the same."""
    lost_ways: bool = False
    """Of a flow: whether some of its ways cannot be known, because a step or a branch could not be read."""

    salvaged: Node | None = None
    """The whole of a file of which only some could be parsed: what it lacks may stand in the rest."""

    def error(self, node: Node, message: str, hint: str | None = None, code: str = "C001") -> Unreadable:
        self.problems.append(Problem(location(node, self.file), message, hint, code))
        return Unreadable(message)


@dataclass(frozen=True, slots=True)
class Page:
    """One JSON Schema in the making. `ids`: what there is to point at, by kind; `languages`: those of every text.

    `definitions` fills up on the way.
    """

    ids: Ids
    languages: tuple[str, ...]
    definitions: dict[str, JsonSchema] = field(default_factory=dict)

    def define(self, name: str, make: Callable[[], JsonSchema]) -> JsonSchema:
        """What points at a definition, which is made the first time."""
        if name not in self.definitions:
            self.definitions[name] = {}  # it may point at itself
            self.definitions[name] = make()
        return {"$ref": f"#/$defs/{name}"}


class Shape(Protocol[T_co]):
    def read(self, node: Node, report: Report) -> T_co: ...

    def schema(self, page: Page) -> JsonSchema: ...


def stand_in(shape: Shape[Any], node: Node | None) -> Any:
    """What is checked in the place of a value that cannot be read (None: that is not there), or raises Unreadable.

    A step whose text is wrong is still a step: where it leads can be looked at.
    """
    make = getattr(shape, "stand_in", None)
    if make is None:
        raise Unreadable("nothing can stand in")
    return make(node)


def what_is(node: Node) -> str:
    """What stands there, for who reads that something else was expected."""
    match node:
        case SequenceNode():
            return "a list"
        case MappingNode():
            return "a mapping"
        case ScalarNode():
            value = scalar(node)
            return "nothing" if value is None else f"{node.value!r}"
        case _:
            return "something else"


@dataclass(frozen=True, slots=True)
class Str:
    """Text of at least one character. A number must be quoted: 0612 and 1.10 would lose what they say."""

    pattern: re.Pattern[str] | None = None
    example: str = ""

    def read(self, node: Node, report: Report) -> str:
        value = scalar(node) if isinstance(node, ScalarNode) else None
        if not isinstance(value, str):
            hint = f'Quote it: "{node.value}".' if isinstance(node, ScalarNode) and node.value else None
            if hint and self.pattern and not self.pattern.fullmatch(node.value):
                hint = f"For example: {self.example}"
            raise report.error(node, f"expected text, found {what_is(node)}", hint)
        if not value.strip():
            raise report.error(node, "this text is empty", "Write null when it is not known.")
        if self.pattern and not self.pattern.fullmatch(value):
            raise report.error(
                node, f"{value!r} does not look right here", self.example and f"For example: {self.example}"
            )
        return value

    def stand_in(self, node: Node | None) -> str:
        if not isinstance(node, ScalarNode) or not node.value.strip():
            raise Unreadable("text")
        return str(node.value)

    def schema(self, page: Page) -> JsonSchema:
        return {
            "type": "string",
            **({"pattern": f"^(?:{self.pattern.pattern})$"} if self.pattern else {"minLength": 1}),
        }


@dataclass(frozen=True, slots=True)
class Number:
    whole: bool = False

    def read(self, node: Node, report: Report) -> float:
        value = scalar(node) if isinstance(node, ScalarNode) else None
        if isinstance(value, bool) or not isinstance(value, int if self.whole else int | float):
            hint = "Write it in digits, without quotes or a sign: 250."
            raise report.error(node, f"expected a {'whole ' if self.whole else ''}number, found {what_is(node)}", hint)
        return value

    def schema(self, page: Page) -> JsonSchema:
        return {"type": "integer" if self.whole else "number"}


@dataclass(frozen=True, slots=True)
class Int:
    at_least: int | None = None

    def read(self, node: Node, report: Report) -> int:
        value = int(Number(whole=True).read(node, report))
        if self.at_least is not None and value < self.at_least:
            raise report.error(node, f"{value} is too small: at least {self.at_least}")
        return value

    def stand_in(self, node: Node | None) -> int:
        return self.at_least or 0

    def schema(self, page: Page) -> JsonSchema:
        return {"type": "integer", **({} if self.at_least is None else {"minimum": self.at_least})}


@dataclass(frozen=True, slots=True)
class Bool:
    def read(self, node: Node, report: Report) -> bool:
        value = scalar(node) if isinstance(node, ScalarNode) else None
        if not isinstance(value, bool):
            hint = "Write true for yes, or false for no, without quotes."
            raise report.error(node, f"expected true or false, found {what_is(node)}", hint)
        return value

    def schema(self, page: Page) -> JsonSchema:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class OneOf(Generic[E]):
    kind: type[E]

    def read(self, node: Node, report: Report) -> E:
        try:
            return self.kind(node.value if isinstance(node, ScalarNode) else "")
        except ValueError:
            hint = did_you_mean(str(node.value), self.kind) if isinstance(node, ScalarNode) else None
            allowed = ", ".join(self.kind)
            raise report.error(node, f"expected one of: {allowed}; found {what_is(node)}", hint) from None

    def stand_in(self, node: Node | None) -> E:
        if not isinstance(node, ScalarNode):
            raise Unreadable("word")
        return self.kind(nearest(str(node.value), self.kind) or next(iter(self.kind)))

    def schema(self, page: Page) -> JsonSchema:
        return {"enum": list(self.kind)}


@dataclass(frozen=True, slots=True)
class Day:
    """A full date, as text: "2026-11-21"."""

    def read(self, node: Node, report: Report) -> date:
        text = Str().read(node, report)
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise report.error(node, f"{text!r} is no date", 'Write year-month-day: "2026-11-21".') from None

    def schema(self, page: Page) -> JsonSchema:
        return {"type": "string", "format": "date"}


@dataclass(frozen=True, slots=True)
class PartialDay:
    """A date as far as it is known: "2024", "2024-04" or "2024-04-10". Stays text: it sorts and says itself."""

    def read(self, node: Node, report: Report) -> str:
        text = Str().read(node, report)
        try:
            date.fromisoformat(text + "-01-01"[: 10 - len(text)] if len(text) in (4, 7) else text)
        except ValueError:
            raise report.error(node, f"{text!r} is no date", 'Write "2024", "2024-04" or "2024-04-10".') from None
        return text

    def schema(self, page: Page) -> JsonSchema:
        return {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}


@dataclass(frozen=True, slots=True)
class Pointer:
    """A text that is the id of something. Editors are offered what there is; another is read, and checked later."""

    shape: Shape[str]
    kind: str

    def read(self, node: Node, report: Report) -> str:
        return self.shape.read(node, report)

    def stand_in(self, node: Node | None) -> str:
        return str(stand_in(self.shape, node))

    def schema(self, page: Page) -> JsonSchema:
        ids = sorted(page.ids.get(self.kind, ()))
        if not ids:
            return self.shape.schema(page)
        name = self.kind.replace(" ", "-")
        return page.define(name, lambda: {"anyOf": [{"enum": ids}, self.shape.schema(page)]})


@dataclass(frozen=True, slots=True)
class Nullable(Generic[T_co]):
    """null means that it is not known: ask."""

    shape: Shape[T_co]

    def read(self, node: Node, report: Report) -> T_co | None:
        if isinstance(node, ScalarNode) and scalar(node) is None:
            return None
        return self.shape.read(node, report)

    def stand_in(self, node: Node | None) -> None:
        """Not known."""

    def schema(self, page: Page) -> JsonSchema:
        return {"anyOf": [self.shape.schema(page), {"type": "null"}]}


@dataclass(frozen=True, slots=True)
class Seq(Generic[T_co]):
    shape: Shape[T_co]
    at_least: int = 0

    def read(self, node: Node, report: Report) -> tuple[T_co, ...]:
        if not isinstance(node, SequenceNode):
            raise report.error(
                node, f"expected a list, found {what_is(node)}", "Write [a, b], or a line for each with '- '."
            )
        if len(node.value) < self.at_least:
            hint = "Write one between the brackets, or take the brackets away and give each a line with '- '."
            raise report.error(node, f"expected at least {self.at_least}, found {len(node.value)}", hint)
        values, read = [], self.shape.read
        for item in node.value:
            try:
                values.append(read(item, report))
            except Unreadable:
                continue
        return tuple(values)

    def stand_in(self, node: Node | None) -> tuple[T_co, ...]:
        return ()

    def schema(self, page: Page) -> JsonSchema:
        return {
            "type": "array",
            "items": self.shape.schema(page),
            **({"minItems": self.at_least} if self.at_least else {}),
        }


@dataclass(frozen=True, slots=True)
class SetOf(Generic[T_co]):
    """A list of which the order says nothing."""

    shape: Shape[T_co]

    def read(self, node: Node, report: Report) -> frozenset[T_co]:
        return frozenset(Seq(self.shape).read(node, report))

    def stand_in(self, node: Node | None) -> frozenset[T_co]:
        return frozenset()

    def schema(self, page: Page) -> JsonSchema:
        return Seq(self.shape).schema(page)


@dataclass(frozen=True, slots=True)
class Table(Generic[T_co]):
    """A mapping from words to values of one shape; `keys` limits the words.

    `complete`: all of them have to be there. `apart`: no two have the same value, whatever its capitals.
    """

    shape: Shape[T_co]
    keys: Mapping[str, str] | None = None  # each with its description
    complete: bool = False
    apart: bool = False

    def read(self, node: Node, report: Report) -> Mapping[str, T_co]:
        values: dict[str, T_co] = {}
        taken: dict[str, str] = {}  # what is said, and by which word it was said first
        before = len(report.problems)
        found = pairs(node, report)
        there = {name for name, _, _ in found}
        for name, key, value in found:
            if self.keys is not None and name not in self.keys:
                report.error(key, f"{name!r} is not known here", self._instead_of(name, there))
                continue
            try:
                values[name] = self.shape.read(value, report)
            except Unreadable:
                continue
            if not self.apart:
                continue
            said = str(values[name]).casefold()
            if said in taken:
                report.error(value, f"{taken[said]!r} is called so too", "Give one of the two another name.", "C021")
            taken.setdefault(said, name)
        for name in (name for name in self.keys or () if self.complete and name not in there):
            if not any(nearest(other, self.keys or ()) == name for other in there - {*(self.keys or ())}):
                report.error(node, f"{name!r} is missing", None, "C003")
        if self.complete and len(report.problems) > before:
            raise Unreadable("table")  # whoever has it looks for every word in it
        return MappingProxyType(values)

    def _instead_of(self, name: str, there: set[str]) -> str | None:
        """A hint: a word that is not there yet goes before one that is."""
        keys = self.keys or {}
        return did_you_mean(name, {*keys} - there) or did_you_mean(name, keys)

    def stand_in(self, node: Node | None) -> Mapping[str, T_co]:
        if self.complete:
            raise Unreadable("table")
        return MappingProxyType({})

    def schema(self, page: Page) -> JsonSchema:
        if self.keys is None:
            return {"type": "object", "additionalProperties": self.shape.schema(page)}
        said = self.keys.items()
        properties = {key: {**self.shape.schema(page), "description": description} for key, description in said}
        needed = {"required": list(self.keys)} if self.complete else {}
        return {"type": "object", "additionalProperties": False, "properties": properties, **needed}


@cache  # one for a kind of value, and not one for each of ten thousand texts
def by_language(shape: Shape[T], languages: tuple[str, ...]) -> Table[T]:
    """A value in each of these languages; in any when nobody says which."""
    return Table(shape, {language: f"In the language {language!r}." for language in languages} or None)


UNREAD_TEXT = Text.same("(unread)")
WORDS = Str()
LISTED = Seq(WORDS)


class Localised:
    """A text in every language that the content speaks."""

    def read(self, node: Node, report: Report) -> Text:
        if isinstance(node, ScalarNode):
            example = ", ".join(f'{language}: "..."' for language in report.languages or ("nl",))
            how = "both" if len(report.languages) == 2 else "it so"
            raise report.error(node, "this text has one language only", f"Write {how}: {{{example}}}.", "C010")
        before = len(report.problems)
        texts = by_language(WORDS, report.languages).read(node, report)
        if len(report.problems) > before:
            raise Unreadable("text")
        for language in report.languages:
            if language not in texts:
                hint = f'Write it behind the others: {language}: "...".'
                raise report.error(node, f"the text in {language!r} is missing", hint, "C010")
        if not texts:
            raise report.error(node, "this text has no language", None, "C010")
        text = Text({language: texts[language] for language in report.languages or texts})
        report.texts.append((location(node, report.file), text))
        return text

    def stand_in(self, node: Node | None) -> Text:
        return UNREAD_TEXT

    def schema(self, page: Page) -> JsonSchema:
        return page.define(
            "text", lambda: {**by_language(WORDS, page.languages).schema(page), "required": list(page.languages)}
        )


class NameOrText(Localised):
    """A name that is the same in every language, or a text in each."""

    def read(self, node: Node, report: Report) -> Text:
        return Text.same(Str().read(node, report)) if isinstance(node, ScalarNode) else super().read(node, report)

    def schema(self, page: Page) -> JsonSchema:
        return {"anyOf": [Str().schema(page), super().schema(page)]}


class Wordings:
    """Words by language, as people type them. A language without words may be left out."""

    def read(self, node: Node, report: Report) -> Mapping[str, tuple[str, ...]]:
        return by_language(LISTED, report.languages).read(node, report)

    def stand_in(self, node: Node | None) -> Mapping[str, tuple[str, ...]]:
        return MappingProxyType({})

    def schema(self, page: Page) -> JsonSchema:
        return page.define("words", lambda: by_language(LISTED, page.languages).schema(page))


def pairs(node: Node, report: Report) -> Sequence[tuple[str, Node, Node]]:
    """The keys and values of a mapping: name, key node, value node."""
    if not isinstance(node, MappingNode):
        raise report.error(node, f"expected 'key: value' pairs, found {what_is(node)}")
    return [(str(key.value), key, value) for key, value in node.value if isinstance(key, ScalarNode)]
