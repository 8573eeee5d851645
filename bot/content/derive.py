"""From the annotations of a dataclass to the shape that reads it, and to its JSON Schema: a field is declared once."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache, reduce
from operator import or_
from types import NoneType
from typing import Annotated, Any, Generic, TypeVar, get_args, get_origin, get_type_hints

from bot.content.annotations import As, AtLeast, Each, IdOf, Key, Known, Pattern, WorkedOut
from bot.content.condition_schema import ConditionShape
from bot.content.conditions import Condition
from bot.content.problems import Location, did_you_mean, nearest
from bot.content.schema_types import (
    Bool,
    Day,
    Int,
    Nullable,
    Number,
    OneOf,
    PartialDay,
    Pointer,
    Seq,
    SetOf,
    Str,
    Table,
)
from bot.content.shapes import JsonSchema, Page, Report, Shape, Unreadable, pairs, stand_in
from bot.content.strict_yaml import Node, location
from bot.content.text_types import Localised, NameOrText, Wordings
from bot.text import Text

T = TypeVar("T")

PLAIN: Mapping[object, Shape[Any]] = {
    bool: Bool(),
    float: Number(),
    date: Day(),
    Text: Localised(),
    Condition: ConditionShape(),
    As("partial day"): PartialDay(),
    As("words"): Wordings(),
    As("name or text"): NameOrText(),
}
"""What is written in one way everywhere."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of a record. `name`: of the attribute that it becomes. `default`: MISSING when the key must be there."""

    key: str
    name: str
    shape: Shape[Any]
    description: str
    default: Any


@dataclass(frozen=True, slots=True)
class Record(Generic[T]):
    """A mapping with known keys, read into a dataclass. One with a field `at` gets the `Location` of its first line."""

    kind: type[T]
    entries: Mapping[str, Entry]  # by key
    located: bool
    by_name: Mapping[str, Entry] = field(init=False)
    needed: frozenset[str] = field(init=False)  # the keys that must be there

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {entry.name: entry for entry in self.entries.values()})
        needed = frozenset(key for key, entry in self.entries.items() if entry.default is MISSING)
        object.__setattr__(self, "needed", needed)

    def read(self, node: Node, report: Report) -> T:
        """Raises Unreadable when something that must be there cannot be read, and nothing can stand in for it."""
        before = len(report.problems)
        found = pairs(node, report)
        there = {name: value for name, _, value in found}
        values = self._read_keys(node, found, there, report)
        lacking = False
        for name, entry in self.by_name.items():
            if name in values:
                continue
            try:
                missing = entry.default is MISSING
                values[name] = stand_in(entry.shape, there.get(entry.key)) if missing else entry.default
            except Unreadable:
                lacking = True
        if len(report.problems) > before:
            report.incomplete.add(location(node, report.file))
        if lacking:
            raise Unreadable("record", values)
        if self.located:
            values["at"] = location(node, report.file)
        return self.kind(**values)

    def _read_keys(
        self, node: Node, found: Iterable[tuple[str, Node, Node]], there: Mapping[str, Node], report: Report
    ) -> dict[str, Any]:
        """What can be read, by attribute; reports what cannot, what is not known, and what is missing."""
        values: dict[str, Any] = {}
        meant = set()  # by a key with a typing error: that one is not missing as well
        for name, key, value in found:
            entry = self.entries.get(name)
            if entry is None:
                absent = self._absent(there)
                hint = did_you_mean(name, absent) or did_you_mean(name, self.entries)
                report.error(key, f"{name!r} is not known here", hint, "C002")
                meant.add(nearest(name, absent))
                continue
            try:
                values[entry.name] = entry.shape.read(value, report)
            except Unreadable:
                # Without its condition it would hold for everybody; a word with a typing error is most often clear.
                if isinstance(entry.shape, ConditionShape | OneOf):
                    values[entry.name] = entry.shape.stand_in(value)
        if node is not report.salvaged and not self.needed <= there.keys():
            for entry in (self.entries[key] for key in self._absent(there) if key in self.needed - meant):
                report.error(node, f"{entry.key!r} is missing", entry.description or None, "C003")
        return values

    def _absent(self, there: Mapping[str, Node]) -> list[str]:
        return [key for key in self.entries if key not in there]

    def stand_in(self, node: Node | None) -> T:
        if self.located:
            raise Unreadable("record")
        return self.kind(
            **{
                name: stand_in(entry.shape, None) if entry.default is MISSING else entry.default
                for name, entry in self.by_name.items()
            }
        )

    def schema(self, page: Page) -> JsonSchema:
        return page.define(self.kind.__name__.strip("_"), lambda: self._schema(page))

    def _schema(self, page: Page) -> JsonSchema:
        return {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                one.key: {**one.shape.schema(page), "description": one.description} for one in self.entries.values()
            },
            "required": [one.key for one in self.entries.values() if one.default is MISSING],
        }


@dataclass(frozen=True, slots=True)
class Deriver:
    """Makes shapes of types. `special`: what is written in a way of its own, by type or by `As`.

    `null`: whether `X | None` may be written as null ("not known: ask"); else it is left out when there is none.
    """

    null: bool
    special: Mapping[object, Shape[Any]]

    @classmethod
    def of(cls, special: Mapping[object, Shape[Any]], *, null: bool) -> "Deriver":
        return cls(null, {**PLAIN, **special})

    def record(self, kind: type[T]) -> Record[T]:
        """The shape of a dataclass."""
        entries = (self._entry(one, hint) for one, hint in declared(kind))
        located = get_type_hints(kind).get("at") is Location
        return Record(kind, {entry.key: entry for entry in entries}, located)

    def _entry(self, one: Field[Any], hint: Any) -> Entry:
        extras = extras_of(hint)
        key = next((extra.name for extra in extras if isinstance(extra, Key)), one.name.rstrip("_"))
        description = next((extra for extra in reversed(extras) if isinstance(extra, str)), "")
        default = one.default if one.default_factory is MISSING else one.default_factory()
        return Entry(key, one.name, self.shape(hint), description, default)

    def shape(self, hint: Any, around: tuple[Any, ...] = ()) -> Shape[Any]:
        """The shape of an annotation. `around`: what was said of it as a part of another."""
        extras, base = (*extras_of(hint), *around), base_of(hint)
        kind = next((extra.kind for extra in extras if isinstance(extra, IdOf)), None)
        shape = self._named((*extras, base)) or self._of(base, extras)
        return Pointer(shape, kind) if kind else shape

    def _named(self, names: Iterable[object]) -> Shape[Any] | None:
        return next((self.special[name] for name in names if name in self.special), None)

    def _of(self, base: Any, extras: tuple[Any, ...]) -> Shape[Any]:
        pattern = next((extra for extra in extras if isinstance(extra, Pattern)), None)
        least = next((extra.least for extra in extras if isinstance(extra, AtLeast)), None)
        keys = next((dict(extra.keys) for extra in extras if isinstance(extra, Known | Each)), None)
        each = next((extra for extra in extras if isinstance(extra, Each)), None)
        arguments = get_args(base)
        if NoneType in arguments:
            rest = reduce(or_, (each for each in arguments if each is not NoneType))
            inner = self.shape(rest, tuple(extra for extra in extras if not isinstance(extra, IdOf)))
            return Nullable(inner) if self.null else inner
        match get_origin(base) or base:
            case origin if origin is tuple:
                return Seq(self.shape(arguments[0]), at_least=least or 0)
            case origin if origin is frozenset:
                return SetOf(self.shape(arguments[0]))
            case origin if origin is Mapping:
                return Table(
                    self.shape(arguments[1]), keys, complete=each is not None, apart=each is not None and each.apart
                )
            case origin if origin is int:
                return Int(at_least=least)
            case origin if origin is str:
                return Str(re.compile(pattern.regex), pattern.example) if pattern else Str()
            case type() as origin if issubclass(origin, StrEnum):
                return OneOf(origin)
            case type() as origin if is_dataclass(origin):
                return self.record(origin)
            case _:
                raise AssertionError(f"no shape is known of {base}")


# ------------------------------------------------------------------ what annotations say
def extras_of(hint: Any) -> tuple[Any, ...]:
    return get_args(hint)[1:] if get_origin(hint) is Annotated else ()


def base_of(hint: Any) -> Any:
    return get_args(hint)[0] if get_origin(hint) is Annotated else hint


def declared(kind: type[Any]) -> tuple[tuple[Field[Any], Any], ...]:
    """The fields of a dataclass that a file gives, each with its annotation."""
    return _declared(kind)  # type: ignore[arg-type]  # mypy does not take a class for hashable


@cache
def _declared(kind: type[Any]) -> tuple[tuple[Field[Any], Any], ...]:
    hints = get_type_hints(kind, include_extras=True)
    written = (one for one in fields(kind) if one.init and hints[one.name] is not Location)
    return tuple((one, hints[one.name]) for one in written if WorkedOut() not in extras_of(hints[one.name]))


def pointers(value: Any) -> Iterator[tuple[str, str, str]]:
    """Everything that a value points at, at any depth: the kind ("sector"), the id, and the key at which it stands."""
    for name, hint in _pointing(type(value)):  # type: ignore[arg-type]  # mypy does not take a class for hashable
        key = next((extra.name for extra in extras_of(hint) if isinstance(extra, Key)), name.rstrip("_"))
        yield from _pointers(getattr(value, name), hint, key)


@cache
def _pointing(kind: type[Any]) -> tuple[tuple[str, Any], ...]:
    """The fields of a dataclass that point at something: few of them do, and every row of every file is asked."""
    return tuple((one.name, hint) for one, hint in declared(kind) if _points(hint))


def _points(hint: Any) -> bool:
    """Whether a value of this may point at something: it looks as far as `_pointers` goes."""
    base, arguments = base_of(hint), get_args(base_of(hint))
    if any(isinstance(extra, IdOf) for extra in extras_of(hint)):
        return True
    if is_dataclass(base):
        return bool(_pointing(base))  # type: ignore[arg-type]  # mypy does not take a class for hashable
    if NoneType in arguments or get_origin(base) is tuple:
        return _points(next(each for each in arguments if each is not NoneType))
    return False


def _pointers(value: Any, hint: Any, key: str) -> Iterator[tuple[str, str, str]]:
    if value is None or value == ():
        return
    for extra in extras_of(hint):
        if isinstance(extra, IdOf):
            yield extra.kind, value, key
            return
    arguments = get_args(base_of(hint))
    if is_dataclass(value):
        yield from pointers(value)
    elif NoneType in arguments:
        yield from _pointers(value, next(each for each in arguments if each is not NoneType), key)
    elif isinstance(value, tuple) and get_origin(base_of(hint)) is tuple:
        for each in value:
            yield from _pointers(each, arguments[0], key)
