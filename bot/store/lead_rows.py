"""Rows of the database as leads, with their events and notes."""

from dataclasses import fields
from typing import Any

from sqlalchemy import Row, func, select

from bot.store.damage import opened
from bot.store.lead_codes import CloseReason, LeadOutcome, Status
from bot.store.lead_model import Lead, LeadAdvice, LeadAnswer, LeadEvent, Note
from bot.store.tables import conversations, lead_events, leads, staff

EVERY_LEAD = (
    select(leads, staff.c.name.label("assignee"), func.coalesce(conversations.c.blocked, False).label("blocked"))
    .outerjoin(staff, staff.c.id == leads.c.assignee_id)
    .outerjoin(conversations, conversations.c.id == leads.c.conversation_id)
)


def to_event(row: Row[Any]) -> LeadEvent:
    return LeadEvent(row.at, row.actor, row.kind, row.detail, row.change)


def to_note(row: Row[Any]) -> Note:
    return Note(row.at, row.author, opened(row.text, DAMAGED), row.struck_at, row.struck_by, row.change)


_STATUSES, _REASONS, _OUTCOMES = frozenset(Status), frozenset(CloseReason), frozenset(LeadOutcome)
# Not what it replaced: that is opened when it is to be put back.
EVENT = tuple(column for column in lead_events.c if column is not lead_events.c.before)
DAMAGED = "(?)"  # a note that does not open
_FIELDS = tuple(each.name for each in fields(Lead))


def to_lead(row: Row[Any]) -> Lead:
    """A row as a lead. What does not open of it is empty: the rest of it can still be worked with, and erased."""
    values = {name: opened(getattr(row, name)) for name in _FIELDS}
    answers = {name: LeadAnswer.from_json(answer) for name, answer in (values["answers"] or {}).items()}
    advice = None if values["advice"] is None else LeadAdvice.from_json(values["advice"])
    # A state that is none of ours: somebody has to look at it, so it is as if it came in just now.
    known = row.status in _STATUSES
    values |= {
        "status": Status(row.status) if known else Status.NEW,
        "close_reason": CloseReason(row.close_reason) if row.close_reason in _REASONS else None,
        "outcome": LeadOutcome(row.outcome) if row.outcome in _OUTCOMES else None,
    }
    return Lead(**{**values, "contact": values["contact"] or {}, "answers": answers, "advice": advice})
