"""For how long a lead is kept: four weeks after the last contact, or a year for who agreed to that."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_

from bot.settings import Settings
from bot.store.tables import consents, leads

KEEP = "keep"  # the second consent: for a year


def term_is_over(settings: Settings, at: datetime) -> ColumnElement[bool]:
    """Of a lead, at a moment: after it was closed, or after its last change while it is open.

    Every contact is a change, and so is every answer: nobody loses a lead that they are working on.
    """
    keeps = exists().where(
        consents.c.conversation_id == leads.c.conversation_id,
        consents.c.purpose == KEEP,
        consents.c.withdrawn_at.is_(None),
    )
    short = at - timedelta(days=settings.keep_lead_days)
    long = at - timedelta(days=settings.keep_lead_days_with_consent)
    touched = func.coalesce(leads.c.closed_at, leads.c.updated_at, type_=leads.c.updated_at.type)
    over = or_(and_(~keeps, touched < short), and_(keeps, touched < long))
    # First what is cheap and most leads are not: what was agreed to is looked up for the others alone.
    return and_(leads.c.erased_at.is_(None), touched < max(short, long), over)
