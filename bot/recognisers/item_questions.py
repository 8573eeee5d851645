"""A question about one thing that is known of a programme or a way to pay: "tot wanneer kan ik SLIM aanvragen"."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.content.knowledge import Programme, Subsidy
from bot.matching import folded
from bot.matching import words as split
from bot.matching.word_vectors import word_table
from bot.recognisers.mentions import Mentions
from bot.text import without_notes

SMALL_WORD = 6.0  # how often it occurs, by Zipf: "dat", "dan" and "het" name nothing, "opleiding" does


class Aspect(StrEnum):
    """What is asked of an item, as files of languages name it."""

    UNTIL = "until"
    AMOUNT = "amount"
    APPLY = "apply"
    DURATION = "duration"
    START = "start"
    COST = "cost"
    WHERE = "where"
    LANGUAGE = "language"
    CONTACT = "contact"
    DEMANDS = "demands"
    BODY = "body"
    DIFFERENCE = "difference"


OF_ANY_WORK = frozenset({Aspect.DEMANDS, Aspect.BODY})
"""What is asked of the work, whichever card one looks at: of several the first answers it."""


@dataclass(frozen=True, slots=True)
class ItemQuestion:
    item: str
    aspect: Aspect


class ItemQuestions:
    """`aspects`: how each is asked, in all languages together. A message that names two items asks of neither."""

    def __init__(self, items: Iterable[Programme | Subsidy], aspects: Mapping[str, tuple[str, ...]]) -> None:
        self._names = Mentions(
            (called, item.id) for item in items for name in item.names for called in {name, without_notes(name)}
        )
        phrases = ((tuple(split(phrase)), Aspect(name)) for name, said in aspects.items() for phrase in folded(said))
        self._aspects = sorted(phrases, key=lambda one: -len(one[0]))  # "tot wanneer" before "wanneer"

    def read(self, text: str) -> ItemQuestion | None:
        """What a question asks of which item; None when it names no item, several, or nothing that we know to say."""
        found = self._aspect(text)
        if found is None:
            return None
        named = self._names.read(text)
        return ItemQuestion(next(iter(named)), found[0]) if len(named) == 1 else None

    def pointing(self, text: str) -> Aspect | None:
        """What is asked of the thing that was just spoken of: "wat kost dat dan"; None when it names another."""
        found = self._aspect(text)
        if found is None:
            return None
        aspect, rest = found
        table = word_table()
        return aspect if all(table.zipf(table.row(word)) >= SMALL_WORD for word in rest) else None

    def _aspect(self, text: str) -> tuple[Aspect, list[str]] | None:
        """What is asked, and the words around that: of "hoe hoog is dat bedrag" two things say the same."""
        typed = tuple(split(text))
        there = frozenset(typed)
        told = ((one, phrase) for phrase, one in self._aspects if there.issuperset(phrase))
        said = [(one, phrase) for one, phrase in told if _stands_in(phrase, typed)]
        if not said:
            return None
        aspect = said[0][0]
        asking = {word for one, phrase in said if one is aspect for word in phrase}
        return aspect, [word for word in typed if word not in asking]


def _stands_in(phrase: tuple[str, ...], typed: tuple[str, ...]) -> bool:
    return any(typed[at : at + len(phrase)] == phrase for at in range(len(typed) - len(phrase) + 1))
