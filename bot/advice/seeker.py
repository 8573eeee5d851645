"""A person as advice sees them: what they answered, and what follows from their own words. Made once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from math import isfinite
from typing import Any

from bot.advice.limit_facts import implied
from bot.catalogue import Profile, Work
from bot.compiled import Compiled
from bot.content.conditions import Value, members
from bot.content.flow import Vocabulary
from bot.content.knowledge import Cue, FactDefinition, FactKind, FactRole, Knowledge
from bot.content.limits import LimitValue, as_mapping, as_set
from bot.matching import fold

# "Overvecht" is a place, and says something of a person as well.
OWN_WORDS = (FactRole.JOB, FactRole.WISH, FactRole.PLACE, FactRole.VACANCY)

# How someone wants to learn counts in what they want: "mbo bbl gedaan, nu timmerman" is the past.
OF_A_COURSE = frozenset({"bbl", "bol", "part_time", "degree_wanted"})


@dataclass(frozen=True, slots=True)
class Seeker:
    """`facts`: the answers, and what follows from them (docs/knowledge.md, "Facts"); an unknown fact is absent.

    `wish` and `job` are None when nobody asked; a wish that we recognise nothing in has no sectors and no occupations.
    `limits`: what they cannot do, will not do, or need, by kind. `excluded`: occupations and sectors they do not want.
    `home`: a municipality. `asked_for`: programmes whose name or occupation stands in the wish, word for word.
    """

    facts: Mapping[str, Value]
    wish: Work | None
    job: Work | None
    home: str | None
    asked_for: frozenset[str]
    limits: Mapping[str, LimitValue] = field(default_factory=dict)
    excluded: frozenset[str] = frozenset()

    def to_json(self) -> dict[str, Any]:
        """What was understood of their own words."""
        derived = ("municipality", "province", "region", "current_sectors", "desired_sectors", "mentions")
        return {
            name: sorted(value) if isinstance(value, frozenset) else value
            for name in derived
            if (value := self.facts.get(name)) is not None
        }


def to_person(compiled: Compiled, answers: Mapping[str, Any]) -> Seeker:
    """Read raw answers: free texts become sectors, places and cues; what is no answer to its question is unknown."""
    knowledge = compiled.content.knowledge
    facts = {
        name: value
        for name, answer in answers.items()
        if (value := to_value(answer, knowledge.facts.get(name))) is not None
    }
    said = {role: str(facts[name]) for role in OWN_WORDS if (name := knowledge.fact_of(role)) in facts}
    excluded = frozenset(map(str, members(facts.get(knowledge.fact_of(FactRole.EXCLUDED)))))
    wish = compiled.work(said[FactRole.WISH], Vocabulary.DESIRED_WORK) if FactRole.WISH in said else None
    wish = _without(wish, excluded) if wish and excluded else wish
    excluded = _with_unit_groups(excluded.union(wish.excluded if wish else ()), wish, knowledge)
    job = compiled.work(said[FactRole.JOB], Vocabulary.CURRENT_JOB) if FactRole.JOB in said else None
    for prefix, work in (("desired", wish), ("current", job)):
        if work and work.sectors:
            facts[f"{prefix}_sectors"] = frozenset(work.sectors)
        if work and work.occupations:
            facts[f"{prefix}_occupations"] = frozenset(work.occupations)
    place = compiled.place(said.get(FactRole.PLACE, ""))
    where = {"municipality": place.municipality, "province": place.province, "region": place.region}
    facts |= {name: value for name, value in where.items() if value}
    cues = (mentioned(compiled, text, of_wish=role is FactRole.WISH) for role, text in said.items())
    # Who calls us may have heard more than stands in these answers: the message that an answer was part of.
    also = frozenset(cue.id for cue in knowledge.cues.values() if _is_said(cue, facts))
    if mentions := frozenset(map(str, members(facts.get("mentions")))).union(also, *cues):
        facts["mentions"] = mentions
        facts = knowledge.told_by(mentions) | facts
    named = compiled.named_in(said[FactRole.WISH]) if FactRole.WISH in said else frozenset()
    asked_for = frozenset(one for one in named if not _trains_for_present_job(compiled.catalogue[one], wish, job))
    limits = as_mapping(map(str, members(facts.get(knowledge.fact_of(FactRole.LIMITS)))))
    facts |= implied(limits, facts, knowledge)
    # Who wants to work at home did not say that they learn there: no fact follows from it.
    wished = compiled.wished_limits(said[FactRole.WISH]) if FactRole.WISH in said else ()
    limits = dict.fromkeys(wished, True) | limits
    home = place.municipality or _best_known(said.get(FactRole.PLACE, ""), place.candidates)
    return Seeker(facts, wish, job, home, asked_for, limits, excluded)


def _best_known(said: str, candidates: Iterable[str]) -> str | None:
    """Of the municipalities that a place may be in, the one that is called so: "Hengelo" has 80,000 people, or a few.

    It is where distances are measured from, until the person says which one; no rule may look at it.
    """
    return next((one for one in candidates if fold(one) == fold(said.strip())), None)


def _is_said(cue: Cue, facts: Mapping[str, Value]) -> bool:
    """Whether an answer says what the cue does: "asylum permit" to the question which permit."""
    return any(facts.get(fact) in values for fact, values in cue.said_by.items())


def _without(wish: Work, excluded: frozenset[str]) -> Work:
    """A wish without what they do not want; as it is when that is all of it: then they changed their mind."""
    sectors = tuple(one for one in wish.sectors if one not in excluded)
    occupations = tuple(one for one in wish.occupations if one not in excluded)
    return replace(wish, sectors=sectors, occupations=occupations) if sectors or occupations else wish


def _with_unit_groups(excluded: frozenset[str], wish: Work | None, knowledge: Knowledge) -> frozenset[str]:
    """What they do not want, with what ISCO-08 puts in one unit group with it: who will not program makes no apps.

    What they named as wanted stays: "kok, maar geen sushi".
    """
    groups = {knowledge.occupations[one].isco for one in excluded if one in knowledge.occupations}
    alike = {one.id for one in knowledge.occupations.values() if groups and one.isco in groups}
    return excluded | (alike - set(wish.occupations if wish else ()))


def mentioned(compiled: Compiled, text: str, *, of_wish: bool = False) -> frozenset[str]:
    """The cues in a text; how someone wants to learn counts only where they say what they want."""
    cues = compiled.mentions_in(text)
    return cues if of_wish else cues - OF_A_COURSE


def _trains_for_present_job(profile: Profile, wish: Work | None, job: Work | None) -> bool:
    """ "Leraar worden, ben nu onderwijsassistent" asks for no course to become what they are."""
    if not (wish and wish.occupations and job):
        return False
    return not profile.occupations.isdisjoint(job.occupations) and profile.occupations.isdisjoint(wish.occupations)


def to_value(answer: object, definition: FactDefinition | None) -> Value | None:
    """An answer as the value of a fact; None when it is empty, or when it cannot be an answer to that question."""
    match answer:
        case Mapping() if definition is not None and definition.role is FactRole.LIMITS:
            said = {str(kind): value for kind, value in answer.items() if isinstance(value, bool | int | str)}
            return to_value(sorted(as_set(said)), definition)
        case list() | tuple() | set() | frozenset():
            several = frozenset(one for one in answer if isinstance(one, str))
            return several if several and _may_be(several, definition) else None
        case bool() | int() | float() | str() if answer != "":
            return answer if _may_be(answer, definition) else None
        case _:
            return None


def _may_be(value: Value, definition: FactDefinition | None) -> bool:
    match definition.kind if definition else None:
        case None:
            return True
        case FactKind.INTEGER | FactKind.AMOUNT:
            return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
        case FactKind.YES_NO:
            return isinstance(value, bool)
        case FactKind.CHOICE:
            return definition is not None and value in definition.values
        case FactKind.SOME_OF:
            return isinstance(value, frozenset) and definition is not None and value <= frozenset(definition.values)
        case FactKind.DERIVED_SET:
            return isinstance(value, frozenset)
        case FactKind.TEXT | FactKind.PLACE | FactKind.DERIVED_TEXT:
            return isinstance(value, str)
