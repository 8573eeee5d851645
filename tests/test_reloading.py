"""A bot that runs takes new content over, and keeps the last good content when the new one is broken."""

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from libraries import ROOT

from bot.cli.reloading import Reloader
from bot.cli.wiring import open_compiled, open_conversations
from bot.conversations import Address, Conversations
from bot.engine.events import Said, Started
from bot.settings import Settings

pytestmark = pytest.mark.slow

ME = Address("terminal", "me")
FLOW = """\
id: intake
version: 1
title: {nl: Begin, en: Start}
steps:
  - collect: age
    type: integer
    text: {nl: Hoe oud ben je?, en: How old are you?}
  - collect: town
    type: text
    text: {nl: Waar woon je?, en: Where do you live?}
  - end: finish
"""


@pytest.fixture
def flow(tmp_path: Path) -> Path:
    (tmp_path / "flows").mkdir()
    (tmp_path / "knowledge").mkdir()
    shutil.copy(ROOT / "flows" / "common.yaml", tmp_path / "flows")
    shutil.copy(ROOT / "knowledge" / "country.yaml", tmp_path / "knowledge")
    shutil.copytree(ROOT / "knowledge" / "languages", tmp_path / "knowledge" / "languages")
    path = tmp_path / "flows" / "intake.yaml"
    path.write_text(FLOW, encoding="utf-8")
    return path


@pytest.fixture
def running(flow: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Conversations, Reloader]:
    root = flow.parents[1]
    monkeypatch.setattr(sys, "prefix", str(root))  # a cache keeps three: ours would push out the real content
    settings = replace(Settings.read({}, root=root), content_root=root)
    conversations = open_conversations(settings, open_compiled(settings))
    return conversations, Reloader(settings, conversations)


def said(conversations: Conversations, event: Started | Said) -> str:
    return conversations.turn(ME, event)[-1].message.text


def test_new_content_is_taken_over_in_the_middle_of_a_conversation(
    flow: Path, running: tuple[Conversations, Reloader]
) -> None:
    conversations, reloader = running
    said(conversations, Started(None, "nl"))
    assert "Waar woon je?" in said(conversations, Said("34"))
    flow.write_text(FLOW.replace("Waar woon je?", "In welke stad woon je?"), encoding="utf-8")
    assert reloader.look()
    assert not reloader.look()
    assert "In welke stad woon je?" in said(conversations, Said("/waarom"))
    conversations.store.close()


def test_broken_content_is_left_alone_and_health_says_so(
    flow: Path, running: tuple[Conversations, Reloader], caplog: pytest.LogCaptureFixture
) -> None:
    conversations, reloader = running
    version = conversations.compiled.content.version
    flow.write_text(FLOW.replace("- end: finish", "- goto: nowhere"), encoding="utf-8")
    assert not reloader.look()
    assert conversations.compiled.content.version == version
    assert "Hoe oud ben je?" in said(conversations, Started(None, "nl"))
    assert conversations.trouble == "the content on disk cannot be used; run: overstap check"
    assert "flows/intake.yaml:11:5: there is no step 'nowhere' [F005]" in caplog.text

    flow.write_text(FLOW, encoding="utf-8")
    reloader.look()
    assert conversations.trouble is None
    conversations.store.close()


def test_what_may_not_be_kept_is_that_of_the_content_in_use_whatever_is_on_disk(
    flow: Path, running: tuple[Conversations, Reloader]
) -> None:
    conversations, reloader = running
    assert conversations.store.private is conversations.compiled.private
    assert conversations.store.country is conversations.compiled.content.country
    flow.write_text(FLOW.replace("Hoe oud ben je?", "Wat is je leeftijd?"), encoding="utf-8")
    assert reloader.look()
    (flow.parents[1] / "knowledge" / "country.yaml").write_text("nothing: true", encoding="utf-8")
    assert not reloader.look()
    assert conversations.store.private is conversations.compiled.private
    assert conversations.store.country is conversations.compiled.content.country
