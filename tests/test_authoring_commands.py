"""The commands for editors: what they print, and the exit code that a script or a release waits for."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from libraries import ROOT

from bot.cli import main

FLOW = """\
id: intake
version: 1
title: {nl: Begin, en: Start}
steps:
  - collect: happy
    type: yes_no
    required: true
    text: {nl: Ben je blij?, en: Are you happy?}
    next: [{if: {happy: false}, then: sad}]
  - end: good
    text: {nl: Mooi., en: Good.}
  - end: sad
    text: {nl: Jammer., en: A pity.}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("flows", "knowledge"):
        (tmp_path / folder).mkdir()
    shutil.copy(ROOT / "flows" / "common.yaml", tmp_path / "flows")
    for name in ("weights.yaml", "advice.yaml", "country.yaml"):
        shutil.copy(ROOT / "knowledge" / name, tmp_path / "knowledge")
    shutil.copytree(ROOT / "knowledge" / "languages", tmp_path / "knowledge" / "languages")
    (tmp_path / "flows" / "intake.yaml").write_text(FLOW, encoding="utf-8")
    return tmp_path


def overstap(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_walk_reaches_everything_and_says_so(root: Path) -> None:
    done = overstap("flows", "walk", "--root", root)
    assert done.exit_code == 0, done.output
    assert "0 of them stuck" in done.output
    assert "steps: 3 of 3 (100%)" in done.output
    assert "branches: 2 of 2 (100%)" in done.output


def test_walk_of_a_flow_that_is_not_there_says_which_are(root: Path) -> None:
    done = overstap("flows", "walk", "intaek", "--root", root)
    assert done.exit_code == 1
    assert "There is no flow 'intaek'. Did you mean 'intake'?" in done.output


def test_draw_writes_a_picture_for_each_flow_and_mermaid_to_the_screen(root: Path) -> None:
    assert overstap("flows", "draw", "--root", root, "--to", root / "pictures").exit_code == 0
    assert "flowchart TD" in (root / "pictures" / "intake.mmd").read_text(encoding="utf-8")
    shown = overstap("flows", "draw", "intake", "--root", root, "--lang", "en").output
    assert "Are you happy?" in shown
    assert 's0 -->|"is no"| s2' in shown


@pytest.mark.parametrize("command", [("check", "--errors"), ("flows", "draw"), ("knowledge", "due")])
def test_editors_look_at_the_content_that_the_bot_reads(
    root: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root.parent)
    monkeypatch.setenv("CONTENT_DIR", str(root))
    given = overstap(*command)
    assert given.output == overstap(*command, "--root", root).output
    monkeypatch.delenv("CONTENT_DIR")
    assert given.output != overstap(*command).output


def test_diff_of_a_broken_file_gives_its_problems(root: Path) -> None:
    broken = root / "broken.yaml"
    broken.write_text(FLOW.replace("then: sad", "then: sda"), encoding="utf-8")
    done = overstap("flows", "diff", root, broken, "--no-store")
    assert done.exit_code == 1
    assert "broken.yaml:9:12: there is no step 'sda' [F005]\n    Did you mean 'sad'?" in done.output
    assert "No flow asks anything else than before." in overstap("flows", "diff", root, root, "--no-store").output


def test_conversations_are_played_and_what_they_do_not_reach_is_named(root: Path) -> None:
    file = root / "sad.txt"
    file.write_text("< ...\n> nee\n< Jammer.\n", encoding="utf-8")
    done = overstap("test", file, "--root", root, "--coverage")
    assert done.exit_code == 0, done.output
    assert "1 conversations, 0 of them went another way" in done.output
    assert "not reached: intake/good" in done.output
    assert "not reached: intake/happy goes on" in done.output

    file.write_text("< ...\n> ja\n< Jammer.\n", encoding="utf-8")
    done = overstap("test", file, "--root", root)
    assert done.exit_code == 1
    assert "sad.txt:3: the bot said something else:\n    Mooi." in done.output


def test_accepting_shows_what_changed_and_writes_it(root: Path) -> None:
    file = root / "sad.txt"
    file.write_text("# Somebody is glad.\n< ...\n> ja\n< Jammer.\n", encoding="utf-8")
    done = overstap("test", file, "--root", root, "--accept")
    assert done.exit_code == 0, done.output
    assert "-< Jammer.\n+< Mooi.\n" in done.output
    assert "1 conversations, 1 of them changed." in done.output
    assert file.read_text(encoding="utf-8") == "# Somebody is glad.\n< ...\n> ja\n< Mooi.\n"
    assert "1 conversations, 0 of them changed." in overstap("test", file, "--root", root, "--accept").output


def test_a_file_that_is_no_conversation_is_refused_with_its_line(root: Path) -> None:
    file = root / "letter.txt"
    file.write_text("# Hello.\nDear bot,\n", encoding="utf-8")
    done = overstap("test", file, "--root", root)
    assert done.exit_code == 1
    assert "letter.txt:2: this is no line of a conversation" in done.output


def test_check_counts_one_error_as_one(root: Path) -> None:
    (root / "flows" / "common.yaml").unlink()
    done = overstap("check", "--root", root)
    assert done.exit_code == 1
    assert done.stdout.splitlines()[-1].startswith("1 error, ")
