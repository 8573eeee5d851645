"""The recipes of CONTRIBUTING.md are carried out as they stand there."""

import re
from pathlib import Path
from textwrap import dedent
from typing import Any

from libraries import ROOT, real_library
from people import MONDAY

from bot.conversations import Conversations
from bot.store import Store

PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def code_of(recipe: str) -> str:
    found = re.search(rf"^### {recipe}\n.*?```python\n(.*?)```", PAGE, re.DOTALL | re.MULTILINE)
    assert found, f"the recipe {recipe!r} has no code"
    return dedent(f"   {found[1].lstrip()}")


async def test_the_channel_of_the_recipe_answers_each_line_in_order_and_ends(store: Store, tmp_path: Path) -> None:
    channel: dict[str, Any] = {}
    exec(code_of("A channel"), channel)  # noqa: S102  # it is our own page
    file = tmp_path / "out.txt"
    await channel["serve"](Conversations(store, real_library(), lambda: MONDAY), ["/start", "lasser", "kapper"], file)
    asked = [
        file.read_text(encoding="utf-8").find(words) for words in ("Wat voor werk", "Wat doe je nu", "Waar woon je")
    ]
    assert -1 not in asked and asked == sorted(asked)


def test_each_file_and_folder_that_a_recipe_names_is_there() -> None:
    named = set(re.findall(r"`((?:bot|tests|docs|flows|knowledge)/[\w/.]*\w/?)`", PAGE))
    there = {name for name in named if (ROOT / name).exists()}
    made = {name for name in named if "NAME" in name or "CODE" in name}
    assert named - there - made == set()
