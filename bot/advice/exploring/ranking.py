"""Which work is worth a look: by what they like, what they can, what they cannot, and the level that is in reach."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.advice.exploring.background import Background, to_background
from bot.advice.exploring.profile import Likes, to_likes
from bot.advice.seeker import Seeker
from bot.compiled import Compiled
from bot.content.conditions import members
from bot.content.exploring import Refusal, Trait, leaning
from bot.content.knowledge import FactRole, Occupation
from bot.work_profiles import MUCH, WorkProfile

# What the parts of a score weigh. Interests first: skills lead back to the work that one comes from.
INTERESTS, DOING, TRAITS, SKILLS = 1.0, 0.4, 0.6, 0.25
ALONE = 1.2  # skills, when nothing is known of what they like
NEAREST = 0.5  # a cosine of skills that few pairs of groups reach counts as all
TOO_HIGH, TOO_LOW = 0.35, 0.12  # a job zone above or below what they are prepared for
KNOWN = 0.12  # work that many do, or think of, before what is rare
FEW_JOBS = 0.4  # of what few people find work in
READS_MUCH = 0.4  # for who still learns Dutch
ROOM = 0.5  # of a job zone: so far from it counts nothing
REFUSED = 0.6  # for what somebody refused of the last three
READING, NO_STUDY, FEW = "reading", "study", "few"
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

    @property
    def knows_nothing(self) -> bool:
        """Whether there is neither a liking nor work to go by."""
        return not (self.likes.leans or any(self.likes.traits.values()) or self.background.skills)


@dataclass(frozen=True, slots=True)
class Job:
    """Work that is worth a look. `parts`: what brought it, each from about -1 to 1."""

    occupation: Occupation
    work: WorkProfile
    score: float
    parts: Mapping[str, float] = field(default_factory=dict)


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
    scorer = _Scorer(compiled, wanderer)
    jobs = (scorer.job(work) for work in compiled.work_profiles.values())
    return sorted((one for one in jobs if one), key=lambda one: (-one.score, one.occupation.id))


class _Scorer:
    """Scores work for one person; what all work has in common is measured once."""

    def __init__(self, compiled: Compiled, wanderer: Wanderer) -> None:
        self._wanderer, self._likes = wanderer, wanderer.likes
        self._exploring = compiled.content.knowledge.exploring
        self._leaning = leaning(wanderer.likes.interests)
        self._limits = frozenset(wanderer.person.limits)
        self._own = frozenset(wanderer.person.job.occupations) if wanderer.person.job else frozenset()
        self._skills = frozenset(wanderer.background.skills)
        self._liked = wanderer.likes.leans or any(wanderer.likes.traits.values())
        self._shown = [
            work.row
            for work in compiled.work_profiles.values()
            if any(one.id in wanderer.seen for one in work.occupations)
        ]

    def job(self, work: WorkProfile) -> Job | None:
        if self._limits & work.not_for:
            return None
        occupation = next((one for one in work.occupations if self._is_new(one)), None)
        if occupation is None or work.isco in self._wanderer.background.codes:
            return None
        parts = dict(self._parts(work))
        return Job(occupation, work, sum(parts.values()), parts)

    def _is_new(self, occupation: Occupation) -> bool:
        excluded = self._wanderer.person.excluded
        if occupation.id in excluded or occupation.id in self._wanderer.seen or occupation.id in self._own:
            return False
        return not (occupation.sectors and excluded.issuperset(occupation.sectors))

    def _parts(self, work: WorkProfile) -> Iterator[tuple[str, float]]:
        row, zone = work.row, self._wanderer.zone
        yield "interests", INTERESTS * sum(one * other for one, other in zip(self._leaning, row.leaning, strict=True))
        yield "traits", TRAITS * self._of_traits(row.traits)
        yield "doing", DOING * self._of_doing(row.skills)
        yield "known", KNOWN * work.known
        yield "skills", (SKILLS if self._liked else ALONE) * self._of_skills(work)
        if zone is not None:
            above, below = row.zone - zone - ROOM, zone - row.zone - ROOM
            yield "level", -TOO_HIGH * max(0.0, above) - TOO_LOW * max(0.0, below)
        if FEW in row.drawbacks:
            yield "few jobs", -FEW_JOBS
        if self._wanderer.learns_language and READING in work.not_for:
            yield "language", -READS_MUCH
        for refusal in self._wanderer.refusals:
            yield f"not {refusal.id}", -REFUSED * self._of_refusal(refusal, work)

    def _of_traits(self, traits: Mapping[Trait, int]) -> float:
        """-1..1: a day that is as they like it, over all that they said of a day."""
        said = [(worth, traits[trait]) for trait, worth in self._likes.traits.items() if worth]
        # "The whole day people" that is refused may still be people now and then.
        return sum(worth * (much - 1) for worth, much in said) / len(said) if said else 0.0

    def _of_doing(self, skills: Sequence[str]) -> float:
        """-1..1: what one does there that they like to do, or would rather not."""
        likes = self._likes.skills
        worth = sum(likes.get(skill, 0.0) / place for place, skill in enumerate(skills, start=1))
        return max(-1.0, min(1.0, worth))

    def _of_skills(self, work: WorkProfile) -> float:
        """0..1: how near it is to their work by the skills that ESCO gives, and by those that they can themselves."""
        near = min(1.0, self._wanderer.background.near.get(work.isco, 0.0) / NEAREST)
        own = work.row.skills
        shared = len(self._skills.intersection(own)) / len(own) if own else 0.0
        return max(near, (near + shared) / 2)

    def _of_refusal(self, refusal: Refusal, work: WorkProfile) -> float:
        """0..1: how much of what was refused is in this work too."""
        row, zone = work.row, self._wanderer.zone
        found = [float(not set(refusal.less).isdisjoint(row.drawbacks))] if refusal.less else []
        if refusal.livelier:
            found.append(1.0 - row.traits[Trait.PEOPLE] / MUCH / 2 - row.traits[Trait.OUTDOORS] / MUCH / 2)
        if refusal.better_paid:
            found.append(1.0 - (row.zone - 1.0) / 4.0)
        if refusal.shorter:
            found.append(1.0 if NO_STUDY in row.drawbacks else (row.zone - 1.0) / 4.0)
        if refusal.easier:
            found.append((row.zone - 1.0) / 4.0)
        if refusal.elsewhere:
            alike = (sum(a * b for a, b in zip(row.leaning, one.leaning, strict=True)) for one in self._shown)
            found.append(max(0.0, max(alike, default=0.0)))
        return sum(found) / len(found) if found else 0.0


# ------------------------------------------------------------------ variety
SAME_KIND = 0.3  # taken off for what shares two digits of ISCO-08 with work that was chosen before


def varied(jobs: Iterable[Job], chosen: Collection[Job], most: int) -> list[Job]:
    """The best `most`, `chosen` before them: no two of one kind (three digits of ISCO-08), and never all of one family.

    A family is one digit of ISCO-08, and a sector. With nothing else in reach a kind may come twice.
    """
    rest, found = list(jobs)[:MOST_LOOKED_AT], list(chosen)
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
