"""Patterns of words (bot/content/patterns.py) as regular expressions. A pattern never reaches over a sentence."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from bot.content.patterns import GAP, BadPattern, Begin, Choice, End, Gap, parse
from bot.matching import fold
from bot.recognisers.tokens import CONTRACTED

_SENTENCE_END = re.compile(r"[.!?;:\n…]+")
_APOSTROPHES = re.compile(r"['’`´]")
_DRAWN_OUT = re.compile(r"(\w)\1{2,}")  # "dooood"
_WORD = re.compile(r"\w+")
# What is no other letter with an accent, or is typed as one: "głodny" is "glodny", and Arabic has two of some letters.
_ALIKE = str.maketrans("łıøđœæيىكة", "liodoaییکه")


class Patterns:
    """Finds which of many patterns, each of which stands for something, are in a text.

    Each is looked for only where one of the words is that it cannot do without: of hundreds of patterns few are tried.
    """

    def __init__(self, patterns: Iterable[tuple[str, str]]) -> None:
        """`patterns`: a pattern, and what it stands for."""
        by_word: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
        by_beginning: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
        for pattern, meaning in patterns:
            one, anchor = (_expression(pattern), meaning), _anchor(pattern)
            for word in anchor.words:
                by_word[word][one] = None
            for beginning in anchor.beginnings:
                by_beginning[beginning][one] = None
        self._by_word = {word: tuple(found) for word, found in by_word.items()}
        self._by_beginning = {word: tuple(found) for word, found in by_beginning.items()}
        self._sizes = sorted({len(word) for word in by_beginning})

    def find(self, said: str) -> frozenset[str]:
        """What the patterns stand for that are in a normalised text."""
        candidates = dict.fromkeys(one for word in dict.fromkeys(said.split()) for one in self._tried(word))
        found: set[str] = set()
        for expression, meaning in candidates:
            if meaning not in found and compiled(expression).search(said):
                found.add(meaning)
        return frozenset(found)

    def _tried(self, word: str) -> Iterator[tuple[str, str]]:
        yield from self._by_word.get(word, ())
        for size in self._sizes:
            if len(word) >= size:
                yield from self._by_beginning.get(word[:size], ())


def _anchor(pattern: str) -> Choice:
    """The part that is found least: of those that must be there, the one with long words, and few of them."""
    parts = [part for part in parse(_plain(pattern)) if isinstance(part, Choice) and not part.optional]
    if not parts:
        raise BadPattern(pattern)

    def rarity(part: Choice) -> float:
        words = (*part.words, *part.beginnings)
        return min(map(len, words)) - len(words) / 4

    return max(parts, key=rarity)


# Not kept in what is pickled: Python would compile all of them again whenever it is read, and few are ever needed.
compiled = cache(re.compile)


def normalise(text: str) -> str:
    """The words of a text, folded, a space before each, and a stop between sentences: "don't" is one, "kwil" two."""
    plain = CONTRACTED.sub(r"k \1", _DRAWN_OUT.sub(r"\1\1", _APOSTROPHES.sub("", _plain(text))))
    sentences = _SENTENCE_END.split(plain)
    return " .".join("".join(f" {word}" for word in _WORD.findall(sentence)) for sentence in sentences) + " "


def _plain(text: str) -> str:
    return fold(text).translate(_ALIKE)


def _expression(pattern: str) -> str:
    """Each part brings the space before it, so that an optional part may be absent with its space."""
    expression = ""
    for part in parse(_plain(pattern)):
        match part:
            case Begin():
                expression += r"(?:^|(?<= \.))"
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
