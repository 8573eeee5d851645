"""Topics, a group of advisers that refuses what is said there, and one that has another number now."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from click.testing import CliRunner
from fakeapi import FakeTelegram, Fault
from libraries import CONTENT
from telegrams import Running, free_port, real, running

from bot.cli import main
from bot.conversations import Conversations
from bot.store.database import now

pytestmark = pytest.mark.slow

GROUP = -100500
LEAD = ("/start", "/mens", "ja", "Anna de Boer", "06 12345678", "nee", "klopt")


async def a_lead(telegram: FakeTelegram, person: int = 7) -> None:
    anna = telegram.person(person)
    for text in LEAD:
        anna.says(text)
    await telegram.drained()


async def until_trouble(bot: Running[Conversations], says: str) -> str:
    """What an operator reads, once it says this."""
    async with asyncio.timeout(10):
        while says not in (said := await health(bot)):
            await asyncio.sleep(0.05)
    return said


async def health(bot: Running[Conversations]) -> str:
    try:
        async with aiohttp.ClientSession() as session, session.get(bot.url("/readyz")) as response:
            return await response.text()
    except aiohttp.ClientError:  # it starts
        return ""


async def test_somebody_is_answered_in_the_topic_where_they_speak(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, running(telegram, tmp_path) as bot:
        anna = telegram.person(7)
        anna.says("a", message_thread_id=99, is_topic_message=True)
        assert (await anna.reads()).parameters["message_thread_id"] == 99
        anna.says("b")
        assert "message_thread_id" not in (await anna.reads()).parameters
        anna.presses_data("x")
        assert "message_thread_id" not in (await anna.reads()).parameters
        assert bot.conversations.counts == {"7": 3}, "it is one conversation"


async def test_advisers_hear_in_the_topic_that_is_theirs(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, running(telegram, tmp_path, real, STAFF_CHAT=f"{GROUP}/7") as bot:
        await a_lead(telegram)
        async with asyncio.timeout(5):
            while not telegram.groups[GROUP]:
                await asyncio.sleep(0.02)
        (news,) = telegram.groups[GROUP]
        assert news.parameters["message_thread_id"] == 7 and "L-20" in news.text
        assert await health(bot) == "ready\n"


REFUSALS = {
    "a closed topic": Fault("sendMessage", 400, description="Bad Request: TOPIC_CLOSED", chat=GROUP, times=2),
    "no right": Fault("sendMessage", 400, description="Bad Request: not enough rights", chat=GROUP, times=2),
    "no such group": Fault("sendMessage", 400, description="Bad Request: chat not found", chat=GROUP),
    "put out": Fault("sendMessage", 403, description="Forbidden: bot was kicked from the group", chat=GROUP),
}


@pytest.mark.parametrize("refusal", REFUSALS)
async def test_the_operator_and_advisers_hear_when_their_group_refuses_and_when_it_works_again(
    tmp_path: Path, refusal: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = REFUSALS[refusal]
    for name, value in CONTENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("STAFF_CHAT", str(GROUP))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)

    async def listed() -> str:
        return (await asyncio.to_thread(CliRunner().invoke, main, ["leads", "list"])).stderr

    async with FakeTelegram() as telegram:
        async with running(telegram, tmp_path, real, STAFF_CHAT=str(GROUP)) as bot:
            telegram.faults = [replace(fault)]
            await a_lead(telegram)
            assert "Is the bot a member" in await until_trouble(bot, "STAFF_CHAT")
            assert "komen niet aan" in await listed()
        assert "(STAFF_CHAT) gets no messages" in caplog.text
        async with running(telegram, tmp_path, real, STAFF_CHAT=str(GROUP)) as bot:
            assert "STAFF_CHAT" in await until_trouble(bot, "STAFF_CHAT"), "a restart forgets nothing"
            await a_lead(telegram, 8)
            async with asyncio.timeout(5):
                while not telegram.groups[GROUP]:
                    await asyncio.sleep(0.02)
            async with asyncio.timeout(5):
                while "STAFF_CHAT" in await health(bot):
                    await asyncio.sleep(0.02)
            assert "komen niet aan" not in await listed()


async def test_what_the_group_refuses_goes_to_the_mailbox_of_the_team(tmp_path: Path) -> None:
    mail = {"SMTP_HOST": "127.0.0.1", "MAIL_FROM": "bot@centrum.example", "STAFF_EMAIL": "leads@centrum.example"}
    mail |= {"SMTP_PORT": free_port(), "SMTP_SECURITY": "none"}
    async with FakeTelegram() as telegram, running(telegram, tmp_path, real, STAFF_CHAT=str(GROUP), **mail) as bot:
        telegram.faults = [replace(REFUSALS["put out"])]
        await a_lead(telegram)
        await until_trouble(bot, "STAFF_CHAT")
        outbox, soon = bot.conversations.store.outbox, now() + timedelta(hours=1)
        (letter,) = outbox.pending("email", soon)
        assert letter.address.user == "leads@centrum.example"
        assert letter.message.text.startswith("L-20") and letter.message.buttons == ()
        await a_lead(telegram, 8)
        async with asyncio.timeout(5):
            while not telegram.groups[GROUP]:
                await asyncio.sleep(0.02)
        assert len(outbox.pending("email", soon)) == 1, "the group works again, and hears it itself"


async def test_a_group_that_moved_is_followed_and_the_operator_hears_its_number(tmp_path: Path) -> None:
    says = "Bad Request: group chat was upgraded to a supergroup chat"
    moved = Fault("sendMessage", 400, description=says, chat=-555, moved_to=GROUP, times=5)
    async with FakeTelegram() as telegram, running(telegram, tmp_path, real, STAFF_CHAT="-555") as bot:
        telegram.faults = [moved]
        await a_lead(telegram, 7)
        await a_lead(telegram, 8)
        async with asyncio.timeout(5):
            while len(telegram.groups[GROUP]) < 2:
                await asyncio.sleep(0.02)
        assert not telegram.groups[-555]
        assert f"STAFF_CHAT={GROUP}." in await until_trouble(bot, "STAFF_CHAT")
        assert moved.times == 4, "the old number is tried once, and not each time"
