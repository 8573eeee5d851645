"""Who has a lead: taken, put back, given to a colleague; one at a time or many."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.content.staff_sentences import StaffSentence
from bot.staff.errors import Code, DeskError
from bot.staff.work import Work
from bot.store.lead_codes import Status
from bot.store.lead_model import Lead, LeadChanges, anew, how_to_reach, planned
from bot.store.notices import tell
from bot.store.team import Member, Role

CALL_AGAIN_WORKDAYS = 2


@dataclass(frozen=True, slots=True)
class Bulk:
    """What came of doing the same with many leads."""

    done: tuple[Lead, ...]
    refused: tuple[tuple[str, DeskError], ...]  # the number, as it was given, and why


class Claiming(Work):
    def claim(self, reference: str) -> Lead:
        """Take a new lead. Who comes second hears who has it."""
        lead = self._lead(reference, Role.ADVISER)
        if self.store.leads.claim(lead.id, self.who.id, self.who.name, self.now()):
            lead = self.store.leads.get(lead.id)
            self.store.lead_views.keep(self.who.id, [lead])
            return lead
        lead = self.store.leads.get(lead.id)
        self._need_open(lead)
        if lead.assignee_id == self.who.id:
            return lead
        raise DeskError(Code.TAKEN, reference=lead.reference, assignee=lead.assignee)

    def release(self, reference: str, *, seen: int | None = None) -> Lead:
        """Put a lead back, for somebody else to take."""
        with self._changing(reference, seen=seen) as lead:
            self._need_open(lead)
            back: LeadChanges = {**anew(self.now())}
            if lead.next_action_on is None:
                again = self._workday(CALL_AGAIN_WORKDAYS)
                back |= planned(lead.next_action or how_to_reach(lead.contact), again)
            return self._change(lead, "released", **back)

    def assign(self, reference: str, to: str, *, seen: int | None = None) -> Lead:
        """Give a lead to a colleague, who hears of it. A coordinator may give any; others what is theirs.

        Raises DeskError for a colleague who may not work on leads, or is not there.
        """
        with self._changing(reference, seen=seen) as lead:
            self._need_open(lead)
            colleague = self.colleague(to)
            if colleague.id == lead.assignee_id:
                return lead
            given: LeadChanges = {"assignee_id": colleague.id, "claimed_at": self.now()}
            if lead.status is Status.NEW:
                given["status"] = Status.CLAIMED
            changed = self._change(lead, "assigned", {"to": colleague.name}, **given)
            if colleague.id != self.who.id:
                said = self.locale.say(StaffSentence.GIVEN_TO_YOU, name=self.who.name)
                tell(self.store, changed, said, at=self.now())
            return changed

    def colleague(self, name: str) -> Member:
        """Who can have leads, by name. Raises DeskError."""
        member = self.store.team.named(name.strip())
        if member is None or not member.role.may(Role.ADVISER):
            raise DeskError(Code.NO_COLLEAGUE, name=name)
        return member

    def in_bulk(self, references: Iterable[str], action: Callable[[str], Lead]) -> Bulk:
        """Do the same with each: `desk.in_bulk(some, lambda each: desk.assign(each, "Nadia"))`.

        What is refused for one stops none of the others. Raises `Refused` when the role allows none of it.
        """
        self.need(Role.ADVISER, "in bulk")
        done: list[Lead] = []
        refused: list[tuple[str, DeskError]] = []
        for reference in references:
            try:
                done.append(action(reference))
            except DeskError as error:
                refused.append((reference, error))
        return Bulk(tuple(done), tuple(refused))
