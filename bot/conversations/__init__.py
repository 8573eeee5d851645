"""One turn with the outside world: load, advance, save, commit; then say.

What arrived, the new state, the lead and the messages are committed together. A crash before the commit leaves
everything as it was, and the update is handled again; a crash after it leaves the messages in the outbox.
"""

from bot.conversations.conversations import Conversations
from bot.conversations.requests import Reply, Request, StaffDesk, UpdateOutcome
from bot.store import Address, Outgoing

__all__ = ["Address", "Conversations", "Outgoing", "Reply", "Request", "StaffDesk", "UpdateOutcome"]
