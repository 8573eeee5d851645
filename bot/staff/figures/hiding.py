"""Small numbers are hidden, and so is what would give them away.

A number under 5 could be somebody. In a column whose sum is published, one hidden cell is the sum less the others, and
several can be bounded by it. So more is hidden, the smallest first, until each hidden cell could be anything from 1 to
5 at least: with k cells hidden and a sum S over them, each is at most S - k + 1. All hidden cells look the same, so
that nobody sees which of them are small. (The rule for a frequency table with one margin: Hundepool et al., Statistical
Disclosure Control, 2012, chapter 5.)
"""

from collections.abc import Mapping, Sequence

LEAST = 5  # people; a smaller number is hidden, and a zero is not
OTHERS = "~others"  # the row of all rows in which nothing can be shown

Shown = int | None  # None: hidden


def hide_small(number: int) -> Shown:
    """A number that is part of no sum."""
    return None if 0 < number < LEAST else number


def hide(column: Sequence[int]) -> list[Shown]:
    """The cells of a column whose sum is published, or is hidden because it is small."""
    hidden = {at for at, number in enumerate(column) if 0 < number < LEAST}
    others = sorted((number, at) for at, number in enumerate(column) if number >= LEAST)
    while hidden and not _could_be_anything([column[at] for at in hidden]):
        if not others:  # five rows of one: what is left is to show none of it, not even where nobody is
            return [None] * len(column)
        hidden.add(others.pop(0)[1])
    return [None if at in hidden else number for at, number in enumerate(column)]


def _could_be_anything(hidden: Sequence[int]) -> bool:
    return len(hidden) > 1 and sum(hidden) >= len(hidden) + LEAST - 1


def gather(rows: Mapping[str, Sequence[int]]) -> dict[str, Sequence[int]]:
    """The rows, with those in which every cell is small as one row: that such a row is there says something too."""
    small = [name for name, cells in rows.items() if max(cells, default=0) < LEAST]
    if len(small) < 2:
        return dict(rows)
    together = [sum(cells) for cells in zip(*(rows[name] for name in small), strict=True)]
    return {**{name: cells for name, cells in rows.items() if name not in small}, OTHERS: together}


def hide_rows(rows: Mapping[str, Sequence[int]]) -> dict[str, tuple[Shown, ...]]:
    """The rows of a table whose columns each have a published sum."""
    if not rows:
        return {}
    columns = [hide(column) for column in zip(*rows.values(), strict=True)]
    return dict(zip(rows, zip(*columns, strict=True), strict=True))
