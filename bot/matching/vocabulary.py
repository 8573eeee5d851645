"""The words of the examples: how rare they are, what they mean, and which of them a misspelt word was meant to be."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.normalise import bucket, pieces
from bot.matching.word_vectors import EMPTY, WordTable, word_table

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

# Rarity is that of the language (wordfreq's Zipf scale, where 8 is "the") as long as there are few examples: a hundred
# cannot tell that "the" says nothing. With this many examples their own rarity counts as much.
ENOUGH = 5_000
MOST_COMMON, SCALE, LEAST = 9.0, 6.0, 0.3  # "the" counts for something too: "how long" is a question of its own

# "finacieren" → financieren is 0.91. "lening" → mening would be 0.83, so a word of the table is corrected only when it
# is rare and one slip away from a word of the examples that is a hundred times as common: "gwen", "koen", "weke".
ALIKE = 0.75
SHORTEST_CORRECTED = 4
RARE = 4.0  # Zipf
FAR_MORE_COMMON = 2.0  # Zipf
SHORTEST_PART = 3  # characters of half a compound


@lru_cache(maxsize=8192)
def pieces_of(word: str) -> Ints:
    return np.array(pieces(word), np.int64)


@lru_cache(maxsize=8192)
def bucket_of(word: str) -> int:
    return bucket(f"={word}".encode())  # no piece starts with "=", so a word and a piece of the same letters differ


@dataclass(frozen=True, slots=True)
class Reading:
    """A word as it was understood: the words that it was meant to be, how rare, and their rows in the word table."""

    meant: tuple[str, ...]
    rarity: float  # 0..1
    rows: tuple[int, ...]
    known: bool  # to the examples


class Vocabulary:
    def __init__(self, texts: Sequence[Sequence[str]], *, meaning: bool) -> None:
        self._meaning = meaning
        self._count = len(texts)
        self._ids = {word: number for number, word in enumerate(dict.fromkeys(word for text in texts for word in text))}
        self.words = list(self._ids)
        texts_with = np.zeros(len(self.words), np.int64)
        for text in texts:
            texts_with[[self._ids[word] for word in set(text)]] += 1
        self._rarity = [
            self._judge(int(count), self.table.row(word)) for word, count in zip(self.words, texts_with, strict=True)
        ]
        self._rows = [self._rows_of(word) for word in self.words]

    @property
    def table(self) -> WordTable:
        # Never an attribute: an index is kept on disk, and the table has its own file.
        return word_table() if self._meaning else EMPTY

    def number(self, word: str) -> int:
        return self._ids[word]

    def rarity_of(self, word: str) -> float:
        return self._rarity[self._ids[word]]

    @property
    def rarities(self) -> NDArray[np.float64]:
        return np.array(self._rarity, np.float64)

    def _judge(self, texts_with: int, row: int) -> float:
        here = np.log((1 + self._count) / (1 + texts_with)) / np.log(1 + max(self._count, 1))
        language = np.clip((MOST_COMMON - self.table.zipf(row)) / SCALE, LEAST, 1.0)
        trust = self._count / (self._count + ENOUGH)
        return float(trust * here + (1 - trust) * language)

    # -------------------------------------------------------------- words that nobody taught
    def _is_known(self, word: str) -> bool:
        return word in self._ids or self.table.row(word) >= 0

    def _halves(self, word: str) -> tuple[str, ...]:
        """The two known words that `word` is made of, the most even pair; a linking s belongs to neither."""
        best: tuple[str, ...] = ()
        for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
            left, right = word[:cut], word[cut:]
            if not self._is_known(right):
                continue
            if left.endswith("s") and len(left) > SHORTEST_PART and not self._is_known(left):
                left = left[:-1]
            if self._is_known(left) and min(len(left), len(right)) > min(map(len, best), default=0):
                best = (left, right)
        return best

    def _rows_of(self, word: str) -> tuple[int, ...]:
        """The word table's rows for a word: its own, or those of its halves, or the one that is spelled most alike."""
        row = self.table.row(word)
        if row >= 0:
            return (row,)
        if not self.table.size or len(word) < SHORTEST_CORRECTED or word.isdigit():
            return ()
        halves = (self.table.row(half) for half in self._halves(word))
        return tuple(half for half in halves if half >= 0) or tuple(
            near for near in [self.table.nearest(word)] if near >= 0
        )

    def _mend(self, word: str) -> tuple[str, ...]:
        """What an unknown word was probably meant to be: a word of the examples, or two known words in one."""
        if len(word) < SHORTEST_CORRECTED or word.isdigit():
            return (word,)
        found = process.extractOne(word, self.words, scorer=OSA.normalized_similarity, score_cutoff=ALIKE)
        return (found[0],) if found else self._halves(word) or (word,)

    def _slip(self, word: str, row: int) -> str | None:
        """The common word of the examples that a rare word of the table is one typing error away from."""
        zipf = self.table.zipf(row)
        if zipf > RARE or len(word) < SHORTEST_CORRECTED:
            return None
        near = process.extract(word, self.words, scorer=OSA.distance, score_cutoff=1, limit=None)
        found = max((found for found, _, _ in near), key=self._zipf_of, default=None)
        return found if found is not None and self._zipf_of(found) >= zipf + FAR_MORE_COMMON else None

    def _zipf_of(self, word: str) -> float:
        return self.table.zipf(self.table.row(word))

    # -------------------------------------------------------------- reading
    def _read(self, word: str) -> Reading:
        number = self._ids.get(word)
        if number is not None:
            return Reading((word,), self._rarity[number], self._rows[number], True)
        row = self.table.row(word)
        if row >= 0:
            meant = self._slip(word, row)
            return self._read(meant) if meant else Reading((word,), self._judge(0, row), (row,), False)
        mended = self._mend(word)
        if mended == (word,):
            return Reading(mended, self._judge(0, -1), self._rows_of(word), False)
        parts = [self._read(part) for part in mended]
        return Reading(
            mended,
            max(part.rarity for part in parts),
            tuple(row for part in parts for row in part.rows),
            any(part.known for part in parts),
        )

    def read(self, asked: Sequence[str]) -> list[Reading]:
        """One reading a word. Two words that the examples write as one ("zij instroom") are that one as well."""
        readings = [self._read(word) for word in asked]
        for place, (left, right) in enumerate(pairwise(asked)):
            number = self._ids.get(left + right)
            if number is not None:
                own = readings[place]
                rarity = max(own.rarity, self._rarity[number])
                rows = (*own.rows, *self._rows[number])
                readings[place] = Reading((*own.meant, left + right), rarity, rows, True)
        return readings

    def vectors(self) -> Floats:
        """(words, numbers) what each word of the examples means; zeros when the table does not say."""
        counts = [len(rows) for rows in self._rows]
        vectors = self.table.vectors([row for rows in self._rows for row in rows])
        total = np.zeros((len(self.words), self.table.size), np.float32)
        np.add.at(total, np.repeat(np.arange(len(counts)), counts), vectors)
        return np.asarray(total / np.sqrt(np.maximum(counts, 1))[:, None], np.float32)
