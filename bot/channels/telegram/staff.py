"""What members of staff need of the channel. It lives beside us (`bot.staff.chat`), and comes in from above."""

from collections.abc import Mapping
from typing import Protocol

from bot.channels.telegram import CHANNEL
from bot.errors import BotError
from bot.store import Address


class StaffMenu(Protocol):
    """Who works here, and what they can type. What they type is answered in the turn: `bot.conversations.StaffDesk`."""

    def accounts(self, channel: str) -> list[str]:
        """Who they are on a channel: what `Address.user` is there."""

    def menu(self) -> Mapping[str, str]:
        """Their commands, each with what it does."""


def account(number: str) -> Address:
    """Where the owner of an account is reached. Raises BotError for what is no number of one."""
    if not number.isdigit():
        raise BotError(f"{number!r} is no number of a Telegram account: that has digits only.")
    return Address(CHANNEL, number)
