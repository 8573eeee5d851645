"""Typing errors in single words, corrected first: a misspelt "behalve" would turn a refusal around."""

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.word_vectors import word_table

SHORTEST = 5  # characters; a shorter word has too many neighbours
LONG = 8  # characters; from here on two errors are corrected


class Spelling:
    """The words that phrases are made of, and the words around them."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        self._mended = sorted(word for word in self._known if len(word) >= SHORTEST)

    def correct(self, word: str) -> str:
        """Give the known word that was meant, or `word` itself when it is a word or is like none.

        The first letter is nearly always right, and a word of the language ("laser") is no misspelt name ("lasser").
        """
        if len(word) < SHORTEST or word in self._known or not word.isalpha() or word_table().row(word) >= 0:
            return word
        errors = 2 if len(word) >= LONG else 1
        near = process.extract(word, self._mended, scorer=OSA.distance, score_cutoff=errors, limit=5)
        return next((other for other, _, _ in near if other[0] == word[0]), word)
