"""Content that cannot be content, a cache that others could write, texts that are poison: the bot goes on."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from libraries import BERLIN, ROOT, berlin_library, real_library
from stores import walk

from bot.cli import cache, wiring
from bot.cli.wiring import open_compiled, open_compiled_or_last_good
from bot.content.files import fingerprint
from bot.content.load import load
from bot.content.strict_yaml import compose
from bot.conversations import Address, Conversations, Request, UpdateOutcome
from bot.engine.events import Pressed, Said, Started
from bot.errors import BotError
from bot.settings import Settings
from bot.store import Store

DEEP = {
    "brackets": "[" * 50_000,
    "closed brackets": "a: " + "[" * 50_000 + "]" * 50_000,
    "braces": "{a: " * 50_000,
    "dashes": "- " * 50_000,
    "questions": "? " * 50_000,
    "indents": "\n".join(" " * depth + "a:" for depth in range(1_500)),
}


@pytest.fixture
def settings_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Small content of one's own, and a cache of one's own."""
    root = tmp_path / "content"
    for kind in ("flows", "knowledge"):
        shutil.copytree(BERLIN / kind, root / kind)
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    return replace(Settings.read({}, root=tmp_path), content_root=root)


# ------------------------------------------------------------------ before parsing
@pytest.mark.slow
@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_what_is_nested_too_deep_is_refused_before_it_is_parsed(tmp_path: Path, text: str) -> None:
    # In a process of its own: what this is about ends the process.
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    code = "import sys; from pathlib import Path; from bot.content.strict_yaml import compose; "
    code += "print([each.code for each in compose(Path(sys.argv[1]), 'x.yaml')[1]])"
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "x.yaml")], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "['Y005']"), done.stderr


def test_brackets_in_words_are_no_depth(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text('a: "' + "[" * 500 + '"\nb: {c: [1, 2]}', encoding="utf-8")
    root, problems = compose(tmp_path / "x.yaml", "x.yaml")
    assert root is not None and not problems


def test_a_pipe_and_a_link_to_elsewhere_are_no_content_and_nobody_waits_for_them(settings_here: Settings) -> None:
    root = settings_here.content_root
    before = fingerprint(root)
    os.mkfifo(root / "flows" / "pipe.yaml")
    (root / "flows" / "link.yaml").symlink_to("/etc/hostname")
    assert fingerprint(root) != before
    with pytest.raises(BotError) as broken:
        load(root)
    assert str(broken.value).count("[Y010]") == 2


# ------------------------------------------------------------------ building
@pytest.mark.slow
def test_a_builder_that_dies_takes_nobody_along(settings_here: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "_build", _dies)
    with pytest.raises(BotError, match="ended \\(-9\\)"):
        open_compiled(settings_here)


def _dies(*_: object) -> None:
    os.kill(os.getpid(), 9)


@pytest.mark.slow
def test_a_builder_that_never_ends_is_ended(settings_here: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "_build", _waits)
    monkeypatch.setattr(wiring, "BUILD_SECONDS", 1)
    with pytest.raises(BotError, match="could not be compiled in 1 seconds"):
        open_compiled(settings_here)


def _waits(*_: object) -> None:
    import time

    time.sleep(60)


@pytest.mark.slow
def test_a_start_with_broken_content_uses_what_was_last_good_and_says_what_is_wrong(settings_here: Settings) -> None:
    good, trouble = open_compiled_or_last_good(settings_here)
    assert trouble is None
    flow = next((settings_here.content_root / "flows").glob("*.yaml"))
    flow.write_text("[" * 50_000, encoding="utf-8")
    again, trouble = open_compiled_or_last_good(settings_here)
    assert again.content == good.content
    assert trouble is not None and "Y005" in str(trouble)
    with pytest.raises(BotError, match="Y005"):  # a command says it, and does nothing
        open_compiled(settings_here)


@pytest.mark.slow
def test_a_start_with_broken_content_that_was_never_good_says_what_is_wrong(settings_here: Settings) -> None:
    next((settings_here.content_root / "flows").glob("*.yaml")).write_text("- [", encoding="utf-8")
    with pytest.raises(BotError, match="Y003"):
        open_compiled_or_last_good(settings_here)


@pytest.mark.slow
def test_where_the_cache_cannot_be_written_it_is_built_apart_all_the_same(
    settings_here: Settings, tmp_path: Path
) -> None:
    (tmp_path / "cache").write_text("no folder", encoding="utf-8")
    assert open_compiled(settings_here).content.flows


# ------------------------------------------------------------------ the cache
def test_a_cache_that_somebody_else_could_have_written_is_not_read(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    file = folder / "compiled-1.pickle"
    assert cache.write(file, berlin_library())
    assert cache.read(file) is not None

    for mode in (0o660, 0o606, 0o666):
        file.chmod(mode)
        assert cache.read(file) is None, oct(mode)
    file.chmod(0o600)
    folder.chmod(0o777)
    assert cache.read(file) is None
    folder.chmod(0o700)
    assert cache.read(file) is not None
    if os.getuid() == 0:
        os.chown(file, 12345, -1)
        assert cache.read(file) is None
        os.chown(file, 0, -1)
        os.chown(folder, 12345, -1)
        assert cache.read(file) is None
        os.chown(folder, 0, -1)

    link = folder / "link.pickle"
    link.symlink_to(file)
    assert cache.read(link) is None
    pipe = folder / "pipe.pickle"
    os.mkfifo(pipe, 0o600)
    assert cache.read(pipe) is None


def test_a_folder_of_ours_that_was_open_to_others_is_closed(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    assert cache.write(folder / "compiled-1.pickle", berlin_library())
    assert cache.read(folder / "compiled-1.pickle") is not None


# ------------------------------------------------------------------ poison
ME = Address("telegram", "7")


@pytest.fixture
def conversations(store: Store) -> Conversations:
    from datetime import UTC, datetime

    return Conversations(store, real_library(), lambda: datetime(2026, 11, 27, 12, tzinfo=UTC))


@pytest.mark.parametrize("typed", ["9" * 310, "9" * 4096, "-" + "9" * 400, "0." + "9" * 400, "1e400", "9e999999999"])
def test_a_number_of_hundreds_of_digits_is_asked_again(conversations: Conversations, typed: str) -> None:
    for asked in ("age", "hours", "place"):
        store = conversations.store
        user = Address("telegram", asked)
        walk(conversations, user, lambda state, at=asked: state.asked == at or "age" in state.answers)  # type: ignore[misc]
        (reply,) = conversations.turns([Request(user, Said(typed), f"{asked}")])
        assert reply.outcome is UpdateOutcome.DONE and reply.outgoing
        assert store.conversations.find(user)


def test_a_forged_yes_while_choices_are_picked_is_an_old_button(conversations: Conversations) -> None:
    conversations.turn(ME, Started(None, "nl"))
    number = 0
    for said in ("lasser", "kok", "Zwolle", "mbo 4", "ik heb een baan", "34", "avond", "ja", "nee", "avond en weekend"):
        conversations.turn(ME, Said(said))
        found = conversations.store.conversations.find(ME)
        assert found
        for data in (f"y:yes:{found.state.revision}", f"y:no:{found.state.revision}", "y:yes:REV", "y:yes:", "y", ""):
            number += 1
            (reply,) = conversations.turns([Request(ME, Pressed(data), number)])
            assert reply.outcome is UpdateOutcome.DONE, (said, data)
