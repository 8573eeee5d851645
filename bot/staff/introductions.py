"""Candidates and employers who were brought together: proposed, placed, or it came to nothing.

What was done stands among the events of both leads, so each timeline has it, and it goes when they go.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum

from bot.staff.desk import Desk
from bot.staff.errors import Code, DeskError
from bot.store.lead_codes import EventKind
from bot.store.lead_model import Lead
from bot.store.team import Role


class Introduction(StrEnum):
    """How it stands between two: the kind of the event that says so."""

    PROPOSED = "proposed"
    PLACED = "placed"
    NO_MATCH = "no match"


KINDS: tuple[EventKind, ...] = ("proposed", "placed", "no match")


def introduce(desk: Desk, candidate: str, employer: str, stands: Introduction) -> None:
    """Write down how it stands between two leads, in both. Raises DeskError when one of them is not open any more.

    The same once more changes nothing.
    """
    desk.need(Role.ADVISER, "introduce")
    store, kind = desk.store, KINDS[list(Introduction).index(stands)]
    with store.transaction():
        store.counters.lock_leads()
        pair = [_open(desk, candidate), _open(desk, employer)]
        if standing(desk, [pair[0]]).get((candidate, employer)) is stands:
            return
        for lead, other in (pair, reversed(pair)):
            store.leads.change(lead.id, desk.who.name, kind, {"with": other.reference}, at=desk.now())


def standing(desk: Desk, candidates: Collection[Lead]) -> Mapping[tuple[str, str], Introduction]:
    """How it stands between each of these and the employers that they were proposed to, by their references."""
    found: dict[tuple[str, str], Introduction] = {}
    details = desk.store.leads.details(list(candidates))
    for candidate in candidates:
        for event in details[candidate.id].events:
            if event.kind in KINDS:
                found[candidate.reference, str(event.detail.get("with"))] = Introduction(event.kind)
    return found


def _open(desk: Desk, reference: str) -> Lead:
    lead = desk.store.leads.find(reference)
    if lead is None or lead.erased_at or lead.status.closed:
        raise DeskError(Code.NO_LEAD, reference=reference)
    return lead
