"""A text as words, numbers and signs, each with its place in what was typed; and short phrases found among them."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.matching import fold

_TOKEN = re.compile(r"""\d(?:[\d.,]*\d)?|[^\W\d_]+(?:['’`´][^\W\d_]+)*|[^\w\s'’`´"“”„«»]|\n""")
_APOSTROPHES = re.compile(r"['’`´]")
_DRAWN_OUT = re.compile(r"(\w)\1{2,}")  # "dooood"
# How Dutch writes "ik" before a verb: "kwil", "'k ben". A way of spelling, like the folding of letters.
CONTRACTED = re.compile(r"\bk(wil|wou|ben|heb|kan|zie|weet|moet|mag|zit|sta|slaap|werk|zoek)\b")
ENDS = frozenset(".!?;:\n…")
NOTHING = (0, "")
NONE: tuple[tuple[tuple[str, ...], str], ...] = ()


class Token(NamedTuple):
    """`word`: folded and without apostrophes; a number as it was typed; or a sign. `start` and `end`: in the text."""

    word: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.word[0].isalpha()

    @property
    def is_number(self) -> bool:
        return self.word[0].isdigit()


def tokens_of(text: str) -> list[Token]:
    """The words, numbers and signs of a text, quotes aside: "30min" is two, "don't" is one, "kwil" two."""
    found: list[Token] = []
    for hit in _TOKEN.finditer(text):
        typed, (start, end) = hit.group(), hit.span()
        if not typed[0].isalpha():
            found.append(Token(typed, start, end))
            continue
        # Nearly all words are of small letters without accents: those are as they are.
        word = typed if typed.isascii() and typed.islower() else fold(typed)
        if not word.isalpha():
            word = _APOSTROPHES.sub("", word)
        if len(word) > 3:
            word = _DRAWN_OUT.sub(r"\1\1", word)
            if word[0] == "k" and (contracted := CONTRACTED.fullmatch(word)):
                found += [Token("k", start, start + 1), Token(contracted[1], start + 1, end)]
                continue
        found.append(Token(word or typed, start, end))
    return found


class TokenPhrases:
    """Phrases as people type them, found in tokens; `*` at the end of a word is any ending."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._named = NamedPhrases((phrase, phrase) for phrase in phrases)

    def at(self, tokens: Sequence[Token], place: int) -> int:
        """How many tokens the longest phrase has that begins at a place; 0 when none does."""
        return self._named.at(tokens, place)[0]

    def before(self, tokens: Sequence[Token], place: int) -> int:
        """How many tokens the longest phrase has that ends right before a place; 0 when none does."""
        return self._named.before(tokens, place)[0]

    def inside(self, tokens: Sequence[Token]) -> bool:
        return any(self.at(tokens, place) for place in range(len(tokens)))


class NamedPhrases:
    """The same, of phrases that each stand for something."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self._from: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._until: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._beginnings: list[tuple[str, str]] = []
        for phrase, name in phrases:
            split = tuple(token.word for token in tokens_of(phrase))
            if len(split) == 2 and split[1] == "*":
                self._beginnings.append((split[0], name))
            else:
                self._from.setdefault(split[0], []).append((split, name))
                self._until.setdefault(split[-1], []).append((split, name))
        for listed in (*self._from.values(), *self._until.values()):
            listed.sort(key=lambda one: -len(one[0]))

    def at(self, tokens: Sequence[Token], place: int) -> tuple[int, str]:
        """How many tokens the longest phrase has that begins at a place, and what it stands for; (0, "") for none."""
        if not 0 <= place < len(tokens):
            return NOTHING
        word = tokens[place].word
        for split, name in self._from.get(word, NONE):
            if len(split) == 1 or _are(tokens[place : place + len(split)], split):
                return len(split), name
        return self._beginning(word) if self._beginnings else NOTHING

    def before(self, tokens: Sequence[Token], place: int) -> tuple[int, str]:
        """The same of the phrase that ends right before a place."""
        if not 0 < place <= len(tokens):
            return NOTHING
        word = tokens[place - 1].word
        for split, name in self._until.get(word, NONE):
            if len(split) == 1 or _are(tokens[max(0, place - len(split)) : place], split):
                return len(split), name
        return self._beginning(word) if self._beginnings else NOTHING

    def _beginning(self, word: str) -> tuple[int, str]:
        return next(((1, name) for start, name in self._beginnings if word.startswith(start)), NOTHING)


def _are(tokens: Sequence[Token], split: tuple[str, ...]) -> bool:
    return len(split) == len(tokens) and all(one == token.word for one, token in zip(split, tokens, strict=True))
