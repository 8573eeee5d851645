"""What to do, in the imperative: `advance` decides on it, and the shell does it in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.content.conditions import Value


# ------------------------------------------------------------------ messages
class Keyboard(StrEnum):
    """How a channel shows the buttons of a message."""

    NONE = "none"  # leave what is there
    REPLY = "reply"  # instead of the keyboard; pressing says the label
    INLINE = "inline"  # under the message; pressing sends the data
    REMOVE = "remove"  # take an earlier reply keyboard away


@dataclass(frozen=True, slots=True)
class Button:
    """`data` is at most 64 bytes (Telegram's limit). Typing the label, with errors, does the same as pressing."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text file to keep, in `language`. A `.txt` may be shown as a page (see `bot.channels.pdf.document`)."""

    name: str
    text: str
    language: str = "nl"


@dataclass(frozen=True, slots=True)
class Message:
    """One message, as plain text. `{reference}` in the text is filled in by who files the lead.

    `title` goes above the text, in bold where a channel can. `contact_button` is the label of a button
    that shares one's own phone number, where a channel has that. `placeholder` hints in the empty input field.
    `deletes` are the channel's numbers of earlier messages, to be taken out of the chat where that is possible.
    `lead` is the number of the lead that staff read about: this goes out of their chat when that lead is erased.
    """

    text: str
    title: str | None = None
    buttons: tuple[Button, ...] = ()
    keyboard: Keyboard = Keyboard.NONE
    contact_button: str | None = None
    document: Document | None = None
    placeholder: str | None = None
    deletes: tuple[int, ...] = ()
    lead: str | None = None

    def to_json(self) -> dict[str, Any]:
        """As the outbox keeps it; what is absent is left out."""
        optional = {
            "title": self.title,
            "contact_button": self.contact_button,
            "placeholder": self.placeholder,
            "lead": self.lead,
        }
        return {
            "text": self.text,
            "buttons": [[button.label, button.data] for button in self.buttons],
            "keyboard": self.keyboard.value,
            **{name: value for name, value in optional.items() if value is not None},
            **({"document": [self.document.name, self.document.text, self.document.language]} if self.document else {}),
            **({"deletes": list(self.deletes)} if self.deletes else {}),
        }

    @classmethod
    def from_json(cls, json: Mapping[str, Any]) -> "Message":
        return cls(
            text=json["text"],
            title=json.get("title"),
            buttons=tuple(Button(label, data) for label, data in json["buttons"]),
            keyboard=Keyboard(json["keyboard"]),
            contact_button=json.get("contact_button"),
            document=Document(*json["document"]) if "document" in json else None,
            placeholder=json.get("placeholder"),
            deletes=tuple(json.get("deletes", ())),
            lead=json.get("lead"),
        )


# ------------------------------------------------------------------ effects
@dataclass(frozen=True, slots=True)
class Send:
    message: Message


@dataclass(frozen=True, slots=True)
class LeadDraft:
    """Someone who asked for help, as a flow knows them.

    Filing a draft of the same person and flow again changes that lead; it never makes a second one.
    """

    flow: str
    flow_version: int
    language: str
    source: str | None  # of the link that they followed
    facts: Mapping[str, Value]  # what was answered and stands on the path; an unknown fact is absent
    said: Mapping[str, str]  # the same, in the person's own words
    contact: Mapping[str, str]  # answers marked `pii`: name, phone (E.164), email. Only there after a consent
    consents: frozenset[str]  # the purposes that were agreed to
    advice: Mapping[str, Any] | None = None  # what was shown, as `overstap match` writes it; None: no `match` step
    columns: Mapping[str, str] = field(default_factory=dict)  # question: name of its column in an export
    complete: bool = True  # False: they stopped half-way, after they agreed that an adviser may contact them
    reached: str | None = None  # the question that was open then
    noted: Mapping[str, tuple[str, Value | None]] = field(default_factory=dict)  # said and not asked: words and value


@dataclass(frozen=True, slots=True)
class FileLead:
    draft: LeadDraft


@dataclass(frozen=True, slots=True)
class RecordConsent:
    """`text` is word for word what was agreed to, in `language`."""

    purpose: str  # "contact" | "keep" | "remind" | what a flow's consent step names
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class WithdrawConsent:
    purpose: str


@dataclass(frozen=True, slots=True)
class HandOver:
    """Someone wants, or needs, a person. `reason`: "asked", "stuck:QUESTION", or what a flow's step says.

    The message behind it says that they were passed on; where nobody could be told, the store's side says what is so.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class ShowMyData:
    """Say what is stored of this person outside the conversation: leads, notes about them, consents."""


@dataclass(frozen=True, slots=True)
class Forget:
    """Erase everything of this person, to the last byte. Comes only after they confirmed it."""


@dataclass(frozen=True, slots=True)
class NoteUnansweredQuestion:
    """A question that the FAQ has no answer to, for the editors; nothing that points at the person."""

    text: str


Effect = Send | FileLead | RecordConsent | WithdrawConsent | HandOver | ShowMyData | Forget | NoteUnansweredQuestion
