"""A work that is done again and again beside the rest."""

import asyncio
import logging
from collections.abc import Callable

from bot.channels.delivery.batching import blocking

log = logging.getLogger(__name__)


async def repeat(work: Callable[[], None], seconds: float) -> None:
    """Do a work in a thread every so many seconds, until cancelled. A failure is logged: the next time it may work."""
    while True:
        try:
            await blocking(work)
        except Exception:  # the store is down, or comes back
            log.exception("what is done every %.0f seconds failed", seconds)
        await asyncio.sleep(seconds)
