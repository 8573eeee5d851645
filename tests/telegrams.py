"""A bot on a fake Telegram, for tests: with an echo where only delivery counts, and with real conversations."""

import asyncio
import itertools
import os
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Generic, TypeVar

from fakeapi import TOKEN, FakeTelegram
from libraries import CONTENT, real_library
from sqlalchemy.exc import OperationalError

from bot.channels.telegram import serve
from bot.conversations import Conversations, Reply, Request, UpdateOutcome
from bot.engine.effects import Message
from bot.engine.events import Said, Started
from bot.settings import Settings
from bot.staff.chat import StaffChat
from bot.store import Store
from bot.store.inbox import Received
from bot.store.outbox import OutboxMessage
from bot.web.server import serving

TRANSPORTS = ["polling", "webhook"]


class Echo(Conversations):
    """Says what was said, with a number that counts: enough to see what is lost, doubled or out of order."""

    def __init__(self, store: Store):
        super().__init__(store, real_library(), lambda: datetime.now(UTC))
        self.counts: dict[str, int] = {}
        self.down = 0  # how many more times the store fails

    def turns(self, requests: Sequence[Request]) -> list[Reply]:
        if self.down:
            self.down -= 1
            raise OperationalError("BEGIN", {}, Exception("the disk is full"))
        with self.store.transaction():
            return [self._echo(request) for request in requests]

    def _echo(self, request: Request) -> Reply:
        assert request.update is not None
        state, _ = self.store.inbox.states([request.update]).get(request.update, (None, 0))
        if state in (Received.DONE, Received.DEAD):
            return Reply((), UpdateOutcome.SEEN)
        if isinstance(request.event, Said) and request.event.text == "poison":
            if self.store.inbox.failed(request.update, ValueError()) is Received.FAILED:
                return Reply((), UpdateOutcome.FAILED)
            sorry = OutboxMessage(None, request.address, Message("sorry"))
            return Reply(tuple(self.store.outbox.queue([sorry])), UpdateOutcome.DEAD)
        user = request.address.user
        self.counts[user] = self.counts.get(user, 0) + 1
        match request.event:
            case Said(text):
                said = text
            case Started():
                said = "welcome"
            case other:
                said = type(other).__name__
        letter = OutboxMessage(None, request.address, Message(f"{self.counts[user]}: {said}"))
        self.store.inbox.done([request.update])
        return Reply(tuple(self.store.outbox.queue([letter])))


def real(store: Store) -> Conversations:
    """Conversations over everything that is published."""
    return Conversations(store, real_library(), lambda: datetime.now(UTC))


C = TypeVar("C", bound=Conversations)


class Running(Generic[C]):
    """A bot that runs in this process."""

    def __init__(self, settings: Settings, conversations: C):
        self.settings, self.conversations = settings, conversations
        self.store = conversations.store
        self.stop = asyncio.Event()
        staff = conversations.staff = StaffChat(self.store, conversations.now)
        self.ended = asyncio.create_task(serve.serve(settings, conversations, serving, staff, stop=self.stop))

    async def all_sent(self) -> None:
        """Wait until nothing is in the outbox any more."""
        async with asyncio.timeout(20):
            while self.store.outbox.waiting():
                await asyncio.sleep(0.02)

    def url(self, path: str) -> str:
        return f"http://{self.settings.webhook_host}:{self.settings.webhook_port}{path}"


@asynccontextmanager
async def running(
    telegram: FakeTelegram, folder: Path, converse: Callable[[Store], C] = Echo, **env: str
) -> AsyncIterator[Running[C]]:
    """A bot with its data in `folder`; stops, as on SIGTERM, at the end."""
    own = CONTENT | {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_BASE_URL": telegram.url, "WEBHOOK_PORT": free_port()}
    settings = Settings.read({**own, **env}, root=folder)
    store = Store.open(settings)
    bot = Running(settings, converse(store))
    try:
        yield bot
    finally:
        bot.stop.set()
        await bot.ended
        store.close()


# Below those that the kernel gives to whoever connects (32768 and up on Linux): what a test got stays free until it
# listens, whatever other tests do meanwhile. Each process begins elsewhere.
_PORTS = itertools.cycle(range(20000, 32000))
next(itertools.islice(_PORTS, os.getpid() * 97 % 12000, None))


def free_port() -> str:
    for port in _PORTS:
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return str(port)
    raise AssertionError("a cycle has no end")


def settings_for(transport: str) -> dict[str, str]:
    if transport == "polling":
        return {}
    port = free_port()
    return {"WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram", "WEBHOOK_PORT": port, "WEBHOOK_SECRET": "s" * 16}
