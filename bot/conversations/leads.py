"""What a turn does with somebody's leads, and which adviser hears of it."""

import logging
from collections.abc import Sequence

from bot.content.sentence_keys import Sentence
from bot.content.staff_sentences import StaffSentence
from bot.conversations.unit_of_work import UnitOfWork
from bot.engine.effects import LeadDraft
from bot.engine.state import CONTACT
from bot.privacy.erasure import erase_lead
from bot.privacy.steps import Step, plan
from bot.privacy.tombstones import Scope, record_tombstone
from bot.store.conversations import Conversation
from bot.store.filing import Where, ask_for, file
from bot.store.lead_codes import CloseReason
from bot.store.lead_model import Lead
from bot.store.notices import notice, who_hears, why_asked
from bot.text import fill, say_date

log = logging.getLogger(__name__)


class LeadEffects:
    """The leads of one person in one turn. Advisers are told at the end, once for each lead."""

    def __init__(self, work: UnitOfWork, person: Conversation) -> None:
        self.work, self.person, self.store = work, person, work.store
        self.words = work.compiled.content.staff_language.staff_words
        self._happened: dict[int, list[str]] = {}  # what advisers hear, by the id of the lead
        self._now: dict[int, Lead] = {}  # the leads of which they hear, as they became

    def file(self, draft: LeadDraft) -> str | None:
        """Keep the lead. Gives what is to be said instead when it came without a place, or has one after all."""
        work, person = self.work, self.person
        where = Where.read(work.compiled, draft.facts, draft.said)
        version = work.compiled.content.version
        flow = work.compiled.content.flows[draft.flow]
        filed = file(
            self.store,
            person.id,
            person.address.channel,
            draft,
            where,
            content=version,
            at=work.at,
            capacity=flow.capacity,
        )
        work.set_reference(person, filed.lead.reference)
        if filed.new or filed.reopened:
            self.store.after_commit(log.info, "lead %s is filed", filed.lead.reference)
            again = [self.words.say(StaffSentence.ASKED_AGAIN)] if filed.reopened else []
            self._happened.setdefault(filed.lead.id, []).extend(again)
        self._now[filed.lead.id] = filed.lead
        if filed.place is None:
            return None
        how = StaffSentence.HAS_A_PLACE if filed.place else StaffSentence.WITHOUT_PLACE
        self._happened.setdefault(filed.lead.id, []).append(self.words.say(how))
        said = Sentence.PLACE_AFTER_ALL if filed.place else Sentence.FILED_WITHOUT_PLACE
        language = person.state.language
        filled = {"flow": flow.title[language], "reference": filed.lead.reference}
        return fill(work.compiled.content.sentences[said][language], filled)

    def withdraw(self, purpose: str) -> None:
        """A withdrawal takes effect at once: without "contact" no adviser may keep anything."""
        at, person = self.work.at, self.person
        self._now.clear()
        self.store.conversations.withdraw(person.id, purpose, at)
        if purpose == CONTACT:
            record_tombstone(self.store, person.address, Scope.LEADS, at)
            plan(self.store, [Step.TOMBSTONE], at)
        for lead in self.store.leads.of_conversation(person.id):
            if purpose == CONTACT:
                erase_lead(self.store, lead, CloseReason.WITHDRAWN, at)
                self.work.set_reference(person, None)
            else:
                self.store.leads.change(lead.id, "person", "withdrawn", {"purpose": purpose}, at=at)

    def hand_over(self, reason: str) -> str | None:
        """Someone wants a person: whoever has their lead hears it, and calls today or on the first working day.

        The lead that they know by its number is opened again when it was closed; without an open one, the last is.
        Gives what is to be said instead when there was nobody to tell, or no lead.
        """
        content, language = self.work.compiled.content, self.person.state.language
        self.store.counters.lock_leads()
        theirs = self.store.leads.of_conversation(self.person.id)
        known = self.work.people[self.person.address].state.reference
        asked = [lead for lead in theirs if lead.reference == known or not lead.status.closed] or theirs[-1:]
        if not asked:
            self.work.set_reference(self.person, None)  # so that "/mens" asks how to reach them
            return content.sentences[Sentence.NOWHERE_TO_PASS_IT][language]
        told = [self._ask_for(lead, reason) for lead in asked]
        named = next((lead for lead in asked if lead.reference == known), asked[-1]).reference
        if known not in (None, named):
            self.work.set_reference(self.person, named)
        if any(told):
            return None
        calendar = content.country.calendar
        day = say_date(calendar.add_workdays(calendar.day(self.work.at), 0), language)
        return fill(content.sentences[Sentence.ON_THE_LIST][language], {"reference": named, "day": day})

    def tell_advisers(self) -> None:
        for lead, happened in self._happened.items():
            self._tell(self._now.get(lead) or self.store.leads.get(lead), happened)

    def _ask_for(self, lead: Lead, reason: str) -> bool:
        """Put a lead on top of the list; False when nobody can be told."""
        self._happened.setdefault(lead.id, []).append(why_asked(reason, self.words))
        asked = self._now[lead.id] = ask_for(self.store, lead, reason, self.work.at)
        return bool(who_hears(self.store, asked, self.work.at))

    def _tell(self, lead: Lead, happened: Sequence[str]) -> None:
        for where in who_hears(self.store, lead, self.work.at):
            self.work.tell(where, notice(self.store, lead, *dict.fromkeys(happened)), about=lead.reference)
