"""Texts of pages and of facts in one form, in which a date or a number is its value, however it is written."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from bot.content.language import Language
from bot.matching import fold
from bot.recognisers.numbers.words import NumberReader
from bot.text import month_names

SMALL = 32  # a whole number under this may be anything: a day, a rank, a number of months
_VALUE = re.compile(r"\b[nd]=[0-9.x-]+")
_YEAR = r"(?:19|20)\d\d(?!\d)"
_CURRENCY = r"(?:€|eur\b|euro's\b|euros?\b)"
_SEPARATORS = r".,\u00a0\u2009\u202f'"
# 1.250 is a thousand and a quarter of it, and so is 1,250. With a plain space between them they are two numbers.
_FIGURES = rf"\d{{1,3}}(?:[{_SEPARATORS}]\d{{3}})+(?!\d)(?:[.,]\d{{1,2}}(?!\d))?|\d+(?:[.,]\d+)?"


class Canonical:
    """Makes texts canonical: words folded, `d=2026-12-15` for a date, `n=1250` for a number, one space between them.

    `spoken`: the languages whose months and number words count.
    """

    def __init__(self, languages: Mapping[str, Language], spoken: Iterable[str]) -> None:
        codes = [code for code in spoken if code in languages]
        self._months = {
            name: number
            for code in codes
            for number, month in enumerate(month_names(code), start=1)
            for name in (fold(month), fold(month)[:3])
        }
        numbers = [languages[code].numbers for code in codes]
        articles = {fold(word) for one in numbers for word in one.articles}
        # "een" and "one" are no numbers on a page; what is written as several words is rare there.
        named = NumberReader(numbers).named.items()
        self._named = {name: value for name, value in named if name not in articles and " " not in name}
        month = "|".join(sorted(map(re.escape, self._months), key=len, reverse=True)) or "(?!)"
        month, before = rf"(?:{month})\b\.?", r"(?<![\d.,-])"
        self._tokens = re.compile(
            rf"""{before}(?P<iso>{_YEAR}-\d\d?-\d\d?)(?!\d)
            |{before}(?P<figures>\d\d?([-/.])\d\d?\3{_YEAR})
            |{before}(?P<day_first>\d\d?(?:st|nd|rd|th|ste|de|e)?\s+(?:of\s+)?{month}(?:,?\s+{_YEAR})?)
            |\b(?P<month_first>{month}\s+\d\d?(?:st|nd|rd|th)?(?!\d)(?:,?\s+{_YEAR})?)
            |\b(?P<month_year>{month}\s+{_YEAR})
            |(?:{_CURRENCY}\s*)?(?P<number>{_FIGURES})(?:,?[-–—]+(?!\d))?(?:\s*{_CURRENCY})?
            |(?P<word>[^\W\d_]+)""",
            re.IGNORECASE | re.VERBOSE,
        )

    def __call__(self, text: str) -> str:
        return " ".join(self._token(match) for match in self._tokens.finditer(text))

    def _token(self, match: re.Match[str]) -> str:
        kind, text = str(match.lastgroup), match[str(match.lastgroup)]
        if kind == "number":
            return _number(text)
        if kind == "word":
            word = fold(text)
            return _value(self._named[word]) if word in self._named else word
        figures = re.findall(r"\d+", text)
        if kind == "iso":
            return _date(figures[0], int(figures[1]), figures[2]) or text
        if kind == "figures":
            return _date(figures[2], int(figures[1]), figures[0]) or text
        words = map(fold, re.findall(r"[^\W\d_]+", text))
        month = next(self._months[word] for word in words if word in self._months)
        years = [one for one in figures if len(one) == 4]
        days = [one for one in figures if len(one) < 3]
        return _date(years[0] if years else None, month, days[0] if days else None) or fold(text)


def values(canonical: str) -> Iterator[str]:
    """The dates and numbers of a canonical text, in their order."""
    yield from _VALUE.findall(canonical)


def is_telling(value: str) -> bool:
    """Whether a value can stand for a fact by itself: a "2" stands on any page."""
    return value.startswith("d=") or float(value[2:]) >= SMALL or float(value[2:]) % 1 != 0


def holds(value: str, found: Iterable[str]) -> bool:
    """Whether a value is among those of a page. A date without a year is any of that day, a year alone any in it."""
    return any(_same(value, other) for other in found)


def _same(ours: str, theirs: str) -> bool:
    if ours == theirs:
        return True
    if not theirs.startswith("d="):
        return False
    year, month, day = theirs[2:].split("-")
    if ours.startswith("n="):
        return ours[2:] == year
    our_year, our_month, our_day = ours[2:].split("-")
    return our_month == month and our_day in (day, "x") and our_year in (year, "x")


def _date(year: str | None, month: int, day: str | None) -> str | None:
    """With x for what is not said; None when there is no such day."""
    try:
        date(int(year or 2024), month, int(day or 1))  # 2024 has a 29 February
    except ValueError:
        return None
    return f"d={year or 'x'}-{month}-{int(day) if day else 'x'}"


def _number(figures: str) -> str:
    first, *rest = re.split(f"[{_SEPARATORS}]", figures)
    if not rest or (all(len(part) == 3 for part in rest) and not first.startswith("0")):
        return _value(float(first + "".join(rest)))
    return _value(float("".join([first, *rest[:-1]]) + "." + rest[-1]))


def _value(number: float) -> str:
    return f"n={number:.4f}".rstrip("0").rstrip(".")
