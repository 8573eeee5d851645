"""The bot in a terminal, or at the end of a pipe: lines in, messages out, the same engine and store as Telegram."""

import shutil
import textwrap
from collections.abc import Callable, Iterable, Sequence

from bot.conversations import Address, Conversations, Outgoing
from bot.engine.effects import Button, Message
from bot.engine.events import Started
from bot.engine.transcript import pressable, to_event, transcript

CHANNEL = "terminal"
WIDEST = 88  # characters; longer lines are hard to read
QUIT = frozenset({"/quit", "/exit"})


class Terminal:
    """One person at a keyboard. `write` gets one line; `record` gets the conversation as a test would have it."""

    def __init__(
        self,
        conversations: Conversations,
        user: str,
        write: Callable[[str], None],
        record: Callable[[str], None] | None = None,
    ):
        self.conversations = conversations
        self.address = Address(CHANNEL, user)
        self.write = write
        self.record = record
        self.buttons: tuple[Button, ...] = ()

    def run(self, lines: Iterable[str], started: Started) -> None:
        """Greet, or go on where the person was; then answer each line, until there are no more."""
        self._show(self._missed())
        self._show(self.conversations.turn(self.address, started))
        for line in lines:
            said = line.rstrip("\r\n")
            if said.strip() in QUIT:
                return
            if self.record:
                self.record(f"> {said}")
            self._show(self.conversations.turn(self.address, to_event(said, self.buttons)))

    def _missed(self) -> list[Outgoing]:
        """What was committed and never shown, because the terminal was closed in between."""
        pending = self.conversations.store.outbox.pending(CHANNEL, self.conversations.now())
        return [outgoing for outgoing in pending if outgoing.address == self.address]

    def _show(self, outgoing: Sequence[Outgoing]) -> None:
        messages = [one.message for one in outgoing]
        if messages:
            self.buttons = pressable(messages)
        for message in messages:
            for line in rendered(message, min(WIDEST, shutil.get_terminal_size().columns)):
                self.write(line)
            self.write("")
            if self.record:
                first, *rest = transcript(message)
                self.record(f"< {first}")
                for line in rest:
                    self.record(f"  {line}".rstrip())
        self.conversations.store.outbox.sent_all([(one.id, None) for one in outgoing])


def rendered(message: Message, width: int) -> list[str]:
    """A message as lines for a screen of `width` characters; its buttons are words that can be typed."""
    lines = []
    for paragraph in transcript(message):
        indent = "  " if paragraph.startswith(("- ", "• ")) else ""
        wrapped = textwrap.wrap(
            paragraph, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
        )
        lines += wrapped or [""]
    return lines
