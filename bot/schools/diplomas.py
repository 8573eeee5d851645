"""Which diplomas a row of a table is about."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from bot.content.patterns import Choice, parse
from bot.content.schools import Degree, Qualification, SchoolCourse
from bot.content.towns import plain
from bot.recognisers.patterns import Patterns


class Reader:
    """Which diplomas a row of a table is about."""

    def __init__(self, qualifications: Iterable[Qualification]) -> None:
        self._by_trade: dict[str, list[Qualification]] = defaultdict(list)
        patterns: dict[Degree, list[tuple[str, str]]] = defaultdict(list)
        for one in qualifications:
            for trade in one.trades:
                self._by_trade[trade].append(one)
            for degree in one.degrees:
                patterns[degree] += [(pattern, f"{_words(pattern)} {one.id} {pattern}") for pattern in one.patterns]
        self._patterns = {degree: Patterns(some) for degree, some in patterns.items()}
        self._named: dict[tuple[Degree, str], Mapping[str, str]] = {}

    def read(self, row: SchoolCourse) -> Iterator[tuple[str, bool]]:
        """The diplomas, each with whether the row is about that diploma itself, and not only about its trade."""
        return ((one, exact) for one, exact, _ in self.studies(row))

    def studies(self, row: SchoolCourse) -> Iterator[tuple[str, bool, str]]:
        """The same, with the pattern that its official name is known by; empty when no name is."""
        yield from ((one, True, "") for one in row.qualifications)
        if not row.qualifications and row.name and row.degree:
            yield from ((one, True, pattern) for one, pattern in self._read(row.degree, row.name).items())
        if row.trade and not row.qualifications:
            for one in self._by_trade.get(row.trade, ()):
                if not row.levels or one.level in row.levels:
                    yield one.id, False, ""

    def named(self, degree: Degree, name: str) -> tuple[str, ...]:
        """The diplomas that an official name means: those of the pattern with most words."""
        return tuple(self._read(degree, name))

    def _read(self, degree: Degree, name: str) -> Mapping[str, str]:
        """The same, each with its pattern."""
        key = degree, name
        if key not in self._named:
            patterns = self._patterns.get(degree)
            hits = sorted(patterns.find(f" {plain(name)} ")) if patterns else []
            found = [hit.split(" ", 2) for hit in hits]
            most = max((int(words) for words, _, _ in found), default=0)
            self._named[key] = {one: pattern for words, one, pattern in found if int(words) == most}
        return self._named[key]


def _words(pattern: str) -> int:
    return sum(isinstance(part, Choice) and not part.optional for part in parse(pattern))
