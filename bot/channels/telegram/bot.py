"""The bot: what arrives goes to whom it concerns, what is committed goes out, and all of it stops in ten seconds."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Coroutine
from functools import partial
from typing import Any

from telegram import Bot, Update
from telegram.error import TelegramError
from telegram.request import BaseRequest

from bot.channels.telegram import metrics
from bot.channels.telegram import outside_chat as offside
from bot.channels.telegram.batching import Turns, blocking
from bot.channels.telegram.flood import Flood, Verdict
from bot.channels.telegram.render import to_calls
from bot.channels.telegram.request import call
from bot.channels.telegram.sender import CHANNEL, Sender, where
from bot.channels.telegram.staff import StaffChat
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
from bot.channels.telegram.webhook import Answer
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
    """Connects a PTB `Bot`, and the client that it calls with, to conversations. `bot` must know its own name."""

    def __init__(
        self,
        bot: Bot,
        request: BaseRequest,
        conversations: Conversations,
        staff: StaffChat | None = None,
        fast: bool = True,
    ):
        self.bot, self._request, self.conversations = bot, request, conversations
        self._staff, self._fast = staff, fast
        self.store = conversations.store
        self.turns = Turns(conversations)
        self.sender = Sender(bot, request, self.store)
        self._flood = Flood()
        self._busy: Counter[str] = Counter()  # how many updates of a person are being answered
        self._background: set[asyncio.Task[Any]] = set()

    # ------------------------------------------------------------ updates
    async def take(self, raw: JSON) -> None:
        """Handle an update: when this returns, it is committed. Raises when the store is down."""
        heard = time.monotonic()
        reply = await self._handle(raw)
        self.sender.post(reply.outgoing, heard)

    async def answer(self, raw: JSON) -> Answer | None:
        """As `take`; a single plain message is given back, for the response of a webhook.

        One call less, and less than half of the work. It stays in the outbox until the response is written.
        """
        heard, person = time.monotonic(), str(_sender_of(raw))
        self._busy[person] += 1
        try:
            reply = await self._handle(raw)
            alone = self._busy[person] == 1 and self.sender.is_free(person, heard)
        finally:
            self._busy[person] -= 1
            if not self._busy[person]:
                del self._busy[person]
        if alone and len(reply.outgoing) == 1 and (answer := self._in_response(int(raw["update_id"]), *reply.outgoing)):
            return answer
        self.sender.post(reply.outgoing, heard)
        return None

    def _in_response(self, update_id: int, outgoing: Outgoing) -> Answer | None:
        if outgoing.message.document:  # calls of its own, and time to draw it: that is for the sender
            return None
        calls = to_calls(outgoing.message, *where(outgoing.address.user))
        if len(calls) > 1:
            return None
        return Answer(
            {"method": calls[0].method, **calls[0].body},
            update_id,
            arrived=lambda: self.sender.arrived(outgoing),
            lost=lambda: self.sender.post([outgoing]),
        )

    @property
    def _library(self) -> Compiled:
        return self.conversations.compiled

    async def _handle(self, raw: JSON) -> Reply:
        try:
            me = self.bot.bot
            incoming = (self._fast and read_quickly(raw, me)) or read(Update.de_json(raw, self.bot), me)
        except Exception as error:  # of a kind that the library does not know: trying again would not help
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
                return await self._say(update_id, address, offside.in_group(self._library, incoming, self.bot.username))
            case PressedInGroup():
                return await self._press_in_group(update_id, incoming)
            case JoinedGroup(group):
                message = offside.joined(self._library, incoming, self.bot.username)
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
            answered = {"callback_query_id": happened.query}
            self._start(call(self._request, f"{self.bot.base_url}/answerCallbackQuery", answered))
        address = Address(CHANNEL, str(happened.person))
        event = happened.event
        # An edit is no command of staff: a call would count twice when Telegram sends the same message once more.
        if self._staff and isinstance(event, Said) and event.text.startswith("/") and not event.edited:
            hear = partial(self._staff.hear, happened.person, event.text)
            if message := await blocking(self.store, hear):
                return await self._say(update_id, address, message)
        verdict = self._flood.judge(happened.person, time.monotonic())
        if verdict is not Verdict.WELCOME:
            metrics.IGNORED.labels("flood").inc()
            if verdict is Verdict.STILL_TOO_MUCH:
                return Reply(())
            return await self._say(update_id, address, offside.too_fast(self._library, happened.language))
        began = time.perf_counter()
        reply = await self.turns.take(Request(address, happened.event, update_id))
        metrics.TURN_SECONDS.observe(time.perf_counter() - began)
        metrics.TURNS.labels(type(happened.event).__name__, reply.outcome).inc()
        return reply

    async def _press_in_group(self, update_id: int, pressed: PressedInGroup) -> Reply:
        """An adviser takes a lead: they hear it at once, the group sees who has it, and the button goes."""
        if self._staff is None:
            return Reply(())
        word, line = await blocking(self.store, partial(self._staff.press, pressed.person, pressed.data))
        self._start(self.bot.answer_callback_query(pressed.query, word, show_alert=True))
        if line is None:
            return Reply(())
        self._start(self.bot.edit_message_reply_markup(pressed.group, pressed.message))
        return await self._say(update_id, Address(CHANNEL, str(pressed.group)), Message(line))

    def _answer_inline(self, asked: AskedInline) -> None:
        """Not kept: who typed on has a new question, and Telegram forgets this one in seconds."""
        results = offside.cards(self._library, asked)
        metrics.INLINE.labels("yes" if results else "no").inc()
        button = offside.chat_button(self._library, asked)
        self._start(self.bot.answer_inline_query(asked.query, results, cache_time=offside.CACHE_SECONDS, button=button))

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


def _sender_of(raw: JSON) -> int | None:
    """Whose update this is, without reading all of it."""
    for part in raw.values():
        if isinstance(part, dict) and isinstance(part.get("from"), dict):
            number: int | None = part["from"].get("id")
            return number
    return None
