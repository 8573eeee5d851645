"""From the page to Telegram and back, with the bot as it runs there: against the Bot API of `lo-bot-api-emulator`."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from libraries import real_library
from talkers import Page, Talker
from telegrams import Running, real, running
from test_telegram_emulator import Emulator, emulating

from bot.channels.telegram import CHANNEL as TELEGRAM
from bot.conversations import Address, Conversations

pytestmark = pytest.mark.slow

THERE = Address(TELEGRAM, "7")


@dataclass
class Both:
    telegram: Emulator
    bot: Running[Conversations]
    page: Page
    anna: Talker
    heard: int = 0

    async def say_there(self, text: str) -> str:
        """Say it on Telegram; gives everything that the bot says to it."""
        self.telegram.said.clear()
        self.heard += 1
        await self.telegram.hears(text, self.heard)
        await self.telegram.says(1)
        await self.bot.all_sent()
        return "\n".join(self.telegram.said)

    async def leave_the_page(self) -> tuple[str, str]:
        """Ask for a code: the words, and what the link to Telegram says there."""
        await self.anna.send("press", {}, path="/code")
        code = re.findall(r'class="overstap-code"[^>]*>([^<]+)<', self.anna.text)[0]
        return code, "/start " + re.findall(r"t\.me/OverstapBot\?start=([\w-]+)", self.anna.text)[0]

    async def come_back(self, code: str) -> str:
        await self.anna.get("/resume")
        await self.anna.send("content", {"code": code}, path="/resume")
        return self.anna.words()


@asynccontextmanager
async def both(folder: Path) -> AsyncIterator[Both]:
    async with (
        emulating() as emulator,
        running(emulator, folder, real, TELEGRAM_BOT_NAME="OverstapBot") as bot,  # type: ignore[arg-type]
    ):
        page = Page(bot.store, real_library())
        page.conversations.now = bot.conversations.now
        async with page.open():
            anna = page.talker()
            await anna.get()
            await anna.say("ik wil timmerman worden en woon in Zwolle")
            yield Both(emulator, bot, page, anna)


async def test_a_talk_goes_to_telegram_by_its_link_and_comes_back_with_its_code(tmp_path: Path) -> None:
    async with both(tmp_path) as there:
        code, start = await there.leave_the_page()
        said = await there.say_there(start)
        assert said.startswith("Ons gesprek van de webpagina gaat hier verder.")
        assert "Wat doe je nu" in said  # and goes on where it was
        assert "timmerman" not in await there.anna.get()
        await there.say_there("ik ben nu kapper")
        assert "timmerman" in await there.say_there("/overzicht")
        assert there.page.people() == 1

        assert "Jij zei" not in await there.come_back(code)
        await there.anna.send("press", {"press": "c:review:"})
        assert "timmerman" in there.anna.words()
        assert "kapper" in there.anna.words()
        assert there.bot.store.conversations.find(THERE) is None
        assert there.page.people() == 1
        assert "timmerman" not in await there.say_there("/overzicht")  # who writes there now begins anew


async def test_a_link_that_was_used_brings_nothing_a_second_time(tmp_path: Path) -> None:
    async with both(tmp_path) as there:
        code, start = await there.leave_the_page()
        await there.say_there(start)
        await there.come_back(code)
        assert await there.say_there(start) == real_library().content.sentences["link_is_over"]["nl"]
        await there.anna.send("press", {"press": "c:review:"})
        assert "timmerman" in there.anna.words()  # it stays where it is


async def test_erasing_on_telegram_ends_the_talk_and_its_code(tmp_path: Path) -> None:
    async with both(tmp_path) as there:
        code, start = await there.leave_the_page()
        await there.say_there(start)
        await there.say_there("/wis")
        # That server knows no `deleteMessages`, and the last word comes after that: see `test_telegram_conversation`.
        await there.telegram.hears("ja", there.heard + 1)
        async with asyncio.timeout(20):
            while there.page.people():
                await asyncio.sleep(0.02)
        assert "Die woorden ken ik niet" in await there.come_back(code)


async def test_erasing_on_the_page_ends_the_talk_its_code_and_its_link(tmp_path: Path) -> None:
    async with both(tmp_path) as there:
        code, start = await there.leave_the_page()
        await there.anna.get()
        await there.anna.say("/wis")
        await there.anna.press("Ja")
        assert there.page.people() == 0
        assert "Die woorden ken ik niet" in await there.come_back(code)
        assert await there.say_there(start) == real_library().content.sentences["link_is_over"]["nl"]
        assert "timmerman" not in await there.say_there("/overzicht")
