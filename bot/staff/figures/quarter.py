"""A quarter of a year, as it is reported: "2026Q4"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

WRITTEN = re.compile(r"(\d{4})-?[QqKk]([1-4])")


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    year: int
    number: int  # 1 to 4

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, (day.month - 1) // 3 + 1)

    @classmethod
    def read(cls, text: str) -> Self:
        """The quarter that somebody wrote: "2026Q4", "2026-k4"; raises ValueError."""
        hit = WRITTEN.fullmatch(text.strip())
        if hit is None or not date.min.year < int(hit[1]) < date.max.year:
            raise ValueError(text)
        return cls(int(hit[1]), int(hit[2]))

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> "Quarter":
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def before(self) -> "Quarter":
        return Quarter.of(self.first - timedelta(days=1))

    def weeks(self, until: date) -> Iterator[tuple[int, date]]:
        """The weeks that have a day in it, up to `until`: the number of each, and its Monday."""
        monday = self.first - timedelta(days=self.first.weekday())
        while monday <= min(self.last, until):
            yield monday.isocalendar().week, monday
            monday += timedelta(days=7)
