"""Who has seen what: so that nobody replaces in silence what another has written since they looked."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, func, literal, select

from bot.store.database import Database
from bot.store.lead_codes import EventKind
from bot.store.lead_model import Lead, LeadEvent
from bot.store.tables import lead_events, leads, looks

# Events that set a status, a next step or who has the lead. Not "noted", which adds; not "filed", which comes first.
REPLACEABLE: tuple[EventKind, ...] = (
    "claimed",
    "released",
    "attempt",
    "snoozed",
    "closed",
    "reopened",
    "handed over",
    "changed",
    "contact changed",
    "assigned",
    "undone",
    "contact corrected",
)


class LeadViews:
    """For each member of staff and lead, the change up to which they have seen it."""

    def __init__(self, store: Database) -> None:
        self.store = store

    def keep(self, staff_id: int, seen: Collection[Lead]) -> None:
        """Remember that someone saw these leads, as they are given here."""
        # In one order: two processes of the same person never wait for each other in a ring.
        rows = [{"staff_id": staff_id, "lead_id": each.id, "change": each.change} for each in seen]
        if not rows:
            return
        statement = self.store.insert(looks)
        key = [looks.c.staff_id, looks.c.lead_id]
        statement = statement.on_conflict_do_update(index_elements=key, set_={"change": statement.excluded.change})
        with self.store.transaction() as db:
            db.execute(statement, sorted(rows, key=lambda row: row["lead_id"]))

    def keep_all(self, staff_id: int, which: Select[Any], up_to: int) -> None:
        """Remember that someone saw all of these (their ids and changes), as they were at change `up_to`."""
        rows = which.where(leads.c.change <= up_to).with_only_columns(literal(staff_id), leads.c.id, leads.c.change)
        statement = self.store.insert(looks).from_select(["staff_id", "lead_id", "change"], rows.order_by(leads.c.id))
        key = [looks.c.staff_id, looks.c.lead_id]
        with self.store.transaction() as db:
            db.execute(statement.on_conflict_do_update(index_elements=key, set_={"change": statement.excluded.change}))

    def unseen(self, lead: int, staff_id: int, actor: str, seen_until: int | None = None) -> list[LeadEvent]:
        """What others did to a lead since someone last saw it, or ever, if they never did; the oldest first.

        `seen_until`: the change that they saw, where that is known better than by when they last looked.
        """
        mine = (looks.c.staff_id == staff_id) & (looks.c.lead_id == lead)
        looked = func.coalesce(select(looks.c.change).where(mine).scalar_subquery(), 0)
        seen = looked if seen_until is None else literal(seen_until)
        theirs = (lead_events.c.actor != actor) & lead_events.c.kind.in_(REPLACEABLE)
        columns = (lead_events.c[name] for name in ("at", "actor", "kind", "detail", "change"))
        statement = select(*columns).where(lead_events.c.lead_id == lead, theirs, lead_events.c.change > seen)
        with self.store.reading() as db:
            rows = db.execute(statement.order_by(lead_events.c.id))
            return [LeadEvent(*row) for row in rows]
