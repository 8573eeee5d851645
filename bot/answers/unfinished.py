"""A diploma that somebody names but does not have: "hbo begonnen, niet afgemaakt"."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answers.choices import Label
from bot.answers.reading import spaced

LONGEST_BETWEEN = 3  # characters of a word between years and the level: "op het"
SHORTEST_NAME = 3  # characters with a space on each side: "wo" is a name, and "4" is none


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int


def without_unfinished(
    options: Sequence[Label], text: str, unfinished: Iterable[str], begun: Iterable[str] = ()
) -> str | None:
    """The words without what somebody did not finish, and that they did not; None when they say nothing like it.

    `options` is a ladder, whose lowest step needs no finishing. `unfinished` (folded) speaks of the step that is named
    last before it, else of the first behind it; `begun` of the one right behind it only ("2 jaar op het hbo").
    """
    said = spaced(text)
    named = _places(said, (name for one in options[1:] for name in one.names))
    signs = _places(said, unfinished)
    only_begun = [
        _Place(year.start, one.end)
        for year in _places(said, begun)
        for one in named
        if year.end <= one.start + 1
        and all(len(word) <= LONGEST_BETWEEN for word in said[year.end : one.start].split())
    ]
    if not signs and not only_begun:
        return None
    dropped = [*signs, *only_begun]
    for sign in signs:
        before = [one for one in named if one.end <= sign.start + 1]
        behind = [one for one in named if one.start >= sign.end - 1]
        dropped += before[-1:] or behind[:1]
    kept = "".join(
        letter for place, letter in enumerate(said) if not any(one.start < place < one.end for one in dropped)
    )
    return kept.strip()


def _places(said: str, phrases: Iterable[str]) -> list[_Place]:
    """Where phrases stand as whole words, the widest of those that overlap, in order."""
    found: list[_Place] = []
    for phrase in sorted({spaced(one) for one in phrases}, key=len, reverse=True):
        start = said.find(phrase) if len(phrase) > SHORTEST_NAME else -1
        while start >= 0:
            place = _Place(start, start + len(phrase))
            if not any(one.start < place.end - 1 and place.start + 1 < one.end for one in found):
                found.append(place)
            start = said.find(phrase, start + 1)
    return sorted(found, key=lambda one: one.start)
