"""What members of staff need of the channel. It lives beside us (`bot.staff.chat`), and comes in from above."""

from collections.abc import Mapping
from typing import Protocol

from bot.engine.effects import Message


class StaffChat(Protocol):
    """Answers members of staff, in private and in the advisers' group."""

    def accounts(self) -> list[int]:
        """Who they are: numbers of Telegram accounts."""

    def menu(self) -> Mapping[str, str]:
        """Their commands, each with what it does."""

    def hear(self, user: int, text: str) -> Message | None:
        """Answer a command in a private chat; None when it is for the conversation."""

    def press(self, user: int, data: str) -> tuple[str, str | None]:
        """Answer a button in a group: a word to who pressed it, and perhaps a line for the group."""
