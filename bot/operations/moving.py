"""A conversation that goes on in another place: from the page to Telegram and back, with a code or a link."""

from datetime import datetime
from enum import StrEnum

from bot.privacy.erasure import clear
from bot.store import Address
from bot.store.conversations import Conversation
from bot.store.store import Store
from bot.store.talks import Access


class Brought(StrEnum):
    """What came of a link or a code."""

    HERE = "here"
    OVER = "over"  # it is used, too old, or none of ours
    TALKS_HERE = "talks here"  # they asked for an adviser where they want to go on; that stays as it is


def bring(store: Store, token: str, kind: Access, to: Address, at: datetime) -> Brought:
    """Have the conversation of a token go on at an address. What was said there before without a lead is erased."""
    with store.transaction():
        person = store.talks.look_up(token, kind, at)
        if person is None:
            return Brought.OVER
        there = store.conversations.find(to, lock=True)
        if there and there.id != person.id and store.leads.of_conversation(there.id):
            return Brought.TALKS_HERE
        store.talks.redeem(token, kind, at)
        move(store, person, to)
        return Brought.HERE


def move(store: Store, person: Conversation, to: Address) -> None:
    """In the open transaction; nothing happens to who is there already."""
    if person.address == to:
        return
    there = store.conversations.find(to, lock=True)
    if there:
        clear(store, there.id)
    store.talks.leave_all(person.id)
    store.conversations.move(person, to)
