"""`overstap run` with the page: beside the bot on Telegram, and beside the terminal when there is no token."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from fakeapi import TOKEN, FakeTelegram
from libraries import ROOT, real_library
from telegrams import free_port

pytestmark = pytest.mark.slow

RUN = [sys.executable, "-c", "from bot.cli import main; main()", "run"]


def env(folder: Path, **settings: str) -> dict[str, str]:
    return {**os.environ, "OVERSTAP_HOME": str(folder), "CONTENT_DIR": str(ROOT), **settings}


async def test_with_a_token_the_page_stands_beside_the_bot_on_telegram(tmp_path: Path) -> None:
    real_library()  # so that the process finds it made
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    async with FakeTelegram() as telegram:
        settings = env(
            tmp_path,
            TELEGRAM_BOT_TOKEN=TOKEN,
            TELEGRAM_BASE_URL=telegram.url,
            WEB_URL=address,
            WEB_PORT=port,
            WEBHOOK_PORT=free_port(),
        )
        process = await asyncio.create_subprocess_exec(*RUN, cwd=ROOT, env=settings, stdout=subprocess.DEVNULL)
        try:
            async with asyncio.timeout(120), httpx.AsyncClient() as client:
                while True:
                    try:
                        page = await client.get(address)
                        break
                    except httpx.TransportError:
                        await asyncio.sleep(0.2)
                anna = telegram.person(7)
                anna.says("/start")
                said = (await anna.reads()).text
        finally:
            process.terminate()
            assert await process.wait() == 0
    assert said.partition("\n")[0] in page.text  # the same bot, in the same words


def test_without_a_token_the_terminal_says_where_the_page_is(tmp_path: Path) -> None:
    real_library()
    port = free_port()
    settings = env(tmp_path, WEB_PORT=port, TELEGRAM_BOT_TOKEN="")
    said = subprocess.run(
        RUN, cwd=ROOT, env=settings, input="ik wil lasser worden\n", capture_output=True, text=True, timeout=120
    )
    assert said.returncode == 0
    assert f"http://127.0.0.1:{port}" in said.stdout
    assert "Ik begreep: lasser." in said.stdout
