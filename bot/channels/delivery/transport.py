"""What a channel offers, so that what is committed reaches people there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from bot.store import Address, Outgoing

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one message of the channel holds; `Transport.parts` cuts what is more."""

    text: int  # characters, as the channel counts them
    buttons: int
    data: int  # bytes that one button carries


class Undeliverable(Exception):
    """This message will never arrive. The text is a kind of error, without data."""


class Blocked(Undeliverable):
    """Who it is for wants nothing from us any more."""


class NotNow(Exception):
    """It did not arrive, as far as we know; it may later. The text is a kind of error, without data."""

    def __init__(self, kind: str, seconds: float | None = None) -> None:
        super().__init__(kind)
        self.seconds = seconds  # when the channel says how long to wait


class Transport(Protocol[Part]):
    """A channel as the sender sees it. It tries once: when to try again is not its concern."""

    name: str  # as in `Address.channel`
    limits: Limits

    def parts(self, outgoing: Outgoing) -> Sequence[Part]:
        """What shows this message, in order: each is sent until it arrived, and then not again."""

    async def send(self, part: Part) -> int | None:
        """Send one; gives the channel's number of it, by which it can be deleted. Raises Undeliverable or NotNow."""

    async def delete(self, address: Address, numbers: Sequence[int]) -> None:
        """Take earlier messages away, as far as that is possible. Raises Undeliverable or NotNow."""
