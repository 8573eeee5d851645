"""The webhook and the pages beside it: closed to strangers, quick for Telegram, honest about its health."""

import asyncio
import json
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from fakeapi import FakeTelegram
from telegrams import Echo, Running, running, settings_for

from bot.channels.delivery import batching as turns
from bot.channels.telegram import serve, webhook
from bot.channels.telegram.webhook import SECRET_HEADER
from bot.errors import BotError

pytestmark = pytest.mark.slow

SECRET = {SECRET_HEADER: "s" * 16}


async def post(bot: Running[Echo], body: Any, headers: dict[str, str] = SECRET) -> tuple[int, str]:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    async with (
        aiohttp.ClientSession() as session,
        session.post(bot.url("/telegram"), data=BytesIO(data), headers=headers) as response,
    ):
        return response.status, await response.text()


async def get(bot: Running[Echo], path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(bot.url(path)) as response:
        return response.status, await response.text()


async def listening(bot: Running[Echo]) -> None:
    async with asyncio.timeout(5):
        while True:
            try:
                await get(bot, "/healthz")
                return
            except aiohttp.ClientError:
                await asyncio.sleep(0.02)


async def test_strangers_get_nothing(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, running(telegram, tmp_path, **settings_for("webhook")) as bot:
        await listening(bot)
        update = {"update_id": 1}
        assert (await post(bot, update, {}))[0] == 403
        assert (await post(bot, update, {SECRET_HEADER: "guess"}))[0] == 403
        assert (await post(bot, update, {SECRET_HEADER: "é" * 16}))[0] == 403
        assert await status_of(bot, b"\xff\xfe" * 8) == 403  # bytes that are no text
        assert (await post(bot, b"x" * (webhook.BODY_LIMIT + 1)))[0] == 413
        assert (await post(bot, b"no json"))[0] == 400
        assert (await post(bot, [1]))[0] == 400
        assert (await post(bot, {"update_id": "x"}))[0] == 400
        assert (await post(bot, update))[0] == 200
        assert (await get(bot, "/telegram"))[0] == 405
        assert (await get(bot, "/"))[0] == 404


async def status_of(bot: Running[Echo], secret: bytes) -> int:
    """What an update with this secret gets, sent as no client would send it."""
    reader, writer = await asyncio.open_connection(bot.settings.webhook_host, bot.settings.webhook_port)
    head = b"POST /telegram HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n" + SECRET_HEADER.encode() + b": " + secret
    writer.write(head + b"\r\n\r\n{}")
    status = int((await reader.readline()).split()[1])
    writer.close()
    return status


async def test_without_a_secret_it_does_not_start(tmp_path: Path) -> None:
    env = settings_for("webhook") | {"WEBHOOK_SECRET": ""}
    async with FakeTelegram() as telegram:
        with pytest.raises(BotError, match="WEBHOOK_SECRET"):
            async with running(telegram, tmp_path, **env):
                pass


async def test_health_tells_whether_the_store_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with FakeTelegram() as telegram, running(telegram, tmp_path) as bot:  # while polling as well
        await listening(bot)
        assert await get(bot, "/healthz") == (200, "ok\n")
        assert await get(bot, "/readyz") == (200, "ready\n")
        with monkeypatch.context() as patch:
            patch.setattr(bot.store.outbox, "waiting", lambda: 1 / 0)
            assert await get(bot, "/readyz") == (503, "not ready\n")
        assert (await get(bot, "/healthz"))[0] == 200


async def test_while_turns_cannot_be_written_it_is_not_ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with FakeTelegram() as telegram, running(telegram, tmp_path, **settings_for("webhook")) as bot:
        await listening(bot)
        telegram.holds = True
        telegram.person(7).says("a")
        (update,) = telegram.pending
        bot.conversations.down = 2
        for _ in range(2):
            assert (await post(bot, update))[0] == 503
            assert await get(bot, "/readyz") == (503, "not ready\n")
        with monkeypatch.context() as later:  # a proxy that waited for it tries again
            later.setattr(turns, "FAILED_SECONDS", 0.0)
            assert await get(bot, "/readyz") == (200, "ready\n")
        assert (await post(bot, update))[0] == 200
        assert await get(bot, "/readyz") == (200, "ready\n")


async def test_figures_say_how_it_goes_and_nothing_about_anyone(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, running(telegram, tmp_path) as bot:
        anna = telegram.person(987654321)
        anna.says("mijn geheim")
        await anna.reads()
        await bot.all_sent()
        _, page = await get(bot, "/metrics")
        for name in ("turns_total", "turn_seconds", "send_seconds", "oldest_message_seconds", "updates_waiting"):
            assert f"overstap_{name}" in page
        assert "987654321" not in page and "geheim" not in page


async def test_a_taken_port_stops_a_webhook_and_not_a_poller(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, running(telegram, tmp_path / "a") as first:
        await listening(first)
        taken = str(first.settings.webhook_port)
        second = FakeTelegram()
        async with second, running(second, tmp_path / "b", WEBHOOK_PORT=taken):
            anna = second.person(7)
            anna.says("a")
            assert (await anna.reads()).text == "1: a"
        async with second:
            with pytest.raises(BotError, match="WEBHOOK_PORT"):
                env = settings_for("webhook") | {"WEBHOOK_PORT": taken}
                async with running(second, tmp_path / "c", **env) as third:
                    await third.ended


async def test_on_a_stop_what_is_committed_arrives_within_ten_seconds(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram:
        telegram.delay = 0.5
        anna = telegram.person(7)
        async with running(telegram, tmp_path, TELEGRAM_FAST="no") as bot:
            anna.says("a")
            while not telegram.tried["sendMessage"]:
                await asyncio.sleep(0.01)
            began = asyncio.get_running_loop().time()
        assert [each.text for each in anna.received] == ["1: a"]
        assert asyncio.get_running_loop().time() - began < 10
        assert bot.ended.done()


async def test_a_token_that_telegram_does_not_know_is_said_without_the_token(tmp_path: Path) -> None:
    async with FakeTelegram(token="123456789:AAanother-bot_another-bot_another-bot") as telegram:
        with pytest.raises(BotError, match="TELEGRAM_BOT_TOKEN") as raised:
            async with running(telegram, tmp_path) as bot:
                await bot.ended
        assert "AAfake" not in repr(raised.value) + str(raised.value.__cause__)


def test_the_fast_loop_is_used_when_it_is_there() -> None:
    factory = serve._loop_factory(True)
    assert factory is not None and "uvloop" in factory.__module__
    assert serve._loop_factory(False) is None
