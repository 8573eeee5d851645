"""One turn with the outside world: load, advance, save, commit; then say."""

from bot.conversations.conversations import Conversations
from bot.conversations.requests import Reply, Request, UpdateOutcome
from bot.conversations.staff_desk import Heard, StaffDesk
from bot.store import Address, Outgoing

__all__ = ["Address", "Conversations", "Heard", "Outgoing", "Reply", "Request", "StaffDesk", "UpdateOutcome"]
