"""Who of the team hears of a lead, and what they read: nothing that says who the person is."""

from bot.engine.effects import Button, Keyboard, Message
from bot.store.code_labels import word
from bot.store.filing import who_has
from bot.store.lead_model import Lead
from bot.store.outbox import Address
from bot.store.store import Store

ASKED_AGAIN = "opnieuw ingediend"  # in a line for the advisers, as `REASONS` are
NEEDS_A_PERSON = "heeft een mens nodig"


def who_hears(store: Store, lead: Lead) -> Address | None:
    """Where something of a lead is told: to who has it, else to the group; None when neither has an address."""
    has_it, settings = who_has(store, lead), store.settings
    if has_it and has_it.address:
        return has_it.address
    return Address(settings.staff_channel, str(settings.staff_chat)) if settings.staff_chat is not None else None


def notice(lead: Lead, usual: str, *happened: str) -> Message:
    """A line for the advisers, with a button to take the lead if nobody has it. `usual`: the flow that goes unsaid."""
    kind, half = None if lead.kind == usual else lead.kind, None if lead.complete else "half"
    parts = (lead.reference, *happened, kind, half, lead.sector, lead.place, word(lead.status), lead.assignee)
    text = " · ".join(part for part in parts if part)
    if lead.assignee:
        return Message(text)
    return Message(text, buttons=(Button("Oppakken", f"claim:{lead.reference}"),), keyboard=Keyboard.INLINE)
