"""Patterns of words, as editors write them: "wil|wou .. niet meer .. leven".

A word stands for itself, `zelfmoord*` for all that begin so, `wil|wou` for one of several, `meer?` for a word that may
be left out, `..` for at most four other words, and `.` for the end of the sentence, or in front for its begin. In some
files a pattern may also have `{thing}` for one of the things in another list, `#minutes` and the like for an amount,
and `?` at its end for a sentence that asks something.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

GAP = 4  # words
SLOTS = ("minutes", "km", "clock", "month")

_CHOICE = re.compile(r"(?P<words>\w+\*?(?:\|\w+\*?)*)(?P<optional>\??)")


class BadPattern(ValueError):
    """A pattern has a part that is none of those above; the message names it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some words, or of words that begin so; it may be absent when it is optional."""

    words: tuple[str, ...]
    beginnings: tuple[str, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """At most so many other words."""


@dataclass(frozen=True, slots=True)
class Begin:
    """The begin of the sentence."""


@dataclass(frozen=True, slots=True)
class End:
    """The end of the sentence; `asks`: of one that asks something, wherever that ends."""

    asks: bool = False


@dataclass(frozen=True, slots=True)
class Thing:
    """One of the things in another list."""


@dataclass(frozen=True, slots=True)
class Slot:
    """An amount: of minutes, kilometres, a time of the clock, a month."""

    name: str


Part = Choice | Gap | Begin | End | Thing | Slot


def parse(pattern: str) -> tuple[Part, ...]:
    """The parts of a pattern; raises BadPattern."""
    return tuple(_parts(pattern))


def _parts(pattern: str) -> Iterator[Part]:
    for place, part in enumerate(pattern.split()):
        match part:
            case "." if place == 0:
                yield Begin()
            case "..":
                yield Gap()
            case "." | "?":
                yield End(asks=part == "?")
            case "{thing}":
                yield Thing()
            case _ if part[0] == "#" and part[1:] in SLOTS:
                yield Slot(part[1:])
            case _ if found := _CHOICE.fullmatch(part):
                words = found["words"].split("|")
                beginnings = tuple(word[:-1] for word in words if word.endswith("*"))
                yield Choice(
                    tuple(word for word in words if not word.endswith("*")), beginnings, bool(found["optional"])
                )
            case _:
                raise BadPattern(part)
