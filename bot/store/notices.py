"""Who of the team hears of a lead, and what they read: nothing that says who the person is."""

from bot.content.staff_sentences import StaffSentence
from bot.content.staff_words import StaffWords
from bot.engine.effects import Button, Keyboard, Message
from bot.store.filing import who_has
from bot.store.lead_model import Lead
from bot.store.outbox import Address
from bot.store.store import Store


def who_hears(store: Store, lead: Lead) -> Address | None:
    """Where something of a lead is told: to who has it, else to the group; None when neither has an address."""
    has_it, settings = who_has(store, lead), store.settings
    if has_it and has_it.address:
        return has_it.address
    return Address(settings.staff_channel, str(settings.staff_chat)) if settings.staff_chat is not None else None


def notice(lead: Lead, words: StaffWords, usual: str, *happened: str) -> Message:
    """A line for the advisers, with a button to take the lead if nobody has it. `usual`: the flow that goes unsaid;
    `happened`: in words."""
    kind = None if lead.kind == usual else lead.kind
    half = None if lead.complete else words.say(StaffSentence.HALF)
    parts = (lead.reference, *happened, kind, half, lead.sector, lead.place, words.word(lead.status), lead.assignee)
    text = " · ".join(part for part in parts if part)
    if lead.assignee:
        return Message(text)
    button = Button(words.say(StaffSentence.TAKE_IT), f"claim:{lead.reference}")
    return Message(text, buttons=(button,), keyboard=Keyboard.INLINE)


def why_asked(reason: str, words: StaffWords) -> str:
    """Why somebody wants a person, in words: a flow may have a reason of its own."""
    return words.reasons.get(reason) or words.say(StaffSentence.NEEDS_A_PERSON)
