"""A course as another system describes it, before it is one of our programmes."""

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.content.knowledge import Form

LONGEST = 2_000  # letters of a text; a longer one is no summary
LONGEST_NAME = 200
LONGEST_ADDRESS = 500
LONGEST_SHOWN = 60
MOST_MONEY = 1_000_000.0  # EUR
MOST_HOURS = 80  # a week
_LANGUAGES = {"nld": "nl", "dut": "nl", "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr"}  # ISO 639-2


@dataclass
class Course:
    """What could be read of a course; `left` names what was there and has no place with us, or could not be read.

    Its methods read one value of another system, whatever that turns out to be: what is wrong is left out and said.
    """

    code: str = ""
    name: Mapping[str, str] = field(default_factory=dict)
    provider: str | None = None
    summary: Mapping[str, str] = field(default_factory=dict)
    url: str | None = None
    languages: Sequence[str] = ()
    level: str | None = None
    forms: Sequence[Form] = ()
    places: Sequence[str] = ()
    online: bool | None = None
    cost: float | None = None
    hours: int | None = None  # a week
    duration: str | None = None  # ISO 8601: P1Y, PT20H
    starts: Sequence[str] = ()  # days
    demands: Mapping[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    def leave(self, key: str, value: object, why: str) -> None:
        """Note that a value was left out."""
        said = f"'{shown(value)}'" if isinstance(value, str) else shown(value)
        self.left.append(f"{key} {said}: {why}")

    def words(self, key: str, value: object, longest: int = LONGEST) -> str | None:
        """A text on one line, without characters that cannot be seen."""
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            self.leave(key, value, "no text")
            return None
        if len(value) > longest:
            self.leave(key, value, f"longer than {longest} letters")
            return None
        return text(value)

    def objects(self, key: str, value: object) -> list[Mapping[str, Any]]:
        """The objects in a value that should be one, or a list of them."""
        for one in (listed := as_list(value)):
            if not isinstance(one, dict):
                self.leave(key, one, "no object")
        return [one for one in listed if isinstance(one, dict)]

    def day(self, key: str, value: object) -> str | None:
        """A day as 2027-02-01, or a month as 2027-02: written so, with a time behind it, or as 01-02-2027."""
        said = self.words(key, value)
        if said is None:
            return None
        found = re.match(r"(\d{4})-(\d\d)(?:-(\d\d))?(?=$|[T ])", said, re.ASCII)
        parts = found.groups() if found else None
        if parts is None and (found := re.fullmatch(r"(\d\d?)[-/.](\d\d?)[-/.](\d{4})", said, re.ASCII)):
            parts = found.groups()[::-1]
        try:
            if parts:
                there = date(int(parts[0]), int(parts[1]), int(parts[2] or 1)).isoformat()
                return there if parts[2] else there[:7]
        except ValueError:
            pass
        self.leave(key, value, "no day")
        return None

    def price(self, key: str, value: object) -> float | None:
        """An amount in EUR."""
        try:
            amount = float(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else math.nan
        except (ValueError, OverflowError):
            amount = math.nan
        if 0 <= amount <= MOST_MONEY:
            return round(amount, 2)
        self.leave(key, value, "no amount in EUR")
        return None

    def address(self, key: str, value: object) -> str | None:
        """A page of the web."""
        said = self.words(key, value, LONGEST_ADDRESS)
        if said and re.fullmatch(r"https?://[^\s\"<>]+\.[^\s\"<>]+", said):
            return said
        if said:
            self.leave(key, value, "no address of a page")
        return None

    def language(self, key: str, value: object) -> str | None:
        """A language as its code of two letters: of nl, nl-NL or nld."""
        said = self.words(key, value)
        first = re.split("[-_]", (said or "").lower())[0]
        if first in _LANGUAGES or re.fullmatch("[a-z]{2}", first):
            return _LANGUAGES.get(first, first)
        if said:
            self.leave(key, value, "no code of a language that we know")
        return None

    def hours_of(self, key: str, value: object) -> int | None:
        """Hours a week: PT6H."""
        said = self.words(key, value)
        found = re.fullmatch(r"PT(\d{1,2})H", said or "", re.ASCII)
        if found and 0 < int(found[1]) <= MOST_HOURS:
            return int(found[1])
        if said:
            self.leave(key, value, "no number of hours a week")
        return None


def as_list(value: object) -> list[Any]:
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def text(value: object) -> str | None:
    """A text on one line, without characters that cannot be seen; None for all else."""
    if not isinstance(value, str):
        return None
    return " ".join("".join(c for c in value if c.isspace() or unicodedata.category(c)[0] != "C").split()) or None


def shown(value: object) -> str:
    """A value of another system as it can be shown: short, on one line."""
    if isinstance(value, str):
        said = text(value) or ""
    elif isinstance(value, int) and abs(value) >= 10**12:
        said = "a number"  # of any length
    elif isinstance(value, dict | list):
        said = "an object" if isinstance(value, dict) else "a list"
    else:
        said = repr(value)
    return said if len(said) <= LONGEST_SHOWN else f"{said[:LONGEST_SHOWN]} ..."
