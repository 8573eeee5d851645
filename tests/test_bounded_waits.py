"""No wait is without an end: while the database is locked the bot says how it is, and stops in time."""

import asyncio
import os
import signal
import socket
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

import aiohttp
import pytest
from fakeapi import TOKEN, FakeTelegram
from libraries import CONTENT
from sqlalchemy import text
from telegrams import free_port, running, settings_for
from test_telegram_webhook import SECRET, get, listening

from bot.channels.telegram import webhook
from bot.settings import Settings
from bot.store.database import connect
from bot.web import server

pytestmark = pytest.mark.alone("how long each wait takes is read from the clock")

OVERSTAP = "from bot.cli import main; main(['telegram'])"


@contextmanager
def locked(settings: Settings) -> Iterator[None]:
    """Somebody else has the database, and keeps it."""
    if settings.sqlite:
        assert settings.database_file
        with closing(sqlite3.connect(settings.database_file, isolation_level=None)) as db:
            db.execute("BEGIN IMMEDIATE")
            yield
            db.execute("ROLLBACK")
        return
    engine = connect(settings)
    with engine.connect() as db:
        for table in ("inbox", "outbox", "conversations", "counters"):
            db.execute(text(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE"))
        yield
        db.rollback()
    engine.dispose()


class Process:
    """`overstap telegram`, as an operator starts it."""

    def __init__(self, process: asyncio.subprocess.Process, port: str) -> None:
        self.process, self.port = process, port

    async def asks(self, path: str) -> tuple[int, float]:
        """What a page says, and after how many seconds."""
        began = time.monotonic()
        async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{self.port}{path}") as response:
            return response.status, time.monotonic() - began

    async def stops(self) -> float:
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(self.process.wait(), 30)
        return time.monotonic() - began


@asynccontextmanager
async def started(telegram: FakeTelegram, settings: Settings, transport: str) -> AsyncIterator[Process]:
    env = {
        **CONTENT,
        **settings_for(transport),
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_BASE_URL": telegram.url,
        "DATABASE_URL": settings.database_url,
        "DATA_DIR": str(settings.data_folder),
        "ENCRYPTION_KEY_FILE": str(settings.encryption_key_file),
    }
    env.setdefault("WEBHOOK_PORT", free_port())
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", OVERSTAP, cwd=settings.root, env={**os.environ, **env}
    )
    bot = Process(process, env["WEBHOOK_PORT"])
    try:
        async with asyncio.timeout(120):  # the first one learns what the content says
            while not telegram.tried["getUpdates"] and telegram.hook is None:
                assert process.returncode is None
                await asyncio.sleep(0.05)
        yield bot
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@pytest.mark.parametrize("transport", ["polling", "webhook"])
async def test_while_the_database_is_locked_the_bot_lives_says_so_and_stops_in_time(
    settings: Settings, transport: str
) -> None:
    async with FakeTelegram() as telegram, started(telegram, settings, transport) as bot:
        anna = telegram.person(7)
        anna.says("/start")
        assert await anna.reads(within=10)
        assert (await bot.asks("/readyz"))[0] == 200
        with locked(settings):
            anna.says("verpleegkundige")
            await asyncio.sleep(1)
            for _ in range(5):
                status, seconds = await bot.asks("/healthz")
                assert status == 200 and seconds < 1
            if not settings.sqlite:  # there it can be read while somebody writes
                status, seconds = await bot.asks("/readyz")
                assert status == 503 and seconds < 4
            assert await bot.stops() < 10
            assert bot.process.returncode == 0


async def test_a_lock_of_seconds_costs_seconds_and_no_answer(settings: Settings) -> None:
    async with FakeTelegram() as telegram, started(telegram, settings, "polling") as bot:
        anna = telegram.person(7)
        anna.says("/start")
        assert await anna.reads(within=10)
        with locked(settings):
            anna.says("verpleegkundige")
            await asyncio.sleep(3)
        assert (await anna.reads(within=5)).text
        assert await bot.stops() < 10


async def test_a_request_that_never_says_what_it_is_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "HEADER_SECONDS", 0.5)
    async with FakeTelegram() as telegram, running(telegram, tmp_path, **settings_for("webhook")) as bot:
        await listening(bot)
        port = bot.settings.webhook_port
        for begins in ([], [b"POST /telegram HT"], [b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", b"GET /he"]):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            for some in begins:
                writer.write(some)
                await asyncio.sleep(0.1)
            assert await asyncio.wait_for(reader.read(), 3) is not None  # to its end: it was closed
            writer.close()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        began = time.monotonic()
        with pytest.raises((ConnectionError, AssertionError)):
            for each in b"POST /telegram HTTP/1.1\r\nHost: 127.0.0.1\r\n" * 50:
                writer.write(bytes([each]))  # a letter at a time does not keep it open
                await writer.drain()
                assert not reader.at_eof()
                await asyncio.sleep(0.02)
        assert time.monotonic() - began < 3
        writer.close()


async def test_a_connection_that_is_kept_between_requests_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "HEADER_SECONDS", 0.3)
    async with FakeTelegram() as telegram, running(telegram, tmp_path, **settings_for("webhook")) as bot:
        await listening(bot)
        reader, writer = await asyncio.open_connection("127.0.0.1", bot.settings.webhook_port)
        for _ in range(3):
            writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            assert b"200" in await asyncio.wait_for(reader.readline(), 2)
            await reader.readuntil(b"ok\n")
            await asyncio.sleep(0.6)
        writer.close()


async def test_a_body_that_never_comes_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "BODY_SECONDS", 0.3)
    async with FakeTelegram() as telegram, running(telegram, tmp_path, **settings_for("webhook")) as bot:
        await listening(bot)
        reader, writer = await asyncio.open_connection("127.0.0.1", bot.settings.webhook_port)
        head = "".join(f"{name}: {value}\r\n" for name, value in SECRET.items())
        writer.write(f"POST /telegram HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n{head}\r\n".encode() + b'{"up')
        assert b"408" in await asyncio.wait_for(reader.readline(), 3)
        writer.close()
        assert (await get(bot, "/healthz"))[0] == 200


async def test_a_database_server_that_is_silent_is_given_up(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgresql://u@127.0.0.1:{silent.getsockname()[1]}/n"
        engine = connect(Settings.read({"DATABASE_URL": url}, root=tmp_path))
        began = time.monotonic()
        with pytest.raises(Exception, match="timeout"):
            await asyncio.to_thread(engine.connect)
        assert time.monotonic() - began < 8
        engine.dispose()
