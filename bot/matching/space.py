"""Texts as points: the nearer two points, the more alike their words, their letters and what they mean.

A point has three parts of fixed shares. Words and pieces of words are sparse, weighted by rarity; the meaning is the
sum of the word table's vectors, weighted alike. So the likeness of two texts is a weighted sum of three cosines.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.matching.postings import Doubles, Entries, Floats, Ints, gather
from bot.matching.text import BUCKETS
from bot.matching.vocabulary import Reading, Vocabulary, bucket_of, pieces_of


@dataclass(frozen=True, slots=True)
class Shares:
    words: float
    pieces: float
    meaning: float

    def without_meaning(self) -> "Shares":
        lexical = self.words + self.pieces
        return Shares(self.words / lexical, self.pieces / lexical, 0.0)


@dataclass(frozen=True, slots=True)
class Point:
    """One text. What it is made of names its owner, the place of the word that it comes from."""

    words: tuple[str, ...]
    readings: tuple[Reading, ...]
    owners: Ints
    buckets: Ints
    weights: Doubles
    meaning_owners: Ints
    meanings: Floats  # (rows of the table, numbers)
    meaning: Floats  # (numbers,), of length √share

    @property
    def known(self) -> float:
        """0..1: how much of what was said, by rarity, occurs among the examples."""
        said = sum(reading.rarity for reading in self.readings)
        return sum(reading.rarity for reading in self.readings if reading.known) / said if said else 0.0


class Space:
    """What the examples say about words, and where that puts a text.

    Every text has at least one word, and there is at least one example.
    """

    def __init__(self, texts: Sequence[Sequence[str]], shares: Shares, *, meaning: bool) -> None:
        self.vocabulary = Vocabulary(texts, meaning=meaning)
        self._shares = shares if self.vocabulary.table.size else shares.without_meaning()
        self._count = len(texts)
        self._piece_rarity: Floats = np.zeros(BUCKETS, np.float32)
        self._centre: Floats = np.zeros(self.vocabulary.table.size, np.float32)

    # -------------------------------------------------------------- the examples
    def place_examples(self, texts: Sequence[Sequence[str]]) -> tuple[Entries, Floats]:
        """Learn from the examples; give their sparse parts, and their meanings (texts, numbers)."""
        rows = np.repeat(np.arange(self._count), [len(text) for text in texts])
        numbers = np.array([self.vocabulary.number(word) for text in texts for word in text], np.int64)
        rarity = self.vocabulary.rarities
        buckets = np.array([bucket_of(word) for word in self.vocabulary.words], np.int64)
        of_words = Entries(rows, buckets[numbers], rarity[numbers]).merged()
        of_pieces = self._place_pieces(rows, numbers, rarity[numbers])
        entries = of_words.scaled(self._shares.words, self._count).joined(
            of_pieces.scaled(self._shares.pieces, self._count)
        )
        return entries, self._place_meanings(rows, numbers, rarity)

    def _place_pieces(self, rows: Ints, numbers: Ints, rarity: Doubles) -> Entries:
        own = [pieces_of(word) for word in self.vocabulary.words]
        lengths = np.array([len(pieces) for pieces in own])
        counts = lengths[numbers]
        places = gather((np.cumsum(lengths) - lengths)[numbers], counts)
        found = Entries(np.repeat(rows, counts), np.concatenate(own)[places], np.repeat(rarity, counts)).merged()
        texts_with = np.bincount(found.buckets, minlength=BUCKETS)
        self._piece_rarity = (np.log((1 + self._count) / (1 + texts_with)) + 0.1).astype(np.float32)
        return Entries(found.rows, found.buckets, found.weights * self._piece_rarity[found.buckets])

    def _place_meanings(self, rows: Ints, numbers: Ints, rarity: Doubles) -> Floats:
        vectors = self.vocabulary.vectors() * rarity[:, None].astype(np.float32)
        _, starts = np.unique(rows, return_index=True)
        total = np.add.reduceat(vectors[numbers], starts, axis=0)
        total /= np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-6)
        self._centre = total.mean(axis=0)
        return self._centred(total)

    def _centred(self, meanings: Floats) -> Floats:
        """What texts mean beside what all of them mean: every question of a bank is about money."""
        centred = np.where(meanings.any(axis=1, keepdims=True), meanings - self._centre, np.float32(0.0))
        lengths = np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-6)
        return np.asarray(centred * (np.sqrt(self._shares.meaning) / lengths), np.float32)

    # -------------------------------------------------------------- a question
    def place(self, asked: Sequence[str]) -> Point:
        """A text that may have words that no example has."""
        readings = self.vocabulary.read(asked)
        rarity = np.array([reading.rarity for reading in readings], np.float64)

        meant = [(place, bucket_of(word)) for place, reading in enumerate(readings) for word in reading.meant]
        word_owners, word_buckets = np.array(meant, np.int64).reshape(-1, 2).T
        own = [pieces_of(word) for word in asked]
        piece_owners = np.repeat(np.arange(len(own)), [len(pieces) for pieces in own])
        piece_buckets = np.concatenate(own)
        piece_weights = rarity[piece_owners] * self._piece_rarity[piece_buckets].astype(np.float64)

        rows = [row for reading in readings for row in reading.rows]
        meaning_owners = np.repeat(np.arange(len(readings)), [len(reading.rows) for reading in readings])
        factors = [reading.rarity / np.sqrt(len(reading.rows)) for reading in readings for _ in reading.rows]
        meanings = self.vocabulary.table.vectors(rows) * np.array(factors, np.float32).reshape(-1, 1)
        total = meanings.sum(axis=0, keepdims=True)
        length = np.float32(max(float(np.linalg.norm(total)), 1e-6))
        return Point(
            words=tuple(asked),
            readings=tuple(readings),
            owners=np.concatenate([word_owners, piece_owners]),
            buckets=np.concatenate([word_buckets, piece_buckets]),
            weights=np.concatenate(
                [
                    _scaled(word_buckets, rarity[word_owners], self._shares.words),
                    _scaled(piece_buckets, piece_weights, self._shares.pieces),
                ]
            ),
            meaning_owners=meaning_owners,
            meanings=meanings / length,
            meaning=self._centred(total / length)[0],
        )


def _scaled(buckets: Ints, weights: Doubles, share: float) -> Doubles:
    """As `Entries.scaled`, for one text whose buckets are not merged: each keeps its owner."""
    _, place = np.unique(buckets, return_inverse=True)
    length = np.sqrt((np.bincount(place, weights) ** 2).sum())
    return np.asarray(weights * (np.sqrt(share) / max(float(length), 1e-9)))
