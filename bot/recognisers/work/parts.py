"""A text about work split into clauses, each with its role: the present job, the wish, or what they do not want."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.content.flow import Vocabulary
from bot.content.language import WorkWords
from bot.matching import fold, folded, words
from bot.matching.normalise import LONGEST


class Role(StrEnum):
    """What a word is about."""

    PLAIN = "plain"
    NOW = "now"  # what someone does or did
    WANTED = "wanted"
    UNWANTED = "unwanted"
    ALL_BUT = "all but"  # unwanted, and everything else is welcome


REFUSED = frozenset({Role.UNWANTED, Role.ALL_BUT})


@dataclass(frozen=True, slots=True)
class Clause:
    """Words between two signs, and the role that the words before give to each."""

    words: tuple[str, ...]
    roles: tuple[Role, ...]


SIGNS = re.compile(r"[.,;:!?/()\n+&|]+")


@dataclass(frozen=True, slots=True)
class Grammar:
    """The words that say what a part of a text is about, folded, of all languages together."""

    now: frozenset[str]
    wanted: frozenset[str]
    unwanted: frozenset[str]
    refusing_pairs: frozenset[tuple[str, ...]]  # "weg uit de zorg", but "grond, weg en waterbouw"
    comparing: Mapping[str, str]  # "liever zorg dan onderwijs"
    everything: frozenset[str]
    besides: frozenset[str]
    listing: frozenset[str]
    refusing: frozenset[str]  # "de zorg liever niet", "the care sector, no thanks": what takes back the words before it
    afterthoughts: frozenset[str]
    inside: frozenset[str]  # "in", "naar": before the sector in which a job is
    articles: frozenset[str]
    fillers: frozenset[str]  # what says nothing of work
    languages: frozenset[str]
    of_languages: frozenset[str]  # what people say of how well they know a language

    @classmethod
    def of(cls, said: WorkWords) -> "Grammar":
        refusing, languages = folded(said.refusing), folded(said.languages)
        return cls(
            now=folded(said.now),
            wanted=folded(said.wanted),
            unwanted=folded(said.unwanted),
            # One word alone refuses where a part begins with it: "uit de zorg".
            refusing_pairs=frozenset(("", *pair.split())[-2:] for pair in said.refusing_pairs),
            comparing=said.comparing,
            everything=folded(said.everything),
            besides=folded(said.except_),
            listing=folded(said.listing),
            refusing=refusing,
            afterthoughts=refusing | folded(said.afterthoughts),
            inside=folded(said.inside),
            articles=folded(said.articles),
            fillers=folded(said.fillers),
            languages=languages,
            of_languages=languages | folded(said.of_languages),
        )

    @property
    def around(self) -> frozenset[str]:
        """What stands around the names of work."""
        return self.now | self.wanted | self.unwanted | self.everything | self.besides | self.fillers

    def is_about_language(self, asked: Iterable[str]) -> bool:
        """Whether words say how well someone knows a language: "ik niet goed nederlands" is no teacher of Dutch."""
        telling = set(asked) - self.around
        return bool(telling & self.languages) and telling <= self.of_languages

    def content(self, asked: Iterable[str]) -> list[str]:
        """The words that say something of work."""
        return [word for word in asked if word not in self.fillers]

    def split(self, text: str, kind: Vocabulary, correct: Callable[[str], str]) -> Iterator[Clause]:
        """The parts of a text, each word corrected and with its role."""
        role = Role.PLAIN
        pieces = [[correct(word) for word in words(piece)] for piece in SIGNS.split(fold(text[:LONGEST]))]
        for number, piece in enumerate(pieces):
            # "geen zorg, bouw of ict" refuses all three; "geen zorg, magazijn is goed" refuses one.
            goes_on = any(
                self.listing.intersection(later) for later in pieces[number:]
            ) and not self.wanted.intersection(piece)
            if role in REFUSED and not goes_on:
                role = Role.PLAIN
            roles = []
            for place, word in enumerate(piece):
                roles.append(role)
                role = (
                    self.turn(piece, place, role)
                    if kind is Vocabulary.DESIRED_WORK or word not in self.unwanted
                    else role
                )
            if piece:
                yield Clause(tuple(piece), tuple(roles))

    def turn(self, piece: Sequence[str], place: int, role: Role) -> Role:
        """The role of what follows the word at `place`."""
        word, previous = piece[place], piece[place - 1] if place else ""
        if word in self.besides and self.everything.intersection(piece[:place]):
            return Role.ALL_BUT
        if (
            word in self.unwanted
            or (previous, word) in self.refusing_pairs
            or self.comparing.get(word) in piece[:place]
        ):
            return Role.UNWANTED
        # "I don't want": the wish is part of the refusal.
        if word in self.wanted and not (role in REFUSED and (previous == "t" or previous in self.unwanted)):
            return Role.WANTED
        if word in self.now and role not in REFUSED:
            return Role.NOW
        return role

    def enters(self, asked: Sequence[str], start: int) -> bool:
        """Whether a sector that begins at `start` is led into: "omscholing naar de zorg", whatever follows."""
        article = start if asked[start] in self.articles else start - 1
        return article > 0 and asked[article] in self.articles and asked[article - 1] in self.inside | self.wanted

    def takes_back(self, after: Sequence[str]) -> bool:
        """Whether the words after a phrase refuse it: "de zorg liever niet"."""
        return bool(self.refusing.intersection(after)) and self.afterthoughts.issuperset(after)
