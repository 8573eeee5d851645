"""Who sends what: a chat is sent to by one process at a time, whoever starts, stops or is killed."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

import pytest
from libraries import informed
from sqlalchemy import text, update
from test_delivery import ANNA, BERT, Pigeons, all_sent

from bot.channels.delivery import sender as sending
from bot.channels.delivery.batching import settled
from bot.channels.delivery.sender import Sender
from bot.channels.delivery.transport import NotNow
from bot.engine.effects import Message
from bot.settings import Settings
from bot.store import Address, Outgoing, Store
from bot.store.database import now
from bot.store.outbox import LEASE, OutboxMessage
from bot.store.tables import outbox

PIGEON = "pigeon"


@pytest.fixture
def stores(settings: Settings) -> Iterator[tuple[Store, Store]]:
    """Two processes on one database."""
    both = informed(Store.open(settings)), informed(Store.open(settings))
    yield both
    for store in both:
        store.close()


def queue(store: Store, *messages: tuple[Address, str]) -> list[Outgoing]:
    return store.outbox.queue([OutboxMessage(None, address, Message(words)) for address, words in messages])


def texts(found: list[Outgoing]) -> list[str]:
    return [each.message.text for each in found]


def late(store: Store) -> None:
    """Whoever leased something says nothing for longer than a lease."""
    with store.transaction() as db:
        db.execute(update(outbox).values(leased_until=now() - timedelta(seconds=1)))


# ------------------------------------------------------------------ leases
def test_what_a_process_queues_is_its_own_to_send(stores: tuple[Store, Store]) -> None:
    one, two = stores
    one.outbox.send_as(PIGEON, "one")
    two.outbox.send_as(PIGEON, "two")
    (first,) = queue(one, (ANNA, "a"))
    assert first.ours
    assert two.outbox.claim(PIGEON) == []
    late(one)
    assert texts(two.outbox.claim(PIGEON)) == ["a"]
    assert one.outbox.claim(PIGEON) == []


def test_who_keeps_a_lease_keeps_the_chat(stores: tuple[Store, Store]) -> None:
    one, two = stores
    one.outbox.send_as(PIGEON, "one")
    two.outbox.send_as(PIGEON, "two")
    queue(one, (ANNA, "a"), (BERT, "b"))
    late(one)
    one.outbox.renew(PIGEON, [ANNA])
    assert texts(two.outbox.claim(PIGEON)) == ["b"]


def test_nobody_takes_a_message_past_one_that_is_on_its_way(stores: tuple[Store, Store]) -> None:
    one, two = stores
    one.outbox.send_as(PIGEON, "one")
    two.outbox.send_as(PIGEON, "two")
    (first,) = queue(one, (ANNA, "first"))
    second, other = queue(two, (ANNA, "second"), (BERT, "other"))
    assert (second.ours, other.ours) == (False, True)
    assert two.outbox.claim(PIGEON) == []
    one.outbox.sent(first.id, 1)
    assert texts(one.outbox.claim(PIGEON)) == ["second"]


def test_what_somebody_without_a_sender_queues_is_for_whoever_looks_first(stores: tuple[Store, Store]) -> None:
    one, two = stores  # `one` is a command, such as `overstap leads`
    two.outbox.send_as(PIGEON, "two")
    queue(one, (ANNA, "a"))
    assert texts(two.outbox.claim(PIGEON)) == ["a"]


def test_a_chat_waits_until_its_first_message_is_due(stores: tuple[Store, Store]) -> None:
    one, two = stores
    two.outbox.send_as(PIGEON, "two")
    first, _ = queue(one, (ANNA, "a"), (ANNA, "b"))
    one.outbox.retry(first.id, now() + timedelta(minutes=5))
    assert two.outbox.claim(PIGEON) == []
    assert texts(two.outbox.claim(PIGEON, now() + timedelta(minutes=6))) == ["a", "b"]


def test_a_row_that_does_not_open_is_put_aside_and_those_after_it_go(
    stores: tuple[Store, Store], caplog: pytest.LogCaptureFixture
) -> None:
    one, two = stores
    two.outbox.send_as(PIGEON, "two")
    bad, _ = queue(one, (ANNA, "a"), (ANNA, "b"))
    with one.transaction() as db:
        db.execute(text("UPDATE outbox SET payload = 'sealed1.AAAA' WHERE id = :id"), {"id": bad.id})
    assert texts(two.outbox.claim(PIGEON)) == ["b"]
    assert f"message {bad.id} (outbox) is damaged" in caplog.text
    assert one.outbox.waiting() == 1


def test_claims_at_once_never_give_a_chat_to_two(settings: Settings) -> None:
    from concurrent.futures import ThreadPoolExecutor

    stores = [Store.open(settings) for _ in range(4)]
    people = [Address(PIGEON, str(number)) for number in range(60)]
    queue(stores[0], *((each, f"{each.user} {number}") for number in range(3) for each in people))
    for number, store in enumerate(stores):
        store.outbox.send_as(PIGEON, str(number))

    def all_that_it_gets(store: Store) -> list[Outgoing]:
        found: list[Outgoing] = []
        for _ in range(12):
            found += store.outbox.claim(PIGEON, limit=7)
        return found

    with ThreadPoolExecutor(4) as pool:
        got = list(pool.map(all_that_it_gets, stores))
    chats = [{each.address for each in some} for some in got]
    assert sum(map(len, got)) == 180
    assert sum(map(len, chats)) == 60
    for store in stores:
        store.close()


# ------------------------------------------------------------------ senders
class Flock:
    """Several processes that send over one channel."""

    def __init__(self, stores: tuple[Store, ...]) -> None:
        self.pigeons = Pigeons()
        self.senders = [Sender(self.pigeons, store) for store in stores]
        self.running: list[asyncio.Task[None]] = []

    def start(self, number: int) -> None:
        self.running.append(asyncio.create_task(self.senders[number].run()))

    async def end(self) -> None:
        for each in self.senders:
            await each.drain(0)
        for task in self.running:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await settled(5)


@pytest.mark.slow
async def test_a_start_sends_nothing_that_a_neighbour_is_sending(stores: tuple[Store, Store]) -> None:
    flock = Flock(stores)
    flock.pigeons.trouble["slow"] = [0.5]
    flock.start(0)
    await asyncio.sleep(0.1)
    flock.senders[0].post(queue(stores[0], (ANNA, "slow"), (ANNA, "second")))
    await asyncio.sleep(0.1)
    flock.start(1)
    await all_sent(stores[0])
    await flock.end()
    assert flock.pigeons.tried == ["slow", "second"]


@pytest.mark.slow
async def test_what_two_processes_queue_for_one_chat_arrives_in_order_and_once(stores: tuple[Store, Store]) -> None:
    flock = Flock(stores)
    flock.start(0)
    flock.start(1)
    await asyncio.sleep(0.2)
    for number in range(20):
        which = number % 2
        flock.pigeons.trouble[str(number)] = [0.03]
        flock.senders[which].post(await asyncio.to_thread(queue, stores[which], (ANNA, str(number))))
    async with asyncio.timeout(20):
        while await asyncio.to_thread(stores[0].outbox.waiting):
            await asyncio.sleep(0.05)
    await flock.end()
    assert flock.pigeons.arrived[ANNA] == [str(number) for number in range(20)]


@pytest.mark.slow
async def test_a_wait_of_minutes_is_nobody_elses_to_end(
    stores: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.outbox.LEASE", timedelta(seconds=0.6))
    monkeypatch.setattr(sending, "RENEW_SECONDS", 0.1)
    flock = Flock(stores)
    flock.pigeons.trouble["a"] = [NotNow("flood", seconds=2.0)]
    flock.start(0)
    flock.start(1)
    await asyncio.sleep(0.1)
    flock.senders[0].post(queue(stores[0], (ANNA, "a"), (ANNA, "b"), (ANNA, "c")))
    await all_sent(stores[0])
    await flock.end()
    assert flock.pigeons.tried == ["a", "a", "b", "c"]


@pytest.mark.slow
async def test_what_a_killed_process_left_behind_is_sent_by_a_neighbour_when_its_lease_ends(
    stores: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.outbox.LEASE", timedelta(seconds=1))
    monkeypatch.setattr(sending, "SWEEP_SECONDS", 0.1)
    flock = Flock(stores)
    queue(stores[0], (ANNA, "a"))  # and killed: its sender never ran
    flock.start(1)
    await asyncio.sleep(0.5)
    assert flock.pigeons.tried == []
    await all_sent(stores[1])
    await flock.end()
    assert flock.pigeons.tried == ["a"]


async def test_a_start_under_the_same_name_has_at_once_what_it_left_behind(stores: tuple[Store, Store]) -> None:
    stores[0].outbox.send_as(PIGEON, "port 8080")
    queue(stores[0], (ANNA, "a"))
    pigeons = Pigeons()
    again = Sender(pigeons, stores[1], owner="port 8080")
    running = asyncio.create_task(again.run())
    async with asyncio.timeout(LEASE.total_seconds() / 3):
        await all_sent(stores[1])
    running.cancel()
    await settled(5)
    assert pigeons.tried == ["a"]


async def test_who_ends_in_order_leaves_what_waits_to_the_others_at_once(stores: tuple[Store, Store]) -> None:
    flock = Flock(stores)
    flock.pigeons.trouble["a"] = [NotNow("flood", seconds=20.0)]
    flock.start(0)
    await asyncio.sleep(0.1)
    flock.senders[0].post(queue(stores[0], (ANNA, "a")))
    await asyncio.sleep(0.1)
    await flock.senders[0].drain(0)
    flock.start(1)
    async with asyncio.timeout(LEASE.total_seconds() / 3):
        await all_sent(stores[1])
    await flock.end()
    assert flock.pigeons.tried == ["a", "a"]


async def test_who_stood_still_for_longer_than_a_lease_sends_nothing_that_others_may_be_sending(
    stores: tuple[Store, Store],
) -> None:
    flock = Flock(stores)
    flock.pigeons.trouble["a"] = [NotNow("flood", seconds=0.3)]
    flock.start(0)
    await asyncio.sleep(0.1)
    flock.senders[0].post(queue(stores[0], (ANNA, "a"), (ANNA, "b")))
    await asyncio.sleep(0.1)
    flock.senders[0]._renewed -= LEASE.total_seconds() + 1  # as after a stop of the whole machine
    late(stores[0])
    flock.start(1)
    await all_sent(stores[1])
    await flock.end()
    assert flock.pigeons.tried == ["a", "a", "b"]
