"""Whole conversations, as text files that an editor can read: what people say, and what the bot says and does."""

from pathlib import Path

import pytest
from libraries import ROOT, real_library

from bot.authoring.conversation import run

CONVERSATIONS = sorted((ROOT / "tests" / "conversations").glob("*.txt"))


@pytest.mark.parametrize("path", CONVERSATIONS, ids=lambda path: path.stem)
def test_the_bot_says_and_does_what_the_conversation_shows(path: Path) -> None:
    mismatches = run(path.relative_to(ROOT), real_library())
    assert not mismatches, "\n".join(map(str, mismatches))
