"""Texts as vectors (points): the nearer two points, the more alike their words, their letters and what they mean.

A point has three parts of fixed shares. Words and pieces of words are sparse, weighted by rarity; the meaning is the
sum of the word table's vectors, weighted alike. So the likeness of two texts is a weighted sum of three cosines.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.matching.inverted_index import Doubles, Entries, Floats, Ints, Runs
from bot.matching.normalise import BUCKETS
from bot.matching.vocabulary import Reading, Vocabulary, bucket_of, pieces_of

CHUNK = 2_000  # texts placed at a time, so that 25,000 names need no more than 60 MB


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
    def said(self) -> float:
        """How much was said: the rarities of the words, added up."""
        return sum(reading.rarity for reading in self.readings)

    @property
    def known(self) -> float:
        """How much of what was said occurs among the examples."""
        return sum(reading.rarity for reading in self.readings if reading.known)


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
        own_pieces = [pieces_of(word) for word in self.vocabulary.words]
        flat_pieces, runs = np.concatenate(own_pieces), Runs(np.array([len(own) for own in own_pieces]))
        buckets = np.array([bucket_of(word) for word in self.vocabulary.words], np.int64)
        rarity = self.vocabulary.rarities
        vectors = self.vocabulary.vectors() * rarity[:, None].astype(np.float32)

        of_words, of_pieces = [], []
        meanings = np.empty((self._count, vectors.shape[1]), np.float32)
        for start in range(0, self._count, CHUNK):
            chunk = texts[start : start + CHUNK]
            rows = np.repeat(np.arange(start, start + len(chunk)), [len(text) for text in chunk])
            numbers = np.array([self.vocabulary.number(word) for text in chunk for word in text], np.int64)
            places, counts = runs.places(numbers)
            of_words.append(Entries.merge(rows, buckets[numbers], rarity[numbers]))
            weights = np.repeat(rarity[numbers], counts)
            of_pieces.append(Entries.merge(np.repeat(rows, counts), flat_pieces[places], weights))
            _, starts = np.unique(rows, return_index=True)
            meanings[start : start + len(chunk)] = np.add.reduceat(vectors[numbers], starts, axis=0)

        texts_with = sum(np.bincount(entries.buckets, minlength=BUCKETS) for entries in of_pieces)
        self._piece_rarity = (np.log((1 + self._count) / (1 + texts_with)) + 0.1).astype(np.float32)
        shares = self._shares
        parts = [entries.scaled(shares.words, self._count) for entries in of_words]
        while of_pieces:  # each chunk makes room for the next
            parts.append(of_pieces.pop().weighted(self._piece_rarity).scaled(shares.pieces, self._count))
        entries = Entries.join(parts)
        meanings /= np.maximum(np.linalg.norm(meanings, axis=1, keepdims=True), 1e-6)
        self._centre = meanings.mean(axis=0)
        self._put_in_the_centre(meanings)
        return entries, meanings

    def _put_in_the_centre(self, meanings: Floats) -> None:
        """Leave, in place, what texts mean beside what all of them mean: every question of a bank is about money."""
        silent = ~meanings.any(axis=1)
        meanings -= self._centre
        meanings[silent] = 0.0
        lengths = np.linalg.norm(meanings, axis=1, keepdims=True)
        meanings *= np.sqrt(self._shares.meaning) / np.maximum(lengths, 1e-6)

    # -------------------------------------------------------------- a question
    def place(self, asked: Sequence[str], *, as_meant: bool = False) -> Point:
        """A text that may have words that no example has.

        `as_meant`: a misspelt word has the letters of what it was meant to be. That finds 0.04 more of the questions
        with errors, and 0.01 less of the names: a word that no name has is often a name that we do not know.
        """
        readings = self.vocabulary.read(asked)
        rarity = np.array([reading.rarity for reading in readings], np.float64)

        meant = [(place, bucket_of(word)) for place, reading in enumerate(readings) for word in reading.meant]
        word_owners, word_buckets = np.array(meant, np.int64).reshape(-1, 2).T
        own = [
            np.concatenate([pieces_of(each) for each in (reading.meant if as_meant and reading.known else (word,))])
            for word, reading in zip(asked, readings, strict=True)
        ]
        piece_owners = np.repeat(np.arange(len(own)), [len(pieces) for pieces in own])
        piece_buckets = np.concatenate(own)
        piece_weights = rarity[piece_owners] * self._piece_rarity[piece_buckets].astype(np.float64)

        rows = [row for reading in readings for row in reading.rows]
        meaning_owners = np.repeat(np.arange(len(readings)), [len(reading.rows) for reading in readings])
        factors = [reading.rarity / np.sqrt(len(reading.rows)) for reading in readings for _ in reading.rows]
        meanings = self.vocabulary.table.vectors(rows) * np.array(factors, np.float32).reshape(-1, 1)
        whole = meanings.sum(axis=0, keepdims=True)
        length = np.float32(max(float(np.linalg.norm(whole)), 1e-6))
        whole /= length
        self._put_in_the_centre(whole)
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
            meaning=whole[0],
        )


def _scaled(buckets: Ints, weights: Doubles, share: float) -> Doubles:
    """As `Entries.scaled`, for one text whose buckets are not merged: each keeps its owner."""
    _, place = np.unique(buckets, return_inverse=True)
    length = np.sqrt((np.bincount(place, weights) ** 2).sum())
    return np.asarray(weights * (np.sqrt(share) / max(float(length), 1e-9)))
