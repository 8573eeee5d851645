"""Log lines hold no secret and nothing that a person typed."""

import asyncio
import io
import json
import logging
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from fakeapi import TOKEN, FakeTelegram, Fault
from stores import ANSWERS, next_answer
from telegrams import TRANSPORTS, real, running, settings_for

from bot import logs
from bot.settings import Settings
from bot.store import Address
from bot.store.team import Role


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


@pytest.mark.slow
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


@pytest.mark.slow
@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_a_whole_conversation_leaves_nothing_of_the_person_in_the_log(
    tmp_path: Path, output: io.StringIO, transport: str
) -> None:
    async with FakeTelegram() as telegram, running(telegram, tmp_path, real, **settings_for(transport)) as bot:
        logging.getLogger("bot").debug("the log is open")
        telegram.faults = [Fault("sendMessage", status=500), Fault("sendMessage", status=400)]
        anna = telegram.person(987654321)
        bot.store.team.add("Saskia", Role.ADVISER, Address("telegram", "123459876"))
        address, said = Address("telegram", "987654321"), set()
        anna.says("/start flyer-overvecht")
        async with asyncio.timeout(30):
            while not (person := bot.store.conversations.find(address)) or not person.state.reference:
                if person and person.state.asked and (person.state.asked, person.state.revision) not in said:
                    said.add((person.state.asked, person.state.revision))
                    anna.says(next_answer(person.state))
                await asyncio.sleep(0.01)
        saskia = telegram.person(123459876)
        for command in ("claim L-2026-0001", "notitie L-2026-0001 belt liever na zessen", "lead L-2026-0001"):
            saskia.says("/" + command.replace("2026", person.state.reference[2:6]))
            await saskia.reads()
        anna.says("/mijngegevens")
        anna.says("/wis")
        anna.says("ja")
        async with asyncio.timeout(5):
            while bot.store.conversations.find(address):
                await asyncio.sleep(0.01)
    text = output.getvalue()
    assert "the log is open" in text and "is tried without markup" in text
    for secret in (TOKEN, "987654321", "123459876", *ANSWERS.values(), "612345678", "Zoë", "zessen"):
        if secret.casefold() not in ("34", "zwolle"):  # too short to be looked for, and the name of a file of ours
            assert secret.casefold() not in text.casefold(), secret


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


def test_json_has_a_zone_and_hides_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hook, root = sys.excepthook, logging.getLogger()
    before, level = root.handlers, root.level
    try:
        logs.set_up(Settings.read({"TELEGRAM_BOT_TOKEN": TOKEN, "LOG_FORMAT": "json"}, root=tmp_path))
        logging.getLogger("x").info("calling %s", f"bot{TOKEN}")
        try:
            int("mijn " + "bsn".upper())
        except ValueError:
            logging.getLogger("x").exception("no number")
    finally:
        root.handlers, sys.excepthook = before, hook
        root.setLevel(level)
    first, second = map(json.loads, capsys.readouterr().err.splitlines())
    assert (first["level"], first["logger"], first["message"]) == ("INFO", "x", "calling bot[secret]")
    assert datetime.fromisoformat(first["time"]).tzinfo is not None
    assert "ValueError" in second["error"] and "BSN" not in json.dumps(second)
