"""What an adviser does with leads, whichever way they come in.

Everything is checked against the role, and written down as an event without personal data.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Unpack

from bot.engine.effects import Message
from bot.privacy.erasure import erase, erase_lead
from bot.privacy.retention import last_day
from bot.staff.cells import clean
from bot.staff.errors import Changed, Code, DeskError, Refused
from bot.staff.locale import Locale
from bot.store import Store
from bot.store.lead_model import (
    AttemptOutcome,
    CloseReason,
    Details,
    EventKind,
    Filter,
    Lead,
    LeadChanges,
    LeadEvent,
    NextStep,
    Status,
    anew,
    how_to_reach,
)
from bot.store.outbox import OutboxMessage
from bot.store.team import Member, Role

CALL_AGAIN_WORKDAYS = 2
LONGEST_STEP = 120  # characters of a next step: a line in a list; what is longer is a note
MOST_ATTEMPTS = 3  # after these, closing with "geen_gehoor" is what is left to do

TYPED = frozenset({"kind", "assignee", "source"})  # of a filter: what staff type by themselves


@dataclass(frozen=True, slots=True)
class Opened:
    lead: Lead
    details: Details
    duplicate_of: str | None
    duplicates: tuple[str, ...]


class Desk:
    """The work of one member of staff."""

    def __init__(self, store: Store, who: Member, now: Callable[[], datetime]) -> None:
        self.store, self.who, self.now = store, who, now

    @property
    def locale(self) -> Locale:
        """How to say things to them."""
        return Locale.of(self.store)

    # ------------------------------------------------------------------ looking
    def queue(self, which: Filter, limit: int | None = None) -> list[Lead]:
        """What needs doing first comes first. A reader gets nothing by which somebody could be called or recognised.

        That it was looked at is written down: who, by which filter, how many.
        """
        self.need(Role.READER, "list")
        found = self.store.leads.all(which, limit)
        self.store.lead_views.keep(self.who.id, found)
        asked, count = self._asked(which, found), len(found)
        self.store.audit.write(self.who.name, "leads listed", at=self.now(), filter=asked, count=count)
        return found if self.who.role.may(Role.ADVISER) else [self._without_contact(lead) for lead in found]

    def open(self, reference: str) -> Opened:
        """Everything about a lead; that it was looked at is written down."""
        lead = self._lead(reference, Role.READER)
        self.store.audit.write(self.who.name, "lead shown", lead.reference, at=self.now())
        self.store.lead_views.keep(self.who.id, [lead])
        original = self.store.leads.find(lead.duplicate_of_id) if lead.duplicate_of_id else None
        others = self.store.leads.duplicates(original.id if original else lead.id)
        return Opened(
            lead,
            self.store.leads.details([lead])[lead.id],
            original.reference if original else None,
            tuple(other for other in others if other != lead.reference),
        )

    # ------------------------------------------------------------------ working
    def claim(self, reference: str) -> Lead:
        """Take a new lead. Who comes second hears who has it."""
        lead = self._lead(reference, Role.ADVISER)
        if self.store.leads.claim(lead.id, self.who.id, self.who.name, self.now()):
            return self.store.leads.get(lead.id)
        lead = self.store.leads.get(lead.id)
        self._need_open(lead)
        if lead.assignee_id == self.who.id:
            return lead
        raise DeskError(Code.TAKEN, reference=lead.reference, assignee=lead.assignee)

    def release(self, reference: str) -> Lead:
        """Put a lead back, for somebody else to take. One that was closed is open again, with a next step."""
        with self._changing(reference) as lead:
            at = self.now()
            back: LeadChanges = {
                **anew(at),
                "next_action": lead.next_action or how_to_reach(lead.contact),
                "next_action_on": lead.next_action_on or self._call_again(at),
            }
            return self._change(lead, "released", **back)

    def note(self, reference: str, text: str) -> Lead:
        lead = self._lead(reference, Role.ADVISER)
        if not text.strip():
            raise DeskError(Code.EMPTY_NOTE)
        self._need_harmless(text)
        return self.store.leads.note(lead.id, self.who.name, text.strip(), self.now())

    def attempt(self, reference: str, outcome: AttemptOutcome) -> Lead:
        """Someone was called. Nobody answered: again in two working days. They spoke: the next step is theirs.

        A call was made, whatever others did meanwhile: it counts, but a next step of theirs that was not seen stays.
        """
        with self._changing(reference, replaces=False) as lead:
            self._need_open(lead)
            at = self.now()
            values: LeadChanges = {"attempts": lead.attempts + 1}
            step: LeadChanges = {"next_action": None, "next_action_on": None}
            if outcome is AttemptOutcome.SPOKEN:
                first = lead.first_contact_at or at
                values |= {"status": Status.TALKING, "first_contact_at": first, "last_contact_at": at}
            else:
                tried_enough = lead.attempts + 1 >= MOST_ATTEMPTS and not lead.first_contact_at
                step["next_action"] = NextStep.CLOSE if tried_enough else how_to_reach(lead.contact)
                step["next_action_on"] = self._call_again(at)
                values["status"] = lead.status if lead.status is Status.TALKING else Status.TRIED
            if not self._unseen(lead):
                values |= step
            return self._change(lead, "attempt", {"outcome": outcome}, **values)

    def snooze(self, reference: str, until: date, action: str | None = None) -> Lead:
        """Leave a lead alone until a day; the first working day when that is none. By then it must still be there.

        `action` is the next step in their own words. Raises DeskError when it is too long, or holds what is not kept.
        """
        action = " ".join(clean(action or "").split())
        self._need_harmless(action)
        if len(action) > LONGEST_STEP:
            raise DeskError(Code.STEP_TOO_LONG, most=LONGEST_STEP, length=len(action))
        with self._changing(reference) as lead:
            self._need_open(lead)
            if until <= self.store.calendar.day(self.now()):
                raise DeskError(Code.NOT_IN_FUTURE, day=until)
            day = self.store.calendar.add_workdays(until, 0)
            if day >= (last := last_day(self.store, lead, self.now())):
                raise DeskError(Code.AFTER_TERM, reference=lead.reference, day=last)
            step = self._our_step(action) if action else how_to_reach(lead.contact)
            values: LeadChanges = {"next_action": step, "next_action_on": day}
            return self._change(lead, "snoozed", {"until": day.isoformat()}, **values)

    def close(self, reference: str, reason: CloseReason) -> Lead:
        """Be done with a lead, and say why. From now on its term runs."""
        with self._changing(reference) as lead:
            self._need_open(lead)
            if reason in (CloseReason.ERASED, CloseReason.WITHDRAWN, CloseReason.EXPIRED):
                raise DeskError(Code.NOT_YOUR_REASON, reason=reason)
            lapsed = reason in (CloseReason.UNREACHED, CloseReason.DUPLICATE)
            values: LeadChanges = {
                "status": Status.LAPSED if lapsed else Status.DONE,
                "close_reason": reason,
                "closed_at": self.now(),
                "next_action": None,
                "next_action_on": None,
            }
            return self._change(lead, "closed", {"reason": reason}, **values)

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

    # ------------------------------------------------------------------ rights
    def need(self, role: Role, action: str) -> None:
        """Raises `Refused` for who may not do this; that they tried is written down."""
        if not (self.who.active and self.who.role.may(role)):
            self.store.audit.write(self.who.name, "refused", action, at=self.now(), role=self.who.role)
            raise Refused(Code.NOT_ALLOWED, role=self.who.role, needed=role)

    def _lead(self, reference: str, role: Role) -> Lead:
        self.need(role, reference)
        return self._find(reference)

    def _find(self, reference: str) -> Lead:
        lead = self.store.leads.find(reference)
        if lead is None:
            full = f"L-{self.now().year}-{reference:0>4}"
            if self.store.leads.find(full):
                raise DeskError(Code.NO_LEAD_PERHAPS, reference=reference, meant=full)
            raise DeskError(Code.NO_LEAD, reference=reference)
        if lead.erased_at:
            raise DeskError(Code.ERASED, reference=lead.reference)
        return lead

    @contextmanager
    def _changing(self, reference: str, *, replaces: bool = True) -> Iterator[Lead]:
        """A lead that is theirs to change, and that nobody else changes meanwhile.

        Raises `Changed` when what they would replace was changed by others since they last saw it. Now they have
        been told, so the same once more goes through. What only adds something replaces nothing.
        """
        self.need(Role.ADVISER, reference)  # outside the unit: a refusal is written down, and this would undo it
        try:
            with self.store.transaction():
                self.store.leads.lock_leads()
                lead = self._find(reference)
                self._need_theirs(lead)
                if replaces and (since := self._unseen(lead)):
                    raise Changed(lead, since)
                yield lead
        except Changed as conflict:
            self.store.lead_views.keep(self.who.id, [conflict.lead])
            raise

    def _change(
        self, lead: Lead, kind: EventKind, detail: Mapping[str, Any] | None = None, **values: Unpack[LeadChanges]
    ) -> Lead:
        """Change it under their name; what came of it is what they have seen."""
        changed = self.store.leads.change(lead.id, self.who.name, kind, detail, at=self.now(), **values)
        self.store.lead_views.keep(self.who.id, [changed])
        return changed

    def _unseen(self, lead: Lead) -> list[LeadEvent]:
        return self.store.lead_views.unseen(lead.id, self.who.id, self.who.name)

    def _call_again(self, at: datetime) -> date:
        calendar = self.store.calendar
        return calendar.add_workdays(calendar.day(at), CALL_AGAIN_WORKDAYS)

    def _asked(self, which: Filter, found: Sequence[Lead]) -> dict[str, Any]:
        """A filter for the audit. What was typed may be anything, also a name: it is "?" unless it is known to be none,
        as a flow or a colleague that leads were found of, or a code of the centre."""
        known = {*self.store.settings.sources, *(lead.kind for lead in found), *(lead.assignee for lead in found)}
        said = which.to_json()
        for name in TYPED & said.keys():
            typed = [said[name]] if isinstance(said[name], str) else said[name]
            said[name] = [each if each in known else "?" for each in typed]
        return said

    def _without_contact(self, lead: Lead) -> Lead:
        """What a reader may see in a list: no contact, no answers, no code of a stranger, and no step in an adviser's
        own words, which may name somebody."""
        action = lead.next_action if lead.next_action in list(NextStep) else None
        source = lead.source if lead.source in self.store.settings.sources else None
        return replace(lead, contact={}, answers={}, advice=None, next_action=action, source=source)

    def _need_theirs(self, lead: Lead) -> None:
        """It is their own, or anyone's for a coordinator."""
        if lead.assignee_id != self.who.id and not self.who.role.may(Role.COORDINATOR):
            if lead.assignee:
                raise Refused(Code.NOT_YOURS, reference=lead.reference, assignee=lead.assignee)
            raise Refused(Code.CLAIM_FIRST, reference=lead.reference)

    def _need_open(self, lead: Lead) -> None:
        """Raises DeskError with who closed it when."""
        if lead.status.closed:
            events = reversed(self.store.leads.details([lead])[lead.id].events)
            closed = next((event for event in events if event.kind == "closed"), None)
            data = {"reference": lead.reference, "status": lead.status, "reason": lead.close_reason, "closed": closed}
            raise DeskError(Code.CLOSED, **data)

    def _need_harmless(self, text: str) -> None:
        """Raises DeskError when a text holds what we do not keep, whoever writes it down."""
        if found := self.store.private.find(text):
            raise DeskError(Code.NOT_KEPT, found=found)

    def _our_step(self, action: str) -> str:
        """The code of a next step that is one of ours; any other as it is."""
        try:
            return self.locale.words.to_code(NextStep, action)
        except ValueError:
            return action
