r"""What the annotation of a field says beyond its type. Everything else of a field follows from these and the type.

    isco: Annotated[str, Pattern(r"\d{4}", '"8332"'), "Its unit group in ISCO-08: four digits."]

A bare text is the description that editors see. `bot.content.derive` makes of a dataclass how its files are read and
their JSON Schema.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a text looks like, and an example for who wrote it otherwise."""

    regex: str
    example: str


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Of a number the smallest, of a list the fewest."""

    least: int


@dataclass(frozen=True, slots=True)
class Key:
    """What the field is called in a file, when Python or the code has another name for it."""

    name: str


@dataclass(frozen=True, slots=True)
class Known:
    """The keys that a mapping may have, each with its description."""

    keys: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, keys: Mapping[str, str]) -> "Known":
        return cls(tuple(keys.items()))


@dataclass(frozen=True, slots=True)
class Each:
    """The keys that a mapping has, all of them, each with its description. `apart`: no two have the same value."""

    keys: tuple[tuple[str, str], ...]
    apart: bool

    @classmethod
    def of(cls, keys: Mapping[str, str], *, apart: bool = False) -> "Each":
        return cls(tuple(keys.items()), apart)


@dataclass(frozen=True, slots=True)
class IdOf:
    """It points at something: "sector". Editors are offered those that there are; which must be, is checked later."""

    kind: str


@dataclass(frozen=True, slots=True)
class As:
    """It is written in a way of its own, by this name; the schema modules say which shape that is."""

    name: str


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """No file gives it: it comes of what is written elsewhere."""


Id = Annotated[str, Pattern(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*", "make-it-work-hu")]
"""The name by which other files, links and leads point at something."""

Url = Annotated[str, Pattern(r"https?://\S+", "https://duo.nl")]
SourceUrl = Annotated[str, Pattern(r"https?://\S+|own:\S+", "https://duo.nl, or own:flows/contact.yaml")]

PartialDay = Annotated[str, As("partial day")]
"""A date as far as it is known: "2024", "2024-04" or "2024-04-10"."""

Words = Annotated[Mapping[str, tuple[str, ...]], As("words")]
"""Words by language, as people type them."""
