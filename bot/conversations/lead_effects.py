"""What a turn does to leads: filed, withdrawn, handed over; and who hears of it."""

from collections.abc import Iterator
from datetime import datetime

from bot.compiled import Compiled
from bot.content.flow import Vocabulary
from bot.content.knowledge import FactRole
from bot.content.sentence_keys import Sentence
from bot.content.staff_sentences import StaffSentence
from bot.engine.effects import (
    LeadDraft,
)
from bot.engine.state import CONTACT
from bot.privacy.erasure import Scope, erase_lead, record_tombstone
from bot.store import Store
from bot.store.conversations import Conversation
from bot.store.filing import Where, ask_for, file
from bot.store.lead_model import CloseReason, Lead
from bot.store.notices import notice, who_hears, why_asked
from bot.store.outbox import OutboxMessage
from bot.text import fill, say_date


class LeadEffects:
    """What the effects of one turn do to leads, in the open transaction; and what the advisers hear of it."""

    def __init__(self, store: Store, compiled: Compiled, at: datetime) -> None:
        self._store, self._compiled, self._at = store, compiled, at
        self._words = compiled.content.staff_language.staff_words
        self._news: dict[int, list[str]] = {}  # what happened, by the id of the lead

    def file(self, person: Conversation, draft: LeadDraft) -> str:
        """File what they asked for; gives the number of the lead."""
        where = _where(self._compiled, draft)
        version = self._compiled.content.version
        filed = file(self._store, person.id, person.address.channel, draft, where, content=version, at=self._at)
        if filed.new or filed.reopened:
            again = [self._words.say(StaffSentence.ASKED_AGAIN)] if filed.reopened else []
            self._news.setdefault(filed.lead.id, []).extend(again)
        return filed.lead.reference

    def withdraw(self, person: Conversation, purpose: str, known: str | None) -> str | None:
        """A withdrawal takes effect at once: without "contact" no adviser may keep anything. Gives the number by which
        they know their lead from now on."""
        self._store.conversations.withdraw(person.id, purpose, self._at)
        if purpose == CONTACT:
            record_tombstone(self._store, person.address, Scope.LEADS, self._at)
        for lead in self._store.leads.of_conversation(person.id):
            if purpose == CONTACT:
                erase_lead(self._store, lead, CloseReason.WITHDRAWN, self._at)
                known = None
            else:
                self._store.leads.change(lead.id, "person", "withdrawn", {"purpose": purpose}, at=self._at)
        return known

    def hand_over(self, person: Conversation, reason: str, known: str | None) -> tuple[str | None, str | None]:
        """Someone wants a person: whoever has their lead hears it, and calls today or on the first working day.

        The lead that they know by its number is opened again when it was closed; without an open one, the last is.
        `known`: the number of the lead that they know. Gives what is to be said instead when there was nobody to tell,
        or no lead; and the number by which they know their lead from now on.
        """
        sentences, language = self._compiled.content.sentences, person.state.language
        self._store.leads.lock_leads()
        theirs = self._store.leads.of_conversation(person.id)
        asked = [lead for lead in theirs if lead.reference == known or not lead.status.closed] or theirs[-1:]
        if not asked:
            return sentences[Sentence.NOWHERE_TO_PASS_IT][language], None  # so that "/mens" asks how to reach them
        told = [self._ask_for(lead, reason) for lead in asked]
        named = next((lead for lead in asked if lead.reference == known), asked[-1]).reference
        reference = None if known is None else named
        if any(told):
            return None, reference
        calendar = self._compiled.content.country.calendar
        day = say_date(calendar.add_workdays(calendar.day(self._at), 0), language)
        return fill(sentences[Sentence.ON_THE_LIST][language], {"reference": named, "day": day}), reference

    def _ask_for(self, lead: Lead, reason: str) -> bool:
        """Put a lead on top of the list; False when nobody can be told."""
        self._news.setdefault(lead.id, []).append(why_asked(reason, self._words))
        return who_hears(self._store, ask_for(self._store, lead, reason, self._at)) is not None

    def notices(self) -> Iterator[OutboxMessage]:
        """A message about each lead to which something happened, to who hears of it."""
        usual = self._compiled.content.country.first_flow
        for number, happened in self._news.items():
            lead = self._store.leads.get(number)
            if where := who_hears(self._store, lead):
                told = notice(lead, self._words, usual, *dict.fromkeys(happened))
                yield OutboxMessage(None, where, told)


def _where(compiled: Compiled, draft: LeadDraft) -> Where:
    """The sector and the municipality of a draft, as far as they are known."""
    fact_of = compiled.content.knowledge.fact_of
    sector = draft.facts.get(fact_of(FactRole.SECTOR))
    wish, place = draft.said.get(fact_of(FactRole.WISH)), draft.said.get(fact_of(FactRole.PLACE))
    if not isinstance(sector, str):
        sector = next(iter(compiled.work(wish, Vocabulary.DESIRED_WORK).sectors), None) if wish else None
    return Where(sector, compiled.places.read(place).municipality if place else None)
