"""Candidates and employers that fit each other: by sector, occupation, place and level, each with its reason."""

import re
from dataclasses import asdict, dataclass
from typing import Any

from bot.compiled import Compiled
from bot.content.knowledge import FactRole
from bot.staff.desk import Desk
from bot.store.lead_model import Filter, Lead
from bot.store.team import Role

NEAR_KM = 30.0
LEVELS = {  # the lowest first, with what advisers call them
    "none": "geen diploma",
    "vmbo": "vmbo",
    "mbo1": "mbo niveau 1",
    "mbo2": "mbo niveau 2",
    "mbo3": "mbo niveau 3",
    "mbo4": "mbo niveau 4",
    "havo_vwo": "havo of vwo",
    "hbo": "hbo",
    "wo": "universiteit",
}
ORDER, NAMES = tuple(LEVELS), tuple(LEVELS.values())
_LEVEL = re.compile(r"\b(vmbo|mbo(?: ?-?(?:niveau )?[1-4])?|hbo|wo)\b", re.IGNORECASE)

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
    level: int | None  # place in ORDER: what a candidate has, what a vacancy asks
    trains: bool


def pairs(desk: Desk, compiled: Compiled) -> list[Pair]:
    """Every open candidate with every open employer that they share work with, the best first."""
    desk.need(Role.READER, "matches")
    leads = desk.store.leads.all(Filter(open=True))
    desk.store.audit.write(desk.who.name, "matches listed", at=desk.now(), count=len(leads))
    employers = [_employer(compiled, lead) for lead in leads if lead.kind == "employer"]
    candidates = [_candidate(compiled, lead) for lead in leads if lead.kind == "intake"]
    found = [pair for one in candidates for other in employers if (pair := _pair(compiled, one, other))]
    return sorted(found, key=lambda pair: (-pair.score, pair.candidate, pair.employer))


def _pair(compiled: Compiled, candidate: _Side, employer: _Side) -> Pair | None:
    knowledge = compiled.content.knowledge
    score, reasons = 0.0, list[str]()
    if occupations := candidate.occupations & employer.occupations:
        score += OCCUPATION
        names = sorted(knowledge.occupations[each].name.nl for each in occupations)
        reasons.append(f"beroep: {', '.join(names[:2])}")
    if sectors := candidate.sectors & employer.sectors:
        score += SECTOR
        reasons.append(f"sector: {', '.join(sorted(knowledge.sectors[each].name.nl for each in sectors))}")
    if not reasons:
        return None
    if candidate.municipality and employer.municipality:
        if candidate.municipality == employer.municipality:
            score += PLACE
            reasons.append(f"beiden in {employer.municipality}")
        else:
            distance = compiled.places.distance_km(candidate.municipality, employer.municipality)
            if distance > NEAR_KM:
                return None
            score += NEAR
            reasons.append(f"{employer.municipality} is {distance:.0f} km van {candidate.municipality}")
    if candidate.level is not None and employer.level is not None:
        if candidate.level >= employer.level:
            score += LEVEL
            reasons.append(f"diploma: {NAMES[candidate.level]}, gevraagd: {NAMES[employer.level]}")
        elif not employer.trains:
            return None
    if employer.trains:
        score += TRAINING
        reasons.append("werkgever leidt op")
    return Pair(candidate.reference, employer.reference, round(min(score, 1.0), 2), tuple(reasons))


def _candidate(compiled: Compiled, lead: Lead) -> _Side:
    fact_of = compiled.content.knowledge.fact_of
    wish = compiled.work(_said(lead, fact_of(FactRole.WISH)), "desired_work")
    education = (lead.answers.get(fact_of(FactRole.LEVEL)) or {}).get("value")
    level = ORDER.index(education) if education in LEVELS else None
    return _Side(lead.reference, frozenset(wish.sectors), frozenset(wish.occupations), lead.place, level, False)


def _employer(compiled: Compiled, lead: Lead) -> _Side:
    fact_of = compiled.content.knowledge.fact_of
    vacancy = _said(lead, fact_of(FactRole.VACANCY))
    work = compiled.work(vacancy, "desired_work")
    named = (lead.answers.get(fact_of(FactRole.SECTOR)) or {}).get("value") or []
    sectors = frozenset([named] if isinstance(named, str) else named) or frozenset(work.sectors)
    asked = [_level(hit) for hit in _LEVEL.findall(vacancy)]
    trains = (lead.answers.get(fact_of(FactRole.TRAINS)) or {}).get("value") is True
    return _Side(lead.reference, sectors, frozenset(work.occupations), lead.place, min(asked, default=None), trains)


def _said(lead: Lead, question: str) -> str:
    return (lead.answers.get(question) or {}).get("said") or ""


def _level(text: str) -> int:
    """ "MBO niveau 4" and "mbo-4" as the place of mbo4; "mbo" alone is taken for its second level."""
    plain = re.sub(r"[^a-z0-9]|niveau", "", text.casefold())
    return ORDER.index("mbo2" if plain == "mbo" else plain)
