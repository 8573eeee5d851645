"""Patterns of words (bot/content/patterns.py) matched in tokens, with the tokens that each part stands on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from bot.content.patterns import GAP, Begin, Choice, End, Gap, Part, Slot, Thing, parse
from bot.matching import fold
from bot.recognisers.limits.amounts import Amounts
from bot.recognisers.tokens import ENDS, Token

T = TypeVar("T")


class Matched(NamedTuple):
    """`places`: the tokens that a pattern stands on, without those of a gap. `amount`: of its slot, when it has one."""

    places: tuple[int, ...]
    amount: int | str | None = None

    def with_(self, places: Sequence[int], amount: int | str | None = None) -> "Matched":
        return Matched((*places, *self.places), self.amount if amount is None else amount)


EMPTY = Matched(())


@dataclass(frozen=True, slots=True)
class Said:
    """A text to match in. `amounts` reads what stands in a slot."""

    tokens: Sequence[Token]
    words: frozenset[str]
    stops: frozenset[int]  # places that a gap never reaches over
    amounts: Amounts

    def asks(self, place: int) -> bool:
        """Whether the sentence around a place ends with a question mark."""
        return next((token.word for token in self.tokens[place:] if token.word in ENDS), "") == "?"


class Pattern:
    """A pattern, matched from a place on. One with a thing in it is matched around the place where the thing stands."""

    def __init__(self, pattern: str) -> None:
        parts = parse(fold(pattern))
        thing = next((at for at, part in enumerate(parts) if isinstance(part, Thing)), None)
        self._before = () if thing is None else tuple(reversed(parts[:thing]))
        self._behind = parts if thing is None else parts[thing + 1 :]
        # One of each of these must be somewhere in a text: looked at first, because it rules out nearly all.
        self.needed = tuple(
            frozenset(part.words)
            for part in parts
            if isinstance(part, Choice) and not part.optional and not part.beginnings
        )

    @property
    def first(self) -> tuple[Part, ...]:
        """The parts with which it may begin: all optional ones, and the first that must be there."""
        must = next(
            (at for at, part in enumerate(self._behind) if not (isinstance(part, Choice) and part.optional)),
            len(self._behind),
        )
        return self._behind[: must + 1]

    def may_be_in(self, said: Said) -> bool:
        """Whether all words that it needs are in a text, wherever."""
        return not any(map(said.words.isdisjoint, self.needed))

    def at(self, said: Said, place: int) -> Matched | None:
        """What it stands on when it begins at a place."""
        return _forwards(self._behind, said, place)

    def around(self, said: Said, first: int, behind: int) -> Matched | None:
        """What it stands on, the thing aside, when its thing stands at tokens[first:behind]."""
        before = _backwards(self._before, said, first) if self.may_be_in(said) else None
        if before is None:
            return None
        after = _forwards(self._behind, said, behind)
        return None if after is None else after.with_(before.places, before.amount)


def _forwards(parts: Sequence[Part], said: Said, place: int) -> Matched | None:
    if not parts:
        return EMPTY
    part, rest = parts[0], parts[1:]
    tokens = said.tokens
    match part:
        case Choice():
            if place < len(tokens) and _is_one(part, tokens[place].word):
                hit = _forwards(rest, said, place + 1)
                if hit is not None:
                    return hit.with_((place,))
            return _forwards(rest, said, place) if part.optional else None
        case Gap():
            return _over_gap(lambda here: _forwards(rest, said, here), said, place, 1)
        case End(asks=True):
            return _forwards(rest, said, place) if said.asks(place) else None
        case Begin() | End():
            edge = place - 1 if isinstance(part, Begin) else place
            return _forwards(rest, said, place) if _is_edge(tokens, edge) else None
        case Slot(name):
            found = said.amounts.at(name, place)
            hit = _forwards(rest, said, found.behind) if found else None
            return hit.with_(range(place, found.behind), found.value) if hit is not None and found else None
        case Thing():
            raise AssertionError("a pattern has one thing, and is cut there")


def _is_edge(tokens: Sequence[Token], place: int) -> bool:
    """Whether a sentence has ended, or did not begin, at a place."""
    return not 0 <= place < len(tokens) or tokens[place].word in ENDS


def _backwards(parts: Sequence[Part], said: Said, place: int) -> Matched | None:
    """The same for parts in reverse, the last of which stands right before a place."""
    if not parts:
        return EMPTY
    part, rest = parts[0], parts[1:]
    match part:
        case Choice():
            if place > 0 and _is_one(part, said.tokens[place - 1].word):
                hit = _backwards(rest, said, place - 1)
                if hit is not None:
                    return Matched((*hit.places, place - 1), hit.amount)
            return _backwards(rest, said, place) if part.optional else None
        case Gap():
            return _over_gap(lambda here: _backwards(rest, said, here), said, place, -1)
        case _:
            return None  # an end or an amount stands behind a thing, if anywhere


def _over_gap(match: Callable[[int], T | None], said: Said, place: int, step: int) -> T | None:
    """The first match over as few words as possible; a gap never reaches over a stop."""
    here = place
    for _ in range(GAP + 1):
        if (hit := match(here)) is not None:
            return hit
        passed = here if step > 0 else here - 1
        while 0 <= passed < len(said.tokens) and passed not in said.stops and said.tokens[passed].word == ",":
            passed += step  # a comma that is no stop counts for nothing
            here += step
        if not 0 <= passed < len(said.tokens) or passed in said.stops:
            return None
        here += step
    return None


def _is_one(part: Choice, word: str) -> bool:
    return word in part.words or any(map(word.startswith, part.beginnings))
