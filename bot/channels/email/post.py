"""The e-mail that is queued goes out, as long as a process of ours lives: the bot, or the desk."""

from bot.channels.delivery.sender import Sender
from bot.channels.email.transport import EmailTransport
from bot.settings import Settings
from bot.store import Store

DRAIN_SECONDS = 2.0


async def post(settings: Settings, store: Store) -> None:
    """Send what waits and what is queued, until cancelled. Several processes may: each e-mail goes out once."""
    sender = Sender(EmailTransport(settings), store)
    try:
        await sender.run()
    finally:
        await sender.drain(DRAIN_SECONDS)
