"""What says which part some words are: the words, their letters, their neighbours, and what they mean."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from bot.matching.inverted_index import Doubles, Runs
from bot.matching.sparse import Features, Floats, Ints, Places, hashed, together
from bot.matching.word_vectors import word_table

MARK = 0.3  # the weight of what is no word, beside words that are scaled to length 1
SIZES = (3, 4, 5)  # letters
NO_ZIPF = 8.0  # more common than any word
ROWS, PIECE = (1.0, 1.0, 0.75), 0.3  # the weight of a word, of two and of three in a row; and of a piece of a word
NAMES = ("word", "pair", "three")
NOTHING: Features = together([])


def spelled(texts: Sequence[Sequence[str]], reach: int) -> tuple[Ints, Places, Doubles]:
    """Of each text its words with their letters, and up to `reach` words more in a row; all of a text of length 1.

    Gives for every feature which text has it, its bucket, and how much of it.
    """
    words = [word for text in texts for word in text]
    owners = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    # Most words stand in many texts: each is looked at once.
    numbers = {word: number for number, word in enumerate(dict.fromkeys(words))}
    of_words = [of_word(word) for word in numbers]
    buckets, amounts = together(of_words)
    runs = Runs(np.array([len(own) for own, _ in of_words], np.int64))
    places, counts = runs.places(np.array([numbers[word] for word in words], np.int64))
    found = [(np.repeat(owners, counts), buckets[places], amounts[places])]
    for more in range(1, reach + 1):
        same = owners[more:] == owners[:-more]
        rows = rows_of(words, more)[same]
        found.append((owners[more:][same], rows, np.full(len(rows), ROWS[more], np.float32)))
    having, buckets, amounts = (np.concatenate(each) for each in zip(*found, strict=True))
    lengths = np.sqrt(np.bincount(having, amounts**2, len(texts)))
    return having, buckets, np.asarray(amounts / lengths[having], np.float64)


def rows_of(words: Sequence[str], more: int) -> Places:
    """Each word with so many before it, from the first that has them."""
    return hashed([" ".join([NAMES[more], *words[end - more : end + 1]]) for end in range(more, len(words))])[0]


def each_row_of(words: Sequence[str], more: int) -> list[Features]:
    """The same of every word, with how much of it; nothing for a word that has fewer before it."""
    amount = np.full(1, ROWS[more], np.float32)
    rows = rows_of(words, more)
    return [NOTHING] * min(more, len(words)) + [(rows[place : place + 1], amount) for place in range(len(rows))]


def named(words: Sequence[str]) -> Iterator[tuple[str, Features]]:
    """All of them by name."""
    for word in words:
        yield from ((name, hashed([name], value)) for name, value in _names(word))
    for more in (1, 2):
        for end, row in enumerate(each_row_of(words, more)[more:], more):
            yield " ".join(words[end - more : end + 1]), row


@lru_cache(maxsize=8192)
def of_word(word: str) -> Features:
    """A word with its letters."""
    names, values = zip(*_names(word), strict=True)
    return hashed(names)[0], np.array(values, np.float32)


def _names(word: str) -> Iterator[tuple[str, float]]:
    yield f"{NAMES[0]} {word}", ROWS[0]
    marked = f" {word} "
    yield from ((marked[start : start + size], PIECE) for size in SIZES for start in range(len(marked) - size + 1))


def meaning_of(words: Sequence[str]) -> Floats:
    """What some words mean together, of length 1: the sum of their vectors, the rarer the heavier."""
    return np.asarray(meanings_of([words])[0])


def meanings_of(texts: Sequence[Sequence[str]]) -> Floats:
    """(texts, numbers): the same of several."""
    words = [word for text in texts for word in text]
    numbers = {word: number for number, word in enumerate(dict.fromkeys(words))}
    total = np.zeros((len(texts), word_table().size), np.float32)
    if words:
        vectors = np.array([vector_of(word) for word in numbers])
        sizes = np.array([len(text) for text in texts])
        starts = (np.cumsum(sizes) - sizes)[sizes > 0]
        total[sizes > 0] = np.add.reduceat(vectors[[numbers[word] for word in words]], starts)
    lengths = np.linalg.norm(total, axis=1, keepdims=True)
    return np.asarray(total / np.where(lengths, lengths, 1.0), np.float32)


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
