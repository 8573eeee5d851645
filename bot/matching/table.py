"""The word table: what 99,000 Dutch and English words mean, as numbers, and how common they are.

`scripts/build_word_table.py` makes `words.npz`; NOTICE names its sources and licences. Without the file nothing fails:
the table is empty, every word is unknown to it, and only letters are compared.
"""

from bisect import bisect_left
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

FILE = Path(__file__).with_name("words.npz")

AFTER_ALL_LETTERS = "\x7f"  # the words are ASCII

ALIKE = 0.8  # "verpleegkundiche" → verpleegkundige is 0.94
SHORTEST_MENDED = 7  # letters; a shorter word has too many neighbours with another meaning ("lasser" → passer is 0.83)


class WordTable:
    """Words in alphabetical order; a row is a position in it, -1 is a word that the table does not have."""

    def __init__(self, spelled: list[str], commonness: NDArray[np.uint8], vectors: NDArray[np.int8]) -> None:
        self._spelled = spelled
        self._commonness = commonness
        self._vectors = vectors

    @property
    def size(self) -> int:
        """Numbers a word."""
        return int(self._vectors.shape[1])

    def row(self, word: str) -> int:
        place = bisect_left(self._spelled, word)
        return place if place < len(self._spelled) and self._spelled[place] == word else -1

    def zipf(self, row: int) -> float:
        """How common a word is: the logarithm of its count in a billion words; 0 for an unknown word."""
        return self._commonness[row] / 25.0 if row >= 0 else 0.0

    def vectors(self, rows: list[int]) -> NDArray[np.float32]:
        """The meaning of words: (rows, numbers), each of length 1."""
        found = self._vectors[rows].astype(np.float32)
        return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1.0), np.float32)

    def nearest(self, word: str) -> int:
        """The row of the word that is spelled most alike, among those with the same first two letters."""
        if len(word) < SHORTEST_MENDED:
            return -1
        first = bisect_left(self._spelled, word[:2])
        last = bisect_left(self._spelled, word[:2] + AFTER_ALL_LETTERS)
        near = self._spelled[first:last]
        found = process.extractOne(word, near, scorer=OSA.normalized_similarity, score_cutoff=ALIKE)
        return first + found[2] if found else -1


EMPTY = WordTable([], np.zeros(0, np.uint8), np.zeros((0, 0), np.int8))


@cache
def word_table() -> WordTable:
    """The table of the package, read when it is first needed (some 0.2 s and 20 MB)."""
    if not FILE.exists():
        return EMPTY
    with np.load(FILE) as data:
        return WordTable(data["words"].tobytes().decode().split("\n"), data["commonness"], data["vectors"])
