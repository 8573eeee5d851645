"""What a turn asks of whoever answers members of staff."""

from dataclasses import dataclass
from typing import Protocol

from bot.engine.effects import Message
from bot.engine.events import Event
from bot.store import Address


@dataclass(frozen=True, slots=True)
class Heard:
    """What staff hear."""

    message: Message


class StaffDesk(Protocol):
    """Answers members of staff. It lives above us (`bot.staff.chat`)."""

    def may_hear(self, address: Address, event: Event) -> bool:
        """Whether an event may be for staff: a command, whoever says it, or anything that a member of staff types."""

    def hear(self, address: Address, event: Event) -> Heard | Event:
        """Answer it, in the open transaction; an event is for the conversation: this one, or another in its place."""

    def press(self, address: Address, data: str) -> tuple[str, str | None]:
        """Answer a button in a group, in the open transaction: a word to who pressed it, and perhaps a line for all."""
