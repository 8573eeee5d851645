"""Telegram as a channel that messages go out over."""

import logging
from collections.abc import Sequence
from datetime import timedelta

from telegram import Bot, InputFile
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.channels import metrics
from bot.channels.delivery.transport import Blocked, Limits, NotNow, Undeliverable
from bot.channels.telegram import CHANNEL
from bot.channels.telegram.render import BUTTONS_LIMIT, DATA_LIMIT, TEXT_LIMIT, Call, to_calls
from bot.store import Address, Outgoing

log = logging.getLogger(__name__)

DELETED_AT_ONCE = 100


class TelegramTransport:
    """Sends over the Bot API. Each call is made once; what that comes to is for the sender to weigh."""

    name = CHANNEL
    limits = Limits(TEXT_LIMIT, BUTTONS_LIMIT, DATA_LIMIT)

    def __init__(self, bot: Bot):
        self._bot = bot

    def parts(self, outgoing: Outgoing) -> Sequence[Call]:
        return to_calls(outgoing.message, *where(outgoing.address.user))

    async def send(self, part: Call) -> int:
        try:
            return await self._try(part)
        except TelegramError as error:
            raise _meaning(error) from None

    async def delete(self, address: Address, numbers: Sequence[int]) -> None:
        chat, _ = where(address.user)
        for start in range(0, len(numbers), DELETED_AT_ONCE):
            try:
                await self._bot.delete_messages(chat, numbers[start : start + DELETED_AT_ONCE])
            except BadRequest as error:  # too old, or gone already: what is said after it must still arrive
                _count(error)
                log.info("messages were not deleted: %s", error.message)
            except TelegramError as error:
                _count(error)
                raise _meaning(error) from None

    async def _try(self, call: Call) -> int:
        """Make a call, once more where the chat has moved, and once more without markup where that is refused."""
        is_plain = False
        while True:
            try:
                return await self._carry_out(call)
            except ChatMigrated as error:
                _count(error)
                call = call.to(error.new_chat_id)
            except BadRequest as error:
                _count(error)
                if is_plain or "not found" in error.message:
                    raise
                log.warning("a message is tried without markup: %s", error.message)
                call, is_plain = call.plain(), True
            except TelegramError as error:
                _count(error)
                raise

    async def _carry_out(self, call: Call) -> int:
        if call.file:
            rest = {name: value for name, value in call.body.items() if name != "chat_id"}
            upload = InputFile(call.file.content, filename=call.file.name)
            return (await self._bot.send_document(call.body["chat_id"], upload, api_kwargs=rest)).message_id
        # `Bot.send_message` reads what Telegram says of it into objects: 0.32 ms a call instead of 0.14.
        sent: dict[str, int] = await self._bot.do_api_request("sendMessage", api_kwargs=call.body)
        return sent["message_id"]


def _count(error: TelegramError) -> None:
    metrics.FAILED_SENDS.labels(type(error).__name__).inc()


def _meaning(error: TelegramError) -> Undeliverable | NotNow:
    kind = type(error).__name__
    match error:
        case RetryAfter():
            return NotNow(kind, seconds(error))
        case Forbidden():
            return Blocked("blocked")
        case BadRequest():
            return Undeliverable("refused")
        case NetworkError() | InvalidToken():  # a 5xx and a time-out are network errors, too
            return NotNow(kind)
        case _:
            return Undeliverable(kind)


def seconds(error: RetryAfter) -> float:
    """How long Telegram asks us to wait. The library is on its way from a number to a timedelta."""
    after = error.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)


def where(user: str) -> tuple[int, int | None]:
    """Chat and topic of an address: "12345", or "-100123/7" for a topic in a group."""
    chat, _, thread = user.partition("/")
    return int(chat), int(thread) if thread else None
