"""Several processes behind one address, on one PostgreSQL: each chat in order, and nothing twice."""

import asyncio
import itertools
import shutil
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from fakeapi import TOKEN, FakeTelegram, Fault
from libraries import CONTENT, ROOT
from sqlalchemy import func, select, text, update
from telegrams import Running, free_port, real, running, settings_for

from bot.channels.telegram.polling import AlreadyPolled
from bot.conversations import Address, Conversations
from bot.engine.events import Said, Started
from bot.settings import Settings
from bot.store import Store
from bot.store.inbox import Arrival, UpdateKey
from bot.store.tables import inbox

pytestmark = pytest.mark.alone("up to four bots, a proxy and a Telegram run at once, and have seconds to answer")

SECRET = "s" * 16


@pytest.fixture
def postgresql(settings: Settings) -> Settings:
    if settings.sqlite:
        pytest.skip("several processes share a PostgreSQL")
    return settings


class Proxy:
    """Gives each request to the next process, as nginx does; and to another one when that is not there."""

    def __init__(self) -> None:
        self.ports: list[str] = []
        self.turn = itertools.count()
        self.late: dict[int, float] = {}  # seconds that an update spends on its way, by its number

    async def handle(self, request: web.Request) -> web.Response:
        body = await request.read()
        update = await request.json()
        await asyncio.sleep(self.late.get(update["update_id"], 0))
        headers = {name: value for name, value in request.headers.items() if name.startswith("X-")}
        start = next(self.turn)
        for port in (self.ports[(start + each) % len(self.ports)] for each in range(len(self.ports))):
            try:
                async with self.session.post(
                    f"http://127.0.0.1:{port}/telegram", data=body, headers=headers
                ) as response:
                    return web.Response(status=response.status)
            except aiohttp.ClientError:
                continue
        return web.Response(status=502)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        app = web.Application()
        app.router.add_post("/telegram", self.handle)
        runner = web.AppRunner(app)
        await runner.setup()
        port = free_port()
        await web.TCPSite(runner, "127.0.0.1", int(port)).start()
        try:
            async with aiohttp.ClientSession() as self.session:
                yield f"http://127.0.0.1:{port}/telegram"
        finally:
            await runner.cleanup()


@asynccontextmanager
async def several(
    telegram: FakeTelegram, settings: Settings, number: int, converse: Any = real
) -> AsyncIterator[tuple[list[Running[Conversations]], Proxy]]:
    """So many processes: each with a store of its own, and nothing in common but the database."""
    proxy = Proxy()
    async with proxy.serving() as url, AsyncExitStack() as stack:
        bots: list[Running[Conversations]] = []
        for _ in range(number):
            port = free_port()
            env = {
                "TELEGRAM_BOT_TOKEN": TOKEN,
                "TELEGRAM_BASE_URL": telegram.url,
                "WEBHOOK_URL": url,
                "WEBHOOK_SECRET": SECRET,
                "WEBHOOK_PORT": port,
                "DATABASE_URL": settings.database_url,
                "ENCRYPTION_KEY_FILE": str(settings.encryption_key_file),
            }
            own = Settings.read({**CONTENT, **env}, root=settings.root)
            store = Store.open(own)
            stack.callback(store.close)
            bot = Running(own, converse(store))
            bots.append(bot)
            proxy.ports.append(port)
        async with asyncio.timeout(10):
            while telegram.tried["setWebhook"] < number:
                await asyncio.sleep(0.02)
        try:
            yield bots, proxy
        finally:
            for bot in bots:
                bot.stop.set()
            await asyncio.gather(*(bot.ended for bot in bots))


async def all_done(store: Store, within: float = 30) -> None:
    """Wait until everything that arrived had its turn, and everything that was said arrived."""

    def left() -> int:
        with store.reading() as db:
            waiting = select(func.count()).where(inbox.c.payload.is_not(None))
            return int(db.execute(waiting).scalar_one()) + store.outbox.waiting()

    async with asyncio.timeout(within):
        while await asyncio.to_thread(left):
            await asyncio.sleep(0.05)


def answers(store: Store, address: Address) -> dict[str, str]:
    found = store.conversations.find(address)
    assert found is not None
    return {name: answer.raw for name, answer in found.state.answers.items()}


async def test_ten_answers_at_once_stand_under_their_own_questions(postgresql: Settings) -> None:
    async with FakeTelegram() as telegram, several(telegram, postgresql, 3) as (bots, _):
        telegram.scatters = True
        telegram.delay = 0.01
        people = [telegram.person(number, language="nl") for number in range(1, 21)]
        typed = ["/start", "verpleegkundige", "vrachtwagenchauffeur", "Zwolle", "Mbo niveau 4", "Ik heb een baan", "34"]
        for words in typed:
            for person in people:
                person.says(words)
        await telegram.drained(within=60)
        await all_done(bots[0].store)
        alone = Address("terminal", "alone")
        for words in typed:
            bots[0].conversations.turn(alone, Started(None, "nl") if words == "/start" else Said(words))
        wanted = answers(bots[0].store, alone)
        assert len(wanted) >= 3
        for person in people:
            assert answers(bots[0].store, Address("telegram", str(person.number))) == wanted
        alike = {tuple(message.text for message in person.received) for person in people}
        assert len(alike) == 1, "who says the same reads the same, in the same order"


async def test_an_update_that_is_late_keeps_its_place(postgresql: Settings) -> None:
    async with FakeTelegram() as telegram, several(telegram, postgresql, 3) as (bots, proxy):
        telegram.scatters = True
        anna, bert = telegram.person(7), telegram.person(8)
        anna.says("/start")
        await anna.reads()
        proxy.late[telegram.next_update_id + 1] = 0.4
        anna.says("verpleegkundige")
        anna.says("vrachtwagenchauffeur")
        bert.says("/start")
        await all_done(bots[0].store)
        kept = answers(bots[0].store, Address("telegram", "7"))
        assert (kept["desired_work"], kept["current_job"]) == ("verpleegkundige", "vrachtwagenchauffeur")


async def test_a_number_that_never_comes_holds_nobody_up_for_longer_than_a_second(postgresql: Settings) -> None:
    async with FakeTelegram() as telegram, several(telegram, postgresql, 2):
        anna = telegram.person(7)
        anna.says("/start")
        await anna.reads()
        for _ in range(3):
            telegram.next_update_id += 1
            anna.says("verpleegkundige")
            await anna.reads(within=2.5)


async def test_who_must_wait_for_minutes_holds_up_nobody_and_reads_everything_once(postgresql: Settings) -> None:
    async with FakeTelegram() as telegram, several(telegram, postgresql, 3) as (bots, _):
        telegram.faults = [Fault("sendMessage", status=429, retry_after=3, chat=7)]
        anna, bert = telegram.person(7), telegram.person(8)
        for person in (anna, bert):
            person.says("/start")
        await bert.reads(within=2)
        for words in ("verpleegkundige", "vrachtwagenchauffeur"):
            for person in (anna, bert):
                person.says(words)
        await all_done(bots[0].store)
        assert [each.text for each in anna.received] == [each.text for each in bert.received]


async def test_a_group_is_answered_in_order_too(postgresql: Settings) -> None:
    async with FakeTelegram() as telegram, several(telegram, postgresql, 3) as (bots, _):
        telegram.scatters = True
        anna = telegram.person(7)
        for words in ("bestaat stap nog?", "ik ben 34 en woon in Zwolle", "bestaat stap nog?"):
            anna.says_in_group(f"@overstap_bot {words}", -300)
        await telegram.drained()
        await all_done(bots[0].store)
        first, second, third = (each.text for each in telegram.groups[-300])
        assert first == third != second and "STAP" in first


async def test_an_update_that_came_to_two_processes_counts_once(postgresql: Settings) -> None:
    async with FakeTelegram() as telegram, several(telegram, postgresql, 3) as (bots, _):
        telegram.repeats = 3
        telegram.scatters = True
        anna = telegram.person(7)
        for words in ("/start", "verpleegkundige", "vrachtwagenchauffeur"):
            anna.says(words)
        await telegram.drained()
        await all_done(bots[0].store)
        alone = Address("terminal", "alone")
        for words in ("/start", "verpleegkundige", "vrachtwagenchauffeur"):
            bots[0].conversations.turn(alone, Started(None, "nl") if words == "/start" else Said(words))
        assert answers(bots[0].store, Address("telegram", "7")) == answers(bots[0].store, alone)


async def test_what_a_killed_process_wrote_down_has_its_turn_at_another(postgresql: Settings) -> None:
    async with FakeTelegram() as telegram:
        anna = telegram.person(7)
        store = Store.open(postgresql)
        arrival = {"kind": "Said", "text": "hallo", "edited": False, "message": 1, "album": None}
        store.inbox.receive([Arrival(UpdateKey("telegram", "500"), 500, "7", arrival)])
        store.close()
        async with several(telegram, postgresql, 2):
            assert (await anna.reads()).text


async def test_a_second_process_on_one_file_is_refused_and_told_what_it_needs(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, running(telegram, tmp_path, **settings_for("webhook")) as first:
        async with asyncio.timeout(5):
            while telegram.hook is None:
                await asyncio.sleep(0.02)
        with pytest.raises(AlreadyPolled, match="need PostgreSQL"):
            async with running(telegram, tmp_path, **settings_for("webhook")) as second:
                await second.ended
        assert not first.ended.done()


# ------------------------------------------------------------------ the inbox
def said(number: int, user: str) -> Arrival:
    return Arrival(UpdateKey("telegram", str(number)), number, user, {"kind": "Said", "text": str(number)})


def numbers(store: Store) -> list[int]:
    with store.transaction():
        return [each.number for each in store.inbox.next_chats("telegram").arrivals]


def settle(store: Store, number: int) -> None:
    """This number was here long ago: from it on the channel counts."""
    store.inbox.receive([Arrival(UpdateKey("telegram", str(number)), number)])
    long_ago = datetime.now(UTC) - timedelta(minutes=1)
    with store.transaction() as db:
        db.execute(update(inbox).where(inbox.c.number == number).values(received_at=long_ago))


def test_what_comes_after_a_gap_waits_for_it_and_no_longer_than_it_has_to(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(store, 10)
    store.inbox.receive([said(11, "a"), said(13, "a"), said(14, "b")])
    assert numbers(store) == [11]
    store.inbox.receive([said(12, "a")])
    assert numbers(store) == [11, 12, 13, 14]
    store.inbox.done(
        [each.update for each in (said(11, "a"), said(12, "a"))], known=[said(n, "a").update for n in (11, 12)]
    )
    store.inbox.receive([said(16, "a")])
    assert numbers(store) == [13, 14]
    monkeypatch.setattr("bot.store.inbox.PATIENCE", timedelta())
    assert numbers(store) == [13, 14, 16]


def test_numbers_that_start_anew_lower_are_given_their_turn(store: Store) -> None:
    settle(store, 1000)
    store.inbox.receive([said(5, "a")])
    assert numbers(store) == [5]


def test_what_had_its_turn_leaves_nothing_but_its_number(store: Store) -> None:
    settle(store, 10)
    store.inbox.receive([said(11, "a")])
    store.inbox.done([said(11, "a").update], known=[said(11, "a").update])
    with store.reading() as db:
        row = db.execute(select(inbox).where(inbox.c.number == 11)).one()
    assert (row.payload, row.chat, row.state) == (None, None, "done")


def test_a_chat_is_given_to_one_process_at_a_time(postgresql: Settings) -> None:
    one, two = Store.open(postgresql), Store.open(postgresql)
    settle(one, 10)
    one.inbox.receive([said(11, "a"), said(12, "a"), said(13, "b")])
    with one.transaction():
        first = one.inbox.next_chats("telegram", limit=1)
        assert [each.number for each in first.arrivals] == [11]
        with ThreadPoolExecutor(1) as pool:  # a transaction is of one thread
            assert pool.submit(numbers, two).result(5) == [13]
    assert numbers(two) == [11, 12, 13]
    one.close()
    two.close()


def test_an_update_that_does_not_open_is_put_aside_and_the_others_go_on(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    settle(store, 10)
    store.inbox.receive([said(11, "a"), said(12, "a"), said(13, "b")])
    with store.transaction() as db:
        db.execute(text("UPDATE inbox SET payload = 'sealed1.AAAA' WHERE number = 11"))
    assert numbers(store) == [12, 13]
    assert "update 11 (inbox) is damaged" in caplog.text
    assert store.inbox.states([said(11, "a").update])[said(11, "a").update][0] == "dead"


# ------------------------------------------------------------------ the clock
async def test_the_clock_is_looked_at_by_one_of_them(postgresql: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[object] = []
    monkeypatch.setattr("bot.channels.telegram.bot.CLOCK_SECONDS", 1.2)
    monkeypatch.setattr(Conversations, "elapse", lambda _, channel: looks.append(channel) or [])
    async with FakeTelegram() as telegram, several(telegram, postgresql, 4):
        await asyncio.sleep(4)
    assert 2 <= len(looks) <= 4  # of the 12 or so times that somebody would have


def test_a_work_of_every_hour_is_done_once_whoever_asks(settings: Settings) -> None:
    stores = [Store.open(settings) for _ in range(3)]
    at = datetime(2026, 11, 27, 12, tzinfo=UTC)
    assert [store.clock.is_turn("x", at, 3600) for store in stores] == [True, False, False]
    later = at + timedelta(minutes=61)
    assert [store.clock.is_turn("x", later, 3600) for store in stores] == [True, False, False]
    assert stores[0].clock.is_turn("x", at - timedelta(days=2), 3600), "a clock that went back stops nothing"
    for store in stores:
        store.close()


# ------------------------------------------------------------------ nginx
CONFIGURATION = ROOT / "benchmarks" / "telegram" / "nginx.conf"


def test_the_configuration_that_is_measured_is_the_one_that_is_given() -> None:
    shown = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    directives = {
        line.strip() for line in shown.splitlines() if line.strip().startswith(("proxy_", "client_", "keepalive"))
    }
    measured = {line.strip() for line in CONFIGURATION.read_text(encoding="utf-8").splitlines()}
    assert len(directives) >= 8 and directives <= measured


async def test_behind_nginx_one_that_ends_costs_nobody_an_answer(postgresql: Settings, tmp_path: Path) -> None:
    if not (nginx := shutil.which("nginx")):
        pytest.skip("nginx is not installed")
    async with FakeTelegram() as telegram, several(telegram, postgresql, 3) as (bots, proxy):
        port = free_port()
        upstream = "".join(f"server 127.0.0.1:{each} max_fails=1 fail_timeout=1s;" for each in proxy.ports)
        configuration = CONFIGURATION.read_text(encoding="utf-8").replace("@UPSTREAM@", upstream)
        file = tmp_path / "nginx.conf"
        file.write_text(configuration.replace("@PORT@", port).replace("@WORK@", str(tmp_path)), encoding="utf-8")
        server = await asyncio.create_subprocess_exec(nginx, "-c", str(file), "-p", str(tmp_path), stderr=DEVNULL)
        proxy.ports[:] = [port]  # all that arrives goes by nginx from now on
        await asyncio.sleep(0.5)
        people = [telegram.person(number) for number in range(1, 11)]
        for person in people:
            person.says("/start")
            person.says("verpleegkundige")
        bots[1].stop.set()
        for person in people:
            person.says("vrachtwagenchauffeur")
        await telegram.drained(within=30)
        await all_done(bots[0].store)
        for person in people:
            kept = answers(bots[0].store, Address("telegram", str(person.number)))
            assert (kept["desired_work"], kept["current_job"]) == ("verpleegkundige", "vrachtwagenchauffeur")
        server.terminate()
        await server.wait()
