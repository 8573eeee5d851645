"""What comes in and what goes back: a request, its reply, and how a request is written down for another process."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, get_args

from bot.engine.effects import Message
from bot.engine.events import Event
from bot.store import Address, Outgoing
from bot.store.inbox import UpdateKey

EVENTS: dict[str, Callable[..., Event]] = {kind.__name__: kind for kind in get_args(Event)}


@dataclass(frozen=True, slots=True)
class Request:
    """Something that happened at an address. `update_id`, the channel's own name for it, makes it count once; None: it
    can come only once. A `Message` is the answer itself, of a channel, to what is no part of a conversation."""

    address: Address
    event: Event | Message
    update_id: int | str | None = None

    @property
    def update(self) -> UpdateKey | None:
        return None if self.update_id is None else UpdateKey(self.address.channel, str(self.update_id))


class UpdateOutcome(StrEnum):
    DONE = "done"
    SEEN = "seen"  # this update had its effect before; its messages were queued then
    FAILED = "failed"  # nothing changed; it is to be tried again
    HELD = "held"  # nothing was tried: something that they sent before it failed, and comes first
    NOT_NOW = "not now"  # nothing changed, and it is not to blame: a full disk, a file that cannot be opened
    DEAD = "dead"  # nothing changed, and after five times we give up; the person is told


@dataclass(frozen=True, slots=True)
class Reply:
    outgoing: tuple[Outgoing, ...]  # for this channel; what is for another waits in the outbox
    outcome: UpdateOutcome = UpdateOutcome.DONE


def event_to_json(event: Event | Message) -> dict[str, Any]:
    fields = event.to_json() if isinstance(event, Message) else asdict(event)
    return {"kind": type(event).__name__, **fields}


def event_from_json(json: dict[str, Any]) -> Event | Message:
    if json["kind"] == Message.__name__:
        return Message.from_json(json)
    kind = EVENTS[json["kind"]]
    return kind(**{name: value for name, value in json.items() if name != "kind"})
