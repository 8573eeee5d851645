"""A message as the calls that show it on Telegram."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import escape, unescape
from typing import Any

from telegram import (
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.channels.pdf import document
from bot.engine.effects import Button, Document, Keyboard, Message

# Telegram counts UTF-16 units after it has read the markup: one emoji is two.
TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
PLACEHOLDER_LIMIT = 64
BUTTONS_LIMIT = 100
DATA_LIMIT = 64  # bytes

ROW_LETTERS = 28  # what stays whole on a narrow phone
ROW_BUTTONS = 3

NO_PREVIEW = LinkPreviewOptions(is_disabled=True).to_dict()

JSON = dict[str, Any]
Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply


@dataclass(frozen=True, slots=True)
class Call:
    """The parameters, as JSON, of `sendMessage`, or of `sendDocument` where there is a file."""

    body: JSON = field(repr=False)  # what people read
    file: document.File | None = None

    def plain(self) -> "Call":
        """The same without markup and buttons: what is left to try when Telegram refuses the call."""
        kept = {name: value for name, value in self.body.items() if name not in ("parse_mode", "reply_markup")}
        for name in ("text", "caption"):
            if name in kept:
                kept[name] = unescape(kept[name].replace("<b>", "").replace("</b>", ""))
        return replace(self, body=kept)

    def to(self, chat: int) -> "Call":
        return replace(self, body={**self.body, "chat_id": chat})


def to_calls(message: Message, chat: int, thread: int | None = None) -> tuple[Call, ...]:
    """The calls that show `message`: one, unless it is long or brings a document; none when it has no text.
    Buttons come under the last."""
    if not message.text:
        return ()
    place = {"chat_id": chat, **({"message_thread_id": thread} if thread else {})}
    paper = message.document
    calls = _document_calls(message, paper, place) if paper else _text_calls(message, place)
    markup = _markup(message.keyboard, message.buttons, message.contact_button, message.placeholder)
    if markup:
        calls[-1].body["reply_markup"] = markup
    return tuple(calls)


def _text_calls(message: Message, place: JSON) -> list[Call]:
    common = {**place, "parse_mode": "HTML", "link_preview_options": NO_PREVIEW}
    return [Call({"text": text, **common}) for text in _texts(message, TEXT_LIMIT)]


def _document_calls(message: Message, paper: Document, place: JSON) -> list[Call]:
    """The text stands under the first file, or before it when it is too long for that."""
    captions = _texts(message, CAPTION_LIMIT)
    calls = [] if len(captions) == 1 else _text_calls(message, place)
    caption = {} if calls else {"caption": captions[0], "parse_mode": "HTML"}
    for file in document.files(paper):
        calls.append(Call({**place, **caption}, file))
        caption = {}
    return calls


# ------------------------------------------------------------------ texts
def _texts(message: Message, limit: int) -> list[str]:
    """The text in parts that Telegram takes, as HTML; the title is bold, above the first."""
    title = message.title or ""
    first, *rest = (escape(part, quote=False) for part in split(message.text, limit - _length(title) - 1))
    return [f"<b>{escape(title, quote=False)}</b>\n{first}" if title else first, *rest]


def split(text: str, limit: int, separators: Sequence[str] = ("\n\n", "\n", ". ", " ", "")) -> list[str]:
    """Cut `text` into parts of at most `limit` UTF-16 units: between paragraphs, else lines, sentences, words."""
    text = text.strip()
    if _length(text) <= limit:
        return [text]
    separator, *finer = separators
    pieces = re.split(f"(?<={re.escape(separator)})", text) if separator else list(text)
    packed = [""]
    for piece in pieces:
        if _length(packed[-1]) + _length(piece) <= limit:
            packed[-1] += piece
        else:
            packed.append(piece)
    return [part for chunk in packed if chunk.strip() for part in split(chunk, limit, finer)]


def _length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


# ------------------------------------------------------------------ buttons
# The same question is asked of many people, and building a keyboard costs as much as sending it.
@lru_cache(maxsize=512)
def _markup(
    keyboard: Keyboard, buttons: tuple[Button, ...], contact_button: str | None, placeholder: str | None
) -> JSON | None:
    hint = placeholder[:PLACEHOLDER_LIMIT] if placeholder else None
    markup: Markup
    if contact_button:  # only a reply keyboard can share a contact
        contact = [KeyboardButton(contact_button, request_contact=True)]
        markup = _reply_keyboard([contact, *_reply_rows(buttons)], hint)
    elif buttons and keyboard is Keyboard.REPLY:
        markup = _reply_keyboard(_reply_rows(buttons), hint)
    elif buttons and keyboard is Keyboard.INLINE:
        markup = InlineKeyboardMarkup(
            [[InlineKeyboardButton(each.label, callback_data=each.data) for each in row] for row in rows(buttons)]
        )
    elif keyboard is Keyboard.REMOVE:
        markup = ReplyKeyboardRemove()
    elif hint:
        markup = ForceReply(input_field_placeholder=hint)
    else:
        return None
    return markup.to_dict()


def _reply_rows(buttons: Sequence[Button]) -> list[list[KeyboardButton]]:
    return [[KeyboardButton(each.label) for each in row] for row in rows(buttons)]


def _reply_keyboard(keyboard: list[list[KeyboardButton]], hint: str | None) -> ReplyKeyboardMarkup:
    return ReplyKeyboardMarkup(keyboard, resize_keyboard=True, one_time_keyboard=True, input_field_placeholder=hint)


def rows(buttons: Sequence[Button]) -> list[list[Button]]:
    """Buttons side by side as long as their labels stay whole on a phone."""
    found: list[list[Button]] = []
    for button in buttons:
        row = found[-1] if found else []
        if row and len(row) < ROW_BUTTONS and sum(len(each.label) for each in (*row, button)) <= ROW_LETTERS:
            row.append(button)
        else:
            found.append([button])
    return found
