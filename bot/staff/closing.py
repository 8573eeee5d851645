"""The end of a lead, and the way back: closed, opened again as it was, the last thing undone, erased."""

from bot.engine.effects import Message
from bot.privacy.erasure import erase, erase_lead
from bot.staff.claiming import CALL_AGAIN_WORKDAYS
from bot.staff.errors import Code, DeskError
from bot.staff.work import Work
from bot.store.filing import opened_again, who_has
from bot.store.lead_codes import CloseReason, EventKind, LeadOutcome, Outcome, Status
from bot.store.lead_model import Lead, LeadChanges, how_to_reach, planned
from bot.store.lead_views import REPLACEABLE
from bot.store.outbox import OutboxMessage
from bot.store.team import Role

NOT_TO_CHOOSE = frozenset({CloseReason.ERASED, CloseReason.WITHDRAWN, CloseReason.EXPIRED})  # they follow from others
TO_CHOOSE = tuple(reason for reason in CloseReason if reason not in NOT_TO_CHOOSE)
LAPSED = frozenset({CloseReason.UNREACHED, CloseReason.DUPLICATE})
CLOSED: tuple[EventKind, ...] = ("closed",)
UNDOABLE: tuple[EventKind, ...] = (*REPLACEABLE, "outcome")


class Closing(Work):
    def close(
        self, reference: str, reason: CloseReason, outcome: Outcome | None = None, *, seen: int | None = None
    ) -> Lead:
        """Be done with a lead, and say why; and what came of it, when that is known. From now on its term runs."""
        with self._changing(reference, seen=seen) as lead:
            self._need_open(lead)
            if reason in NOT_TO_CHOOSE:
                raise DeskError(Code.NOT_YOUR_REASON, reason=reason)
            values: LeadChanges = {
                "status": Status.LAPSED if reason in LAPSED else Status.DONE,
                "close_reason": reason,
                "closed_at": self.now(),
                "asked_at": None,
                "asked_reason": None,
                **planned(),
            }
            if outcome:
                values |= self._outcome(outcome)
            return self._change(lead, "closed", {"reason": reason, **_codes(outcome)}, **values)

    def reopen(self, reference: str, *, seen: int | None = None) -> Lead:
        """Open a closed lead as it was: with who had it, its status and its next step.

        Who had it may have left: then it is as it came in. What was closed before that was kept gets a next step.
        """
        with self._changing(reference, seen=seen) as lead:
            if not lead.status.closed:
                raise DeskError(Code.IS_OPEN, reference=lead.reference, status=lead.status)
            closing = self.store.leads.replaced(lead.id, CLOSED)
            if closing and who_has(self.store, lead):
                return self._change(lead, "reopened", **closing[1])
            values = opened_again(self.store, lead, lead.contact, self.now())
            values |= planned(how_to_reach(lead.contact), self._workday(CALL_AGAIN_WORKDAYS))
            return self._change(lead, "reopened", **values)

    def undo(self, reference: str) -> Lead:
        """Take back what they did last to a lead, with the note that was written with it.

        Raises DeskError when the last change of a lead is not theirs, or was an undoing.
        """
        self.need(Role.ADVISER, reference)
        with self.store.transaction():
            self.store.counters.lock_leads()
            lead = self._find(reference)
            last = self.store.leads.replaced(lead.id, UNDOABLE)
            if last is None or last[0].actor != self.who.name:
                raise DeskError(Code.NOTHING_TO_UNDO, reference=lead.reference)
            event, before = last
            if "contact" in before:
                before |= self.store.leads.indexes(before["contact"] or {})
            at, leads = self.now(), self.store.leads
            undone = leads.change(lead.id, self.who.name, "undone", {"of": event.kind}, at=at, **before)
            if event.change is not None:
                self.store.notes.strike_written_with(lead.id, event.change, self.who.name, at)
            self.store.lead_views.keep(self.who.id, [undone])
            return undone

    def settle(self, reference: str, outcome: Outcome, *, seen: int | None = None) -> Lead:
        """Write down what came of a lead, also after it was closed: somebody tells it three months later."""
        with self._changing(reference, seen=seen) as lead:
            return self._change(lead, "outcome", _codes(outcome), **self._outcome(outcome))

    def forget(self, reference: str) -> tuple[str, ...]:
        """Erase the person behind a lead, at their request; gives the references that are empty now."""
        lead = self._lead(reference, Role.ADMIN)
        address = self.store.conversations.address(lead.conversation_id) if lead.conversation_id else None
        if address is None:
            erase_lead(self.store, lead, CloseReason.ERASED, self.now(), actor=self.who.name)
            self.store.audit.write(self.who.name, "person erased", at=self.now(), leads=1)
            return (lead.reference,)
        with self.store.transaction():
            erased = erase(self.store, address, self.now(), actor=self.who.name)
            if erased and erased.message_ids:
                self.store.outbox.queue(
                    [OutboxMessage(None, address, Message("", deletes=erased.message_ids))], self.now()
                )
        return erased.leads if erased else ()

    def _outcome(self, outcome: Outcome) -> LeadChanges:
        """As it is kept: which course and which scheme are sealed, because they may be in an adviser's words."""
        for said in (outcome.programme, outcome.scheme):
            self._need_harmless(said or "")
        named = {"programme": outcome.programme, "scheme": outcome.scheme, "stage": outcome.stage}
        detail = {name: str(value) for name, value in named.items() if value}
        return {"outcome": outcome.kind, "outcome_detail": detail}


def _codes(outcome: Outcome | None) -> dict[str, LeadOutcome]:
    """For an event, which holds no personal data."""
    return {"outcome": outcome.kind} if outcome else {}
