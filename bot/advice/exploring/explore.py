"""Three jobs worth a look, each with a way there; and what else there is when none of them is right."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from bot.advice.exploring.ranking import MOST_LOOKED_AT, Job, Wanderer, is_one_family, rank, to_wanderer, varied
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
    ranked = rank(compiled, wanderer)
    jobs = list(_in_reach(ranked[:MOST_LOOKED_AT], reach, max(CANDIDATES, most)))
    chosen = varied(jobs, SHOWN)
    if len(chosen) < SHOWN or is_one_family(chosen):
        jobs = list(_in_reach(ranked, reach, len(ranked)))
        chosen = varied(jobs, SHOWN)
    rest = [job for job in jobs if job not in chosen][: max(0, most - SHOWN)]
    return Exploration(wanderer, tuple(Found(job, reach.way_to(job)) for job in (*chosen, *rest)))


CANDIDATES = 12  # in reach, of which the first three are picked; the rest of many jobs only differs in shades


def _in_reach(jobs: Sequence[Job], reach: Reach, most: int) -> Iterator[Job]:
    """The best jobs that a route leads to; when those are few also those that one reaches by a step in between."""
    found, behind = 0, []
    for job in jobs:
        if found == most:
            return
        if reach.is_open(job):
            found += 1
            yield job
        else:
            behind.append(job)
    if found < SHOWN:
        yield from islice((job for job in behind if reach.way_to(job)), SHOWN - found)
