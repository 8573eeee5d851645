"""Who did what, and who saw whom: the audit and the events of leads as one list, to be searched."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, literal, select, type_coerce, union_all

from bot.store.database import Database
from bot.store.tables import audit, lead_events, leads


@dataclass(frozen=True, slots=True)
class Line:
    at: datetime
    actor: str
    action: str  # of the audit, or the kind of an event
    about: str | None  # the reference of a lead, or what the audit names
    detail: Mapping[str, Any]
    is_event: bool  # something that was done with a lead, and not a look


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lines; all of these together."""

    since: datetime
    until: datetime
    actor: str | None = None
    reference: str | None = None


class Logbook:
    def __init__(self, store: Database) -> None:
        self.store = store

    def lines(self, asked: Asked, limit: int, offset: int = 0) -> list[Line]:
        """The latest first."""
        both = union_all(_looks(asked), _events(asked)).subquery()
        statement = select(both).order_by(both.c.at.desc(), both.c.is_event, both.c.id.desc())
        with self.store.reading() as db:
            rows = db.execute(statement.limit(limit).offset(offset))
            return [Line(row.at, row.actor, row.action, row.about, row.detail, bool(row.is_event)) for row in rows]


def _looks(asked: Asked) -> Select[Any]:
    columns = (audit.c.id, audit.c.at, audit.c.actor, audit.c.action, audit.c.object.label("about"), audit.c.detail)
    found = select(*columns, literal(0).label("is_event")).where(audit.c.at >= asked.since, audit.c.at < asked.until)
    if asked.actor is not None:
        found = found.where(audit.c.actor == asked.actor)
    return found if asked.reference is None else found.where(audit.c.object == asked.reference)


def _events(asked: Asked) -> Select[Any]:
    kind = type_coerce(lead_events.c.kind, String).label("action")
    columns = (lead_events.c.id, lead_events.c.at, lead_events.c.actor, kind, leads.c.reference.label("about"))
    found = select(*columns, lead_events.c.detail, literal(1).label("is_event")).join(
        leads, leads.c.id == lead_events.c.lead_id
    )
    found = found.where(lead_events.c.at >= asked.since, lead_events.c.at < asked.until)
    if asked.actor is not None:
        found = found.where(lead_events.c.actor == asked.actor)
    return found if asked.reference is None else found.where(leads.c.reference == asked.reference)
