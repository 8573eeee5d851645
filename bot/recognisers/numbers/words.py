"""Numbers in a text, in figures and in words: "34", "vierendertig", "€ 1.000,-", "2,5k", "anderhalf uur"."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import isfinite
from typing import NamedTuple

from bot.content.language import NumberWords
from bot.recognisers.tokens import NamedPhrases, Token, TokenPhrases, tokens_of

_MINUS = frozenset("-−")


class Number(NamedTuple):
    """`first` and `behind` are places among the tokens: those of the number are tokens[first:behind]."""

    value: float
    first: int
    behind: int


class NumberReader:
    """Finds the numbers in tokens, in all languages at once: people mix them."""

    def __init__(self, words: Iterable[NumberWords]) -> None:
        every = list(words)
        self._values = dict(pair for one in every for pair in _in_words(one))
        self._longest: dict[str, int] = {}  # tokens, by the first of them
        for name in self._values:
            self._longest[name[0]] = max(len(name), self._longest.get(name[0], 0))
        self._hundred = _all(one.hundred for one in every)
        self._thousand = _all(one.thousand for one in every)
        self._parts = NamedPhrases(part for one in every for part in one.parts.items())
        self._articles = _all(one.articles for one in every)
        self._unit = TokenPhrases(word for one in every for listed in one.units.values() for word in listed)

    @property
    def named(self) -> Mapping[str, float]:
        """Every number that has a name, by that name."""
        return {" ".join(name): value for name, value in self._values.items()}

    def find(self, tokens: Sequence[Token]) -> list[Number]:
        """All numbers, in their order; an article ("een") is one only when it is all there is."""
        found: list[Number] = []
        place = 0
        while place < len(tokens):
            number = self._at(tokens, place)
            if number is None:
                place += 1
                continue
            found.append(number)
            place = number.behind
        return found

    def _at(self, tokens: Sequence[Token], place: int) -> Number | None:
        token = tokens[place]
        if token.is_number:
            return self._in_figures(tokens, place)
        if not token.is_word:
            return None
        length, part = self._parts.at(tokens, place)
        if length and self._unit.at(tokens, place + length):
            return Number(float(part), place, place + length)
        named = self._named_at(tokens, place)
        if named is None:
            return None
        if token.word in self._articles and named.behind == place + 1 and len(tokens) > 1:
            return None
        return self._with_larger(tokens, named)

    def _in_figures(self, tokens: Sequence[Token], place: int) -> Number | None:
        value = to_number(tokens[place].word)
        if value is None or not isfinite(value):
            return None
        if place and tokens[place - 1].word in _MINUS and tokens[place - 1].end == tokens[place].start:
            before = tokens[place - 2] if place > 1 else None
            # "36-40" is no 36 and minus 40.
            if before is None or not (before.word[0].isalnum() and before.end == tokens[place - 1].start):
                value = -value
        behind = place + 1
        # "2k" is two thousand; in "41 kwil" the letter begins a word.
        is_thousand = behind < len(tokens) and tokens[behind].word in self._thousand
        if is_thousand and (tokens[behind].word != "k" or tokens[behind].start == tokens[place].end):
            return Number(value * 1000, place, behind + 1)
        return Number(value, place, behind)

    def _named_at(self, tokens: Sequence[Token], place: int) -> Number | None:
        for length in range(min(self._longest.get(tokens[place].word, 0), len(tokens) - place), 0, -1):
            value = self._values.get(tuple(token.word for token in tokens[place : place + length]))
            if value is not None:
                return Number(value, place, place + length)
        return None

    def _with_larger(self, tokens: Sequence[Token], number: Number) -> Number:
        """ "Five hundred", "duizend vijfhonderd": a smaller number behind a hundred or a thousand belongs to it."""
        value, first, behind = number
        if value < 100 and behind < len(tokens):
            for words, times in ((self._hundred, 100), (self._thousand, 1000)):
                if tokens[behind].word in words and tokens[behind].word != "k":
                    value, behind = value * times, behind + 1
                    break
        goes_on = value >= 100 and behind < len(tokens) and tokens[behind].word not in self._articles
        rest = self._named_at(tokens, behind) if goes_on else None
        if rest and rest.value < min(value, 1000 if value % 1000 == 0 else 100):
            value, behind = value + rest.value, rest.behind
        return Number(value, first, behind)


def to_number(typed: str) -> float | None:
    """A number as Dutch and English people write it: "1.000", "1,000", "12,5", "1.000,50"."""
    text = typed.rstrip(".,")
    last = max(text.rfind("."), text.rfind(","))
    if last >= 0:
        # Three digits behind the last sign are thousands, in either language: 1.000 and 1,000. All else is a fraction.
        whole, part = text[:last], text[last + 1 :]
        groups = len(part) == 3 and (text[last] not in whole or len(set(whole) & {".", ","}) == 1)
        mixed = "." in text and "," in text and text.count(text[last]) == 1
        digits = re.sub(r"[.,]", "", whole)
        text = digits + part if groups and not mixed else f"{digits}.{part}"
    try:
        return float(text)
    except ValueError:
        return None


def _in_words(words: NumberWords) -> Iterator[tuple[tuple[str, ...], float]]:
    """Every number that a language has a name for, up to a hundred and by hundreds and thousands."""
    small = [(word, number) for number, word in enumerate(words.below_twenty)]
    tens = [(word, number * 10) for number, word in enumerate(words.tens, start=2)]
    joined = [
        (form.format(one=one, ten=ten), ones + tens_)
        for form, (one, ones), (ten, tens_) in product(words.joined, small[1:10], tens)
    ]
    larger = [(word, 100) for word in words.hundred] + [(word, 1000) for word in words.thousand if word != "k"]
    # Dutch and German write them in one: "vijfhonderd", "vijfentwintigduizend".
    in_one = [(name + word, number * times) for word, times in larger for name, number in small[2:] if len(word) > 1]
    for name, number in (*small, *tens, *joined, *larger, *in_one):
        yield tuple(_words(name)), float(number)


def _words(phrase: str) -> Iterator[str]:
    return (token.word for token in tokens_of(phrase))


def _all(lists: Iterable[Iterable[str]]) -> frozenset[str]:
    return frozenset(word for listed in lists for phrase in listed for word in _words(phrase))
