"""Three jobs worth a look, each with a way there; and what else there is when none of them is right."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.advice.exploring.ranking import MOST_LOOKED_AT, Job, Wanderer, rank, to_wanderer, varied
from bot.advice.exploring.reach import Reach, Way
from bot.advice.seeker import to_person
from bot.compiled import Compiled
from bot.content.conditions import Value

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A job worth a look. `way`: the best route to it; None when nobody knows one for them, and an adviser is asked."""

    job: Job
    way: Way | None


@dataclass(frozen=True, slots=True)
class Exploration:
    """What somebody may look at, best first: the first three differ, and are shown."""

    wanderer: Wanderer
    found: tuple[Found, ...]

    @property
    def shown(self) -> tuple[Found, ...]:
        return self.found[:SHOWN]


def explore(compiled: Compiled, facts: Mapping[str, Value], *, on: date, most: int = SHOWN) -> Exploration:
    """What is worth a look for who told these facts: `most` jobs, the first three of different families.

    `facts`: those of an intake, the cards (`interests.yaml`), `interests` (ids in their own words), `skills`,
    `explored` and `refused`; what is absent is unknown.
    """
    person = to_person(compiled, facts)
    wanderer = to_wanderer(compiled, person)
    reach = Reach(compiled, person, on)
    jobs = list(_in_reach(rank(compiled, wanderer), reach, most))
    chosen = varied(jobs, SHOWN)
    rest = [job for job in jobs if job not in chosen][: max(0, most - SHOWN)]
    return Exploration(wanderer, tuple(Found(job, reach.way_to(job)) for job in (*chosen, *rest)))


CANDIDATES = 16  # in reach, of which the first three are picked; the rest of many jobs only differs in shades


def _in_reach(jobs: Sequence[Job], reach: Reach, most: int) -> Iterator[Job]:
    """The best jobs that a route leads to; when those are few also those that one reaches by a step in between."""
    enough, found = max(CANDIDATES, most), 0
    behind = []
    for job in jobs[:MOST_LOOKED_AT]:
        if found == enough:
            return
        if reach.is_open(job):
            found += 1
            yield job
        else:
            behind.append(job)
    for job in behind:
        if found >= most:
            return
        if reach.way_to(job):
            found += 1
            yield job
