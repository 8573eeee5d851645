"""What goes when its term is over. It runs by itself, every hour that the bot runs, and on command."""

import logging
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select

from bot.privacy.erasure import clear, complete_tombstone_file, erase_lead
from bot.store.damage import UNREADABLE
from bot.store.lead_model import CloseReason, Lead
from bot.store.store import Store
from bot.store.tables import audit, consents, conversations, inbox, leads, outbox, unanswered

log = logging.getLogger(__name__)

KEEP = "keep"  # the second consent: for a year


@dataclass(frozen=True, slots=True)
class Due:
    """How much of each kind has had its term."""

    leads: int  # emptied: the reference stays, so that who exported it hears that it is to be deleted
    conversations: int  # without a lead, and silent
    updates: int
    messages: int
    exports: int
    unanswered: int
    audit: int

    @property
    def anything(self) -> bool:
        return any(asdict(self).values())


def last_day(store: Store, lead: Lead, at: datetime) -> date:
    """The day on which an open lead goes that nobody touches after `at`."""
    agreed = any(
        each.purpose == KEEP and not each.withdrawn_at for each in store.leads.details([lead])[lead.id].consents
    )
    days = store.settings.keep_lead_days_with_consent if agreed else store.settings.keep_lead_days
    return store.calendar.day(at + timedelta(days=days))


class Retention:
    """The terms of the settings, on a moment. `look` and `run` go by the same conditions."""

    def __init__(self, store: Store, at: datetime) -> None:
        self.store, self.at = store, at
        keep = store.settings
        self.abandoned = at - timedelta(days=keep.keep_abandoned_days)
        self.updates = at - max(timedelta(hours=keep.keep_updates_hours), timedelta(days=1))
        self.unanswered = (at - timedelta(days=keep.keep_unanswered_days)).date()
        self.audit = at - timedelta(days=keep.keep_audit_days)

    def look(self) -> Due:
        """What `run` would remove now."""
        with self.store.reading() as db:

            def count(condition: ColumnElement[bool]) -> int:
                return int(db.execute(select(func.count()).where(condition)).scalar_one())

            return Due(
                leads=count(self._leads()),
                conversations=count(self._conversations()),
                updates=count(inbox.c.received_at < self.updates),
                messages=count(self._messages()),
                exports=len(self.store.exports.expired(self.at)),
                unanswered=count(unanswered.c.asked_on < self.unanswered),
                audit=count(audit.c.at < self.audit),
            )

    def run(self) -> Due:
        """Remove it, write down how much it was, and take the bytes out of the write-ahead log.

        Raises ClockInDoubt, and removes nothing but what has to go whatever the time, when the clock may have jumped.
        """
        complete_tombstone_file(self.store)
        if self.store.clock.is_ahead(self.at):
            self.store.exports.remove(self.store.exports.withdrawn(self.at), self.at)
        with self.store.transaction() as db:
            self.store.clock.see(self.at)
            due = self.look()
            for lead in db.execute(select(leads.c.id).where(self._leads())).scalars().all():
                try:
                    with db.begin_nested():
                        expired = self.store.leads.get(lead)
                        erase_lead(self.store, expired, CloseReason.EXPIRED, self.at, actor="retention")
                except UNREADABLE as error:  # the others go
                    log.error("lead %d is damaged, and could not be emptied: %s", lead, type(error).__name__)
            for person in db.execute(select(conversations.c.id).where(self._conversations())).scalars().all():
                clear(self.store, person)
            db.execute(delete(inbox).where(inbox.c.received_at < self.updates))
            db.execute(delete(outbox).where(self._messages()))
            self.store.exports.remove(self.store.exports.expired(self.at), self.at)
            db.execute(delete(unanswered).where(unanswered.c.asked_on < self.unanswered))
            db.execute(delete(audit).where(audit.c.at < self.audit))
            if due.anything:
                self.store.audit.write("retention", "retention", at=self.at, **asdict(due))
            self.store.after_commit(self.store.checkpoint)
        return due

    def _leads(self) -> ColumnElement[bool]:
        """Four weeks after it was closed, or after its last change while it is open; a year with the second consent.

        Every contact is a change, and so is every answer: nobody loses a lead that they are working on.
        """
        keeps = exists().where(
            consents.c.conversation_id == leads.c.conversation_id,
            consents.c.purpose == KEEP,
            consents.c.withdrawn_at.is_(None),
        )
        days = self.store.settings
        short = self.at - timedelta(days=days.keep_lead_days)
        long = self.at - timedelta(days=days.keep_lead_days_with_consent)
        touched = func.coalesce(leads.c.closed_at, leads.c.updated_at, type_=leads.c.updated_at.type)
        over = or_(and_(~keeps, touched < short), and_(keeps, touched < long))
        return and_(leads.c.erased_at.is_(None), over)

    def _conversations(self) -> ColumnElement[bool]:
        with_lead = exists().where(leads.c.conversation_id == conversations.c.id, ~self._leads())
        return and_(conversations.c.updated_at < self.abandoned, ~with_lead)

    def _messages(self) -> ColumnElement[bool]:
        # A message that could not be sent for two days is old news, and perhaps names somebody.
        return outbox.c.queued_at < self.updates
