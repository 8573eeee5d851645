"""What Telegram tells us, as what happened: each update is one of the classes below, or nothing that concerns us."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from telegram import Chat, ChatMember, MaybeInaccessibleMessage, Message, MessageEntity, Update, User

from bot.engine.events import Event, Pressed, Said, SentAttachment, SharedContact, Started

JSON = dict[str, Any]

# Only what is asked for is sent to us; everything else costs nothing.
ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "inline_query", "my_chat_member"]

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")  # what Telegram allows after t.me/bot?start=

# An animation brings a document as well, and a venue a location: the first that is there counts.
ATTACHMENTS = (
    "animation audio photo sticker video video_note voice story paid_media venue location dice game poll checklist "
    "invoice document"
).split()

PRESENT = {ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER, ChatMember.RESTRICTED}


@dataclass(frozen=True, slots=True)
class Happened:
    """Someone did something in their private chat. `query`: the press that waits for an answer."""

    person: int
    event: Event
    language: str | None  # what their Telegram is set to
    query: str | None = None
    thread: int | None = None  # the topic, where the owner of the bot has those in private chats


@dataclass(frozen=True, slots=True)
class AskedInGroup:
    """Someone spoke to the bot in a group. `thread` is the topic, where a group has topics."""

    group: int
    thread: int | None
    text: str  # without the name of the bot
    language: str | None


@dataclass(frozen=True, slots=True)
class PressedInGroup:
    """Someone pressed a button in a group: that of the advisers."""

    person: int
    group: int
    message: int
    data: str
    query: str
    thread: int | None = None


@dataclass(frozen=True, slots=True)
class AskedInline:
    """Someone typed `@bot text` in another chat."""

    person: int
    query: str
    text: str
    language: str | None


@dataclass(frozen=True, slots=True)
class JoinedGroup:
    """Someone put the bot in a group."""

    group: int
    language: str | None


@dataclass(frozen=True, slots=True)
class Blocked:
    """Someone blocked the bot, or let it in again."""

    person: int
    blocked: bool


Incoming = Happened | AskedInGroup | PressedInGroup | AskedInline | JoinedGroup | Blocked


LAST_NUMBER = 2**53  # a number beyond it is none that Telegram gives, and some of what reads JSON makes another of it


def number_of(raw: object) -> int | None:
    """The number of an update; None for what is no update."""
    match raw:
        case {"update_id": int(number)} if not isinstance(number, bool) and 0 <= number <= LAST_NUMBER:
            return number
        case _:
            return None


def date_of(raw: JSON) -> datetime | None:
    """When Telegram says that this happened; None where it does not say so. A press has no date of its own."""
    match raw:
        case {"message": {"date": int(seconds)}} | {"edited_message": {"edit_date": int(seconds)}}:
            try:
                return datetime.fromtimestamp(seconds, UTC)
            except (ValueError, OverflowError, OSError):
                return None
        case _:
            return None


def read(update: Update, me: User) -> Incoming | None:
    """What happened; None for what asks nothing of us: channel posts, service messages, other bots."""
    if query := update.callback_query:
        user = query.from_user
        if query.message and query.message.chat.type != Chat.PRIVATE:
            chat, number = query.message.chat.id, query.message.message_id
            return PressedInGroup(user.id, chat, number, query.data or "", query.id, _thread(query.message))
        return Happened(user.id, Pressed(query.data or ""), user.language_code, query.id, _thread(query.message))
    if asked := update.inline_query:
        return AskedInline(asked.from_user.id, asked.id, asked.query, asked.from_user.language_code)
    if change := update.my_chat_member:
        here = change.new_chat_member.status in PRESENT
        if change.chat.type == Chat.PRIVATE:
            return Blocked(change.chat.id, not here)
        joined = here and change.old_chat_member.status not in PRESENT
        return JoinedGroup(change.chat.id, change.from_user.language_code) if joined else None
    message = update.message or update.edited_message
    # What someone chose from our own inline cards is ours, and no answer to a question.
    if message is None or message.from_user is None or message.via_bot == me:
        return None
    # Who speaks for a group or a channel has a bot of Telegram's own for a sender: they are people all the same.
    if message.from_user.is_bot and message.sender_chat is None:
        return None
    if message.chat.type == Chat.PRIVATE:
        event = _event(message, message.from_user, me, edited=update.message is None)
        language = message.from_user.language_code
        return Happened(message.chat.id, event, language, thread=_thread(message)) if event else None
    if update.message and (text := _said_to(message, me)) is not None:
        return AskedInGroup(message.chat.id, _thread(message), text, message.from_user.language_code)
    return None


def _thread(message: MaybeInaccessibleMessage | None) -> int | None:
    """The topic that a message stands in. A reply in a group without topics has a thread as well, and no topic."""
    return message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None


def read_quickly(raw: JSON, me: User) -> Happened | None:
    """The same as `read`, for a plain text or a press in a private chat: nineteen of twenty updates.

    Building the library's objects of one update takes as long as the store needs for its turn.
    None: this is something else, or looks unusual in any way.
    """
    match raw:
        case {
            "message": {
                "message_id": int(number),
                "text": str(text),
                "chat": {"type": "private", "id": int(chat)},
                "from": {"is_bot": False} as user,
            } as message
        } if "via_bot" not in message and "is_topic_message" not in message:
            language: str | None = user.get("language_code")
            return Happened(chat, _spoken(text, language, me, number, edited=False), language)
        case {
            "callback_query": {
                "id": str(query),
                "data": str(data),
                "from": {"is_bot": False, "id": int(person)} as user,
                "message": {"chat": {"type": "private"}} as message,
            }
        } if "is_topic_message" not in message:
            return Happened(person, Pressed(data), user.get("language_code"), query)
        case _:
            return None


def _spoken(text: str, language: str | None, me: User, number: int, edited: bool) -> Event:
    command, _, rest = text.partition(" ")
    command = command.removesuffix(f"@{me.username}") if command.startswith("/") else command
    if command == "/start" and not edited:
        source = rest.strip()
        return Started(source if PAYLOAD.fullmatch(source) else None, language)
    return Said(f"{command} {rest}" if rest else command, edited, number)


def _event(message: Message, user: User, me: User, edited: bool) -> Event | None:
    if message.text is not None:
        return _spoken(message.text, user.language_code, me, message.message_id, edited)
    if message.caption is not None:
        said = _spoken(message.caption, user.language_code, me, message.message_id, edited)
        return replace(said, album=message.media_group_id) if isinstance(said, Said) else said
    if edited:  # a moved location
        return None
    if contact := message.contact:
        name = " ".join(filter(None, (contact.first_name, contact.last_name)))
        # Without a number of a user, or with another's, it is somebody else's contact, or a forwarded one.
        return SharedContact(contact.phone_number, name, own=contact.user_id == user.id and not message.forward_origin)
    for kind in ATTACHMENTS:
        if getattr(message, kind):
            return SentAttachment(kind, message.media_group_id)
    # A kind of message that is newer than the library; a service message ("pinned ...") brings nothing new with it.
    return SentAttachment("other") if message.api_kwargs else None


def _said_to(message: Message, me: User) -> str | None:
    """What was said to the bot in a group, without its name; None when it was said to others."""
    text = message.text or ""
    name = re.compile(rf"@{re.escape(me.username)}\b", re.IGNORECASE) if me.username else None
    command = next((each for each in message.entities if each.type == MessageEntity.BOT_COMMAND), None)
    if name and name.search(text):
        return name.sub(" ", text).strip()
    if command and command.offset == 0 and "@" not in text.split()[0]:
        return text
    answered = message.reply_to_message
    return text if answered and answered.from_user == me else None
