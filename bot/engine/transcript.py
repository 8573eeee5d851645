"""Messages as plain lines: on a screen, in a recorded conversation, in a test of one; and lines back as events."""

from collections.abc import Iterable

from bot.engine.effects import Button, Keyboard, Message
from bot.engine.events import Event, Pressed, Said


def transcript(message: Message) -> list[str]:
    """Title, text, buttons between brackets, and what is in a document."""
    lines = [message.title] if message.title else []
    lines += message.text.split("\n")
    labels = [button.label for button in message.buttons]
    if message.contact_button:
        labels.append(message.contact_button)
    if labels:
        lines.append(f"[{' | '.join(labels)}]")
    if message.document:
        lines += [f"--- {message.document.name} ---", *message.document.text.split("\n"), "---"]
    return lines


def pressable(messages: Iterable[Message]) -> tuple[Button, ...]:
    """The buttons under these messages that a line can press."""
    return tuple(button for one in messages if one.keyboard is Keyboard.INLINE for button in one.buttons)


def to_event(line: str, buttons: Iterable[Button]) -> Event:
    """What a line means: the words on a button that was just shown press it, all else is said."""
    pressed = next((one for one in buttons if one.label.casefold() == line.strip().casefold()), None)
    return Pressed(pressed.data) if pressed else Said(line)
