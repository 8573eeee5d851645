"""Telegram as a channel that messages go out over."""

import logging
from collections.abc import Sequence
from datetime import timedelta

from telegram import Bot, InputFile
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.channels import metrics
from bot.channels.delivery.transport import Blocked, Limits, NotNow, Undeliverable
from bot.channels.telegram import CHANNEL
from bot.channels.telegram.render import BUTTONS_LIMIT, DATA_LIMIT, TEXT_LIMIT, Call, to_calls
from bot.store import Address, Outgoing

log = logging.getLogger(__name__)

DELETED_AT_ONCE = 100
MOST_TOPICS = 10_000  # people
LONGEST = 1e6  # seconds: a number beyond it is none that Telegram gives


class TelegramTransport:
    """Sends over the Bot API. Each call is made once; what that comes to is for the sender to weigh."""

    name = CHANNEL
    limits = Limits(TEXT_LIMIT, BUTTONS_LIMIT, DATA_LIMIT)

    def __init__(self, bot: Bot):
        self._bot = bot
        self.moved: dict[int, int] = {}  # groups that became supergroups since the start, by the number that they had
        self._topics: dict[int, int] = {}

    def speaks_in(self, person: int, thread: int | None) -> None:
        """Answer somebody where they spoke last: in a topic of their private chat. Forgotten at a restart."""
        if thread:
            self._topics[person] = thread
            if len(self._topics) > MOST_TOPICS:
                del self._topics[next(iter(self._topics))]
        else:
            self._topics.pop(person, None)

    def parts(self, outgoing: Outgoing) -> Sequence[Call]:
        chat, thread = where(outgoing.address.user)
        return to_calls(outgoing.message, self.moved.get(chat, chat), thread or self._topics.get(chat))

    async def send(self, part: Call) -> int | None:
        try:
            return await self._try(part)
        except (TelegramError, OverflowError) as error:
            raise _meaning(error) from None

    async def delete(self, address: Address, numbers: Sequence[int]) -> None:
        chat, _ = where(address.user)
        chat = self.moved.get(chat, chat)
        for start in range(0, len(numbers), DELETED_AT_ONCE):
            try:
                await self._bot.delete_messages(chat, numbers[start : start + DELETED_AT_ONCE])
            except (TelegramError, OverflowError) as error:
                _count(error)
                if not isinstance(error, BadRequest) or not _is_proven(error):
                    raise _meaning(error) from None
                # Too old, or gone already: what is said after it must still arrive.
                log.info("messages were not deleted: %s", error.message)

    async def _try(self, call: Call) -> int | None:
        """Make a call, once more where the chat has moved, and once more without markup where that is refused."""
        is_plain = False
        while True:
            try:
                return await self._carry_out(call)
            except ChatMigrated as error:
                _count(error)
                self.moved[call.body["chat_id"]] = error.new_chat_id
                call = call.to(error.new_chat_id)
            except BadRequest as error:
                _count(error)
                if is_plain or not _is_proven(error) or error.message in NOBODY:
                    raise
                log.warning("a message is tried without markup: %s", error.message)
                call, is_plain = call.plain(), True
            except (TelegramError, OverflowError) as error:
                _count(error)
                raise

    async def _carry_out(self, call: Call) -> int | None:
        if call.file:
            rest = {name: value for name, value in call.body.items() if name != "chat_id"}
            upload = InputFile(call.file.content, filename=call.file.name)
            try:
                return (await self._bot.send_document(call.body["chat_id"], upload, api_kwargs=rest)).message_id
            except (TypeError, AttributeError, KeyError):
                raise Garbled from None
        # `Bot.send_message` reads what Telegram says of it into objects: 0.32 ms a call instead of 0.14.
        match await self._bot.do_api_request("sendMessage", api_kwargs=call.body):
            case {"message_id": int(number)}:
                return number
            case True:  # it says that it did it, and not under which number
                return None
            case _:
                raise Garbled


class Garbled(TelegramError):
    """What came back is no answer of Telegram: a proxy or a portal gave it, perhaps."""

    def __init__(self) -> None:
        super().__init__("no answer of Telegram")


# A chat that is not there is there in no other form either.
NOBODY = frozenset({"Chat not found", "User not found", "Peer_id_invalid"})


def _count(error: Exception) -> None:
    metrics.FAILED_SENDS.labels(type(error).__name__).inc()


def _is_proven(error: TelegramError) -> bool:
    """Whether Telegram itself refused: it says why, in JSON. A page of a proxy with the same status does not."""
    return error.__cause__ is None and not error.message.startswith(("Bad Request (", "Forbidden ("))


def _meaning(error: Exception) -> Undeliverable | NotNow:
    """Only what Telegram itself refuses is at its end; all else may be the world around us, and is tried again."""
    kind = type(error).__name__
    match error:
        case RetryAfter():
            return NotNow(kind, seconds(error))
        case Forbidden() if _is_proven(error):
            return Blocked("blocked")
        case BadRequest() if _is_proven(error):
            return Undeliverable("refused")
        case _:
            return NotNow(kind)


def seconds(error: RetryAfter) -> float:
    """How long Telegram asks us to wait. The library is on its way from a number to a timedelta."""
    after = error.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else min(float(after), LONGEST)


def where(user: str) -> tuple[int, int | None]:
    """Chat and topic of an address: "12345", or "-100123/7" for a topic in a group."""
    chat, _, thread = user.partition("/")
    return int(chat), int(thread) if thread else None
