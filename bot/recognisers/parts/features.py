"""What says which part some words are: the words, their letters, their neighbours, and what they mean."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from bot.matching.sparse import Features, Floats, hashed, together
from bot.matching.word_vectors import word_table
from bot.recognisers.parts.typed import Token

MARK = 0.3  # the weight of what is no word, beside words that are scaled to length 1
SIZES = (3, 4, 5)  # letters
NO_ZIPF = 8.0  # more common than any word
ROWS, PIECE = (1.0, 1.0, 0.75), 0.3  # the weight of a word, of two and of three in a row; and of a piece of a word


def spelled(words: Sequence[str], place: int, reach: int) -> Features:
    """A word with its letters, or with exactly `reach` words before it."""
    if reach > place:
        return together([])
    return of_word(words[place]) if reach == 0 else hashed([row_of(words, place, reach)], ROWS[reach])


def row_of(words: Sequence[str], place: int, reach: int) -> str:
    return " ".join([("word", "pair", "three")[reach], *words[place - reach : place + 1]])


def named(words: Sequence[str], place: int) -> Iterator[tuple[str, float]]:
    """The same of every reach, by name."""
    yield from ((row_of(words, place, reach), ROWS[reach]) for reach in range(min(place, 2) + 1))
    yield from ((piece, PIECE) for piece in _pieces(words[place]))


@lru_cache(maxsize=8192)
def of_word(word: str) -> Features:
    return together([hashed([row_of([word], 0, 0)], ROWS[0]), hashed(_pieces(word), PIECE)])


def _pieces(word: str) -> list[str]:
    marked = f" {word} "
    return [marked[start : start + size] for size in SIZES for start in range(len(marked) - size + 1)]


def meaning_of(typed: Sequence[Token]) -> Floats:
    """What the words mean together, of length 1: the sum of their vectors, the rarer the heavier."""
    table = word_table()
    vectors = [vector_of(token.word) for token in typed]
    total = np.sum(vectors, axis=0) if vectors else np.zeros(table.size, np.float32)
    length = float(np.linalg.norm(total))
    return np.asarray(total / length if length else total, np.float32)


@lru_cache(maxsize=8192)
def vector_of(word: str) -> Floats:
    table = word_table()
    row = table.row(word)
    row = row if row >= 0 else table.nearest(word)
    if row < 0:
        return np.zeros(table.size, np.float32)
    rarity = max(0.2, (NO_ZIPF - table.zipf(row)) / NO_ZIPF)
    return np.asarray(table.vectors([row])[0] * rarity, np.float32)


def size_of(words: int) -> str:
    return str(words) if words < 4 else "few" if words < 7 else "many" if words < 15 else "story"
