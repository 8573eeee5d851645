"""What comes from the world around the bot, and is no refusal: it waits, tries again, and nothing is lost."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fakeapi import FakeTelegram, Fault
from sqlalchemy import text
from telegrams import TRANSPORTS, running, settings_for

from bot.channels.delivery import sender
from bot.channels.telegram import polling

pytestmark = pytest.mark.slow

PORTAL = "<html>Log in to the network of this café</html>"
AROUND_US = {
    "200 with a page": Fault("sendMessage", 200, page=PORTAL),
    "200 with nothing": Fault("sendMessage", 200, page=""),
    "200 without a message": Fault("sendMessage", 200, page='{"ok": true, "result": null}'),
    "200 with a number": Fault("sendMessage", 200, page="7"),
    "200 with a list": Fault("sendMessage", 200, page="[]"),
    "302": Fault("sendMessage", 302, page=""),
    "400 with a page": Fault("sendMessage", 400, page=PORTAL),
    "400 with JSON of something else": Fault("sendMessage", 400, page='{"error": "blocked by the firewall"}'),
    "403 with a page": Fault("sendMessage", 403, page=PORTAL),
    "401": Fault("sendMessage", 401),
    "404": Fault("sendMessage", 404),
    "409": Fault("sendMessage", 409),
    "413": Fault("sendMessage", 413, page=PORTAL),
    "500": Fault("sendMessage", 500, page=""),
    "502": Fault("sendMessage", 502, page=PORTAL),
    "429 in the past": Fault("sendMessage", 429, retry_after=-5),
    "429 for ten thousand million years": Fault("sendMessage", 429, retry_after=10**18),
    "429 for thirty thousand years": Fault("sendMessage", 429, retry_after=10**12),
}


@pytest.mark.parametrize("fault", AROUND_US.values(), ids=AROUND_US)
async def test_what_is_no_refusal_of_telegram_ends_no_message(
    tmp_path: Path, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "FIRST_PAUSE", 0.05)
    monkeypatch.setattr(sender, "LONGEST_WAIT", 0.2)
    async with FakeTelegram() as telegram, running(telegram, tmp_path) as bot:
        telegram.faults = [replace(fault, times=2)]
        anna = telegram.person(7)
        anna.says("a")
        anna.says("b")
        assert [(await anna.reads()).text for _ in range(2)] == ["1: a", "2: b"]
        await bot.all_sent()
        with bot.store.reading() as db:
            assert db.execute(text("SELECT count(*) FROM outbox WHERE state = 'dead'")).scalar_one() == 0


@pytest.mark.parametrize(
    "description", ["Bad Request: chat not found", "Bad Request: user not found", "Bad Request: PEER_ID_INVALID"]
)
async def test_a_chat_that_is_not_there_is_tried_once(tmp_path: Path, description: str) -> None:
    async with FakeTelegram() as telegram, running(telegram, tmp_path) as bot:
        telegram.faults = [Fault("sendMessage", 400, description=description)]
        anna = telegram.person(7)
        anna.says("a")
        anna.says("b")
        assert (await anna.reads()).text == "2: b"
        await bot.all_sent()


async def test_a_refusal_that_only_looks_like_one_of_a_chat_is_tried_plain(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, running(telegram, tmp_path):
        telegram.faults = [Fault("sendMessage", 400, description="Bad Request: file not found on proxy")]
        anna = telegram.person(7)
        anna.says("a")
        assert (await anna.reads()).text == "1: a"


ODD: dict[str, Any] = {
    "no number": {"message": {"text": "x"}},
    "a number that is a text": {"update_id": "7"},
    "a number that is true": {"update_id": True},
    "2^63": {"update_id": 2**63},
    "2^70": {"update_id": 2**70},
    "below zero": {"update_id": -1},
    "a list": [1],
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
async def test_an_update_that_cannot_be_stops_no_poller(tmp_path: Path, odd: Any) -> None:
    async with FakeTelegram() as telegram:
        anna = telegram.person(7)
        real = telegram._getUpdates

        async def with_an_odd_one(given: dict[str, Any]) -> list[Any]:
            return [odd, *await real(given)]

        telegram._getUpdates = with_an_odd_one  # type: ignore[method-assign]
        anna.says("hallo")
        async with running(telegram, tmp_path):
            assert (await anna.reads()).text == "1: hallo"
            anna.says("en nu")
            assert (await anna.reads()).text == "2: en nu"


@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_half_a_surrogate_pair_stops_nobody(tmp_path: Path, transport: str) -> None:
    async with FakeTelegram() as telegram, running(telegram, tmp_path, **settings_for(transport)):
        anna, bert = telegram.person(7), telegram.person(8)
        anna.says("half \ud83d")
        bert.says("hallo")
        assert (await bert.reads()).text == "1: hallo"
        assert (await anna.reads()).text == "1: half ?"
        await telegram.drained()


@pytest.mark.parametrize("page", ["", PORTAL, '{"ok": true, "result": true}', '{"ok": true, "result": {}}'])
async def test_a_poller_behind_a_portal_goes_on_when_it_is_let_through(
    tmp_path: Path, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "FIRST_PAUSE", 0.05)
    async with FakeTelegram() as telegram:
        telegram.faults = [Fault("getUpdates", 200, page=page, times=3)]
        anna = telegram.person(7)
        anna.says("hallo")
        async with running(telegram, tmp_path):
            assert (await anna.reads()).text == "1: hallo"


async def test_who_asks_much_in_a_group_is_answered_as_in_a_private_chat_and_no_more(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, running(telegram, tmp_path):
        anna = telegram.person(7)
        for _ in range(100):
            anna.says_in_group("@overstap_bot wie betaalt mijn opleiding", -300)
        await telegram.drained()
        async with asyncio.timeout(10):
            while len(telegram.groups[-300]) < 40:
                await asyncio.sleep(0.05)
        await asyncio.sleep(0.3)
        assert len(telegram.groups[-300]) == 40
