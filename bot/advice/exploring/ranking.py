"""Which work is worth a look: by what they like, what they can, what they cannot, and the level that is in reach."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bot.advice.exploring.background import Background, to_background
from bot.advice.exploring.profile import Likes, to_likes
from bot.advice.seeker import Seeker
from bot.compiled import Compiled
from bot.content.conditions import members
from bot.content.exploring import Refusal, Trait, leaning
from bot.content.knowledge import FactRole, Occupation
from bot.work_profiles import WorkIndex, WorkProfile

Numbers = NDArray[np.float64]

# What the parts of a score weigh. Interests first: skills lead back to the work that one comes from.
INTERESTS, DOING, TRAITS, SKILLS = 1.0, 0.4, 0.6, 0.25
ALONE = 1.2  # skills, when nothing is known of what they like
NEAREST = 0.5  # a cosine of skills that few pairs of groups reach counts as all
TOO_HIGH, TOO_LOW = 0.6, 0.12  # a job zone above or below what they are prepared for
KNOWN = 0.03  # work that many do, or think of, before what is rare
FEW_JOBS = 0.25  # of what few people find work in
SEEN = 0.5  # work of a kind that was shown before
READS_MUCH = 0.4  # for who still learns Dutch
ROOM = 0.5  # of a job zone: so far from it counts nothing
REFUSED = 0.6  # for what somebody refused of the last three
STILL_LEARN = frozenset({"a0", "a1", "a2"})
ZONES: Mapping[str, float] = {
    "none": 2.0,
    "vmbo": 2.5,
    "mbo1": 2.2,
    "mbo2": 2.7,
    "mbo3": 3.0,
    "mbo4": 3.4,
    "havo_vwo": 3.6,
    "hbo": 4.2,
    "wo": 4.6,
}
"""The job zone of O*NET that one reaches from a level of education in one step; our own reading of its descriptions."""


@dataclass(frozen=True, slots=True)
class Wanderer:
    """Who does not know what they want, as ranking sees them.

    `seen`: occupations that were shown and not chosen. `refusals`: why not.
    """

    person: Seeker
    likes: Likes
    background: Background
    seen: tuple[str, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    zone: float | None = None  # that they are prepared for; None when nobody knows
    learns_language: bool = False

    def without(self, limit: str) -> "Wanderer":
        """The same person, without one of their limits."""
        limits = {kind: value for kind, value in self.person.limits.items() if kind != limit}
        return replace(self, person=replace(self.person, limits=limits))


@dataclass(frozen=True, slots=True)
class Job:
    """Work that is worth a look."""

    occupation: Occupation
    work: WorkProfile
    score: float


def to_wanderer(compiled: Compiled, person: Seeker) -> Wanderer:
    """Read the facts of a person: their cards, words, work, and what they looked at before."""
    knowledge = compiled.content.knowledge
    likings = knowledge.exploring.likings

    def told(role: FactRole) -> frozenset[str]:
        return frozenset(map(str, members(person.facts.get(knowledge.fact_of(role)))))

    refused = told(FactRole.REFUSED)
    return Wanderer(
        person,
        to_likes(person.facts, told(FactRole.INTERESTS), knowledge.exploring),
        to_background(compiled, person),
        tuple(sorted(told(FactRole.EXPLORED))),
        tuple(one for one in likings.refusals if one.id in refused),
        ZONES.get(str(person.facts.get(knowledge.fact_of(FactRole.LEVEL)))),
        person.facts.get(knowledge.fact_of(FactRole.LANGUAGE)) in STILL_LEARN,
    )


def rank(compiled: Compiled, wanderer: Wanderer) -> list[Job]:
    """All work that nothing stands in the way of, best first; each unit group once, with its best-known occupation.

    What a limit forbids is not in it, nor what they do now, looked at before, or do not want.
    """
    scores = _scores(compiled.work_index, wanderer)
    limits, own = frozenset(wanderer.person.limits), wanderer.background.codes
    jobs = []
    for place in np.argsort(-scores, kind="stable"):
        work = compiled.work_index.profiles[place]
        if limits.isdisjoint(work.not_for) and work.isco not in own:
            occupation = next((one for one in work.occupations if _is_new(one, wanderer)), None)
            jobs += [Job(occupation, work, float(scores[place]))] if occupation else []
    return jobs


def _is_new(occupation: Occupation, wanderer: Wanderer) -> bool:
    excluded = wanderer.person.excluded
    if occupation.id in excluded or occupation.id in wanderer.seen:
        return False
    return not (occupation.sectors and excluded.issuperset(occupation.sectors))


def _scores(work: WorkIndex, wanderer: Wanderer) -> Numbers:
    """How good each unit group is for them, in the order of the index."""
    likes, zone = wanderer.likes, wanderer.zone
    said = np.array([likes.traits.get(trait, 0.0) for trait in Trait])
    liked = likes.leans or bool(said.any())
    scores: Numbers = INTERESTS * (work.leanings @ np.array(leaning(likes.interests)))
    # "People all day" that is refused may still be people now and then.
    scores += TRAITS * (work.traits @ said) / max(1, np.count_nonzero(said))
    scores += DOING * np.clip(_doing(work, likes.skills), -1.0, 1.0)
    scores += (SKILLS if liked else ALONE) * _skills(work, wanderer.background)
    scores += KNOWN * work.known - FEW_JOBS * work.few
    if zone is not None:
        scores -= TOO_HIGH * np.maximum(0.0, work.zones - zone - ROOM) + TOO_LOW * np.maximum(
            0.0, zone - work.zones - ROOM
        )
    if wanderer.learns_language:
        scores -= READS_MUCH * work.reads
    scores -= SEEN * _seen(work, wanderer.seen)
    for refusal in wanderer.refusals:
        scores -= REFUSED * _refused(work, refusal, wanderer.seen)
    return scores


def _doing(work: WorkIndex, likes: Mapping[str, float]) -> Numbers:
    """What one does there that they like to do, or would rather not."""
    found = np.zeros(len(work))
    for skill, worth in likes.items():
        for place, nth in work.doing(skill):
            found[place] += worth / nth
    return found


def _skills(work: WorkIndex, background: Background) -> Numbers:
    """0..1: how near it is to their work by the skills that ESCO gives, and by those that they can themselves."""
    near, shared = np.zeros(len(work)), np.zeros(len(work))
    for code, alike in background.near.items():
        if code in work.places:
            near[work.places[code]] = min(1.0, alike / NEAREST)
    for skill in background.skills:
        for place, _ in work.doing(skill):
            shared[place] += 1 / len(work.profiles[place].row.skills)
    return np.maximum(near, (near + shared) / 2)


def _seen(work: WorkIndex, seen: Collection[str]) -> Numbers:
    """1 for a group of which an occupation was shown before: another of it is much the same work."""
    return np.array([float(any(job.id in seen for job in one.occupations)) for one in work.profiles])


def _refused(work: WorkIndex, refusal: Refusal, seen: Collection[str]) -> Numbers:
    """0..1: how much of what was refused is in each work too."""
    level = (work.zones - 1.0) / 4.0
    found = []
    if refusal.less:
        found.append(np.array([float(not set(refusal.less).isdisjoint(one.row.drawbacks)) for one in work.profiles]))
    if refusal.livelier:
        lively = [list(Trait).index(Trait.PEOPLE), list(Trait).index(Trait.OUTDOORS)]
        found.append((1.0 - work.traits[:, lively].mean(axis=1)) / 2)
    if refusal.better_paid:
        found.append(1.0 - level)
    if refusal.shorter or refusal.easier:
        found.append(level)
    if refusal.elsewhere:
        shown = np.flatnonzero(_seen(work, seen))
        found.append(np.clip((work.leanings @ work.leanings[shown].T).max(axis=1, initial=0.0), 0.0, 1.0))
    return np.mean(found, axis=0) if found else np.zeros(len(work))


# ------------------------------------------------------------------ variety
SAME_KIND = 0.3  # taken off for what shares two digits of ISCO-08 with work that was chosen before


def varied(jobs: Iterable[Job], most: int) -> list[Job]:
    """The best `most`: no two of one kind (three digits of ISCO-08), and never all of one family.

    A family is one digit of ISCO-08, and a sector. With nothing else in reach a kind may come twice.
    """
    rest: list[Job] = list(jobs)
    found: list[Job] = []
    while rest and len(found) < most:
        last = len(found) == most - 1
        allowed = [one for one in rest if _differs(one, found)] or rest
        if last:
            allowed = [one for one in allowed if not _is_one_family([*found, one])] or allowed
        best = max(allowed, key=lambda one: one.score - SAME_KIND * any(_kin(one, other) for other in found))
        found.append(best)
        rest.remove(best)
    return found


MOST_LOOKED_AT = 60  # jobs: far below, nothing fits them


def _differs(job: Job, others: Iterable[Job]) -> bool:
    return all(job.work.isco[:3] != other.work.isco[:3] for other in others)


def _kin(job: Job, other: Job) -> bool:
    return job.work.isco[:2] == other.work.isco[:2]


def _is_one_family(jobs: Collection[Job]) -> bool:
    if len(jobs) < 2:
        return False
    shared = frozenset.intersection(*(frozenset(one.occupation.sectors) for one in jobs))
    return bool(shared) or len({one.work.isco[0] for one in jobs}) == 1
