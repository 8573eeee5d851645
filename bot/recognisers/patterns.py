"""Patterns of words (bot/content/patterns.py) as regular expressions. A pattern never reaches over a sentence."""

import re
from collections.abc import Iterable

from bot.content.patterns import GAP, BadPattern, Choice, End, Gap, parse
from bot.matching import fold

_SENTENCE_END = re.compile(r"[.!?;:\n…]+")
_APOSTROPHES = re.compile(r"['’`´]")
_DRAWN_OUT = re.compile(r"(\w)\1{2,}")  # "dooood"
_CONTRACTED = re.compile(r"\bk(?=(?:wil|wou|ben|heb|kan|zie|weet|moet|zit|sta|slaap)\b)")  # "kwil"
_WORD = re.compile(r"\w+")


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
    for part in parse(fold(pattern)):
        match part:
            case End(asks=False):
                expression += r"(?= \.|\s*$)"
            case Gap():
                expression += rf"(?: \w+){{0,{GAP}}}?"
            case Choice(words, beginnings, optional):
                either = "|".join((*words, *(rf"{beginning}\w*" for beginning in beginnings)))
                expression += rf"(?: (?:{either})(?= ))" + ("?" if optional else "")
            case _:
                raise BadPattern(pattern)
    return expression
