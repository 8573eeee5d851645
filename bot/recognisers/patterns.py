"""Patterns of words, as editors write them: "wil|wou .. niet meer .. leven".

A word stands for itself, `zelfmoord*` for all that begins so, `wil|wou` for one of several, `meer?` for a word that may
be left out, `..` for at most four other words, and `.` for the end of the sentence. A pattern never reaches over one.
"""

import re
from collections.abc import Iterable

from bot.matching import fold

GAP = 4  # words
_SENTENCE_END = re.compile(r"[.!?;:\n…]+")
_APOSTROPHES = re.compile(r"['’`´]")
_DRAWN_OUT = re.compile(r"(\w)\1{2,}")  # "dooood"
_CONTRACTED = re.compile(r"\bk(?=(?:wil|wou|ben|heb|kan|zie|weet|moet|zit|sta|slaap)\b)")  # "kwil"
_WORD = re.compile(r"\w+")
_PART = re.compile(r"(?P<words>\w+\*?(?:\|\w+\*?)*)(?P<optional>\??)")


class BadPattern(ValueError):
    """A pattern has a part that is none of those above; the message names it."""


def compile_patterns(patterns: Iterable[str]) -> re.Pattern[str] | None:
    """One expression for all of them, for texts as `normalise` gives them; None when there are none."""
    alternatives = [_expression(pattern) for pattern in patterns]
    return re.compile("|".join(alternatives)) if alternatives else None


def normalise(text: str) -> str:
    """The words of a text, folded, a space before each, and a stop between sentences: "don't" is one, "kwil" two."""
    plain = _CONTRACTED.sub("k ", _DRAWN_OUT.sub(r"\1\1", _APOSTROPHES.sub("", fold(text))))
    sentences = _SENTENCE_END.split(plain)
    return " .".join("".join(f" {word}" for word in _WORD.findall(sentence)) for sentence in sentences) + " "


def _expression(pattern: str) -> str:
    """Each part brings the space before it, so that an optional part may be absent with its space."""
    expression = ""
    for part in fold(pattern).split():
        if part == ".":
            expression += r"(?= \.|\s*$)"
            continue
        if part == "..":
            expression += rf"(?: \w+){{0,{GAP}}}?"
            continue
        found = _PART.fullmatch(part)
        if found is None:
            raise BadPattern(part)
        words = "|".join(rf"{word[:-1]}\w*" if word.endswith("*") else word for word in found["words"].split("|"))
        expression += rf"(?: (?:{words})(?= ))" + found["optional"]
    return expression
