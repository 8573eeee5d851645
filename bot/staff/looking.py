"""Leads as staff look at them: lists, one lead with everything, and who can be found by what somebody says."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.privacy.retention import last_day, term_ends
from bot.staff.work import Work
from bot.store.lead_codes import NextStep
from bot.store.lead_filter import Filter
from bot.store.lead_model import Details, Lead
from bot.store.search import search_leads
from bot.store.team import Role

TYPED = frozenset({"kind", "assignee", "source", "team", "sector", "place"})  # of a filter: what staff type themselves


@dataclass(frozen=True, slots=True)
class Opened:
    lead: Lead
    details: Details
    duplicate_of: str | None
    duplicates: tuple[str, ...]
    erased_on: date  # unless somebody does something before that
    last_day: date  # a next step is before this day


class Looking(Work):
    """Whatever shows a person is written down."""

    def queue(self, which: Filter, limit: int | None = None) -> list[Lead]:
        """What needs doing first comes first. A reader gets nothing by which somebody could be called or recognised.

        That it was looked at is written down: who, by which filter, how many.
        """
        self.need(Role.READER, "list")
        found = self.store.leads.all(which, limit)
        return self._listed(found, "leads listed", filter=self._asked(which, found))

    def listed(self, ids: Sequence[int], which: Filter, queue: str) -> list[Lead]:
        """Leads of a list that was paged already, in this order; that they were looked at is written down."""
        self.need(Role.READER, "list")
        found = self.store.leads.some(ids)
        return self._listed(found, "leads listed", filter={**self._asked(which, found), "queue": queue})

    def count(self, which: Filter) -> int:
        """How many there are: a number of nobody, which is not written down."""
        self.need(Role.READER, "count")
        return self.store.leads.count(which)

    def search(self, text: str, limit: int = 50) -> list[Lead]:
        """Leads by part of a name, a phone number in any spelling, an e-mail address, a company, or a number ("3").

        What was typed is written down nowhere: it is a name, mostly. A reader, who may see no contact in a list, may
        not try names either: they find leads by their number only.
        """
        self.need(Role.READER, "search")
        by_number = [lead for full in self._references(text) if (lead := self.store.leads.find(full))]
        found = [lead for lead in by_number if not lead.erased_at]
        if self.who.role.may(Role.ADVISER):
            known = {lead.id for lead in found}
            with self.store.reading() as db:
                ids = [one for one in search_leads(db, text, limit) if one not in known]
            found += self.store.leads.some(ids)
        return self._listed(found[:limit], "leads searched")

    def open(self, reference: str) -> Opened:
        """Everything about a lead; that it was looked at is written down."""
        lead = self._lead(reference, Role.READER)
        at = self.now()
        self.store.audit.write(self.who.name, "lead shown", lead.reference, at=at)
        self.store.lead_views.keep(self.who.id, [lead])
        original = self.store.leads.find(lead.duplicate_of_id) if lead.duplicate_of_id else None
        others = self.store.leads.duplicates(original.id if original else lead.id)
        return Opened(
            lead,
            self.store.leads.details([lead])[lead.id],
            original.reference if original else None,
            tuple(other for other in others if other != lead.reference),
            term_ends(self.store, lead),
            last_day(self.store, lead, at),
        )

    def mine(self) -> tuple[str, ...]:
        """Whose leads are theirs today, for a `Filter`: their own, and of whom they stand in for."""
        return (self.who.name, *(each.name for each in self.stands_in_for()))

    def _listed(self, found: list[Lead], action: str, **detail: Any) -> list[Lead]:
        self.store.lead_views.keep(self.who.id, found)
        self.store.audit.write(self.who.name, action, at=self.now(), **detail, count=len(found))
        return found if self.who.role.may(Role.ADVISER) else [self._without_contact(lead) for lead in found]

    def _asked(self, which: Filter, found: Sequence[Lead]) -> dict[str, Any]:
        """A filter for the audit. What was typed may be anything, also a name: it is "?" unless it is known to be none,
        as a flow or a colleague that leads were found of, or a code of the centre."""
        known = {*self.store.settings.sources, *(each.team for each in self.store.team.all())}
        known |= {value for lead in found for value in (lead.kind, lead.assignee, lead.sector, lead.place)}
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
        return replace(
            lead, contact={}, answers={}, advice=None, next_action=action, source=source, outcome_detail=None
        )
