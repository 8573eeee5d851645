"""Who of the team hears of a lead, and what they read: its number, what happened, a link. Never who the person is."""

from datetime import datetime

from bot.content.staff_sentences import StaffSentence
from bot.content.staff_words import StaffWords
from bot.engine.effects import Button, Keyboard, Message
from bot.settings import Settings
from bot.store.filing import who_has
from bot.store.lead_model import Lead
from bot.store.outbox import Address, OutboxMessage
from bot.store.store import Store
from bot.store.team import Member, Role

EMAIL = "email"  # the channel; `Address.user` is an address there


def who_hears(store: Store, lead: Lead, at: datetime) -> Address | None:
    """Where something of a lead is told: to who has it, or stands in for them; else to the group; else to the mailbox
    of the team. None when nobody has an address."""
    has_it = who_has(store, lead)
    stands_in = has_it.substitute_on(store.calendar.day(at)) if has_it else None
    there = store.team.by_id(stands_in) if stands_in else has_it
    return (where(store.settings, there) if there else None) or team_address(store.settings)


def where(settings: Settings, member: Member) -> Address | None:
    """Where a colleague hears things: in a chat, else by e-mail if we can send any."""
    if member.address:
        return member.address
    return Address(EMAIL, member.email) if member.email and settings.smtp_host else None


def team_address(settings: Settings) -> Address | None:
    """Where the team as a whole hears things: in their group, else in their mailbox."""
    if settings.staff_chat is not None:
        return Address(settings.staff_channel, str(settings.staff_chat))
    return mailbox(settings)


def mailbox(settings: Settings) -> Address | None:
    """Where the team as a whole reads e-mail; None when it has no mailbox, or we can send no e-mail."""
    return Address(EMAIL, settings.staff_email) if settings.staff_email and settings.smtp_host else None


def coordinators(store: Store, at: datetime) -> list[Address]:
    """Who is told when nobody does anything: the coordinators who are there, else the administrators, else the team."""
    day, settings = store.calendar.day(at), store.settings
    there = [each for each in store.team.all() if each.active and not each.is_away(day)]
    for role in (Role.COORDINATOR, Role.ADMIN):
        if found := [address for each in there if each.role is role and (address := where(settings, each))]:
            return found
    return [address] if (address := team_address(settings)) else []


def notice(store: Store, lead: Lead, *happened: str) -> Message:
    """A line for advisers, with a link where there is a desk, and a button to take the lead if nobody has it."""
    words = store.staff_language.staff_words
    half = None if lead.complete else words.say(StaffSentence.HALF)
    none = words.say(StaffSentence.WITHOUT_PLACE) if lead.without_place else None
    parts = dict.fromkeys((lead.reference, *(happened or (words.word(lead.status),)), half, none))
    said = " · ".join(part for part in parts if part)
    text = "\n".join(filter(None, (said, link_to(store.settings, lead.reference))))
    if lead.assignee or lead.status.closed:
        return Message(text)
    button = Button(words.say(StaffSentence.TAKE_IT), f"claim:{lead.reference}")
    return Message(text, buttons=(button,), keyboard=Keyboard.INLINE)


def tell(store: Store, lead: Lead, *happened: str, at: datetime) -> bool:
    """Have who hears of a lead hear what happened, in words; False when nobody can."""
    address = who_hears(store, lead, at)
    if address:
        store.outbox.queue([OutboxMessage(None, address, notice(store, lead, *happened))], at)
    return address is not None


def link_to(settings: Settings, reference: str) -> str | None:
    """Where a lead is to be seen in the browser; None without a desk."""
    return f"{settings.desk_url}/leads/{reference}" if settings.desk_url else None


def why_asked(reason: str, words: StaffWords) -> str:
    """Why somebody wants a person, in words: a flow may have a reason of its own."""
    return words.reasons.get(reason) or words.say(StaffSentence.NEEDS_A_PERSON)
