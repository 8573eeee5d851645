"""One turn with the outside world: load, advance, save, commit; then say."""

from bot.conversations.conversations import Conversations, Heard, Reply, Request, StaffDesk, UpdateOutcome
from bot.store import Address, Outgoing

__all__ = ["Address", "Conversations", "Heard", "Outgoing", "Reply", "Request", "StaffDesk", "UpdateOutcome"]
