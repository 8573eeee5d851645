"""What a shape is: it reads a YAML node into a value, or says what does not fit.

A shape reports every problem that it meets and then raises `Unreadable`; whoever holds it goes on with the rest,
so that an editor sees all problems at once. What cannot be read is left out, or something that harms nothing stands
in for it: the rest can then be checked too. Nobody is ever served from it, because what was reported is an error.
The same shapes give the JSON Schemas for editors.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

from bot.content.problems import Location, Problem
from bot.content.strict_yaml import MappingNode, Node, ScalarNode, SequenceNode, location, scalar
from bot.text import Text

T_co = TypeVar("T_co", covariant=True)
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


def pairs(node: Node, report: Report) -> Sequence[tuple[str, Node, Node]]:
    """The keys and values of a mapping: name, key node, value node."""
    if not isinstance(node, MappingNode):
        raise report.error(node, f"expected 'key: value' pairs, found {what_is(node)}")
    return [(str(key.value), key, value) for key, value in node.value if isinstance(key, ScalarNode)]
