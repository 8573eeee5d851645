"""What members of staff need of the channel. It lives beside us (`bot.staff.chat`), and comes in from above."""

from collections.abc import Mapping
from typing import Protocol

from bot.channels.telegram import CHANNEL
from bot.engine.effects import Message
from bot.errors import BotError
from bot.store import Address


class StaffChat(Protocol):
    """Answers members of staff, in private and in the advisers' group."""

    def accounts(self, channel: str) -> list[str]:
        """Who they are on a channel: what `Address.user` is there."""

    def menu(self) -> Mapping[str, str]:
        """Their commands, each with what it does."""

    def hear(self, address: Address, text: str) -> Message | None:
        """Answer a command in a private chat; None when it is for the conversation."""

    def press(self, address: Address, data: str) -> tuple[str, str | None]:
        """Answer a button in a group: a word to who pressed it, and perhaps a line for the group."""


def account(number: str) -> Address:
    """Where the owner of an account is reached. Raises BotError for what is no number of one."""
    if not number.isdigit():
        raise BotError(f"{number!r} is no number of a Telegram account: that has digits only.")
    return Address(CHANNEL, number)
