"""Limits found in a text: a thing of one kind, and a way to refuse or to need it (`knowledge/limits.yaml`)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.content.limits import SEVERAL, LimitValue
from bot.content.limits import Limits as Content
from bot.matching import fold
from bot.matching.word_vectors import word_table
from bot.recognisers.limits.amounts import Amounts, months_of
from bot.recognisers.limits.matching import Pattern, Said
from bot.recognisers.limits.signs import Hit, Role, Signs, signs_of
from bot.recognisers.numbers import Counting
from bot.recognisers.tokens import ENDS, Token, TokenPhrases, tokens_of

# "sjouwn" is one error in seven letters; a word that the table knows is meant as it stands ("tellen" is no "tillen").
SHORTEST_MISSPELT, ALIKE = 5, 0.8
JOINING = frozenset(",/-+&")
OTHERS_REACH = 5  # words before a limit within which somebody else is whose it is


@dataclass(frozen=True, slots=True)
class FoundLimit:
    """`start` and `end`: where it stands in the text. `words`: what may be kept of it, "" when nothing may.

    `value`: true, a number (minutes, kilometres), or names of values and times of the clock ("mornings,until").
    """

    kind: str
    value: LimitValue
    start: int
    end: int
    words: str


class Limits:
    """Finds limits. One that is denied, said of somebody else, or called fine is none."""

    def __init__(self, content: Content | None, counting: Counting, languages: Sequence[str]) -> None:
        self._counting, self._months = counting, months_of(languages)
        self._signs = Signs(signs_of(content.kinds) if content else ())
        ways = content.ways if content else None
        self._refusing, self._needing, self._accepting, self._waiving = (
            [Pattern(one) for listed in words.values() for one in listed]
            for words in ((ways.refusing, ways.needing, ways.accepting, ways.waiving) if ways else ({},) * 4)
        )
        self._stops, self._takes_up, self._joins, self._others, self._oneself = (
            TokenPhrases(fold(word) for listed in words.values() for word in listed)
            for words in ((ways.stops, ways.takes_up, ways.joins, ways.others, ways.oneself) if ways else ({},) * 5)
        )
        self._in_wishes = frozenset(kind.id for kind in content.kinds if kind.in_wishes) if content else frozenset()
        self._known = frozenset(word for word in self._signs.words if len(word) >= SHORTEST_MISSPELT)
        # In an order that is the same in every process: of two words as near, the first is meant.
        self._in_order = tuple(sorted(self._known))

    def find(self, text: str) -> tuple[FoundLimit, ...]:
        """The limits in a text, in the order in which they stand there; each kind once."""
        said = self._read(text)
        return tuple(_merged(text, said.tokens, hits) for _, hits in _by_kind(self._hits(said)))

    def find_lifted(self, text: str) -> tuple[str, ...]:
        """The kinds of which a text says that they are fine: "tillen kan ik gewoon". A question says so of none."""
        said = self._read(text)
        found = self._signs.find(said)
        fine = [one for one in found[Role.REFUSED] if self._is_said(self._accepting, said, one)]
        fine += [one for one in found[Role.NEEDED] if self._is_said(self._waiving, said, one)]
        return tuple(dict.fromkeys(one.sign.kind for one in fine if not said.asks(one.first)))

    def find_wished(self, text: str) -> tuple[str, ...]:
        """The kinds of which the words of a wish are a need by themselves: "thuiswerken in de it"."""
        said = self._read(text)
        found = self._signs.find(said)
        denied = {(one.sign.kind, place) for one in found[Role.UNLESS] for place in one.places}
        return tuple(
            dict.fromkeys(
                one.sign.kind
                for one in found[Role.NEEDED]
                if one.sign.kind in self._in_wishes
                and denied.isdisjoint((one.sign.kind, place) for place in one.places)
                and not self._is_said(self._waiving, said, one)
                and not self._is_said(self._refusing, said, one)
            )
        )

    def speaks_of_oneself(self, text: str) -> bool:
        """Whether somebody speaks of themselves: "is dat wat voor mij"."""
        tokens = tokens_of(text)
        return any(self._oneself.at(tokens, place) for place in range(len(tokens)))

    # ------------------------------------------------------------------ the text
    def _read(self, text: str) -> Said:
        tokens = [self._mended(token) for token in _without_colons(tokens_of(text))]
        stops = frozenset(
            place
            for place, token in enumerate(tokens)
            if token.word in ENDS
            or self._stops.at(tokens, place)
            or (token.word == "," and not self._takes_up.at(tokens, place + 1))
            or token.word in "()"
        )
        words = frozenset(token.word for token in tokens)
        return Said(tokens, words, stops, Amounts(tokens, self._counting, self._months))

    def _mended(self, token: Token) -> Token:
        """A word with a typing error as the word of ours that it was meant to be."""
        word = token.word
        if len(word) < SHORTEST_MISSPELT or not token.is_word or word in self._known or word_table().row(word) >= 0:
            return token
        near = process.extractOne(word, self._in_order, scorer=OSA.normalized_similarity, score_cutoff=ALIKE)
        return token._replace(word=near[0]) if near else token

    # ------------------------------------------------------------------ what is found
    def _hits(self, said: Said) -> Iterator[Hit]:
        things = self._signs.find(said)
        found = [*self._in_a_way(said, things[Role.REFUSED], self._refusing, self._accepting)]
        refused = {place for one in found for place in range(one.first, one.behind)}
        # "No weekends please" is no need of weekends.
        needed = [one for one in things[Role.NEEDED] if refused.isdisjoint(range(one.first, one.behind))]
        found += self._in_a_way(said, needed, self._needing, self._waiving)
        fine = (*self._accepting, *self._waiving)
        found += [one for one in things[Role.SAID] if not self._is_said(fine, said, one)]
        excluded = [(one.sign.kind, set(one.places)) for one in things[Role.UNLESS]]
        for one in (*found, *things[Role.REASON]):
            denied = any(kind == one.sign.kind and not places.isdisjoint(one.places) for kind, places in excluded)
            if not denied and not self._is_of_another(said, min(one.places)):
                yield one

    def _in_a_way(
        self, said: Said, things: Sequence[Hit], ways: Sequence[Pattern], fine: Sequence[Pattern]
    ) -> Iterator[Hit]:
        """The things that are said in one of these ways, and in none that says that they are fine."""
        things = [one for one in things if not any(_holds(other, one) for other in things)]
        sure: list[Hit] = []
        for one in things:
            places = self._way(ways, said, one)
            if places is not None and not self._is_said(fine, said, one):
                sure.append(replace(one, places=(*one.places, *places)))
        yield from sure
        # What is named in one breath with such a thing: "niet tillen, bukken of staan", "tillen en bukken gaat niet".
        taken, ends = {one.name for one in sure}, {one.behind for one in sure}
        begins = {self._before_join(said, one.first) for one in sure if max(one.places) >= one.behind}
        for one in sorted(things, key=lambda each: each.first):
            joined = self._before_join(said, one.first) in ends or one.behind in begins
            if joined and one.name not in taken and not self._is_said(fine, said, one):
                ends.add(one.behind)
                yield one

    def _before_join(self, said: Said, place: int) -> int | None:
        """The place before "en" or a comma that stands before a place; None when none does."""
        before = place
        while before > 0 and (self._joins.at(said.tokens, before - 1) or said.tokens[before - 1].word in JOINING):
            before -= 1
        return before if before < place else None

    def _way(self, ways: Sequence[Pattern], said: Said, thing: Hit) -> tuple[int, ...] | None:
        """The tokens of the first way in which a thing is said."""
        for way in ways:
            if (hit := way.around(said, thing.first, thing.behind)) is not None:
                return hit.places
        return None

    def _is_said(self, ways: Sequence[Pattern], said: Said, thing: Hit) -> bool:
        return self._way(ways, said, thing) is not None

    def _is_of_another(self, said: Said, first: int) -> bool:
        """Whether somebody else is named before it in its clause, and not oneself after them."""
        for place in range(first - 1, max(-1, first - 1 - OTHERS_REACH), -1):
            if place in said.stops or said.tokens[place].word == "," or self._oneself.at(said.tokens, place):
                return False
            if self._others.at(said.tokens, place):
                return True
        return False


def _without_colons(tokens: Sequence[Token]) -> list[Token]:
    """ "Nachtdiensten: nee" is one sentence; in "15:30" the sign is part of a time."""
    numbers = {place for place, token in enumerate(tokens) if token.is_number}
    return [token for place, token in enumerate(tokens) if token.word != ":" or {place - 1, place + 1} <= numbers]


def _holds(wider: Hit, one: Hit) -> bool:
    """Whether a thing is a part of a wider one: "shifts" of "night shifts"."""
    return (
        wider.first <= one.first
        and one.behind <= wider.behind
        and (wider.behind - wider.first > one.behind - one.first)
    )


def _by_kind(hits: Iterable[Hit]) -> Iterator[tuple[str, list[Hit]]]:
    """The hits of each kind, the kind that comes first in the text first."""
    ordered = sorted(hits, key=lambda one: one.sign.kind)
    groups = [(kind, list(some)) for kind, some in groupby(ordered, key=lambda one: one.sign.kind)]
    return iter(sorted(groups, key=lambda group: min(min(one.places) for one in group[1])))


def _merged(text: str, tokens: Sequence[Token], hits: Sequence[Hit]) -> FoundLimit:
    """Several hits of one kind as one: an amount before the names of values, and those before a mere yes."""
    named = [one for one in hits if one.amount is not None] or [one for one in hits if one.sign.value is not True]
    chosen = named or [one for one in hits if one.is_kept] or hits
    values = [one.sign.value if one.amount is None else one.amount for one in sorted(chosen, key=lambda one: one.first)]
    value = SEVERAL.join(dict.fromkeys(map(str, values))) if isinstance(values[0], str) else values[0]
    kept = sorted({place for one in chosen if one.is_kept for place in one.places})
    every = [place for one in chosen for place in one.places]
    words = " ".join(text[tokens[place].start : tokens[place].end] for place in kept)
    return FoundLimit(hits[0].sign.kind, value, tokens[min(every)].start, tokens[max(every)].end, words)
