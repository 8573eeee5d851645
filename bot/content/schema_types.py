"""The types of a schema: each reads a YAML node into a value, or says what does not fit.

A shape reports every problem that it meets and then raises `Unreadable`; whoever holds it goes on with the rest,
so that an editor sees all problems at once. The same shapes give the JSON Schemas for editors.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Generic, Protocol, TypeVar

from bot.content.conditions import All, AnyOf, Comparison, Condition, Not, Operator, Value
from bot.content.problems import Location, Problem, did_you_mean
from bot.content.strict_yaml import MappingNode, Node, ScalarNode, SequenceNode, location, scalar
from bot.text import LANGUAGES, Text

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
E = TypeVar("E", bound=StrEnum)
JsonSchema = dict[str, Any]

ID = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")


class Unreadable(Exception):
    """A value cannot be read; why was already reported."""


@dataclass(slots=True)
class Report:
    """Collects what is wrong in one file."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    texts: list[tuple[Location, Text]] = field(default_factory=list)
    """Every text for people in the file, with its place: editors are told when one is too hard to read."""

    def error(self, node: Node, message: str, hint: str | None = None, code: str = "C001") -> Unreadable:
        self.problems.append(Problem(location(node, self.file), message, hint, code))
        return Unreadable(message)


class Shape(Protocol[T_co]):
    def read(self, node: Node, report: Report) -> T_co: ...

    def schema(self) -> JsonSchema: ...


def _what(node: Node) -> str:
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
            raise report.error(node, f"expected text, found {_what(node)}", hint)
        if not value.strip():
            raise report.error(node, "this text is empty", "Write null when it is not known.")
        if self.pattern and not self.pattern.fullmatch(value):
            raise report.error(
                node, f"{value!r} does not look right here", self.example and f"For example: {self.example}"
            )
        return value

    def schema(self) -> JsonSchema:
        return {"type": "string", **({"pattern": f"^{self.pattern.pattern}$"} if self.pattern else {})}


ID_SHAPE = Str(ID, "make-it-work-hu")
"""The name by which other files, links and leads point at something."""


@dataclass(frozen=True, slots=True)
class Number:
    whole: bool = False

    def read(self, node: Node, report: Report) -> float:
        value = scalar(node) if isinstance(node, ScalarNode) else None
        if isinstance(value, bool) or not isinstance(value, int if self.whole else int | float):
            raise report.error(node, f"expected a {'whole ' if self.whole else ''}number, found {_what(node)}")
        return value

    def schema(self) -> JsonSchema:
        return {"type": "integer" if self.whole else "number"}


@dataclass(frozen=True, slots=True)
class Int:
    at_least: int | None = None

    def read(self, node: Node, report: Report) -> int:
        value = int(Number(whole=True).read(node, report))
        if self.at_least is not None and value < self.at_least:
            raise report.error(node, f"{value} is too small: at least {self.at_least}")
        return value

    def schema(self) -> JsonSchema:
        return {"type": "integer", **({} if self.at_least is None else {"minimum": self.at_least})}


@dataclass(frozen=True, slots=True)
class Bool:
    def read(self, node: Node, report: Report) -> bool:
        value = scalar(node) if isinstance(node, ScalarNode) else None
        if not isinstance(value, bool):
            raise report.error(node, f"expected true or false, found {_what(node)}")
        return value

    def schema(self) -> JsonSchema:
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
            raise report.error(node, f"expected one of: {allowed}; found {_what(node)}", hint) from None

    def schema(self) -> JsonSchema:
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

    def schema(self) -> JsonSchema:
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

    def schema(self) -> JsonSchema:
        return {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}


@dataclass(frozen=True, slots=True)
class Nullable(Generic[T_co]):
    """null means that it is not known: ask."""

    shape: Shape[T_co]

    def read(self, node: Node, report: Report) -> T_co | None:
        if isinstance(node, ScalarNode) and scalar(node) is None:
            return None
        return self.shape.read(node, report)

    def schema(self) -> JsonSchema:
        return {"anyOf": [self.shape.schema(), {"type": "null"}]}


@dataclass(frozen=True, slots=True)
class Seq(Generic[T_co]):
    shape: Shape[T_co]
    at_least: int = 0

    def read(self, node: Node, report: Report) -> tuple[T_co, ...]:
        if not isinstance(node, SequenceNode):
            raise report.error(
                node, f"expected a list, found {_what(node)}", "Write [a, b], or a line for each with '- '."
            )
        if len(node.value) < self.at_least:
            raise report.error(node, f"expected at least {self.at_least}, found {len(node.value)}")
        values, failed = [], False
        for item in node.value:
            try:
                values.append(self.shape.read(item, report))
            except Unreadable:
                failed = True
        if failed:
            raise Unreadable("list")
        return tuple(values)

    def schema(self) -> JsonSchema:
        return {"type": "array", "items": self.shape.schema(), **({"minItems": self.at_least} if self.at_least else {})}


@dataclass(frozen=True, slots=True)
class Table(Generic[T_co]):
    """A mapping from words to values of one shape; `keys` limits the words."""

    shape: Shape[T_co]
    keys: tuple[str, ...] | None = None

    def read(self, node: Node, report: Report) -> Mapping[str, T_co]:
        values, failed = {}, False
        for name, key, value in pairs(node, report):
            if self.keys is not None and name not in self.keys:
                report.error(key, f"{name!r} is not known here", did_you_mean(name, self.keys))
                failed = True
                continue
            try:
                values[name] = self.shape.read(value, report)
            except Unreadable:
                failed = True
        if failed:
            raise Unreadable("table")
        return MappingProxyType(values)

    def schema(self) -> JsonSchema:
        if self.keys is None:
            return {"type": "object", "additionalProperties": self.shape.schema()}
        properties = {key: self.shape.schema() for key in self.keys}
        return {"type": "object", "additionalProperties": False, "properties": properties}


class Localised:
    """A text in every language the bot speaks."""

    def read(self, node: Node, report: Report) -> Text:
        if isinstance(node, ScalarNode):
            raise report.error(node, "this text has one language only", 'Write both: {nl: "...", en: "..."}.', "C010")
        texts = Table(Str(), LANGUAGES).read(node, report)
        for language in LANGUAGES:
            if language not in texts:
                raise report.error(node, f"the text in {language!r} is missing", None, "C010")
        text = Text(texts["nl"], texts["en"])
        report.texts.append((location(node, report.file), text))
        return text

    def schema(self) -> JsonSchema:
        properties = {language: {"type": "string", "minLength": 1} for language in LANGUAGES}
        return {"type": "object", "additionalProperties": False, "properties": properties, "required": list(LANGUAGES)}


WORDS = Table(Seq(Str()), LANGUAGES)
"""Words by language, as people type them."""


def pairs(node: Node, report: Report) -> Iterable[tuple[str, Node, Node]]:
    """The keys and values of a mapping: name, key node, value node."""
    if not isinstance(node, MappingNode):
        raise report.error(node, f"expected 'key: value' pairs, found {_what(node)}")
    return [(str(key.value), key, value) for key, value in node.value if isinstance(key, ScalarNode)]


@dataclass(frozen=True, slots=True)
class Record(Generic[T]):
    """A mapping with known keys, read into a dataclass. Keys without a shape in `optional` must be there.

    A dataclass with a field `at` gets the `Location` of its first line.
    """

    kind: Callable[..., T]
    required: Mapping[str, Shape[Any]]
    optional: Mapping[str, tuple[Shape[Any], Any]] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)  # a key that is a keyword in Python: {"if": "condition"}

    def read(self, node: Node, report: Report) -> T:
        values: dict[str, Any] = {}
        failed = False
        known = [*self.required, *self.optional]
        seen = set()
        for name, key, value in pairs(node, report):
            seen.add(name)
            shape = self.required.get(name) or (self.optional[name][0] if name in self.optional else None)
            if shape is None:
                report.error(key, f"{name!r} is not known here", did_you_mean(name, known), "C002")
                failed = True
                continue
            try:
                values[self.renamed.get(name, name)] = shape.read(value, report)
            except Unreadable:
                failed = True
        for name in self.required:
            if name not in seen:
                report.error(node, f"{name!r} is missing", None, "C003")
                failed = True
        if failed:
            raise Unreadable("record")
        for name, (_, default) in self.optional.items():
            values.setdefault(self.renamed.get(name, name), default)
        if isinstance(self.kind, type) and any(f.name == "at" for f in fields(self.kind)):
            values["at"] = location(node, report.file)
        return self.kind(**values)

    def schema(self) -> JsonSchema:
        properties = {name: shape.schema() for name, shape in self.required.items()}
        properties |= {name: shape.schema() for name, (shape, _) in self.optional.items()}
        return {
            "type": "object",
            "additionalProperties": False,
            "properties": properties,
            "required": list(self.required),
        }


class ConditionShape:
    """A condition on facts (docs/knowledge.md, "A rule"). Which facts exist is checked when all files are read."""

    def read(self, node: Node, report: Report) -> Condition:
        parts: list[Condition] = []
        failed = False
        for name, key, value in pairs(node, report):
            try:
                parts.append(self._part(name, key, value, report))
            except Unreadable:
                failed = True
        if failed:
            raise Unreadable("condition")
        if not parts:
            raise report.error(node, "this condition is empty", "Leave the key out when it always holds.")
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _part(self, name: str, key: Node, value: Node, report: Report) -> Condition:
        match name:
            case "all":
                return All(Seq(self, at_least=1).read(value, report))
            case "any":
                return AnyOf(Seq(self, at_least=1).read(value, report))
            case "not":
                return Not(self.read(value, report))
            case _:
                return self._of_fact(name, key, value, report)

    def _of_fact(self, name: str, key: Node, value: Node, report: Report) -> Condition:
        if isinstance(value, ScalarNode):
            return Comparison(name, Operator.IS, self._scalar(value, report))
        if isinstance(value, SequenceNode):
            raise report.error(value, "a list needs an operator", f"Write {{{name}: {{in: [...]}}}}.")
        comparisons = [self._comparison(name, *pair, report) for pair in pairs(value, report)]
        if not comparisons:
            raise report.error(key, f"nothing is asked of {name!r}", f"Write {{{name}: {{at_least: 18}}}}.")
        return comparisons[0] if len(comparisons) == 1 else All(tuple(comparisons))

    def _comparison(self, fact: str, name: str, key: Node, value: Node, report: Report) -> Comparison:
        try:
            operator = Operator(name)
        except ValueError:
            raise report.error(key, f"there is no operator {name!r}", did_you_mean(name, Operator), "C004") from None
        match operator:
            case Operator.IN | Operator.NOT_IN | Operator.ANY_OF | Operator.ALL_OF | Operator.NONE_OF:
                return Comparison(fact, operator, frozenset(Seq(Str(), at_least=1).read(value, report)))
            case Operator.KNOWN:
                return Comparison(fact, operator, Bool().read(value, report))
            case _:
                return Comparison(fact, operator, self._scalar(value, report))

    def _scalar(self, node: Node, report: Report) -> Value:
        value = scalar(node) if isinstance(node, ScalarNode) else None
        if value is None:
            raise report.error(node, f"expected a value, found {_what(node)}")
        return value

    def schema(self) -> JsonSchema:
        return {"$ref": "#/$defs/condition"}


CONDITION_SCHEMA: JsonSchema = {
    "type": "object",
    "minProperties": 1,
    "properties": {
        "all": {"type": "array", "items": {"$ref": "#/$defs/condition"}},
        "any": {"type": "array", "items": {"$ref": "#/$defs/condition"}},
        "not": {"$ref": "#/$defs/condition"},
    },
    "additionalProperties": {
        "anyOf": [
            {"type": ["string", "number", "boolean"]},
            {
                "type": "object",
                "minProperties": 1,
                "additionalProperties": False,
                "properties": {op: {} for op in Operator},
            },
        ]
    },
}
