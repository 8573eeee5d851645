"""Candidates and employers that fit each other: by sector, occupation, place and level, each with its reason."""

import re
from dataclasses import asdict, dataclass
from typing import Any

from bot.compiled import Compiled
from bot.content import Content
from bot.content.country import Country
from bot.content.flow import FlowRole, Vocabulary
from bot.content.knowledge import FactRole
from bot.content.staff_sentences import StaffSentence
from bot.staff.desk import Desk
from bot.store.lead_filter import Filter
from bot.store.lead_model import AnswerValue, Lead
from bot.store.team import Role

NEAR_KM = 30.0
# What each agreement is worth. The work decides: a place or a level alone makes no pair.
OCCUPATION, SECTOR, PLACE, NEAR, LEVEL, TRAINING = 0.45, 0.3, 0.15, 0.1, 0.1, 0.1


@dataclass(frozen=True, slots=True)
class Pair:
    candidate: str  # references
    employer: str
    score: float  # 0..1
    reasons: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Side:
    """A lead as far as matching goes."""

    reference: str
    sectors: frozenset[str]
    occupations: frozenset[str]
    municipality: str | None
    level: int | None  # place among the levels of the country: what a candidate has, what a vacancy asks
    trains: bool


@dataclass(frozen=True, slots=True)
class _Shared:
    """What one thing adds to the score of two sides, and why."""

    score: float = 0.0
    reasons: tuple[str, ...] = ()


def pairs(desk: Desk, compiled: Compiled) -> list[Pair]:
    """Every open candidate with every open employer that they share work with, the best first."""
    desk.need(Role.READER, "matches")
    leads = desk.store.leads.all(Filter(open=True))
    desk.store.audit.write(desk.who.name, "matches listed", at=desk.now(), count=len(leads))
    of_companies = compiled.content.flow_for(FlowRole.EMPLOYER)
    employers = [_employer(compiled, lead) for lead in leads if lead.kind == of_companies]
    candidates = [_candidate(compiled, lead) for lead in leads if lead.kind == compiled.content.country.first_flow]
    found = [pair for one in candidates for other in employers if (pair := _pair(compiled, one, other))]
    return sorted(found, key=lambda pair: (-pair.score, pair.candidate, pair.employer))


def _pair(compiled: Compiled, candidate: _Side, employer: _Side) -> Pair | None:
    knowledge, staff = compiled.content.knowledge, compiled.content.staff_language
    words, language = staff.staff_words, staff.code
    score, reasons = 0.0, list[str]()
    if occupations := candidate.occupations & employer.occupations:
        score += OCCUPATION
        names = sorted(knowledge.occupations[each].name[language] for each in occupations)
        reasons.append(words.say(StaffSentence.SAME_OCCUPATION, names=", ".join(names[:2])))
    if sectors := candidate.sectors & employer.sectors:
        score += SECTOR
        names = sorted(knowledge.sectors[each].name[language] for each in sectors)
        reasons.append(words.say(StaffSentence.SAME_SECTOR, names=", ".join(names)))
    if not reasons:
        return None
    for part in (_place(compiled, candidate, employer), _level_of(compiled.content, candidate, employer)):
        if part is None:
            return None
        score += part.score
        reasons += part.reasons
    if employer.trains:
        score += TRAINING
        reasons.append(words.say(StaffSentence.TRAINS))
    return Pair(candidate.reference, employer.reference, round(min(score, 1.0), 2), tuple(reasons))


def _place(compiled: Compiled, candidate: _Side, employer: _Side) -> _Shared | None:
    """What their places add; None when they are too far apart."""
    if not (candidate.municipality and employer.municipality):
        return _Shared()
    words = compiled.content.staff_language.staff_words
    if candidate.municipality == employer.municipality:
        return _Shared(PLACE, (words.say(StaffSentence.SAME_PLACE, place=employer.municipality),))
    distance = compiled.places.distance_km(candidate.municipality, employer.municipality)
    if distance > NEAR_KM:
        return None
    place, other = employer.municipality, candidate.municipality
    return _Shared(NEAR, (words.say(StaffSentence.NEAR, place=place, other=other, km=f"{distance:.0f}"),))


def _level_of(content: Content, candidate: _Side, employer: _Side) -> _Shared | None:
    """What the diploma adds; None when it is too low for an employer who does not train people."""
    if candidate.level is None or employer.level is None:
        return _Shared()
    if candidate.level >= employer.level:
        levels, staff = content.country.levels, content.staff_language
        has, asked = (levels[place].name[staff.code] for place in (candidate.level, employer.level))
        return _Shared(LEVEL, (staff.staff_words.say(StaffSentence.LEVEL, has=has, asked=asked),))
    return _Shared() if employer.trains else None


def _candidate(compiled: Compiled, lead: Lead) -> _Side:
    fact_of = compiled.content.knowledge.fact_of
    wish = compiled.work(_said(lead, fact_of(FactRole.WISH)), Vocabulary.DESIRED_WORK)
    education = _value(lead, fact_of(FactRole.LEVEL))
    order = [level.id for level in compiled.content.country.levels]
    level = order.index(education) if isinstance(education, str) and education in order else None
    return _Side(lead.reference, frozenset(wish.sectors), frozenset(wish.occupations), lead.place, level, False)


def _employer(compiled: Compiled, lead: Lead) -> _Side:
    fact_of = compiled.content.knowledge.fact_of
    vacancy = _said(lead, fact_of(FactRole.VACANCY))
    work = compiled.work(vacancy, Vocabulary.DESIRED_WORK)
    named = _value(lead, fact_of(FactRole.SECTOR))
    given = (named,) if isinstance(named, str) else named if isinstance(named, tuple) else ()
    sectors = frozenset(given) or frozenset(work.sectors)
    asked = _levels(vacancy, compiled.content.country)
    trains = _value(lead, fact_of(FactRole.TRAINS)) is True
    return _Side(lead.reference, sectors, frozenset(work.occupations), lead.place, min(asked, default=None), trains)


def _said(lead: Lead, question: str) -> str:
    return (answer.words if (answer := lead.answers.get(question)) else None) or ""


def _value(lead: Lead, question: str) -> AnswerValue | None:
    return answer.value if (answer := lead.answers.get(question)) else None


def _levels(text: str, country: Country) -> list[int]:
    """The places of the levels that a vacancy names: "MBO niveau 4" and "mbo-4" are mbo4."""
    said = {_squeezed(name): place for place, level in enumerate(country.levels) for name in level.says}
    names = sorted((name for level in country.levels for name in level.says), key=len, reverse=True)
    known = "|".join(r"[ -]?".join(map(re.escape, re.findall(r"[^\W\d]+|\d+", name))) for name in names)
    hits = re.finditer(rf"\b(?:{known})\b", text, re.IGNORECASE) if known else ()
    return [said[_squeezed(hit.group())] for hit in hits]


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]", "", text.casefold())
