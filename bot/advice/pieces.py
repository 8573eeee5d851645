"""The pieces of a card's lines: which fit when there is no room for all, and how they are put in a line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.text import Text, count_words, in_each

ASKED = 1  # the rank of what an offer asks for and they have not: it comes before what is nice to know


@dataclass(frozen=True, slots=True)
class Piece:
    """`rank`: what has the lowest comes first when there is no room for all; 0 is always there."""

    text: Text
    rank: int = 0


def that_fit(pieces: Iterable[Piece], most_words: int) -> list[Piece]:
    """What must be said, and of the rest what there is room for, the weightiest first."""
    kept: list[Piece] = []
    for piece in sorted(pieces, key=lambda one: one.rank):
        if piece.rank == 0 or longest(one.text for one in (*kept, piece)) <= most_words:
            kept.append(piece)
    return kept


def longest(texts: Iterable[Text]) -> int:
    return sum(map(count_words, texts))


def listed(texts: Sequence[Text]) -> Text:
    """ "Deeltijd, 2 jaar." """
    return in_each(texts, lambda language: upper(", ".join(text[language] for text in texts)) + ".")


def upper(words: str) -> str:
    return words[:1].upper() + words[1:]
