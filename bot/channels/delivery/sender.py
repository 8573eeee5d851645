"""Sends what is committed: each chat in order, all chats at once, again and again until it worked."""

import asyncio
import logging
import math
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from telegram import Bot, InputFile
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.channels import metrics
from bot.channels.delivery.batching import blocking
from bot.channels.telegram import request
from bot.channels.telegram.render import Call, to_calls
from bot.store import Outgoing, Store
from bot.store.database import now
from bot.store.outbox import HEAD_START

log = logging.getLogger(__name__)

CHANNEL = "telegram"
AT_ONCE = 64  # calls under way; a chat that waits for its own time is none of them
FIRST_PAUSE, LAST_PAUSE = 0.5, 300.0  # seconds before a call is repeated; it doubles
SWEEP_SECONDS = 10.0  # between looks for what another process queued, or left behind
MARK_SECONDS = 0.05  # what was sent in this time is written down in one commit


class Undeliverable(Exception):
    """This message will never arrive. The text is a kind of error, without data."""


@dataclass(slots=True)
class _Chat:
    """What is on its way to one chat, in order. `since`: when the end of the first message went out (monotonic)."""

    queue: deque[Outgoing]
    since: float = math.inf

    def is_answered(self, heard: float) -> bool:
        """Someone spoke after all of it went out: they have it, although Telegram did not confirm it yet."""
        return len(self.queue) == 1 and self.since < heard


class Sender:
    """Every message that is given to `post` is sent, and written down as sent.

    A time-out can mean that Telegram did deliver; the message is then sent twice rather than never.
    """

    def __init__(self, bot: Bot, request: BaseRequest, store: Store):
        self._bot, self._request, self._store = bot, request, store
        self._chats: dict[str, _Chat] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._under_way: dict[int, float] = {}  # messages, and since when (monotonic)
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._sent: list[tuple[int, int | None]] = []
        self._to_mark = asyncio.Event()

    @property
    def waiting(self) -> int:
        return len(self._under_way)

    def oldest(self) -> float:
        """For how many seconds a message has waited at most."""
        return time.monotonic() - next(iter(self._under_way.values())) if self._under_way else 0.0

    def is_free(self, user: str, heard: float) -> bool:
        """Nothing is on its way to this person that they, who spoke at `heard`, have not seen."""
        chat = self._chats.get(user)
        return chat is None or chat.is_answered(heard)

    def post(self, messages: Iterable[Outgoing], heard: float = -math.inf) -> None:
        """Send these, which are said because of something that arrived at `heard` (monotonic).

        They go after what waits for the same chat already. Only who spoke after that went out need not wait until
        Telegram has confirmed it, which takes as long as the way there and back.
        """
        for message in messages:
            if message.id in self._under_way:
                continue
            self._under_way[message.id] = time.monotonic()
            user = message.address.user
            if not self.is_free(user, heard):
                self._chats[user].queue.append(message)
                continue
            chat = self._chats[user] = _Chat(deque([message]))
            task = asyncio.create_task(self._send_all(user, chat))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def arrived(self, message: Outgoing, message_id: int | None = None) -> None:
        """Write down, soon, that a message arrived."""
        self._sent.append((message.id, message_id))
        since = self._under_way.pop(message.id, None)
        if since is not None:
            metrics.SEND_SECONDS.observe(time.monotonic() - since)
        self._to_mark.set()

    # ------------------------------------------------------------ life
    async def run(self) -> None:
        """Pick up what was left behind, and write down what arrived, until cancelled."""
        # At the start everything is ours to send: the time in which another process would do it has not begun.
        await self._sweep(HEAD_START)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._mark_forever())
            group.create_task(self._sweep_forever())

    async def drain(self, within: float) -> None:
        """Give what is under way some seconds to arrive; what does not, waits in the outbox for the next start."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=within)
        for task in self._tasks:
            task.cancel()
        await self._mark()

    async def _sweep_forever(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            await self._sweep(timedelta())

    async def _sweep(self, ahead: timedelta) -> None:
        try:
            due = now() + ahead
            self.post(await blocking(self._store, lambda: self._store.outbox.pending(CHANNEL, due, limit=1000)))
        except Exception:  # the store is down: there is nothing to send that way now
            log.exception("the outbox was not read")

    async def _mark_forever(self) -> None:
        while True:
            await self._to_mark.wait()
            await asyncio.sleep(MARK_SECONDS)
            await self._mark()

    async def _mark(self) -> None:
        self._to_mark.clear()
        sent, self._sent = self._sent, []
        try:
            await blocking(self._store, lambda: self._store.outbox.sent_all(sent))
        except Exception:  # when this process ends before it worked, these messages are sent once more
            log.exception("%d sent messages were not written down", len(sent))
            self._sent += sent

    # ------------------------------------------------------------ one chat
    async def _send_all(self, user: str, chat: _Chat) -> None:
        try:
            while chat.queue:
                await self._send(chat)
                chat.queue.popleft()
        finally:
            if self._chats.get(user) is chat:
                del self._chats[user]
            for message in chat.queue:
                self._under_way.pop(message.id, None)

    async def _send(self, chat: _Chat) -> None:
        message = chat.queue[0]
        chat.since, number = math.inf, None
        try:
            *first, last = to_calls(message.message, *where(message.address.user))
            for call in first:
                await self._call(call, message)
            number = await self._call(last, message, chat)
        except Undeliverable as error:
            await self._give_up(message, str(error))
        except Exception as error:  # one message that cannot be shown must not hold up what comes after it
            log.exception("message %d cannot be shown", message.id)
            await self._give_up(message, type(error).__name__)
        else:
            self.arrived(message, number)

    async def _give_up(self, message: Outgoing, reason: str) -> None:
        log.warning("message %d will not arrive: %s", message.id, reason)
        await blocking(self._store, lambda: self._store.outbox.dead(message.id, reason))
        self._under_way.pop(message.id, None)

    async def _call(self, call: Call, message: Outgoing, ends: _Chat | None = None) -> int:
        """Carry out a call, however often it takes; gives the number of the message. Raises Undeliverable.

        With the last call of a message comes its chat, to note when it went out.
        """
        pause, is_plain = FIRST_PAUSE, False
        while True:
            wait = 0.0
            try:
                async with self._slots:
                    if ends:
                        ends.since = time.monotonic()
                    return await self._carry_out(call)
            except TelegramError as error:
                if ends:
                    ends.since = math.inf  # it did not arrive, as far as we know
                metrics.FAILED_SENDS.labels(type(error).__name__).inc()
                match error:
                    case RetryAfter():
                        wait = request.seconds(error)
                    case ChatMigrated():
                        call = call.to(error.new_chat_id)
                    case Forbidden():
                        await blocking(self._store, lambda: self._store.conversations.blocked(message.address))
                        raise Undeliverable("blocked") from None
                    case BadRequest() if is_plain or "not found" in error.message:
                        raise Undeliverable("refused") from None
                    case BadRequest():
                        log.warning("message %d is tried without markup: %s", message.id, error.message)
                        call, is_plain = call.plain(), True
                    case NetworkError() | InvalidToken():  # a 5xx and a time-out are network errors, too
                        wait, pause = pause, min(2 * pause, LAST_PAUSE)
                        log.info("message %d is tried again in %.1f s: %s", message.id, wait, type(error).__name__)
                    case _:
                        raise Undeliverable(type(error).__name__) from None
            if wait > HEAD_START.total_seconds():  # so that no sweep of another process takes it meanwhile
                later = now() + timedelta(seconds=wait)
                try:
                    await blocking(self._store, partial(self._store.outbox.retry, message.id, later))
                except Exception:  # a store that fails for a moment is no reason to give a message up
                    log.exception("that message %d waits was not written down", message.id)
            await asyncio.sleep(wait)

    async def _carry_out(self, call: Call) -> int:
        if call.file:
            rest = {name: value for name, value in call.body.items() if name != "chat_id"}
            upload = InputFile(call.file.content, filename=call.file.name)
            return (await self._bot.send_document(call.body["chat_id"], upload, api_kwargs=rest)).message_id
        url = f"{self._bot.base_url}/{call.method}"
        if call.method == "deleteMessages":
            try:
                await request.call(self._request, url, call.body)
            except BadRequest as error:  # too old, or gone already: what is said after it must still arrive
                log.info("messages were not deleted: %s", error.message)
            return 0
        return int((await request.call(self._request, url, call.body))["message_id"])


def where(user: str) -> tuple[int, int | None]:
    """Chat and topic of an address: "12345", or "-100123/7" for a topic in a group."""
    chat, _, thread = user.partition("/")
    return int(chat), int(thread) if thread else None
