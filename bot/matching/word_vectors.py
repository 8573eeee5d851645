"""The word table: what 99,000 Dutch and English words mean, as numbers, and how common they are.

`scripts/build_word_table.py` makes `words.npy`; NOTICE names its sources and licences. Without the file nothing fails:
the table is empty, every word is unknown to it, and only letters are compared. The file is mapped and not read: of its
15 MB, memory holds what was looked up.
"""

from bisect import bisect_left
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

FILE = Path(__file__).with_name("words.npy")

AFTER_ALL_LETTERS = b"\x7f"  # the words are ASCII

ALIKE = 0.8  # "verpleegkundiche" → verpleegkundige is 0.94
SHORTEST_CORRECTED = (
    7  # characters; a shorter word has too many neighbours with another meaning ("lasser" → passer is 0.83)
)


def row_type(numbers: int) -> np.dtype[np.void]:
    """A word as the file has it: its letters, how common it is (Zipf x 25), and what it means."""
    return np.dtype([("word", "S32"), ("commonness", np.uint8), ("vector", np.int8, (numbers,))])


class WordTable:
    """Words in alphabetical order; a row is a position in it, -1 is a word that the table does not have."""

    def __init__(self, rows: NDArray[np.void]) -> None:
        self._words = rows["word"]
        self._commonness = rows["commonness"]
        self._vectors = rows["vector"]

    @property
    def size(self) -> int:
        """Numbers a word."""
        return int(self._vectors.shape[1])

    def row(self, word: str) -> int:
        wanted = word.encode()
        place = bisect_left(self._words, wanted)
        return place if place < len(self._words) and self._words[place] == wanted else -1

    def zipf(self, row: int) -> float:
        """How common a word is: the logarithm of its count in a billion words; 0 for an unknown word."""
        return float(self._commonness[row]) / 25.0 if row >= 0 else 0.0

    def vectors(self, rows: list[int]) -> NDArray[np.float32]:
        """The meaning of words: (rows, numbers), each of length 1."""
        found = self._vectors[rows].astype(np.float32)
        return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1.0), np.float32)

    def nearest(self, word: str) -> int:
        """The row of the word that is spelled most alike, among those with the same first two letters."""
        if len(word) < SHORTEST_CORRECTED:
            return -1
        start = word[:2].encode()
        first = bisect_left(self._words, start)
        last = bisect_left(self._words, start + AFTER_ALL_LETTERS)
        near = [each.decode() for each in self._words[first:last].tolist()]
        found = process.extractOne(word, near, scorer=OSA.normalized_similarity, score_cutoff=ALIKE)
        return first + found[2] if found else -1


EMPTY = WordTable(np.zeros(0, row_type(0)))


@cache
def word_table() -> WordTable:
    """The table of the package, mapped when it is first needed."""
    # As a plain array over the mapped bytes: looking something up in a `memmap` takes five times as long.
    return WordTable(np.asarray(np.load(FILE, mmap_mode="r"))) if FILE.exists() else EMPTY
