"""Carrying out what a turn leads to: each effect of the engine, in the open transaction."""

from collections.abc import Sequence
from dataclasses import replace

from bot.content.sentence_keys import Sentence
from bot.conversations.leads import LeadEffects
from bot.conversations.unit_of_work import UnitOfWork
from bot.engine.effects import (
    Effect,
    FileLead,
    Forget,
    HandOver,
    Message,
    NoteUnansweredQuestion,
    RecordConsent,
    Send,
    ShowMyData,
    WithdrawConsent,
)
from bot.privacy.erasure import erase
from bot.privacy.report import show
from bot.store.conversations import Conversation


def carry_out(work: UnitOfWork, person: Conversation, effects: Sequence[Effect]) -> list[Message]:
    """Do all of it, then tell the advisers; gives what is to be said."""
    leads = LeadEffects(work, person)
    messages: list[Message] = []
    instead: str | None = None
    for effect in effects:
        if isinstance(effect, HandOver):
            instead = leads.hand_over(effect.reason)
        elif isinstance(effect, FileLead):
            instead = leads.file(effect.draft)
        elif isinstance(effect, Send) and instead is not None:
            messages.append(replace(effect.message, text=instead))
            instead = None
        else:
            messages += _do(work, person, leads, effect)
    leads.tell_advisers()
    return messages


def _do(work: UnitOfWork, person: Conversation, leads: LeadEffects, effect: Effect) -> list[Message]:
    match effect:
        case Send(message):
            return [message]
        case RecordConsent(purpose, text, language):
            work.store.conversations.consent(person.id, purpose, text, language, work.at)
        case WithdrawConsent(purpose):
            leads.withdraw(purpose)
        case HandOver() | FileLead():
            raise AssertionError("what is said behind it depends on what comes of it: see carry_out")
        case ShowMyData():
            return list(show(work.store, work.compiled, person))
        case Forget():
            return _forget(work, person)
        case NoteUnansweredQuestion(text):
            work.store.conversations.unanswered(person.id, text, person.state.language, work.at)
    return []


def _forget(work: UnitOfWork, person: Conversation) -> list[Message]:
    erased = erase(work.store, person.address, work.at)
    del work.people[person.address]
    if not erased or not erased.message_ids:
        return []
    cleared = work.compiled.content.sentences[Sentence.CHAT_CLEARED][person.state.language]
    return [Message(cleared, deletes=erased.message_ids)]
