"""What sources say of a programme or a way to pay, a line a fact ("Duur: 2 jaar"), in the order of fact-words.yaml."""

import re
from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from bot.advice.filling import Day, in_words, say
from bot.content.knowledge import FactWords, Offerable, SourcedFact, Subsidy
from bot.text import Text, in_each

PARTIAL_DAY = re.compile(r"\d{4}(-\d{2}){0,2}")
READ_BY_CODE = frozenset({"status"})
"""Whether it runs decides what is offered, and its date is said as the age of the source."""


@dataclass(frozen=True, slots=True)
class SaidFact:
    name: str
    text: Text  # with the words before it


def known_facts(item: Offerable | Subsidy, words: FactWords, on: date, but: Container[str] = ()) -> list[SaidFact]:
    """Every fact of an item that can be said on a day. `but`: facts that were said already."""
    named = ((name, item.facts[name]) for name in words.facts if name in item.facts and name not in but)
    return [
        SaidFact(name, _after(words.facts[name], value))
        for name, fact in named
        if (value := said_of(fact, on, item.summary.languages)) is not None
    ]


def said_of(fact: SourcedFact, on: date, languages: tuple[str, ...]) -> Text | None:
    """What a fact says on a day; None when that cannot be said, such as a yes or no."""
    if isinstance(fact.value, str) and PARTIAL_DAY.fullmatch(fact.value):
        return say(Text(dict.fromkeys(languages, "{day}")), day=Day(fact.value))
    return in_words(fact, on, languages)


def can_be_said(name: str, fact: SourcedFact, words: FactWords) -> bool:
    """Whether there is a day on which some text tells this fact."""
    if name in READ_BY_CODE:
        return True
    if isinstance(fact.value, tuple):
        told = any(isinstance(one.value, Text) for one in fact.value)
    else:
        told = fact.value is not None and not isinstance(fact.value, bool)
    return told and name in words.facts


def _after(before: Text, value: Text) -> Text:
    return in_each([before, value], lambda language: f"{before[language]}: {value[language]}")
