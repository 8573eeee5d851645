"""Taking over what the bot says now into a conversation file: only what went another way changes."""

import re

import pytest
from libraries import ROOT, library_with, real_library

from bot.authoring.conversation import compare, play
from bot.authoring.flow_diff import read_side
from bot.authoring.snapshot import accept
from bot.compiled import Compiled
from bot.errors import BotError

FLOW = """\
id: intake
version: 1
title: {nl: Begin, en: Start}
steps:
  - say: hello
    text: {nl: "Hallo.", en: "Hello."}
  - say: rules
    text: {nl: "Typ gewoon.\\n\\nDaarna stopt het.", en: "Just type."}
  - collect: happy
    type: yes_no
    required: true
    text: {nl: "Ben je blij?", en: "Are you happy?"}
    next: [{if: {happy: true}, then: good}]
  - handoff: sad
    text: {nl: "Jammer.", en: "A pity."}
  - end: good
    text: {nl: "Tot ziens.", en: "Goodbye."}
"""
AS_IT_GOES = """\
# Somebody who is not happy.
< Hoi! ...
< Hallo.
# The rules come second.
< Typ ...

  Daarna stopt het.
< Ben je blij?
  [Ja | Nee]
> nee
< Jammer.
< ...
! handover sad
"""


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    folder = tmp_path_factory.mktemp("flow")
    (folder / "intake.yaml").write_text(FLOW, encoding="utf-8")
    return library_with(read_side(folder))


def test_a_conversation_that_goes_as_it_stands_is_left_as_it_is(compiled: Compiled) -> None:
    assert accept("sad.txt", AS_IT_GOES, compiled) == AS_IT_GOES


@pytest.mark.parametrize(
    ("now", "stood"),
    [
        ("< Hallo.", "< Goedendag."),  # another message
        ("< Hallo.\n", ""),  # a new message at the beginning
        ("\n\n  Daarna stopt het.", "\n\n  Dan stopt het."),  # one line of a message; the "..." above it stays
        ("  [Ja | Nee]", "  [Ja | Nee]\n< En verder?"),  # one that is not said any more
        ("! handover sad", "! handover glad"),
    ],
)
def test_what_goes_another_way_is_taken_over_and_all_else_stays(compiled: Compiled, now: str, stood: str) -> None:
    before = AS_IT_GOES.replace(now, stood)
    assert before != AS_IT_GOES
    assert accept("sad.txt", before, compiled) == AS_IT_GOES


def test_what_is_not_done_any_more_goes(compiled: Compiled) -> None:
    after = accept("sad.txt", AS_IT_GOES + "! lead happy=yes\n", compiled)
    assert after == AS_IT_GOES


def test_what_is_asked_of_a_lead_gets_its_value_of_now() -> None:
    text = (ROOT / "tests" / "conversations" / "intake_to_a_lead.txt").read_text(encoding="utf-8")
    assert "! lead" in text
    wrong = text.replace("! lead ", "! lead complete=no ", 1)
    assert "! lead complete=yes " in accept("x.txt", wrong, real_library())


def test_whatever_stood_there_the_result_goes_as_it_stands() -> None:
    for path in sorted((ROOT / "tests" / "conversations").glob("*.txt"))[:12]:
        text = path.read_text(encoding="utf-8")
        broken = re.sub(r"^< .*vraag.*$", "< Iets anders.", text.replace("?\n", "!\n"), flags=re.MULTILINE)
        assert broken != text
        after = accept(path.name, broken, real_library())
        assert not [one for exchange in play(path.name, after, real_library()) for one in compare("", exchange)]


def test_a_conversation_on_which_the_engine_fails_is_not_taken_over(
    compiled: Compiled, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyError("gone")

    monkeypatch.setattr("bot.authoring.rehearsal.advance", fail)
    with pytest.raises(BotError, match=r"sad.txt:1: the engine failed: KeyError: 'gone'"):
        accept("sad.txt", AS_IT_GOES, compiled)
