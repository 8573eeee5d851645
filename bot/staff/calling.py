"""What an adviser does with a lead that is theirs: call, write down, plan."""

from dataclasses import dataclass
from datetime import date, time

from bot.privacy.retention import last_day
from bot.staff.cells import clean
from bot.staff.claiming import CALL_AGAIN_WORKDAYS
from bot.staff.errors import Code, DeskError, Refused
from bot.staff.work import Work
from bot.store.lead_codes import AttemptOutcome, NextStep, Status
from bot.store.lead_model import Lead, LeadChanges, how_to_reach, planned
from bot.store.team import Role

FOLLOW_UP_WORKDAYS = 10  # after a talk, when nothing else was agreed: nobody drops off every list
LONGEST_STEP = 120  # characters of a next step: a line in a list; what is longer is a note
MOST_ATTEMPTS = 3  # after these, closing with "geen_gehoor" is what is left to do


@dataclass(frozen=True, slots=True)
class Plan:
    """A next step. `step` is a `NextStep`, its word, or in an adviser's own words; None: how they are to be reached.
    `hour` is by the clock of the country."""

    on: date
    hour: time | None = None
    step: str | None = None


class Calling(Work):
    def record(
        self,
        reference: str,
        outcome: AttemptOutcome,
        note: str = "",
        plan: Plan | None = None,
        *,
        seen: int | None = None,
    ) -> Lead:
        """Someone was called: how that went, what was said and what is next, in one transaction.

        Without a plan the next step is what we propose. A call was made, whatever others did meanwhile: it counts, but
        a next step of theirs that was not seen stays. A plan would replace it: then `Changed` is raised, nothing is
        kept, and the same once more goes through. `seen` is the change on which a form was made.

        Raises DeskError when the note or the step holds what is not kept, or the plan is not possible.
        """
        note = note.strip()
        self._need_harmless(note)
        step = self._step(plan)
        with self._changing(reference, replaces=plan is not None, seen=seen) as lead:
            self._need_open(lead)
            values = self._after(lead, outcome)
            if plan:
                values |= self._planned(lead, plan, step)
            elif not self._unseen(lead, seen):
                proposed = self.proposal(lead, outcome)
                values |= planned(proposed.step, proposed.on)
            detail = {"outcome": outcome, **({"until": plan.on.isoformat()} if plan else {})}
            changed = self._change(lead, "attempt", detail, **values)
            if note:
                self.store.notes.add(changed, self.who.name, note, self.now())
            return changed

    def attempt(self, reference: str, outcome: AttemptOutcome) -> Lead:
        """Someone was called, and there is nothing to add."""
        return self.record(reference, outcome)

    def proposal(self, lead: Lead, outcome: AttemptOutcome) -> Plan:
        """The next step after a call, when nobody plans another: before the lead is erased."""
        again = self._workday(CALL_AGAIN_WORKDAYS)
        if outcome is AttemptOutcome.SPOKEN:
            soon = self._workday(FOLLOW_UP_WORKDAYS)
            is_kept = soon < last_day(self.store, lead, self.now())
            return Plan(soon if is_kept else again, None, how_to_reach(lead.contact))
        if lead.attempts + 1 >= MOST_ATTEMPTS and not lead.first_contact_at:
            return Plan(again, None, NextStep.CLOSE)
        if outcome is AttemptOutcome.WRONG_NUMBER and lead.contact.get("email"):
            return Plan(again, None, NextStep.MAIL)
        return Plan(again, None, how_to_reach(lead.contact))

    def note(self, reference: str, text: str) -> Lead:
        """Write something down. It adds to a lead, so who has it does not matter."""
        lead = self._lead(reference, Role.ADVISER)
        if not text.strip():
            raise DeskError(Code.EMPTY_NOTE)
        self._need_harmless(text)
        return self.store.leads.note(lead.id, self.who.name, text.strip(), self.now())

    def strike(self, reference: str, number: int) -> Lead:
        """Strike out a note, the first of a lead being 1: it can be read as struck out, and goes into no export.

        Everyone strikes out their own; a coordinator anyone's.
        """
        lead = self._lead(reference, Role.ADVISER)
        with self.store.transaction():
            self.store.counters.lock_leads()
            notes = self.store.leads.details([lead])[lead.id].notes
            if not 0 < number <= len(notes):
                raise DeskError(Code.NO_NOTE, reference=lead.reference, number=number)
            author = notes[number - 1].author
            if author != self.who.name and not self.who.role.may(Role.COORDINATOR):
                raise Refused(Code.NOT_YOUR_NOTE, author=author)
            if self.store.notes.strike(lead.id, number, self.who.name, self.now()):
                return self.store.leads.change(lead.id, self.who.name, "note struck", at=self.now())
            return lead

    def snooze(
        self,
        reference: str,
        until: date,
        action: str | None = None,
        hour: time | None = None,
        *,
        seen: int | None = None,
    ) -> Lead:
        """Leave a lead alone until a day; the first working day when that is none. By then it must still be there.

        `action` is the next step in their own words. Raises DeskError when it is too long, or holds what is not kept.
        """
        plan = Plan(until, hour, action)
        step = self._step(plan)
        with self._changing(reference, seen=seen) as lead:
            self._need_open(lead)
            values = self._planned(lead, plan, step)
            return self._change(lead, "snoozed", {"until": str(values["next_action_on"])}, **values)

    # ------------------------------------------------------------------ the next step
    def _after(self, lead: Lead, outcome: AttemptOutcome) -> LeadChanges:
        """What a call says of a lead, the next step aside."""
        at = self.now()
        values: LeadChanges = {"attempts": lead.attempts + 1}
        if outcome is AttemptOutcome.SPOKEN:
            first = lead.first_contact_at or at
            values |= {"status": Status.TALKING, "first_contact_at": first, "last_contact_at": at}
            values |= {"asked_at": None, "asked_reason": None}
        else:
            values["status"] = lead.status if lead.status is Status.TALKING else Status.TRIED
        return values

    def _step(self, plan: Plan | None) -> str | None:
        """The next step as it is kept: the code of one of ours, any other in their words."""
        said = " ".join(clean((plan and plan.step) or "").split())
        self._need_harmless(said)
        if len(said) > LONGEST_STEP:
            raise DeskError(Code.STEP_TOO_LONG, most=LONGEST_STEP, length=len(said))
        if said in list(NextStep):
            return said
        try:
            return self.locale.words.to_code(NextStep, said)
        except ValueError:
            return said or None

    def _planned(self, lead: Lead, plan: Plan, step: str | None) -> LeadChanges:
        """Raises DeskError for a day that is over, or on which the lead is erased already."""
        calendar, at = self.store.calendar, self.now()
        is_later = plan.hour is not None and calendar.at(plan.on, plan.hour) > at
        if plan.on < self.today or (plan.on == self.today and not is_later):
            raise DeskError(Code.NOT_IN_FUTURE, day=plan.on)
        day = calendar.add_workdays(plan.on, 0)
        if day >= (last := last_day(self.store, lead, at)):
            raise DeskError(Code.AFTER_TERM, reference=lead.reference, day=last)
        return planned(step or how_to_reach(lead.contact), day, plan.hour)
