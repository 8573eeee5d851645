"""Somebody who asks for a person in their own words: "kan ik iemand spreken", "dit is onzin, ik wil een mens"."""

import re
from collections.abc import Iterable

from bot.content.language import HumanWords, Language
from bot.matching import either, fold
from bot.recognisers.patterns import Patterns, normalise

_SIGNS = r"[.,;:!?]+"


class HumanRequests:
    """Built once over the words of languages. Each is read by itself: "want" joins in Dutch, and asks in English."""

    def __init__(self, languages: Iterable[Language]) -> None:
        self._each = [_Request(one.human) for one in languages if one.human != HumanWords()]

    def are_in(self, text: str) -> bool:
        """Say whether a text asks to speak to a person, with or without a reason before it."""
        return any(one.is_in(text) for one in self._each)


class _Request:
    def __init__(self, words: HumanWords) -> None:
        asked = (way.replace("{thing}", person) for way in words.asked for person in words.people)
        self._patterns = Patterns(
            (
                *((pattern, "asked") for pattern in (*asked, *words.said)),
                *((pattern, "unless") for pattern in words.unless),
                *((pattern, "surely") for pattern in words.surely),
            )
        )
        self._clauses = re.compile(rf"{_SIGNS}|\b(?:{either(words.clauses)})\b")

    def is_in(self, text: str) -> bool:
        # "Ik wil geen adviseur spreken" is none; and a question about the talk is one for the FAQ.
        # What joins two clauses may stand inside one: "doe maar een mens".
        said = fold(text)
        found = (self._patterns.find(normalise(clause)) for clause in (*self._clauses.split(said), said))
        return any("surely" in one or ("asked" in one and "unless" not in one) for one in found)
