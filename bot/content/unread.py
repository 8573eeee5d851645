"""What could not be read of the content, and which problems cannot be told without it.

One mistake must hide no other, and cause none that is untrue: everything that can be read is checked, and what would
only be said because something else cannot be read is left out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.content.problems import Location, Problem

FLOWS = "flows"
NEEDS: Mapping[str, frozenset[str]] = {
    code: frozenset(kinds.split())
    for codes, kinds in {
        "K021 K022": "flows facts cues sectors",
        "K008": "facts",
        "K040 K045": "care",
        "C017": "occupations country",
        "K074": "routes occupations",
        "K080": "fact-words",
        "F053 F054 F055": "flows programmes routes subsidies facts",
        "C015": "languages",
    }.items()
    for code in codes.split()
}
"""By the code of a problem: the kinds of files that must be whole before anybody can say so."""
POINTED_AT = frozenset(
    "facts sectors occupations places programmes routes subsidies "  # as the lists above
    "trades qualifications schools limits skills cues".split()
)
"""Kinds of files that hold names which others use."""
OF_ENTRY = frozenset("K032 K036 K061 K065 K070 K071 K072 K112 K113 K118 F044 F047 C015".split())
"""What is only so when the entry or step that it is said of could be read whole."""
_NAMED = re.compile(
    r"""(?m)(?:^|[{,\s-])(?:id|name|word|code|province|region|collect|consent|set|say|end|flow)\s*:\s*["']?([^"',}\n#]+)"""
)


@dataclass(slots=True)
class Unread:
    """Filled while files are read."""

    names: set[str] = field(default_factory=set)  # that stand in files with something wrong
    kinds: set[str] = field(default_factory=set)  # of files of which something is missing
    empty: set[str] = field(default_factory=set)  # of files of which no name can be seen
    entries: set[Location] = field(default_factory=set)
    ways: set[str] = field(default_factory=set)  # flows of which nobody can say who comes where

    def file(self, kind: str, text: str) -> None:
        """Take note of a file in which something is wrong."""
        found = {name.strip() for name in _NAMED.findall(text)}
        self.names |= found
        self.kinds.add(kind)
        if not found and kind in POINTED_AT:
            self.empty.add(kind)

    def true(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """The problems that are so whatever stands in what could not be read."""
        for problem in problems:
            if problem.lacks is not None and (problem.lacks in self.names or self.empty):
                continue
            if NEEDS.get(problem.code, frozenset()) & self.kinds:
                continue
            if problem.code in OF_ENTRY and problem.at in self.entries:
                continue
            yield problem
