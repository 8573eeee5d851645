"""What happened, as a channel tells it: in the past tense, and the same for every channel."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Started:
    """Someone opened the bot, or said /start. `source` is the payload of the link that they followed.

    A source that is the name of a flow ("employer") opens that flow. `language` is what the channel believes
    they read ("nl", "en-GB"); it counts only when we do not know better.
    """

    source: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """Text, a command included ("/help"). `edited`: they changed a message that they had sent before.

    `message` is its number in the chat; an edited message keeps it. None where a channel has none. `album`: the caption
    of one of several pictures that were sent together; what else comes with that name is no message of its own.
    """

    text: str
    edited: bool = False
    message: int | None = None
    album: str | None = None


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button under a message; `data` is what we gave that button, perhaps weeks ago."""

    data: str


@dataclass(frozen=True, slots=True)
class SharedContact:
    """A contact from the address book. `own`: the channel is sure that it is their own number."""

    phone: str
    name: str
    own: bool


@dataclass(frozen=True, slots=True)
class SentAttachment:
    """Something that is no text: "photo", "voice", "sticker", "document", "location" ... `album` as in `Said`."""

    kind: str
    album: str | None = None


@dataclass(frozen=True, slots=True)
class Elapsed:
    """It is `State.wake_at`, or later: time for a reminder, the end of a wait, or the end of the conversation."""


Event = Started | Said | Pressed | SharedContact | SentAttachment | Elapsed
