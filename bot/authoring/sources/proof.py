"""Whether a page still proves what we say: its quotes, amounts and dates, and what stands beside them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from rapidfuzz import fuzz, process

from bot.authoring.sources.canonical import Canonical, holds, is_telling, values
from bot.authoring.sources.statements import Statement

LEFT_OUT = ("...", "…", "[…]", "[...]")
SAME_LINE = 60.0  # of 100: a line that was edited is found again by what it still shares
LIKE = 40.0  # of 100: a line that may be about what we say in words of our own
NEAR = 1  # lines on either side whose amounts and dates belong to the fact
MOST_LINES = 3  # that are shown of a change


class Standing(StrEnum):
    """How a statement stands to its page."""

    PROVEN = "proven"
    CHANGED = "changed"  # it was proven, and something of it, or beside it, is another now
    WATCHED = "watched"  # a person checked it, and the lines that are most like it are as they were then
    UNPROVEN = "unproven"  # nothing on the page shows it by itself: a person has to read


class Lines:
    """A page as lines, each as it stands there and canonical."""

    def __init__(self, lines: Sequence[str], canonical: Canonical) -> None:
        self.lines, self.canonical = tuple(lines), tuple(map(canonical, lines))

    @cached_property
    def joined(self) -> str:
        return f" {' '.join(self.canonical)} "

    @cached_property
    def starts(self) -> list[int]:
        """Where each line begins in `joined`, and where the last one ends."""
        found = [0]
        for line in self.canonical:
            found.append(found[-1] + len(line) + 1)
        return found

    @cached_property
    def values(self) -> frozenset[str]:
        return frozenset(values(self.joined))

    def with_words(self, pieces: Sequence[str]) -> frozenset[int] | None:
        """The lines over which these pieces stand, in their order; None when they do not."""
        place, found = 0, set[int]()
        for piece in pieces:
            at = self.joined.find(f" {piece} ", place)
            if at < 0:
                return None
            place = at + len(piece)
            found |= {i for i in range(len(self.lines)) if self.starts[i] < place and self.starts[i + 1] > at + 1}
        return frozenset(found)

    def with_value(self, value: str) -> list[int]:
        return [i for i, line in enumerate(self.canonical) if holds(value, values(line))]

    def on(self, places: Iterable[int]) -> frozenset[str]:
        """The amounts and dates on these lines."""
        return frozenset(value for i in places for value in values(self.canonical[i]))

    def near(self, places: Iterable[int]) -> frozenset[str]:
        """The amounts and dates on these lines and the lines beside them."""
        return self.on(self._around(places))

    def place(self, places: Iterable[int]) -> tuple[str, ...]:
        """These lines and the lines beside them."""
        return tuple(self.lines[i] for i in self._around(places))

    def _around(self, places: Iterable[int]) -> list[int]:
        return sorted({j for i in places for j in range(i - NEAR, i + NEAR + 1) if 0 <= j < len(self.lines)})

    def show(self, places: Iterable[int]) -> tuple[str, ...]:
        return tuple(self.lines[i] for i in sorted(places)[:MOST_LINES])


@dataclass(frozen=True, slots=True)
class Proof:
    """`missing`: what of the statement is not on the page; `old` and `new`: the lines that differ.

    `place`: the lines that prove it, with those beside them, as they were when that was so: they are compared later.
    """

    standing: Standing
    missing: tuple[str, ...] = ()
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    place: tuple[str, ...] = ()


def prove(
    statement: Statement,
    page: Lines,
    canonical: Canonical,
    on: date,
    before: Proof | None = None,
    *,
    checked: bool = False,
) -> Proof:
    """How a statement stands to a page on a day. `before`: how it stood; `checked`: a person read this page for it."""
    now = _evidence(statement, page, canonical)
    place = Lines(before.place if before else (), canonical)
    if before and before.standing in (Standing.WATCHED, Standing.CHANGED) and not now.is_expected:
        return _watch(place, page)
    was = _evidence(statement, place, canonical)
    if not was.is_proof:
        if now.is_proof:
            return Proof(Standing.PROVEN, place=page.place(now.places))
        if checked and not now.is_expected and (like := _most_like(statement, page, canonical, on)):
            return Proof(Standing.WATCHED, place=tuple(page.lines[i] for i in like))
        return Proof(Standing.UNPROVEN, now.missing, (), page.show(now.places))
    lost = tuple(each for each in was.found if each not in now.found)
    if now.is_proof and not lost and _is_same(place, was.places, page, now.places, on):
        return Proof(Standing.PROVEN, place=page.place(now.places))
    old, new = place.show(was.places), page.show(_again(place, was.places, page))
    return Proof(Standing.CHANGED, lost, old, new, place.lines)


def _watch(place: Lines, page: Lines) -> Proof:
    """Whether the lines that were like a statement are still there."""
    there = frozenset(page.canonical)
    lost = [i for i, line in enumerate(place.canonical) if line not in there]
    if not lost:
        return Proof(Standing.WATCHED, place=place.lines)
    return Proof(Standing.CHANGED, (), place.show(lost), page.show(_again(place, lost, page)), place.lines)


def _most_like(statement: Statement, page: Lines, canonical: Canonical, on: date) -> list[int]:
    said = canonical(" ".join(statement.says))
    found = process.extract(said, page.canonical, scorer=fuzz.token_set_ratio, limit=MOST_LINES)
    # Beside the line that says it, one that merely shares words with it (news, a foot) would change for nothing.
    best, first = max(((score, i) for _, score, i in found), default=(0.0, 0))
    likely = sorted(i for _, score, i in found if score >= max(LIKE, best * 0.8))
    # News has its day, and is other news the next time.
    return [i for i in likely if i == first or not any(_is_over(each, on) for each in values(page.canonical[i]))]


@dataclass(frozen=True, slots=True)
class _Evidence:
    found: tuple[str, ...]  # the quote, and the telling values, as we write them
    missing: tuple[str, ...]
    places: frozenset[int]  # of the lines
    is_proof: bool
    is_expected: bool  # there are a quote, an amount or a date that should be on this page


def _evidence(statement: Statement, page: Lines, canonical: Canonical) -> _Evidence:
    found: list[str] = []
    missing: list[str] = []
    places: set[int] = set()
    if statement.quote:
        at = page.with_words(_pieces(statement.quote, canonical))
        (found if at else missing).append(statement.quote)
        places |= at or set()
    said = canonical(" ".join(statement.says))
    for value in dict.fromkeys(value for value in values(said) if is_telling(value)):
        where = page.with_value(value)
        (found if where else missing).append(value)
        if where and not statement.quote:
            places.add(_closest(said, where, page))
    proven = bool(found) and (not missing if statement.wholly else not statement.quote or statement.quote in found)
    expected = bool(statement.quote or found or (missing and statement.wholly))
    return _Evidence(tuple(found), tuple(missing), frozenset(places), proven, expected)


def _pieces(quote: str, canonical: Canonical) -> list[str]:
    for mark in LEFT_OUT:
        quote = quote.replace(mark, "\n")
    return [piece for part in quote.split("\n") if (piece := canonical(part))]


def _closest(said: str, where: Sequence[int], page: Lines) -> int:
    """Of several lines with a value the one that is most like what we say."""
    return max(where, key=lambda i: (fuzz.token_set_ratio(said, page.canonical[i]), -i))


def _is_same(before: Lines, was: Iterable[int], page: Lines, now: Iterable[int], on: date) -> bool:
    """Whether the lines that prove it, and those beside them, still say the same: as they were, or in other words.

    What came in between them, or left from beside them to elsewhere on the page, is no change of the fact; nor is a day
    beside them that is over, as pages have at their foot and above their news.
    """
    if before.on(was) != page.on(now):
        return False
    there, near = frozenset(page.canonical), page.near(now)
    return all(
        line in there or near.issuperset(value for value in values(line) if not _is_over(value, on))
        for line in before.canonical
    )


def _is_over(value: str, on: date) -> bool:
    year, _, day = value[2:].partition("-")
    return value.startswith("d=") and "x" not in value and date(int(year), *map(int, day.split("-"))) <= on


def _again(before: Lines, places: Iterable[int], page: Lines) -> Iterator[int]:
    """The lines of a page that took the place of others."""
    for i in sorted(places):
        found = process.extractOne(before.canonical[i], page.canonical, scorer=fuzz.ratio, score_cutoff=SAME_LINE)
        if found:
            yield found[2]
