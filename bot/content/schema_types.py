"""Shapes of values: text, numbers, days, words of a list, and lists and tables of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Generic, TypeVar

from bot.content.problems import did_you_mean, nearest
from bot.content.shapes import JsonSchema, Page, Report, Shape, T_co, Unreadable, pairs, stand_in, what_is
from bot.content.strict_yaml import Node, ScalarNode, SequenceNode, scalar

E = TypeVar("E", bound=StrEnum)


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
