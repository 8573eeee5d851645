"""Turns for people on the page: what they send counts once, and what is said waits until their page fetches it."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from bot.channels.delivery.batching import Turns, blocking
from bot.channels.web import CHANNEL
from bot.channels.web.kept import may_be_kept
from bot.channels.web.together import Together
from bot.conversations import Address, Conversations, Request
from bot.engine.effects import Message
from bot.engine.events import Event, Pressed, Said, Started
from bot.operations.moving import move
from bot.store.conversations import Conversation
from bot.store.inbox import Received, UpdateKey
from bot.store.talks import Access, Line, SaidLine

log = logging.getLogger(__name__)

CLOCK_SECONDS = 30.0  # between looks for whom a reminder, or an end, is due


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form brought: what happened, under a name by which it counts once."""

    event: Event
    update_id: str
    label: str | None = None  # of what was pressed, when it stood in no message of the talk


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page of somebody shows: lines of their talk; without a `person` they were erased just now."""

    person: Conversation | None
    lines: Sequence[Line] = ()
    last_words: Sequence[Message] = ()


class WebChannel:
    """Connects pages to conversations. `run` as long as it lives."""

    def __init__(self, conversations: Conversations) -> None:
        self.conversations = conversations
        self.store = conversations.store
        self.turns = Turns(conversations, lambda _: None)  # nothing is sent: whoever asks for the page fetches it
        self._together = Together(self.store)

    # ------------------------------------------------------------ reading
    def time(self) -> datetime:
        return self.conversations.time()

    def look(self, token: str) -> Shown | None:
        """What the page of a browser shows; None when it has no talk open. Blocks."""
        with self.store.snapshot():
            person = self.find(token)
            return Shown(person, self.store.talks.deliver(person, self.time())) if person else None

    def find(self, token: str) -> Conversation | None:
        """Whose talk a browser has open. Blocks."""
        with self.store.snapshot():
            return self.store.talks.find(token, self.time())

    def was_taken(self, update_id: str) -> bool:
        """Whether something had its turn before. Blocks."""
        update = UpdateKey(CHANNEL, update_id)
        known = self.store.inbox.states([update]).get(update)
        return known is not None and known[0] in (Received.DONE, Received.DEAD)

    # ------------------------------------------------------------ turns
    async def begin(self, token: str, started: Started) -> Conversation:
        """The talk of a browser that has none: as if they opened the bot. Twice is once."""
        user = self.store.keys.blind("web user", token)[:32]
        address = Address(CHANNEL, user)
        person = await self._together.do(lambda: self.store.talks.begin(address, token, self.time()))
        await self.turns.take(Request(person.address, started, self.store.keys.blind("web start", token)))
        await self._together.do(lambda: self.store.talks.deliver(person, self.time()))
        return person

    def come_back(self, person: Conversation, token: str) -> Conversation:
        """Open the talk of somebody in another browser; from another channel it comes here. Blocks."""
        with self.store.transaction():
            if person.address.channel != CHANNEL:
                move(self.store, person, Address(CHANNEL, uuid4().hex))
            self.store.talks.grant(person.id, Access.BROWSER, token, self.time())
            there = self.store.conversations.get(person.id)
        assert there
        return there

    async def take(self, person: Conversation, sent: Sent, after: int | None = 0) -> Shown:
        """Give somebody a turn, and what their page shows then after a line; `after` None: no lines, they fetch them
        with a request of its own. Raises what the store raises, or `TryLater`: then nothing has happened."""
        await self.turns.take(Request(person.address, sent.event, sent.update_id))
        return await self._together.do(lambda: self._after(person, sent, after))

    def _after(self, before: Conversation, sent: Sent, after: int | None) -> Shown:
        person = self.store.conversations.get(before.id)
        if person is None:
            return Shown(None, last_words=self.store.talks.last_words(before.address))
        return Shown(person, self.store.talks.deliver(person, self.time(), self._said(person, sent), after))

    def _said(self, person: Conversation, sent: Sent) -> SaidLine | None:
        match sent.event:
            case Said(text) if not text.startswith("/"):
                kept = may_be_kept(self.conversations.compiled, person.state, text)
                return SaidLine(sent.update_id, text if kept else None)
            case Said(text) if text.strip():
                return SaidLine(sent.update_id, sent.label or text)
            case Pressed(data):
                return SaidLine(sent.update_id, self._label(person, data) or sent.label)
            case _:
                return None

    def _label(self, person: Conversation, data: str) -> str | None:
        """What stood on a button, the last time that they saw it."""
        messages = [line.message for line in reversed(self.store.talks.lines(person.id)) if line.message]
        return next((button.label for one in messages for button in one.buttons if button.data == data), None)

    # ------------------------------------------------------------ life
    async def run(self) -> None:
        """Give turns, and look at the clock, until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self.turns.run())
            group.create_task(self._together.run())
            group.create_task(self._watch_the_clock())

    async def _watch_the_clock(self) -> None:
        while True:
            await asyncio.sleep(CLOCK_SECONDS)
            try:
                await blocking(self._look_at_the_clock)
            except Exception:  # the store is down, or comes back: the next look finds the same people
                log.exception("nobody was reminded")

    def _look_at_the_clock(self) -> None:
        now = self.conversations.now()
        self.conversations.look_after()
        if not self.store.clock.is_turn(f"look {CHANNEL}", now, CLOCK_SECONDS * 0.9):
            return
        self.conversations.elapse(CHANNEL)
        if not self.store.clock.is_ahead(now):
            self.store.talks.tidy(self.time())

    def is_ready(self) -> bool:
        try:
            self.store.outbox.waiting()
        except Exception:  # whatever it is that the driver raises
            log.exception("the store does not answer")
            return False
        return not self.turns.failing

    def trouble(self) -> str | None:
        return self.conversations.trouble

    def state(self) -> str | None:
        return self.conversations.nightly.state
