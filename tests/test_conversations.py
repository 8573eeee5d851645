"""Whole conversations, as text files that an editor can read: what people say, and what the bot says and does."""

from functools import cache
from pathlib import Path

import pytest
from libraries import ROOT, real_library

from bot.authoring.verdicts import Judge

CONVERSATIONS = sorted((ROOT / "tests" / "conversations").glob("*.txt"))


@cache
def judge() -> Judge:
    return Judge(real_library(), CONVERSATIONS[0].parent)


@pytest.mark.parametrize("path", CONVERSATIONS, ids=lambda path: path.stem)
def test_the_bot_says_and_does_what_the_conversation_shows(path: Path) -> None:
    verdict = judge().judge(path)
    assert not verdict.wrong, "\n".join(map(str, verdict.wrong))
