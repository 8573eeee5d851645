"""What can go wrong between a bot and Telegram."""

from dataclasses import dataclass


@dataclass(slots=True)
class Fault:
    """The next `times` calls of `method` go wrong; with `chat`, only those to that chat.

    `status` is what Telegram answers; with `page` something in between does.
    Without it the connection breaks: before the call took effect, or after it
    (`delivered`), which a bot cannot tell apart.
    """

    method: str
    status: int | None = None
    retry_after: int | None = None
    delivered: bool = False
    hangs: float = 0.0  # seconds before the connection breaks
    chat: int | None = None
    times: int = 1
    page: str | None = None
    description: str | None = None
    moved_to: int | None = None  # the number that the group has now

    def meets(self, method: str, chat: object) -> bool:
        return self.times > 0 and self.method == method and self.chat in (None, chat)
