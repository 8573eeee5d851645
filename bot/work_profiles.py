"""Work as exploring looks at it: each unit group with its occupations, and the limits with which it is not shown."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from bot.content.exploring import Exploring, Interest, Trait, WorkRow
from bot.content.knowledge import Knowledge, Occupation

MUCH = 2  # of a trait: most of the day
READING, FEW = "reading", "few"  # a limit, and a drawback
WELL_KNOWN = 40  # wordings
TELLING_SKILLS = 3  # the first of a group: what one does most


@dataclass(frozen=True, slots=True)
class WorkProfile:
    """A unit group of ISCO-08. `occupations`: the best-known first. `not_for`: limits with which it is not shown.

    `known`: 0..1, how many ways there are to say the best-known of them.
    """

    row: WorkRow
    occupations: tuple[Occupation, ...]
    not_for: frozenset[str]
    known: float

    @property
    def isco(self) -> str:
        return self.row.isco


class WorkIndex:
    """All unit groups with a row in the table of work and an occupation to look at; their numbers side by side.

    In the order of `profiles`: `leanings` (n x 6, each of length 1), `traits` (n x 4, -1 to 1), `zones` (n, 1 to 5),
    `known` (n, 0 to 1), `few` and `reads` (n, 1 where few find work, and where one reads much). `places`: by code.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self.profiles = tuple(_profiles(knowledge))
        rows = [one.row for one in self.profiles]
        self.places = {row.isco: place for place, row in enumerate(rows)}
        self.leanings = np.array([row.leaning for row in rows]).reshape(-1, len(Interest))
        self.traits = np.array([[row.traits[trait] - 1 for trait in Trait] for row in rows]).reshape(-1, len(Trait))
        self.zones = np.array([row.zone for row in rows])
        self.known = np.array([one.known for one in self.profiles])
        self.few = np.array([float(FEW in row.drawbacks) for row in rows])
        self.reads = np.array([float(READING in one.not_for) for one in self.profiles])
        self._doing: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, row in enumerate(rows):
            for nth, skill in enumerate(row.skills, start=1):
                self._doing[skill].append((place, nth))

    def __len__(self) -> int:
        return len(self.profiles)

    def doing(self, skill: str) -> list[tuple[int, int]]:
        """The groups in which one does something: their places, and how much one does it there, 1 being most."""
        return self._doing.get(skill, [])


def _profiles(knowledge: Knowledge) -> Iterator[WorkProfile]:
    exploring = knowledge.exploring
    hidden = frozenset(exploring.likings.never_shown)
    by_code: dict[str, list[Occupation]] = defaultdict(list)
    for one in knowledge.occupations.values():
        if one.id not in hidden:
            by_code[one.isco].append(one)
    for row in exploring.work.values():
        if known := by_code.get(row.isco):
            best_known_first = tuple(sorted(known, key=_wordings))
            not_for = frozenset(limits_against(row, exploring, knowledge))
            yield WorkProfile(row, best_known_first, not_for, _known(known))


def _wordings(occupation: Occupation) -> tuple[int, str]:
    """In how many ways people say it: a sign of how many do it, or think of it."""
    return -sum(map(len, occupation.words.values())), occupation.id


def _known(occupations: Iterable[Occupation]) -> float:
    return min(1.0, max(-_wordings(one)[0] for one in occupations) / WELL_KNOWN)


def limits_against(row: WorkRow, exploring: Exploring, knowledge: Knowledge) -> Iterator[str]:
    """The limits that work does not go with, as the table of work and our sources have it."""
    likings = exploring.likings
    for drawback in likings.drawbacks:
        if drawback.id in row.drawbacks:
            yield from drawback.not_for
    for trait in likings.traits:
        # Of lifting a little is too much for who cannot lift.
        if row.traits[trait.id] >= (1 if trait.id is Trait.HEAVY else MUCH):
            yield from trait.not_for
        if row.traits[trait.id] == 0:
            yield from trait.little_not_for
    for name in row.skills[:TELLING_SKILLS]:
        yield from exploring.skills[name].not_for
    if demands := knowledge.demands_of(row.isco):
        yield from demands.asks
