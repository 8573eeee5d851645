"""The page is killed in mid-talk: what was answered is kept, and sending the same form again counts once."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from html import unescape
from pathlib import Path

import httpx
import pytest
from libraries import ROOT, real_library

from bot.settings import Settings
from bot.store import Store
from bot.store.tables import conversations

pytestmark = pytest.mark.slow

PORT = 18723
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
SAID = ("ik wil timmerman worden", "ik ben kapper", "ik woon in Zwolle", "mbo niveau 2", "ik heb een baan")
MOMENTS = (0.0, 0.004, 0.012, 0.03, 0.08)  # seconds after a form was sent


@contextmanager
def serving(folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    env = {**os.environ, "OVERSTAP_HOME": str(folder), "CONTENT_DIR": str(ROOT), "WEB_PORT": str(PORT)}
    command = [sys.executable, "-c", "from bot.cli import main; main()", "web"]
    with subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        try:
            for _ in range(600):
                try:
                    httpx.get(f"http://127.0.0.1:{PORT}/healthz")
                    break
                except httpx.TransportError:
                    time.sleep(0.2)
            yield process
        finally:
            process.kill()


def test_a_kill_in_mid_talk_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    real_library()  # so that the page finds it made
    cookies = httpx.Cookies()
    address = f"http://127.0.0.1:{PORT}/"
    page = ""
    for said, moment in zip(SAID, MOMENTS, strict=True):
        with serving(tmp_path) as process:
            with httpx.Client(cookies=cookies, follow_redirects=True) as client:
                page = client.get(address).text
                cookies = client.cookies
                form = dict(HIDDEN.findall(page.partition('id="type"')[2].partition("</form>")[0])) | {"text": said}
            killer = subprocess.Popen(["bash", "-c", f"sleep {moment}; kill -9 {process.pid}"])
            with suppress(httpx.TransportError):  # it died before it answered
                httpx.post(address, data=form, cookies=cookies, timeout=20)
            killer.wait()
            process.wait()
        with serving(tmp_path), httpx.Client(cookies=cookies, follow_redirects=True) as client:
            page = client.post(address, data=form).text  # the browser sends it again
            page = client.post(address, data=form).text
            words = unescape(re.sub(r"<[^>]+>", " ", page))
            assert words.count(f" {said}\n") + words.count(f" {said} ") <= 1
    store = Store.open(Settings.read({"CONTENT_DIR": str(ROOT)}, root=tmp_path))
    with store.reading() as db:
        people = db.execute(conversations.select()).all()
    assert len(people) == 1
    state = str(people[0].private["state"])
    for kept in ("timmerman", "kapper", "Zwolle", "mbo"):
        assert kept in state, kept
    assert store.outbox.waiting() == 0
    store.close()


def test_sigterm_ends_the_page_in_time(tmp_path: Path) -> None:
    with serving(tmp_path) as process:
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
