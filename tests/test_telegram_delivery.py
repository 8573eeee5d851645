"""Nothing is lost and nothing happens twice between Telegram and the store, over HTTP, with faults."""

import asyncio
import socket
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from fakeapi import TOKEN, FakeTelegram

from bot.channels.telegram import serve
from bot.conversations import Outcome, Reply, Request
from bot.engine.effects import Message
from bot.engine.events import Said, Started
from bot.settings import Settings
from bot.store import Store
from bot.store.outbox import Letter
from bot.text import Text


class Echo:
    """Says what was said, with a number that counts: enough to see what is lost, doubled or out of order."""

    def __init__(self, store: Store):
        self.store = store
        self.library: Any = SimpleNamespace(content=SimpleNamespace(sentences=defaultdict(lambda: Text("Hoi", "Hi"))))
        self.counts: dict[str, int] = {}

    def now(self) -> datetime:
        return datetime.now(UTC)

    def turns(self, requests: Sequence[Request]) -> list[Reply]:
        with self.store.unit():
            return [self.turn(request) for request in requests]

    def turn(self, request: Request) -> Reply:
        assert request.update_id is not None
        if request.update_id in self.store.inbox.states([request.update_id]):
            return Reply((), Outcome.SEEN)
        user = request.address.user
        self.counts[user] = self.counts.get(user, 0) + 1
        match request.event:
            case Said(text):
                said = text
            case Started():
                said = "welcome"
            case other:
                said = type(other).__name__
        letter = Letter(None, request.address, Message(f"{self.counts[user]}: {said}"))
        self.store.inbox.done([request.update_id], known=())
        return Reply(tuple(self.store.outbox.queue([letter])))


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@asynccontextmanager
async def running(telegram: FakeTelegram, folder: Path, **env: str) -> AsyncIterator[Echo]:
    own = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_BASE_URL": telegram.url, "WEBHOOK_PORT": free_port()}
    settings = Settings.read({**own, **env}, root=folder)
    store = Store.open(settings)
    stop = asyncio.Event()
    echo = Echo(store)
    task = asyncio.create_task(serve.serve(settings, echo, stop=stop))
    try:
        yield echo
    finally:
        stop.set()
        await task
        store.close()


async def test_a_message_gets_its_answer(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram:
        anna = telegram.person(7)
        anna.says("hallo")
        async with running(telegram, tmp_path):
            assert (await anna.reads()).text == "1: hallo"
