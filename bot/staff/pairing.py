"""Pairs of candidates and employers as an adviser works through them: an employer at a time, and how each stands."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from bot.compiled import Compiled
from bot.staff.desk import Desk
from bot.staff.introductions import Introduction, standing
from bot.staff.matches import Pair, pairs
from bot.store.lead_filter import Filter
from bot.store.lead_model import Lead
from bot.store.team import Role

MOST_CANDIDATES = 4  # of one employer on a page; those who fit less come when these are settled
SETTLED = (Introduction.PLACED, Introduction.NO_MATCH)


@dataclass(frozen=True, slots=True)
class Candidate:
    lead: Lead
    pair: Pair
    stands: Introduction | None


@dataclass(frozen=True, slots=True)
class Employer:
    lead: Lead
    candidates: tuple[Candidate, ...]
    more: int  # candidates that are not shown


def employers(desk: Desk, compiled: Compiled, stands: Introduction | None = None) -> list[Employer]:
    """Every open employer with who fits, the best pair first; `stands`: only pairs of which that was written down, else
    those that are not settled yet. That they were looked at is written down."""
    desk.need(Role.ADVISER, "matches")
    found = pairs(desk, compiled)
    leads = {lead.reference: lead for lead in desk.store.leads.all(Filter(open=True))}
    theirs: dict[str, list[Pair]] = defaultdict(list)
    for pair in found:
        theirs[pair.employer].append(pair)
    known = standing(desk, [leads[reference] for reference in {pair.candidate for pair in found}])
    shown = (_employer(leads, reference, some, known, stands) for reference, some in theirs.items())
    return [each for each in shown if each.candidates]


def _employer(
    leads: Mapping[str, Lead],
    reference: str,
    some: list[Pair],
    known: Mapping[tuple[str, str], Introduction],
    stands: Introduction | None,
) -> Employer:
    candidates = []
    for pair in some:
        how = known.get((pair.candidate, reference))
        if how is stands or (stands is None and how not in SETTLED):
            candidates.append(Candidate(leads[pair.candidate], pair, how))
    candidates.sort(key=lambda each: (each.stands is None, -each.pair.score, each.lead.reference))
    return Employer(leads[reference], tuple(candidates[:MOST_CANDIDATES]), max(len(candidates) - MOST_CANDIDATES, 0))
