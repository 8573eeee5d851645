"""A plain answer goes straight to its place: what only looks on is not on its way."""

import sys
from pathlib import Path
from types import FrameType

import pytest
from libraries import ROOT
from people import MONDAY, begun

from bot.authoring.rehearsal import Rehearsal
from bot.engine import advance
from bot.engine.events import Said

ENGINE = ROOT / "bot" / "engine"
MOST = 12  # modules of the engine; it was 18 at ca8e6ed


def modules_entered(talk: Rehearsal, text: str) -> set[str]:
    """The modules of the engine of which a function is called in one turn; comprehensions and lambdas do not count."""
    entered: set[str] = set()

    def see(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event == "call" and not code.co_name.startswith("<") and code.co_filename.startswith(str(ENGINE)):
            entered.add(str(Path(code.co_filename).relative_to(ENGINE)))

    before = sys.getprofile()
    sys.setprofile(see)
    try:
        advance(talk.compiled, talk.state, Said(text), on=MONDAY)
    finally:
        sys.setprofile(before)
    return entered


@pytest.mark.parametrize(
    ("before", "answer"),
    [
        (("lasser", "kapper", "Zwolle"), "mbo 4"),
        (("lasser", "kapper"), "Zwolle"),
        (("lasser", "kapper", "Zwolle", "mbo 4"), "ja, in dienst"),
    ],
)
def test_a_plain_answer_enters_at_most_twelve_modules_of_the_engine(before: tuple[str, ...], answer: str) -> None:
    talk = begun(*before)
    asked = talk.state.asked
    entered = modules_entered(talk, answer)
    talk.say(answer)
    assert talk.state.asked not in (None, asked), "it was an answer"
    assert "handlers/answer.py" in entered
    assert len(entered) <= MOST, sorted(entered)


def test_a_message_that_says_more_is_looked_at_by_more() -> None:
    talk = begun("lasser", "kapper", "Zwolle")
    assert len(modules_entered(talk, "mbo 4, maar kost dat geld?")) > MOST
