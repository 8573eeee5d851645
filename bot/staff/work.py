"""What all work on leads goes by: whose role allows what, and that nobody replaces in silence what a colleague did."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, Unpack

from bot.staff.errors import Changed, Code, DeskError, Refused
from bot.staff.locale import Locale
from bot.store import Store
from bot.store.lead_codes import EventKind
from bot.store.lead_model import Lead, LeadChanges, LeadEvent
from bot.store.team import Member, Role

REFERENCE = re.compile(r"(?:L-?)?(?:(\d{4})-)?(\d{1,7})", re.IGNORECASE)
"""A number of a lead as people say it: "L-2026-0042", "2026-42", "42"."""


class Work:
    """The work of one member of staff: the part that every use case needs."""

    def __init__(self, store: Store, who: Member, now: Callable[[], datetime]) -> None:
        self.store, self.who, self.now = store, who, now

    @property
    def locale(self) -> Locale:
        """How to say things to them."""
        return Locale.of(self.store)

    @property
    def today(self) -> date:
        return self.store.calendar.day(self.now())

    # ------------------------------------------------------------------ rights
    def need(self, role: Role, action: str) -> None:
        """Raises `Refused` for who may not do this; that they tried is written down."""
        if not (self.who.active and self.who.role.may(role)):
            self.store.audit.write(self.who.name, "refused", action[:64], at=self.now(), role=self.who.role)
            raise Refused(Code.NOT_ALLOWED, role=self.who.role, needed=role)

    def stands_in_for(self) -> list[Member]:
        """The colleagues who are away today, and whose leads are theirs meanwhile."""
        return [each for each in self.store.team.all() if each.substitute_on(self.today) == self.who.id]

    def _need_theirs(self, lead: Lead) -> None:
        """It is their own, or of whom they stand in for, or anyone's for a coordinator."""
        if lead.assignee_id == self.who.id or self.who.role.may(Role.COORDINATOR):
            return
        if lead.assignee_id is None:
            raise Refused(Code.CLAIM_FIRST, reference=lead.reference)
        if lead.assignee_id not in {each.id for each in self.stands_in_for()}:
            raise Refused(Code.NOT_YOURS, reference=lead.reference, assignee=lead.assignee)

    # ------------------------------------------------------------------ finding
    def _lead(self, reference: str, role: Role) -> Lead:
        self.need(role, reference)
        return self._find(reference)

    def _find(self, reference: str) -> Lead:
        """The lead with a number, however short it is said: without a year the last one that has it."""
        lead = next((found for full in self._references(reference) if (found := self.store.leads.find(full))), None)
        if lead is None:
            raise DeskError(Code.NO_LEAD, reference=reference)
        if lead.erased_at:
            raise DeskError(Code.ERASED, reference=lead.reference)
        return lead

    def _references(self, typed: str) -> list[str]:
        said = REFERENCE.fullmatch(typed.strip())
        if said is None:
            return []
        years = [int(said[1])] if said[1] else [self.today.year, self.today.year - 1]
        return [f"L-{year}-{int(said[2]):04}" for year in years]

    # ------------------------------------------------------------------ changing
    @contextmanager
    def _changing(self, reference: str, *, replaces: bool = True, seen: int | None = None) -> Iterator[Lead]:
        """A lead that is theirs to change, and that nobody else changes meanwhile.

        Raises `Changed` when what they would replace was changed by others since they last saw it, or since change
        `seen`, where that is known. Now they have been told, so the same once more goes through. What only adds
        something replaces nothing.
        """
        self.need(Role.ADVISER, reference)  # outside the unit: a refusal is written down, and this would undo it
        try:
            with self.store.transaction():
                self.store.counters.lock_leads()
                lead = self._find(reference)
                self._need_theirs(lead)
                if replaces and (since := self._unseen(lead, seen)):
                    raise Changed(lead, since)
                yield lead
        except Changed as conflict:
            self.store.lead_views.keep(self.who.id, [conflict.lead])
            raise

    def _change(
        self, lead: Lead, kind: EventKind, detail: Mapping[str, Any] | None = None, **values: Unpack[LeadChanges]
    ) -> Lead:
        """Change it under their name, so that it can be undone; what came of it is what they have seen."""
        at = self.now()
        changed = self.store.leads.change(lead.id, self.who.name, kind, detail, at=at, before=lead, **values)
        self.store.lead_views.keep(self.who.id, [changed])
        return changed

    def _unseen(self, lead: Lead, seen: int | None = None) -> list[LeadEvent]:
        return self.store.lead_views.unseen(lead.id, self.who.id, self.who.name, seen)

    def _workday(self, count: int) -> date:
        """The day that is so many working days from today."""
        return self.store.calendar.add_workdays(self.today, count)

    # ------------------------------------------------------------------ what may be done
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
