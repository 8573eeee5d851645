"""What goes when its term is over. It runs by itself, every hour that the bot runs, and on command."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from time import monotonic, sleep

from sqlalchemy import ColumnElement, Table, and_, delete, exists, func, select

from bot.privacy.erasure import clear, erase_lead, readers
from bot.privacy.steps import Step, carry_out, plan
from bot.store.conversation_figures import count_leaving
from bot.store.damage import UNREADABLE
from bot.store.lead_codes import CloseReason
from bot.store.lead_model import Lead
from bot.store.lead_terms import KEEP, term_is_over
from bot.store.store import Store
from bot.store.tables import audit, conversations, inbox, leads, outbox, unanswered

log = logging.getLogger(__name__)

# Who wants to write waits for a portion, one more row, and what follows its commit. In the gap others get the lock of
# SQLite, for which they look again after 1 to 25 ms, and after 100 ms of waiting only every 50 to 100. So a gap is
# longer than 25 ms, and a portion so short that a gap comes within the first 100.
PORTION_SECONDS = 0.02
GAP_SECONDS = 0.03
COPIES_HOURS = 24  # of a lead in the chat of an adviser; after 48 Telegram lets a bot delete nothing any more
AT_ONCE = 200  # rows of a kind that nothing hangs on; a few milliseconds


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
    return store.calendar.day(at + _term(store, lead))


def term_ends(store: Store, lead: Lead) -> date:
    """The day on which a lead goes that nobody touches any more."""
    return store.calendar.day((lead.closed_at or lead.updated_at) + _term(store, lead))


def _term(store: Store, lead: Lead) -> timedelta:
    agreed = any(
        each.purpose == KEEP and not each.withdrawn_at for each in store.leads.details([lead])[lead.id].consents
    )
    days = store.settings.keep_lead_days_with_consent if agreed else store.settings.keep_lead_days
    return timedelta(days=days)


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
                audit=count(self.store.audit.before(self.audit) & audit.c.number.is_not(None)),
            )

    def run(self) -> Due:
        """Remove it, write down how much it was, and take the bytes out of the write-ahead log.

        It goes in portions, each a transaction of its own: whoever wants to write meanwhile waits for one at most.
        Killed in between, the rest goes at the next run; of each lead there is an event already.

        Raises ClockInDoubt, and removes nothing but what has to go whatever the time, when the clock may have jumped.
        """
        carry_out(self.store, self.at)
        self.store.clock.see(self.at)
        copies = self.at - timedelta(hours=COPIES_HOURS)
        self.store.outbox.take_back(None, readers(self.store), self.at, before=copies)
        # What hangs on a person first: it is counted as what it is.
        gone = Due(
            updates=self._many(inbox, inbox.c.received_at < self.updates),
            messages=self._many(outbox, self._messages()),
            unanswered=self._many(unanswered, unanswered.c.asked_on < self.unanswered),
            audit=self._in_portions(lambda: self.store.audit.drop(self.audit, AT_ONCE)),
            exports=self.store.exports.remove(self.store.exports.expired(self.at), self.at),
            leads=self._one_by_one(self._expire_next),
            conversations=self._one_by_one(self._clear_next),
        )
        self.store.talks.tidy(self.at)
        while self.store.person_keys.sweep():
            sleep(GAP_SECONDS)
        with self.store.transaction():
            if gone.anything:
                self.store.audit.write("retention", "retention", at=self.at, **asdict(gone))
                plan(self.store, [Step.TRACES], self.at, soon=False)
        carry_out(self.store, self.at)
        if gone.anything:
            said = ", ".join(f"{name} {count}" for name, count in asdict(gone).items() if count)
            # The mark in another place than the database: see `bot.store.audit`.
            log.info("had their term: %s; the audit ends at %s", said, self.store.audit.last())
        self.store.checkpoint()
        return gone

    # ------------------------------------------------------------------ portions
    def _one_by_one(self, next_after: Callable[[int], tuple[int, bool] | None]) -> int:
        """Have all of a kind go; `next_after` does the first one behind a number, and gives its number and whether it
        went. Whether its term is over is asked in the transaction in which it goes: somebody may have come back."""
        last, gone, more = 0, 0, True
        while more:
            with self._portion() as is_over:
                while more:
                    done = next_after(last)
                    if done:
                        last = done[0]
                        gone += done[1]
                    more = done is not None
                    if is_over():
                        break
            if more:
                sleep(GAP_SECONDS)
        return gone

    def _expire_next(self, after: int) -> tuple[int, bool] | None:
        with self.store.transaction() as db:
            self.store.counters.lock_leads()  # before the look: nobody calls, or answers, between it and the erasing
            due = select(leads.c.id).where(leads.c.id > after, self._leads()).order_by(leads.c.id).limit(1)
            lead = db.execute(due).scalar()
            if lead is None:
                return None
            try:
                with db.begin_nested():
                    expired = self.store.leads.get(lead)
                    erase_lead(self.store, expired, CloseReason.EXPIRED, self.at, actor="retention")
            except UNREADABLE as error:  # the others go
                log.error("lead %d is damaged, and could not be emptied: %s", lead, type(error).__name__)
                return lead, False
        return lead, True

    def _clear_next(self, after: int) -> tuple[int, bool] | None:
        with self.store.transaction() as db:
            due = select(conversations.c.id).where(conversations.c.id > after, self._conversations())
            # Who is having a turn just now is not silent.
            due = due.order_by(conversations.c.id).limit(1).with_for_update(skip_locked=True)
            person = db.execute(due).scalar()
            if person is None:
                return None
            if silent := self.store.conversations.get(person):
                count_leaving(self.store, None, silent, self.at)
            clear(self.store, person)
        return person, True

    def _many(self, table: Table, over: ColumnElement[bool]) -> int:
        """Delete the rows of a table whose term is over."""
        some = select(table.c.id).where(over).limit(AT_ONCE).scalar_subquery()

        def delete_some() -> int:
            with self.store.transaction() as db:
                return db.execute(delete(table).where(table.c.id.in_(some))).rowcount

        return self._in_portions(delete_some)

    def _in_portions(self, delete_some: Callable[[], int]) -> int:
        """Delete until there are less than `AT_ONCE` left to delete."""
        gone, more = 0, True
        while more:
            with self._portion() as is_over:
                while more:
                    found = delete_some()
                    gone += found
                    more = found == AT_ONCE
                    if is_over():
                        break
            if more:
                sleep(GAP_SECONDS)
        return gone

    @contextmanager
    def _portion(self) -> Iterator[Callable[[], bool]]:
        """A transaction that ends in time; after it, and before the next, others begin theirs."""
        with self.store.transaction():
            began = monotonic()  # not while it waits for the lock: something has to go in each
            yield lambda: monotonic() - began > PORTION_SECONDS

    def _leads(self) -> ColumnElement[bool]:
        return term_is_over(self.store.settings, self.at)

    def _conversations(self) -> ColumnElement[bool]:
        with_lead = exists().where(leads.c.conversation_id == conversations.c.id, ~self._leads())
        return and_(conversations.c.updated_at < self.abandoned, ~with_lead)

    def _messages(self) -> ColumnElement[bool]:
        # A message that could not be sent for two days is old news, and perhaps names somebody.
        return outbox.c.queued_at < self.updates
