"""The bot: what arrives goes to whom it concerns, what is committed goes out, and all of it stops in ten seconds."""

import asyncio
import logging
import time
from collections.abc import Coroutine
from functools import partial
from typing import Any

from telegram import Bot, Update
from telegram.error import TelegramError

from bot.channels import metrics
from bot.channels.delivery.batching import Turns, blocking
from bot.channels.delivery.sender import Sender
from bot.channels.telegram import CHANNEL, outside_chat
from bot.channels.telegram.flood import Flood, Verdict
from bot.channels.telegram.staff import StaffChat
from bot.channels.telegram.transport import TelegramTransport
from bot.channels.telegram.update import (
    AskedInGroup,
    AskedInline,
    Blocked,
    Happened,
    Incoming,
    JoinedGroup,
    PressedInGroup,
    read,
    read_quickly,
)
from bot.compiled import Compiled
from bot.conversations import Address, Conversations, Reply, Request, UpdateOutcome
from bot.engine.effects import Message
from bot.engine.events import Said
from bot.store import Outgoing
from bot.store.inbox import UpdateKey
from bot.store.outbox import OutboxMessage

log = logging.getLogger(__name__)

JSON = dict[str, Any]

CLOCK_SECONDS = 30.0  # between looks for whom a reminder, or an end, is due
DRAIN_SECONDS = 4.0  # of the ten in which the bot stops


class TelegramBot:
    """Connects a PTB `Bot` to conversations. `bot` must know its own name."""

    def __init__(
        self,
        bot: Bot,
        conversations: Conversations,
        staff: StaffChat | None = None,
        fast: bool = True,
    ):
        self.bot, self.conversations = bot, conversations
        self._staff, self._fast = staff, fast
        self.store = conversations.store
        self.turns = Turns(conversations)
        self.sender = Sender(TelegramTransport(bot), self.store)
        self._flood = Flood()
        self._background: set[asyncio.Task[Any]] = set()

    # ------------------------------------------------------------ updates
    async def take(self, raw: JSON) -> None:
        """Handle an update: when this returns, it is committed. Raises when the store is down."""
        reply = await self._handle(raw)
        self.sender.post(reply.outgoing)

    @property
    def _compiled(self) -> Compiled:
        return self.conversations.compiled

    async def _handle(self, raw: JSON) -> Reply:
        try:
            me = self.bot.bot
            incoming = (self._fast and read_quickly(raw, me)) or read(Update.de_json(raw, self.bot), me)
        except Exception as error:  # noqa: BLE001  # of a kind that the library does not know: trying again would not help
            log.error("update %s cannot be read: %s", raw.get("update_id"), type(error).__name__)
            metrics.IGNORED.labels("unreadable").inc()
            return Reply(())
        return await self._react(int(raw["update_id"]), incoming)

    async def _react(self, update_id: int, incoming: Incoming | None) -> Reply:
        match incoming:
            case Happened():
                return await self._turn(update_id, incoming)
            case AskedInGroup(group, thread):
                address = Address(CHANNEL, f"{group}/{thread}" if thread else str(group))
                return await self._say(
                    update_id, address, outside_chat.in_group(self._compiled, incoming, self.bot.username)
                )
            case PressedInGroup():
                return await self._press_in_group(update_id, incoming)
            case JoinedGroup(group):
                message = outside_chat.joined(self._compiled, incoming, self.bot.username)
                return await self._say(update_id, Address(CHANNEL, str(group)), message)
            case AskedInline():
                self._answer_inline(incoming)
            case Blocked(person, blocked):
                if blocked:
                    address = Address(CHANNEL, str(person))
                    await blocking(self.store, lambda: self.store.conversations.blocked(address))
            case None:
                metrics.IGNORED.labels("not_ours").inc()
        return Reply(())

    async def _turn(self, update_id: int, happened: Happened) -> Reply:
        if happened.query:  # at once: until then the button looks as if nothing happens
            self._start(self.bot.answer_callback_query(happened.query))
        address = Address(CHANNEL, str(happened.person))
        event = happened.event
        # An edit is no command of staff: a call would count twice when Telegram sends the same message once more.
        if self._staff and isinstance(event, Said) and event.text.startswith("/") and not event.edited:
            hear = partial(self._staff.hear, address, event.text)
            if message := await blocking(self.store, hear):
                return await self._say(update_id, address, message)
        verdict = self._flood.judge(happened.person, time.monotonic())
        if verdict is not Verdict.WELCOME:
            metrics.IGNORED.labels("flood").inc()
            if verdict is Verdict.STILL_TOO_MUCH:
                return Reply(())
            return await self._say(update_id, address, outside_chat.too_fast(self._compiled, happened.language))
        began = time.perf_counter()
        reply = await self.turns.take(Request(address, happened.event, update_id))
        metrics.TURN_SECONDS.observe(time.perf_counter() - began)
        metrics.TURNS.labels(type(happened.event).__name__, reply.outcome).inc()
        return reply

    async def _press_in_group(self, update_id: int, pressed: PressedInGroup) -> Reply:
        """An adviser takes a lead: they hear it at once, the group sees who has it, and the button goes."""
        if self._staff is None:
            return Reply(())
        adviser = Address(CHANNEL, str(pressed.person))
        word, line = await blocking(self.store, partial(self._staff.press, adviser, pressed.data))
        self._start(self.bot.answer_callback_query(pressed.query, word, show_alert=True))
        if line is None:
            return Reply(())
        self._start(self.bot.edit_message_reply_markup(pressed.group, pressed.message))
        return await self._say(update_id, Address(CHANNEL, str(pressed.group)), Message(line))

    def _answer_inline(self, asked: AskedInline) -> None:
        """Not kept: who typed on has a new question, and Telegram forgets this one in seconds."""
        results = outside_chat.cards(self._compiled, asked)
        metrics.INLINE.labels("yes" if results else "no").inc()
        button = outside_chat.chat_button(self._compiled, asked)
        self._start(
            self.bot.answer_inline_query(asked.query, results, cache_time=outside_chat.CACHE_SECONDS, button=button)
        )

    async def _say(self, update_id: int, address: Address, message: Message) -> Reply:
        """Say something that is no part of a conversation: once for each update, and kept until it arrives."""

        def queue() -> tuple[Outgoing, ...]:
            with self.store.transaction():
                if not self.store.inbox.first(UpdateKey(CHANNEL, str(update_id))):
                    return ()
                return tuple(self.store.outbox.queue([OutboxMessage(None, address, message)]))

        outgoing = await blocking(self.store, queue)
        return Reply(outgoing, UpdateOutcome.DONE if outgoing else UpdateOutcome.SEEN)

    # ------------------------------------------------------------ life
    async def run(self) -> None:
        """Give turns, send, and look at the clock, until cancelled."""
        metrics.UPDATES_WAITING.set_function(lambda: self.turns.waiting)
        metrics.MESSAGES_WAITING.set_function(lambda: self.sender.waiting)
        metrics.OLDEST_SECONDS.set_function(self.sender.oldest)
        async with asyncio.TaskGroup() as group:
            group.create_task(self.turns.run())
            group.create_task(self.sender.run())
            group.create_task(self._watch_the_clock())

    async def drain(self) -> None:
        """Let what is committed arrive, as far as there is time; the rest waits in the outbox for the next start."""
        await self.sender.drain(DRAIN_SECONDS)
        for task in self._background:
            task.cancel()

    def is_ready(self) -> bool:
        try:
            self.store.outbox.waiting()
        except Exception:  # whatever it is that the driver raises
            log.exception("the store does not answer")
            return False
        return not self.turns.failing

    def trouble(self) -> str | None:
        return self.conversations.trouble

    async def _watch_the_clock(self) -> None:
        while True:
            await asyncio.sleep(CLOCK_SECONDS)
            try:
                for reply in await blocking(self.store, lambda: self.conversations.elapse(CHANNEL)):
                    self.sender.post(reply.outgoing)
            except Exception:  # the store is down, or comes back: the next look finds the same people
                log.exception("nobody was reminded")

    def _start(self, small_call: Coroutine[Any, Any, object]) -> None:
        """Make a call whose result nothing depends on."""

        async def make() -> None:
            try:
                await small_call
            except TelegramError as error:  # "query is too old": they saw the answer come anyway
                log.info("a small call did not work: %s", type(error).__name__)

        task = asyncio.create_task(make())
        self._background.add(task)
        task.add_done_callback(self._background.discard)
