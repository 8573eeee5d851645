"""How well somebody says that they speak a language: "my English is good", "beetje Nederlands en vloeiend Pools"."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.matching import either, fold
from bot.recognisers.tokens import tokens_of

DENIED_WITHIN = 2  # words before a measure: "niet zo vloeiend"


@dataclass(frozen=True, slots=True)
class SpokenLanguage:
    """`words`: the clause in which it is named. `level`: how well they speak it; None when that is not said."""

    language: str  # ISO 639
    words: str
    level: str | None


class SpokenLanguages:
    """Finds a language and a measure of it in one clause."""

    def __init__(
        self,
        names: Iterable[tuple[str, str]],
        measures: Iterable[tuple[str, str]],
        joiners: tuple[str, ...],
        denials: frozenset[str],
    ) -> None:
        """`names`: what a language is called, and its code. `measures`: words for how well, and the level.

        `joiners`: with which another clause begins. `denials`: words that take a measure back.
        """
        self._names = {fold(name): code for name, code in names}
        levels = {_words(said): level for said, level in measures}
        # "Geen Nederlands" is an answer, and no measure.
        self._measures: Mapping[tuple[str, ...], str] = {
            said: level for said, level in levels.items() if said and self._names.keys().isdisjoint(said)
        }
        self._longest = max(map(len, self._measures), default=0)
        self._between = re.compile(rf"[.,;:!?()/&+\n]|\b(?:{either(joiners)})\b", re.IGNORECASE)
        self._denials = denials

    def find(self, text: str) -> Iterator[SpokenLanguage]:
        """The languages that are named, each with its clause."""
        for clause in self._between.split(text):
            said = _words(clause)
            for code in dict.fromkeys(self._names[word] for word in said if word in self._names):
                yield SpokenLanguage(code, clause, self._level(said))

    def _level(self, said: tuple[str, ...]) -> str | None:
        """The level by the longest measure in it: "niet zo goed" says less than "goed"."""
        for size in range(self._longest, 0, -1):
            for place in range(len(said) - size + 1):
                level = self._measures.get(said[place : place + size])
                if level is not None:
                    before = said[max(0, place - DENIED_WITHIN) : place]
                    return level if self._denials.isdisjoint(before) else None
        return None


def language_names(codes: Iterable[str], spoken: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What languages are called in those that are `spoken`, each with its code: from the CLDR, by way of Babel."""
    # Needed while the content is compiled, and in no turn.
    from babel import Locale

    named = [Locale.parse(code).languages for code in spoken]
    yield from ((names[code], code) for code in codes for names in named if code in names)


def _words(text: str) -> tuple[str, ...]:
    return tuple(token.word for token in tokens_of(text) if token.is_word or token.is_number)
