"""People who use Telegram: what they do becomes an update, what the bot sends ends up with them."""

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fakeapi.server import FakeTelegram

# The least that python-telegram-bot and aiogram accept for each kind of attachment.
_FILE = {"file_id": "file", "file_unique_id": "unique"}
ATTACHMENTS: dict[str, Any] = {
    "voice": {**_FILE, "duration": 3},
    "photo": [{**_FILE, "width": 90, "height": 90}],
    "video": {**_FILE, "width": 90, "height": 90, "duration": 3},
    "video_note": {**_FILE, "length": 90, "duration": 3},
    "audio": {**_FILE, "duration": 3},
    "document": {**_FILE, "file_name": "cv.pdf"},
    "animation": {**_FILE, "width": 90, "height": 90, "duration": 3},
    "sticker": {**_FILE, "type": "regular", "width": 9, "height": 9, "is_animated": False, "is_video": False},
    "location": {"latitude": 52.09, "longitude": 5.12},
    "dice": {"emoji": "🎲", "value": 4},
    "poll": {
        "id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False, "is_anonymous": True,
        "type": "regular", "allows_multiple_answers": False, "allows_revoting": False, "members_only": False,
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Received:
    """A message of the bot, as the person sees it."""

    id: int
    text: str
    markup: dict[str, Any]
    document: bytes | None = None
    file_name: str | None = None
    parameters: dict[str, Any] = field(default_factory=dict)

    @property
    def buttons(self) -> list[str]:
        rows = self.markup.get("keyboard") or self.markup.get("inline_keyboard") or []
        return [button["text"] if isinstance(button, dict) else button for row in rows for button in row]


class Person:
    """Somebody with a private chat, whose chat number is their own number."""

    def __init__(self, telegram: "FakeTelegram", number: int, language: str = "nl"):
        self.telegram = telegram
        self.number = number
        self.language = language
        self.has_blocked = False
        self.received: list[Received] = []
        self.deleted: set[int] = set()
        self.toasts: list[str] = []  # what answerCallbackQuery showed
        self._read = 0
        self._news = asyncio.Event()

    # What they do

    def says(self, text: str, **fields: Any) -> int:
        """Sends a text; gives the number of the message."""
        if text.startswith("/"):
            fields["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        return self.sends(text=text, **fields)

    def sends(self, kind: str = "", **fields: Any) -> int:
        """Sends a message with these fields, or an attachment of a kind."""
        if kind:
            fields[kind] = ATTACHMENTS[kind]
        message = self._message(self.telegram.next_message_id(), **fields)
        self.telegram.push({"message": message})
        return int(message["message_id"])

    def edits(self, message_id: int, text: str) -> None:
        message = self._message(message_id, text=text)
        self.telegram.push({"edited_message": {**message, "edit_date": message["date"]}})

    def presses(self, label: str, message: Received | None = None) -> None:
        """Presses an inline button of the last message, or of an older one."""
        found = message or self.received[-1]
        rows = found.markup["inline_keyboard"]
        data = next(button["callback_data"] for row in rows for button in row if button["text"] == label)
        self.presses_data(data, found.id)

    def presses_data(self, data: str, message_id: int = 1) -> None:
        """Presses a button with any data, as a forged client can."""
        message = {**self._message(message_id, text="…"), "from": self.telegram.me}
        query = {"id": str(self.telegram.next_message_id()), "from": self._user(), "chat_instance": "1"}
        self.telegram.push({"callback_query": {**query, "message": message, "data": data}})

    def shares_contact(self, phone: str, owner: int | None = None) -> None:
        """Shares their own contact, or somebody else's."""
        user = {"user_id": owner if owner is not None else self.number}
        self.sends(contact={"phone_number": phone, "first_name": f"P{self.number}", **user})

    def asks_inline(self, query: str) -> str:
        """Types `@bot query` in any chat; gives the number of the query."""
        number = str(self.telegram.next_message_id())
        self.telegram.push({"inline_query": {"id": number, "from": self._user(), "query": query, "offset": ""}})
        return number

    def says_in_group(self, text: str, group: int = -100, **fields: Any) -> None:
        chat = {"id": group, "type": "supergroup", "title": "Klas"}
        message = self._message(self.telegram.next_message_id(), text=text, **fields)
        self.telegram.push({"message": {**message, "chat": chat}})

    def presses_in_group(self, label: str, group: int, message: Received) -> None:
        rows = message.markup["inline_keyboard"]
        data = next(button["callback_data"] for row in rows for button in row if button["text"] == label)
        chat = {"id": group, "type": "supergroup", "title": "Adviseurs"}
        origin = {**self._message(message.id, text=message.text), "chat": chat, "from": self.telegram.me}
        query = {"id": str(self.telegram.next_message_id()), "from": self._user(), "chat_instance": "1"}
        self.telegram.push({"callback_query": {**query, "message": origin, "data": data}})

    def blocks(self) -> None:
        self.has_blocked = True
        self.telegram.push({"my_chat_member": self.membership("kicked")})

    # What they see

    async def reads(self, within: float = 20.0) -> Received:
        """The next message of the bot that they have not read yet."""
        async with asyncio.timeout(within):
            while len(self.received) <= self._read:
                self._news.clear()
                await self._news.wait()
        self._read += 1
        return self.received[self._read - 1]

    async def reads_nothing(self, within: float = 0.2) -> None:
        """Fails when the bot says anything within some seconds."""
        await asyncio.sleep(within)
        assert len(self.received) == self._read, self.received[self._read :]

    def receive(self, message: Received) -> None:
        self.received.append(message)
        self._news.set()

    # How Telegram describes them

    def _user(self) -> dict[str, Any]:
        return {"id": self.number, "is_bot": False, "first_name": f"P{self.number}", "language_code": self.language}

    def _message(self, message_id: int, **fields: Any) -> dict[str, Any]:
        chat = {"id": self.number, "type": "private", "first_name": f"P{self.number}"}
        return {"message_id": message_id, "date": self.telegram.now(), "from": self._user(), "chat": chat, **fields}

    def membership(self, status: str, chat: dict[str, Any] | None = None) -> dict[str, Any]:
        """What Telegram says when they let the bot in, or block it."""
        message = self._message(0)
        was = "left" if status == "member" else "member"
        change = {key: message[key] for key in ("date", "from", "chat")} | ({"chat": chat} if chat else {})
        return {**change, "old_chat_member": self._member(was), "new_chat_member": self._member(status)}

    def _member(self, status: str) -> dict[str, Any]:
        return {"user": self.telegram.me, "status": status, **({"until_date": 0} if status == "kicked" else {})}
