"""The bot against a Bot API server that nobody here wrote: `lo-bot-api-emulator`, for the calls that it knows."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from fakeapi import TOKEN
from lo_bot_api_emulator import LoBotApiEmulator
from telegrams import running, settings_for

pytestmark = pytest.mark.slow


class Emulator(LoBotApiEmulator):  # type: ignore[misc]
    """With a name for the bot, without the one parameter that it does not know, and with what the bot said."""

    def __init__(self) -> None:
        super().__init__(allow_insecure_loopback_webhooks=True)
        self.said: list[str] = []
        self.url = ""

    def validate(self, method: str, fields: dict[str, Any], uploads: dict[str, Any]) -> Any:
        fields.pop("link_preview_options", None)
        result = super().validate(method, fields, uploads)
        if method == "getMe":
            return {**result, "username": "overstap_bot"}
        if method == "sendMessage":
            self.said.append(fields["text"])
        return result

    async def hears(self, text: str, number: int) -> None:
        user = {"id": 7, "is_bot": False, "first_name": "Anna", "language_code": "nl"}
        message = {"message_id": number, "date": 1, "chat": {"id": 7, "type": "private"}, "from": user, "text": text}
        await self.enqueue_update({"update_id": number, "message": message}, token=TOKEN)

    async def says(self, count: int) -> list[str]:
        async with asyncio.timeout(5):
            while len(self.said) < count:
                await asyncio.sleep(0.02)
        return self.said


@asynccontextmanager
async def emulating() -> AsyncIterator[Emulator]:
    emulator = Emulator()
    runner = web.AppRunner(emulator.app(), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    emulator.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield emulator
    finally:
        await runner.cleanup()


@pytest.mark.parametrize("fast", ["yes", "no"])
@pytest.mark.parametrize("transport", ["polling", "webhook"])
async def test_messages_are_answered_once_and_confirmed(tmp_path: Path, transport: str, fast: str) -> None:
    env = settings_for(transport) | {"TELEGRAM_FAST": fast}
    async with emulating() as emulator:
        await emulator.hears("voor de start", 1)
        async with running(emulator, tmp_path, **env) as bot:  # type: ignore[arg-type]
            if transport == "webhook":
                while not any(each["method"] == "setWebhook" for each in emulator.requests):
                    await asyncio.sleep(0.02)
                await emulator.deliver_updates(token=TOKEN)
            await emulator.hears("<erna>", 2)
            # What goes back in the response of a webhook is nothing that this server looks at.
            if transport == "polling" or fast == "no":
                assert await emulator.says(2) == ["1: voor de start", "2: &lt;erna&gt;"]
            await bot.all_sent()
            assert bot.conversations.counts == {"7": 2}
        emulator.said.clear()
        async with running(emulator, tmp_path, **settings_for("polling")):  # type: ignore[arg-type]
            await emulator.hears("na een herstart", 3)
            assert await emulator.says(1) == ["1: na een herstart"]
    assert [each for each in emulator.requests if each["status"] == 400] == []
