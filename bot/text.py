"""Words for people, in every language the bot speaks."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

LANGUAGES = ("nl", "en")


def language_of(code: str | None) -> str:
    """The language to speak to someone of whom we know what their device is set to ("nl-BE"), or not even that."""
    return "nl" if code is None or code.casefold().startswith("nl") else "en"


MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december".split(),
    "en": "January February March April May June July August September October November December".split(),
}

_PLACEHOLDER = re.compile(r"\{([a-z_][a-z0-9_]*)\}")


@dataclass(frozen=True, slots=True)
class Text:
    """One message in Dutch and in English. `text["en"]` is the English; an unknown language reads the Dutch."""

    nl: str
    en: str

    def __getitem__(self, language: str) -> str:
        return self.en if language == "en" else self.nl


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


def say_date(day: date | str, language: str) -> str:
    """A day as people write it: "21 november 2026"; a partial date ("2024-04") is said as far as it is known."""
    parts = [int(part) for part in (day if isinstance(day, str) else day.isoformat()).split("-")]
    names = MONTHS["en" if language == "en" else "nl"]
    match parts:
        case [year]:
            return str(year)
        case [year, month]:
            return f"{names[month - 1]} {year}"
        case [year, month, number]:
            return f"{number} {names[month - 1]} {year}"
        case _:
            raise ValueError(f"not a date: {day!r}")


def say_euros(amount: float, language: str) -> str:
    """An amount as people write it: "€ 1.000", "€ 2.530,50"; in English "€1,000"."""
    whole = f"{amount:,.2f}".removesuffix(".00")
    return f"€{whole}" if language == "en" else "€ " + whole.translate(str.maketrans(",.", ".,"))


_NOTE = re.compile(r"\s*\([^()]*\)")


def without_notes(name: str) -> str:
    """A name without what an editor added between parentheses: "MaakJeStap (platform)" is "MaakJeStap"."""
    return _NOTE.sub("", name).strip() or name


def shorten(text: str, most: int) -> str:
    """`text` in at most `most` letters, cut behind a word."""
    if len(text) <= most:
        return text
    head, _, _ = text[:most].rpartition(" ")
    return (head or text[: most - 1]).rstrip(" ,:;/-") + "…"


def say_list(items: list[str], language: str, last: str | None = None) -> str:
    """Items in a sentence: "a, b en c". `last` replaces the last joining word ("of")."""
    if len(items) < 2:
        return "".join(items)
    joint = last or ("and" if language == "en" else "en")
    return f"{', '.join(items[:-1])} {joint} {items[-1]}"
