"""One turn with the outside world: load, advance, save, commit; then say.

What arrived, the new state, the lead and the messages are committed together. A crash before the commit leaves
everything as it was, and the update is handled again; a crash after it leaves the messages in the outbox.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.engine.events import Event
from bot.library import Library
from bot.store import Address, Outgoing, Store

__all__ = ["Address", "Conversations", "Outcome", "Outgoing", "Reply", "Request"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Request:
    """Something that happened at an address. `update_id` makes it count once; None: it can come only once."""

    address: Address
    event: Event
    update_id: int | None = None


class Outcome(StrEnum):
    DONE = "done"
    SEEN = "seen"  # this update had its effect before; its messages were queued then
    FAILED = "failed"  # nothing changed; it is to be tried again
    DEAD = "dead"  # nothing changed, and after five times we give up; the person is told


@dataclass(frozen=True, slots=True)
class Reply:
    outgoing: tuple[Outgoing, ...]
    outcome: Outcome = Outcome.DONE


class Conversations:
    """Turns for everyone, on every channel. `now` gives the time, with a zone."""

    def __init__(self, store: Store, library: Library, now: Callable[[], datetime]) -> None:
        self.store, self.library, self.now = store, library, now

    def turn(self, address: Address, event: Event, update_id: int | None = None) -> tuple[Outgoing, ...]:
        """One event, one transaction: gives what is to be sent. Without an `update_id`, an error is raised as it is."""
        return self.turns([Request(address, event, update_id)])[0].outgoing

    def turns(self, requests: Sequence[Request]) -> list[Reply]:
        """Many events, one commit, in this order; a reply for each. One that fails leaves the others alone."""
        raise NotImplementedError
