"""Words for people, in every language that the content speaks."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import localcontext
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from babel import Locale

NOTHING_ELSE = ""
"""The language of words that are the same in every language: a name, an amount in figures."""

DIGITS = 330
"""More than the largest float has. Decimals have 28, and raise an error at 23 digits that somebody typed."""

_PLACEHOLDER = re.compile(r"\{([a-z_][a-z0-9_]*)\}")


@dataclass(frozen=True, slots=True, init=False)
class Text:
    """Words by language: `Text(nl="ja", en="yes")["en"]` is "yes".

    The first language is the fallback: a language that is not there reads that.
    """

    words: tuple[tuple[str, str], ...]  # language and what is said in it; hashable, so no dict

    def __init__(self, words: Mapping[str, str] | None = None, /, **more: str) -> None:
        said = tuple({**(words or {}), **more}.items())
        assert said, "a text has at least one language"
        object.__setattr__(self, "words", said)

    @classmethod
    def same(cls, words: str) -> "Text":
        """Words that are the same in every language."""
        return cls({NOTHING_ELSE: words})

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it is written in, the fallback first; none when it is the same in all."""
        return tuple(language for language, _ in self.words if language != NOTHING_ELSE)

    @property
    def fallback(self) -> str:
        """What it says in its first language."""
        return self.words[0][1]

    def __getitem__(self, language: str) -> str:
        for one, said in self.words:
            if one == language:
                return said
        return self.fallback

    def __iter__(self) -> Iterator[str]:
        """What it says, in each of its languages."""
        return (said for _, said in self.words)


def in_each(texts: Iterable[Text], say: Callable[[str], str]) -> Text:
    """A text made of others: `say` gives it in one language, for each language that these have."""
    languages = dict.fromkeys(language for text in texts for language in text.languages)
    return Text({language: say(language) for language in languages or (NOTHING_ELSE,)})


def language_of(code: str | None, spoken: Sequence[str]) -> str:
    """The language to speak to someone of whom we know what their device is set to ("nl-BE"), or not even that.

    `spoken`: the languages of the content, the fallback first. Who has a language that we do not speak more often
    reads English than what is spoken here.
    """
    if code is None:
        return spoken[0]
    wanted = code.casefold().partition("-")[0].partition("_")[0]
    return wanted if wanted in spoken else "en" if "en" in spoken else spoken[0]


def count_words(said: Text | str) -> int:
    """How many words one has to read, in the language that needs most of them; an address counts as one."""
    return max(len(one.split()) for one in ([said] if isinstance(said, str) else said))


def within(lines: Sequence[str], most: int) -> tuple[list[str], list[str]]:
    """The first of these lines that have at most `most` words together, and the rest."""
    words = 0
    for index, line in enumerate(lines):
        words += count_words(line)
        if words > most:
            return list(lines[:index]), list(lines[index:])
    return list(lines), []


def placeholders(template: str) -> frozenset[str]:
    """The names between braces in `template`: `"Vraag {number}"` has `number`."""
    return frozenset(_PLACEHOLDER.findall(template))


def fill(template: str, values: Mapping[str, object]) -> str:
    """Put `values` in the braces of `template`; a name without a value stays as it is.

    Not `str.format`: an editor's text with `{x.__class__}` must never reach an attribute. Values are put in once,
    so a brace in what a person typed stays what they typed.
    """
    return _PLACEHOLDER.sub(lambda match: str(values.get(match[1], match[0])), template)


def fill_paragraph(template: str, name: str, text: str | None) -> str:
    """Put `text` in the braces of a paragraph that is nothing else; without a text the paragraph goes."""
    return fill(template, {name: text}) if text else template.replace(f"{{{name}}}\n\n", "")


@lru_cache(maxsize=16)
def _locale(language: str) -> "Locale":
    """How dates, amounts and lists are written. English as in Europe: the day first."""
    # Imported when the first date is said: it takes a twentieth of a second, which no `--help` need wait for.
    from babel import Locale

    return Locale.parse("en_GB" if language == "en" else language)


@lru_cache(maxsize=4096)  # of each source its day is said, for every programme that is weighed
def say_date(day: date | str, language: str) -> str:
    """A day as people write it: "21 november 2026"; a partial date ("2024-04") is said as far as it is known."""
    from babel.dates import format_date, format_skeleton

    said = day if isinstance(day, str) else day.isoformat()
    match len(said):
        case 4:
            return said
        case 7:
            return str(format_skeleton("yMMMM", date.fromisoformat(f"{said}-01"), locale=_locale(language)))
        case _:
            return str(format_date(date.fromisoformat(said), "long", locale=_locale(language)))


def say_language(code: str, language: str) -> str:
    """A language of ISO 639 as people call it: "Oekraïens"; its code when that is no language."""
    return str(_locale(language).languages.get(code, code))


def month_names(language: str) -> list[str]:
    """The twelve months, as they are called in a date."""
    return [str(name) for name in _locale(language).months["format"]["wide"].values()]


def weekday_names(language: str) -> list[str]:
    """The seven days of the week, Monday first."""
    return [str(name) for _, name in sorted(_locale(language).days["format"]["wide"].items())]


@lru_cache(maxsize=4096)
def say_euros(amount: float, language: str) -> str:
    """An amount as people write it: "€ 1.000", "€ 2.530,50"; in English "€1,000"."""
    from babel.numbers import format_currency

    locale = _locale(language)
    pattern = locale.currency_formats["standard"].pattern
    if f"{amount:.2f}".endswith(".00"):
        pattern = pattern.replace(".00", "")  # cents that are nought are not said
    with localcontext(prec=DIGITS):
        said = format_currency(amount, "EUR", pattern, locale=locale, currency_digits=False)
    return said.replace("\xa0", " ").replace("\u202f", " ")


def say_number(number: float, language: str) -> str:
    """A number with the comma or the point of a language: "12,5"; without signs between the thousands."""
    from babel.numbers import format_decimal

    with localcontext(prec=DIGITS):
        return str(format_decimal(number, "0.######", locale=_locale(language)))


_NOTE = re.compile(r"\s*\([^()]*\)")


def without_notes(name: str) -> str:
    """A name without what an editor added between parentheses: "MaakJeStap (platform)" is "MaakJeStap"."""
    return _NOTE.sub("", name).strip() or name


def shorten(text: str, most: int) -> str:
    """`text` in at most `most` characters, cut behind a word."""
    if len(text) <= most:
        return text
    head, _, _ = text[:most].rpartition(" ")
    return (head or text[: most - 1]).rstrip(" ,:;/-") + "…"


def say_lines(items: Iterable[str]) -> str:
    """Items below each other, where a sentence of them would be too long to read."""
    return "\n".join(f"- {item}" for item in items)


def say_languages(codes: Sequence[str], language: str) -> str:
    """Languages by their names, any of which will do: "Nederlands of Engels"."""
    names = _locale(language).languages
    return say_list([names.get(code, code) for code in codes], language, "or")


def say_list(items: Sequence[str], language: str, style: Literal["standard", "or"] = "standard") -> str:
    """Items in a sentence: "a, b en c"; with the style "or": "a, b of c"."""
    from babel.lists import format_list

    return format_list(items, style=style, locale=_locale(language)) if items else ""
