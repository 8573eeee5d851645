"""What somebody can already: what one does in their work, paid or not, and what they confirmed of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.advice.seeker import Seeker
from bot.compiled import Compiled
from bot.content.conditions import members
from bot.content.flow import Vocabulary
from bot.content.knowledge import FactRole

ALL = "all"  # every skill that was named
MOST_NAMED = 6  # skills to press: what a phone shows


@dataclass(frozen=True, slots=True)
class Background:
    """`codes`: unit groups of their work. `skills`: what they can, by id; what they did not strike."""

    codes: frozenset[str]
    skills: tuple[str, ...]
    unpaid: tuple[str, ...] = ()
    near: Mapping[str, float] = field(default_factory=dict)  # unit groups near their work, 0 to 1


def to_background(compiled: Compiled, person: Seeker) -> Background:
    knowledge = compiled.content.knowledge
    said = str(person.facts.get(knowledge.fact_of(FactRole.JOB), ""))
    occupations = person.job.occupations if person.job else ()
    codes = tuple(dict.fromkeys(knowledge.occupations[one].isco for one in occupations))
    unpaid = _unpaid(compiled, said)
    named = skills_of(compiled, codes, unpaid)
    confirmed = frozenset(map(str, members(person.facts.get(knowledge.fact_of(FactRole.SKILLS)))))
    skills = (
        named
        if not confirmed or ALL in confirmed
        else tuple(one for one in knowledge.exploring.skills if one in confirmed)
    )
    near: dict[str, float] = {}
    for code in codes:
        for other, alike in (
            knowledge.exploring.work[code].neighbours if code in knowledge.exploring.work else {}
        ).items():
            near[other] = max(alike, near.get(other, 0.0))
    return Background(frozenset(codes), skills, unpaid, near)


def named_skills(compiled: Compiled, job: str) -> tuple[str, ...]:
    """What one does in work that is described in their own words; none when nobody knows it."""
    occupations = compiled.work(job, Vocabulary.CURRENT_JOB).occupations if job else ()
    codes = tuple(dict.fromkeys(compiled.content.knowledge.occupations[one].isco for one in occupations))
    return skills_of(compiled, codes, _unpaid(compiled, job))


def skills_of(compiled: Compiled, codes: Iterable[str], unpaid: Iterable[str]) -> tuple[str, ...]:
    """What one does there, what is most telling first."""
    exploring = compiled.content.knowledge.exploring
    lists = [exploring.work[code].skills for code in codes if code in exploring.work]
    lists += [one.skills for one in exploring.unpaid if one.id in unpaid]
    return tuple(dict.fromkeys(skill for some in lists for skill in some))[:MOST_NAMED]


def _unpaid(compiled: Compiled, said: str) -> tuple[str, ...]:
    found = compiled.likings.unpaid(said)
    return tuple(one.id for one in compiled.content.knowledge.exploring.unpaid if one.id in found)
