"""Delivery over a channel of a few lines: what a new channel gets from `bot.channels.delivery`, and has to offer."""

import asyncio
import threading
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.channels.delivery import sender
from bot.channels.delivery.batching import settled
from bot.channels.delivery.sender import Sender
from bot.channels.delivery.transport import Blocked, Limits, NotNow, Transport, Undeliverable
from bot.channels.telegram.transport import TelegramTransport
from bot.engine import buttons
from bot.engine.effects import Message
from bot.settings import Settings
from bot.store import Address, Outgoing, Store
from bot.store.outbox import OutboxMessage

ANNA, BERT = Address("pigeon", "anna"), Address("pigeon", "bert")


class Pigeons:
    """Carries words. What a word meets on its way stands in `trouble`."""

    name = "pigeon"
    limits = Limits(text=100, buttons=4, data=64)

    def __init__(self) -> None:
        self.arrived: dict[Address, list[str]] = defaultdict(list)
        self.tried: list[str] = []
        self.gone: list[int] = []
        self.trouble: dict[str, list[Exception | float]] = defaultdict(list)

    def parts(self, outgoing: Outgoing) -> Sequence[tuple[Address, str]]:
        return [(outgoing.address, word) for word in outgoing.message.text.split()]

    async def send(self, part: tuple[Address, str]) -> int:
        address, word = part
        self.tried.append(word)
        match self.trouble[word].pop(0) if self.trouble[word] else None:
            case float(seconds):
                await asyncio.sleep(seconds)
            case Exception() as error:
                raise error
        self.arrived[address].append(word)
        return len(self.tried)

    async def delete(self, address: Address, numbers: Sequence[int]) -> None:
        self.gone += numbers


@asynccontextmanager
async def flying(folder: Path, before: Sequence[OutboxMessage] = ()) -> AsyncIterator[tuple[Pigeons, Sender, Store]]:
    store, pigeons = Store.open(Settings.read({}, root=folder)), Pigeons()
    store.outbox.queue(before)
    out = Sender(pigeons, store)
    running = asyncio.create_task(out.run())
    try:
        yield pigeons, out, store
    finally:
        await out.drain(0)
        running.cancel()
        await settled(5)
        store.close()


def queue(store: Store, *messages: tuple[Address, str]) -> list[Outgoing]:
    return store.outbox.queue([OutboxMessage(None, address, Message(text)) for address, text in messages])


async def all_sent(store: Store) -> None:
    async with asyncio.timeout(5):
        while store.outbox.waiting():
            await asyncio.sleep(0.01)


async def test_a_message_never_overtakes_one_before_it_to_the_same_person(tmp_path: Path) -> None:
    async with flying(tmp_path) as (pigeons, out, store):
        pigeons.trouble["sorry"] = [1.0]  # slow on the network; meanwhile they typed on
        out.post(queue(store, (ANNA, "sorry")))
        await asyncio.sleep(0.05)
        out.post(queue(store, (ANNA, "after"), (BERT, "hello")))
        async with asyncio.timeout(5):
            while not pigeons.arrived:
                await asyncio.sleep(0.01)
        assert pigeons.arrived == {BERT: ["hello"]}
        await all_sent(store)
        assert pigeons.arrived[ANNA] == ["sorry", "after"]


async def test_the_order_is_that_of_the_outbox_whichever_is_posted_first(tmp_path: Path) -> None:
    async with flying(tmp_path) as (pigeons, out, store):
        pigeons.trouble["one"] = [0.1]
        one, two, three = queue(store, (ANNA, "one"), (ANNA, "two"), (ANNA, "three"))
        for message in (one, three, two, three):
            out.post([message])
        await all_sent(store)
        assert pigeons.arrived[ANNA] == ["one", "two", "three"]


async def test_what_was_left_behind_goes_first_also_when_somebody_speaks_before_it_was_found(tmp_path: Path) -> None:
    async with flying(tmp_path, [OutboxMessage(None, ANNA, Message("then"))]) as (pigeons, out, store):
        out.post(queue(store, (ANNA, "now")))
        await all_sent(store)
        assert pigeons.arrived[ANNA] == ["then", "now"]


async def test_a_part_that_arrived_is_not_sent_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sender, "FIRST_PAUSE", 0.01)
    async with flying(tmp_path) as (pigeons, out, store):
        pigeons.trouble["b"] = [NotNow("storm"), NotNow("hawk", seconds=0.01)]
        out.post(queue(store, (ANNA, "a b c")))
        await all_sent(store)
        assert pigeons.tried == ["a", "b", "b", "b", "c"]


async def test_all_parts_of_a_message_can_be_taken_away_again(tmp_path: Path) -> None:
    async with flying(tmp_path) as (_, out, store):
        with store.transaction():
            (anna,) = store.conversations.load([ANNA])
        out.post(store.outbox.queue([OutboxMessage(anna.id, ANNA, Message("a b c"))]))
        await all_sent(store)
        assert sorted(store.outbox.message_ids(anna.id)) == [1, 2, 3]


async def test_what_cannot_arrive_ends_and_what_comes_after_it_arrives(tmp_path: Path) -> None:
    async with flying(tmp_path) as (pigeons, out, store):
        pigeons.trouble["x"], pigeons.trouble["y"] = [Undeliverable("refused")], [ValueError("a bug")]
        out.post(queue(store, (ANNA, "x"), (ANNA, "y"), (ANNA, "z")))
        await all_sent(store)
        assert pigeons.arrived[ANNA] == ["z"]


async def test_who_wants_nothing_more_is_remembered(tmp_path: Path) -> None:
    async with flying(tmp_path) as (pigeons, out, store):
        with store.transaction():
            store.conversations.load([ANNA])
        pigeons.trouble["x"] = [Blocked("blocked")]
        out.post(queue(store, (ANNA, "x")))
        await all_sent(store)
        found = store.conversations.find(ANNA)
        assert found is not None and found.blocked


async def test_earlier_messages_are_taken_away_before_the_text_comes(tmp_path: Path) -> None:
    async with flying(tmp_path, [OutboxMessage(None, ANNA, Message("gone", deletes=(3, 4)))]) as (pigeons, _, store):
        await all_sent(store)
        assert (pigeons.gone, pigeons.arrived[ANNA]) == ([3, 4], ["gone"])


@pytest.mark.parametrize("channel", [Pigeons, TelegramTransport])
def test_what_the_engine_puts_on_a_button_fits_on_every_channel(channel: type[Transport[object]]) -> None:
    assert channel.limits.data >= buttons.LONGEST


async def test_when_it_ends_nothing_uses_the_store_any_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store.open(Settings.read({}, root=tmp_path))
    claim, begun, ended = store.outbox.claim, threading.Event(), threading.Event()

    def slowly(channel: str) -> object:
        begun.set()
        time.sleep(0.2)
        found = claim(channel)
        ended.set()
        return found

    monkeypatch.setattr(store.outbox, "claim", slowly)
    async with Sender(Pigeons(), store).running(drain=5.0):
        while not begun.is_set():
            await asyncio.sleep(0.01)
    assert ended.is_set()
    store.close()
