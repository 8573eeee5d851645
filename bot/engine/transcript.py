"""A message as plain lines: on a screen, in a recorded conversation, and in a test of one."""

from bot.engine.effects import Message


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
