"""What reading an answer comes to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from bot.compiled import Compiled
from bot.content.conditions import Value
from bot.content.sentence_keys import Sentence
from bot.matching import fold

CERTAIN = 1.0  # what was typed is the answer: a label, a number, a full postcode
CLEAR = 0.9  # the answer stands in a sentence, or has a typing error
WORKED_OUT = 0.5  # follows from what was typed, by a rule of thumb; always asked back: "3 dagen" as hours a week
LIKELY = 0.7  # about, nearly, or one reading of several

_WORD = re.compile(r"[\w+#]+")
_EDGES = " .,;:!?()[]\"'`*-"


def bare(text: str) -> str:
    """A text without capitals, accents and the signs around it."""
    return fold(text).strip(_EDGES)


def ends_as_question(text: str) -> bool:
    return text.rstrip(" !.)\"'").endswith("?")


@lru_cache(maxsize=4096)
def spaced(text: str) -> str:
    """The words of a text, folded, with a space around each, so that `in` finds whole words only."""
    return f" {' '.join(_WORD.findall(fold(text)))} "


@dataclass(frozen=True, slots=True)
class Understood:
    """`raw` is what to remember instead of what was typed, when that would mean something else another day ("morgen").

    `shown` is how it was understood, when that is not what they typed: "vrachtwagenchauffeur".
    """

    value: Value
    certainty: float = CERTAIN
    raw: str | None = None
    shown: str | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """Something that may be meant; `raw` is an answer that reads without doubt."""

    raw: str
    label: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """It may mean several things: ask which, or one thing: ask whether. At most five, best first."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """ "I don't know" is an answer."""


@dataclass(frozen=True, slots=True)
class Misunderstood:
    """`because` is the sentence that says why, with what it fills in."""

    because: Sentence
    filled: Mapping[str, str] = field(default_factory=dict)


Reading = Understood | Unclear | Unknown | Misunderstood


@dataclass(frozen=True, slots=True)
class Context:
    """What a reader may need besides the text."""

    compiled: Compiled
    language: str
    today: date
