"""The bot: what arrives goes to whom it concerns, what is committed goes out, and all of it stops in ten seconds."""

import asyncio
import logging
import math
import time
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import Any, TypeVar

from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot, Update
from telegram.error import TelegramError

from bot.channels import metrics
from bot.channels.delivery.batching import SharedTurns, Taking, Turns, blocking
from bot.channels.delivery.flood import Flood, Verdict
from bot.channels.delivery.sender import Sender
from bot.channels.telegram import CHANNEL, outside_chat, resuming
from bot.channels.telegram.transport import TelegramTransport
from bot.channels.telegram.update import (
    AskedInGroup,
    AskedInline,
    Blocked,
    Happened,
    Incoming,
    JoinedGroup,
    PressedInGroup,
    date_of,
    number_of,
    read,
    read_quickly,
)
from bot.compiled import Compiled
from bot.conversations import Address, Conversations, Request
from bot.engine.events import Started
from bot.store import Outgoing, notices
from bot.store.inbox import UpdateKey

log = logging.getLogger(__name__)

JSON = dict[str, Any]
T = TypeVar("T")

CLOCK_SECONDS = 30.0  # between looks for whom a reminder, or an end, is due
MOVED = "The advisers' group has another number now. It still works; set STAFF_CHAT=%s."
DRAIN_SECONDS = 4.0  # of the ten in which the bot stops


def _group(group: int, thread: int | None) -> Address:
    return Address(CHANNEL, f"{group}/{thread}" if thread else str(group))


class TelegramBot:
    """Connects a PTB `Bot` to conversations. `bot` must know its own name."""

    def __init__(
        self,
        bot: Bot,
        conversations: Conversations,
        fast: bool = True,
        shared: bool = False,
        owner: str | None = None,
    ):
        """`shared`: other processes do the same for this bot, on one database; `owner` is the name of this one."""
        self.bot, self.conversations = bot, conversations
        self._fast = fast
        self.store = conversations.store
        self._transport = TelegramTransport(bot)
        self.sender = Sender(self._transport, self.store, owner)
        self._deaf: str | None = None  # who of the team gets no messages, in words
        post = self.sender.post
        self.turns: Taking = SharedTurns(conversations, CHANNEL, post) if shared else Turns(conversations, post)
        self._flood = Flood()
        self._background: set[asyncio.Task[Any]] = set()

    # ------------------------------------------------------------ updates
    async def take(self, raw: JSON) -> None:
        """Handle an update: when this returns, it is committed. Raises when the store is down."""
        number = number_of(raw)
        if number is None:
            log.error("an update without a number that can be is put aside")
            metrics.IGNORED.labels("unreadable").inc()
            return
        if (said_at := date_of(raw)) is not None:
            self.store.clock.hear(said_at, self.conversations.now())
        try:
            me = self.bot.bot
            incoming = (self._fast and read_quickly(raw, me)) or read(Update.de_json(raw, self.bot), me)
        except Exception as error:  # noqa: BLE001  # of a kind that the library does not know: trying again would not help
            log.error("update %s cannot be read, and is put aside: %s", number, type(error).__name__)
            metrics.IGNORED.labels("unreadable").inc()
            incoming = None
        await self._react(number, incoming)

    @property
    def _compiled(self) -> Compiled:
        return self.conversations.compiled

    async def _react(self, update_id: int, incoming: Incoming | None) -> None:
        update = UpdateKey(CHANNEL, str(update_id))
        match incoming:
            case Happened():
                await self._turn(update_id, incoming)
                return
            case AskedInGroup(group, thread) if self._is_welcome(group):
                address = _group(group, thread)
                answer = outside_chat.in_group(self._compiled, incoming, self.bot.username)
                await self.turns.take(Request(address, answer, update_id))
                return
            case PressedInGroup() if self._is_welcome(incoming.person):
                await self._press_in_group(update, incoming)
                return
            case JoinedGroup(group) if self._is_welcome(group):
                greeting = outside_chat.joined(self._compiled, incoming, self.bot.username)
                await self.turns.take(Request(Address(CHANNEL, str(group)), greeting, update_id))
                return
            case AskedInline(person=person) if self._is_welcome(person):
                self._answer_inline(incoming)
            case Blocked(person, blocked):
                if blocked:
                    address = Address(CHANNEL, str(person))
                    await blocking(lambda: self.store.conversations.blocked(address))
            case None:
                metrics.IGNORED.labels("not_ours").inc()
            case _:  # they ask too much
                pass
        await self.turns.pass_over(update)

    def _is_welcome(self, chat: int) -> bool:
        """Whether a group, or somebody outside their own chat, may ask more. They are not told: others read along."""
        if self._flood.judge(chat, time.monotonic()) is Verdict.WELCOME:
            return True
        metrics.IGNORED.labels("flood").inc()
        return False

    async def _turn(self, update_id: int, happened: Happened) -> None:
        if happened.query:  # at once: until then the button looks as if nothing happens
            self._start(self.bot.answer_callback_query(happened.query))
        self._transport.speaks_in(happened.person, happened.thread)
        address = Address(CHANNEL, str(happened.person))
        verdict = self._flood.judge(happened.person, time.monotonic())
        if verdict is Verdict.WELCOME:
            event = happened.event
            if isinstance(event, Started) and (token := resuming.token_of(event.source)):
                come_along = partial(
                    resuming.come_along, self.conversations, token, address, happened.language, update_id
                )
                await self._commit(come_along, lambda said: said)
                await self.turns.pass_over(UpdateKey(CHANNEL, str(update_id)))
                return
            await self.turns.take(Request(address, event, update_id))
            return
        metrics.IGNORED.labels("flood").inc()
        if verdict is Verdict.STILL_TOO_MUCH:
            await self.turns.pass_over(UpdateKey(CHANNEL, str(update_id)))
        else:
            told = outside_chat.too_fast(self._compiled, happened.language)
            await self.turns.take(Request(address, told, update_id))

    async def _press_in_group(self, update: UpdateKey, pressed: PressedInGroup) -> None:
        """An adviser takes a lead: they hear it at once, the group sees who has it, and the button goes."""
        adviser, group = Address(CHANNEL, str(pressed.person)), _group(pressed.group, pressed.thread)
        press = partial(self.conversations.press, adviser, pressed.data, group, update)
        word, outgoing = await self._commit(press, lambda done: done[1])
        if word:
            self._start(self.bot.answer_callback_query(pressed.query, word, show_alert=True))
        if outgoing:
            self._start(self.bot.edit_message_reply_markup(pressed.group, pressed.message))

    def _answer_inline(self, asked: AskedInline) -> None:
        """Not kept: who typed on has a new question, and Telegram forgets this one in seconds."""
        results = outside_chat.cards(self._compiled, asked)
        metrics.INLINE.labels("yes" if results else "no").inc()
        button = outside_chat.chat_button(self._compiled, asked)
        self._start(
            self.bot.answer_inline_query(asked.query, results, cache_time=outside_chat.CACHE_SECONDS, button=button)
        )

    async def _commit(self, work: Callable[[], T], said: Callable[[T], Iterable[Outgoing]]) -> T:
        """Do something in the store and send what comes of it, also when whoever asked for it is gone by then."""

        async def commit() -> T:
            done = await blocking(work)
            self.sender.post(said(done))
            return done

        task = asyncio.create_task(commit())
        self._background.add(task)
        task.add_done_callback(self._background.discard)
        return await asyncio.shield(task)

    # ------------------------------------------------------------ life
    async def run(self) -> None:
        """Give turns, send, and look at the clock, until cancelled."""
        metrics.UPDATES_WAITING.set_function(lambda: self.turns.waiting)
        metrics.MESSAGES_WAITING.set_function(lambda: self.sender.waiting)
        metrics.OLDEST_SECONDS.set_function(self.sender.oldest)
        metrics.BACKUP_SECONDS.set_function(self._backup_seconds)
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
            self._deaf = notices.trouble(self.store)
        except Exception:  # whatever it is that the driver raises
            log.exception("the store does not answer")
            return False
        return not self.turns.failing

    def trouble(self) -> str | None:
        return "\n".join(filter(None, (self.conversations.trouble, self._deaf, self._moved()))) or None

    def _moved(self) -> str | None:
        """Whether the group of advisers has another number now: nobody else notices."""
        group, slash, topic = (self.store.settings.staff_chat or "").partition("/")
        new = self._transport.moved.get(int(group)) if group else None
        return MOVED % f"{new}{slash}{topic}" if new else None

    def state(self) -> str | None:
        return self.conversations.nightly.state

    def _backup_seconds(self) -> float:
        age = self.conversations.nightly.age
        return math.nan if age is None else age.total_seconds()

    async def _watch_the_clock(self) -> None:
        while True:
            await asyncio.sleep(CLOCK_SECONDS)
            try:
                await blocking(self.conversations.look_after)
                if await blocking(self._is_our_look):
                    for reply in await blocking(lambda: self.conversations.elapse(CHANNEL)):
                        self.sender.post(reply.outgoing)
            except Exception:  # the store is down, or comes back: the next look finds the same people
                log.exception("nobody was reminded")

    def _is_our_look(self) -> bool:
        """Whether no other process looks at the clock just now."""
        return self.store.clock.is_turn(f"look {CHANNEL}", self.conversations.now(), CLOCK_SECONDS * 0.9)

    def _start(self, small_call: Awaitable[object]) -> None:
        """Make a call whose result nothing depends on."""

        async def make() -> None:
            try:
                await small_call
            except (TelegramError, SQLAlchemyError) as error:  # "query is too old": they saw the answer come anyway
                log.info("a small call did not work: %s", type(error).__name__)

        task = asyncio.create_task(make())
        self._background.add(task)
        task.add_done_callback(self._background.discard)
