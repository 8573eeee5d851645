"""Log lines hold no secret and nothing that a person typed."""

import io
import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakeapi import TOKEN, FakeTelegram, Fault
from telegrams import real, running

from bot import logs
from bot.settings import Settings


@pytest.fixture
def output(tmp_path: Path) -> Iterator[io.StringIO]:
    """Everything that is logged at DEBUG, by us and by every library, as an operator would see it."""
    settings = Settings.read({"TELEGRAM_BOT_TOKEN": TOKEN, "LOG_LEVEL": "DEBUG"}, root=tmp_path)
    hook, stream = sys.excepthook, io.StringIO()
    root = logging.getLogger()
    before, level = root.handlers, root.level
    logs.set_up(settings)
    root.handlers[0].stream = stream  # type: ignore[attr-defined]
    yield stream
    root.handlers, sys.excepthook = before, hook
    root.setLevel(level)


async def test_a_whole_run_with_every_fault_shows_no_token_and_no_words(tmp_path: Path, output: io.StringIO) -> None:
    for name in logs.TALKATIVE:  # even when an operator turns everything on
        logging.getLogger(name).setLevel(logging.DEBUG)
    for fast in ("yes", "no"):
        async with FakeTelegram() as telegram, running(telegram, tmp_path / fast, real, TELEGRAM_FAST=fast) as bot:
            anna = telegram.person(7)
            telegram.faults = [Fault("sendMessage", status=500), Fault("getUpdates", status=502), Fault("getUpdates")]
            telegram.push({"message": {"chat": "unreadable"}})
            anna.says("/start")
            await anna.reads()
            assert TOKEN not in repr(bot.conversations) + repr(bot.settings)
    logging.getLogger("x").error("calling %s", f"https://api.telegram.org/bot{TOKEN}/getMe")
    text = output.getvalue()
    assert "calling https://api.telegram.org/bot[secret]/getMe" in text
    assert TOKEN not in text and TOKEN.partition(":")[2] not in text


def test_an_exception_is_a_place_and_a_kind_and_never_its_text(output: io.StringIO) -> None:
    typed = "mijn BSN is " + "".join(map(str, range(1, 9)))
    try:
        int(typed)
    except ValueError:
        logging.getLogger("x").exception("no number")
    assert "test_logs.py" in output.getvalue() and "builtins.ValueError" in output.getvalue()
    assert "12345678" not in output.getvalue()


def test_what_nobody_caught_is_logged_in_the_same_way(output: io.StringIO) -> None:
    error = RuntimeError(f"bot{TOKEN} said something personal")
    sys.excepthook(RuntimeError, error, None)
    assert "stopped by an error" in output.getvalue() and "personal" not in output.getvalue()


def test_a_secret_of_the_settings_is_hidden_wherever_it_stands() -> None:
    formatter = logs.Redacting(("geheim-voor-de-webhook",))
    record = logging.makeLogRecord({"msg": "header %s", "args": ("geheim-voor-de-webhook",), "levelname": "INFO"})
    assert formatter.format(record).endswith("header [secret]")
