"""Work as exploring looks at it: each unit group with its occupations, and the limits with which it is not shown."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.content.exploring import Exploring, Trait, WorkRow
from bot.content.knowledge import Knowledge, Occupation

MUCH = 2  # of a trait: most of the day
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


def work_profiles(knowledge: Knowledge) -> Mapping[str, WorkProfile]:
    """By unit group, all that has a row in the table of work and an occupation to look at."""
    exploring = knowledge.exploring
    hidden = frozenset(exploring.likings.never_shown)
    by_code: dict[str, list[Occupation]] = defaultdict(list)
    for one in knowledge.occupations.values():
        if one.id not in hidden:
            by_code[one.isco].append(one)
    return {
        row.isco: WorkProfile(row, tuple(sorted(known, key=_wordings)), frozenset(_not_for(row, exploring, knowledge)), _known(known))
        for row in exploring.work.values()
        if (known := by_code.get(row.isco))
    }


def _wordings(occupation: Occupation) -> tuple[int, str]:
    """In how many ways people say it: a sign of how many do it, or think of it."""
    return -sum(map(len, occupation.words.values())), occupation.id


def _known(occupations: Iterable[Occupation]) -> float:
    return min(1.0, max(-_wordings(one)[0] for one in occupations) / WELL_KNOWN)


def _not_for(row: WorkRow, exploring: Exploring, knowledge: Knowledge) -> Iterator[str]:
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
