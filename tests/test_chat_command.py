"""The bot in the terminal, as somebody who tries it runs it."""

import socket
from pathlib import Path

import pytest
from click.testing import CliRunner
from libraries import ROOT

from bot.cli import main


@pytest.mark.slow
def test_the_bot_in_the_terminal_needs_no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    for name in ("connect", "connect_ex", "bind", "listen"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONTENT_DIR", str(ROOT))
    for name in ("DATABASE_URL", "DATA_DIR", "TELEGRAM_BOT_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    done = CliRunner().invoke(
        main, ["chat"], input="lasser\nbestaat stap nog?\n/mijngegevens\n", catch_exceptions=False
    )
    assert done.exit_code == 0
    for said in ("Wat voor werk wil je doen?", "1 januari 2024", "Gewenst werk: lasser"):
        assert said in done.output
