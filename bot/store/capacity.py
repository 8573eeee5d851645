"""The places of a flow that has a number of them: who has one, and how many are left.

Nothing is counted apart: a place is a lead. Whoever asked while there was one has it, until their lead is erased or
lapses; one that was closed because it was done has had its use of it. Who stopped half-way has none.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from bot.content.flow import Flow
from bot.store.database import Database
from bot.store.lead_codes import Status
from bot.store.tables import leads

OURS = leads.c.complete & leads.c.erased_at.is_(None) & (leads.c.status != Status.LAPSED)
"""What has a place, or asks for one."""


@dataclass(frozen=True, slots=True)
class Occupancy:
    """How full a flow is. `waiting`: open requests of who came too late. `taken` may be more than `capacity`."""

    flow: str
    capacity: int
    taken: int
    waiting: int

    @property
    def left(self) -> int:
        return max(self.capacity - self.taken, 0)


class Capacity:
    def __init__(self, store: Database) -> None:
        self.store = store

    def taken(self, flow: str) -> int:
        """How many places of a flow are taken. Who counts before taking one holds `Counters.lock_leads`."""
        where = OURS & (leads.c.kind == flow) & leads.c.without_place.is_(False)
        with self.store.reading() as db:
            return int(db.execute(select(func.count()).select_from(leads).where(where)).scalar_one())

    def full(self, flows: Mapping[str, Flow], person: int | None = None) -> frozenset[str]:
        """The flows that have no place left for somebody; `person`: their conversation, when they have one."""
        limited = {flow.id: flow.capacity for flow in flows.values() if flow.capacity is not None}
        if not limited:
            return frozenset()
        where = OURS & leads.c.kind.in_(limited) & leads.c.without_place.is_(False)
        own = func.count().filter(leads.c.conversation_id == person)
        taken, mine = dict.fromkeys(limited, 0), set()
        with self.store.reading() as db:
            for flow, count, theirs in db.execute(
                select(leads.c.kind, func.count(), own).where(where).group_by(leads.c.kind)
            ):
                taken[flow] = count
                mine |= {flow} if theirs else set()
        return frozenset(flow for flow, most in limited.items() if taken[flow] >= most and flow not in mine)

    def occupancy(self, capacities: Mapping[str, int]) -> list[Occupancy]:
        """How full each of these flows is, in this order."""
        where = OURS & leads.c.kind.in_(capacities)
        grouped = (leads.c.kind, leads.c.without_place, leads.c.status)
        statement = select(*grouped, func.count()).where(where).group_by(*grouped)
        taken, waiting = dict.fromkeys(capacities, 0), dict.fromkeys(capacities, 0)
        with self.store.reading() as db:
            for flow, without, status, count in db.execute(statement):
                if not without:
                    taken[flow] += count
                elif status != Status.DONE:
                    waiting[flow] += count
        return [Occupancy(flow, most, taken[flow], waiting[flow]) for flow, most in capacities.items()]
