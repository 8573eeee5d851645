"""Every broken file gives all its problems at once, each with its place and how to fix it.

A case is a folder in `tests/content/`: the files as an editor wrote them, and `expected.txt` as it is shown.
"""

from datetime import date
from pathlib import Path

import pytest
from libraries import netherlands, real_library

from bot.authoring.confirming import Confirmation, confirm
from bot.authoring.freshness import due
from bot.authoring.pinpoint import pinpointed
from bot.content.load import read_knowledge
from bot.content.reader import Reader
from bot.errors import BotError

CASES = Path(__file__).parent / "content"


@pytest.mark.parametrize("case", sorted(path.parent.name for path in CASES.glob("knowledge_*/expected.txt")))
def test_a_broken_file_gives_all_its_problems_at_once(case: str) -> None:
    reader = Reader(CASES / case, netherlands())
    read_knowledge(reader)
    problems = sorted(pinpointed(reader.problems, CASES / case), key=lambda problem: problem.at)
    found = "\n".join(map(str, problems))
    assert found == (CASES / case / "expected.txt").read_text(encoding="utf-8").rstrip("\n")


FAQ = """\
# The first line stays.
- id: q01   # so does this comment
  theme: money
  question: {nl: "Bestaat STAP nog? Één vraag – 1.000 euro", en: "Does STAP exist?"}
  sources:
  - {url: https://www.oud.nl/stap,   date: null, checked: "2026-01-01"}
- id: q02
  sources: [{url: https://www.twee.nl, date: "2024", checked: "2026-01-01"}]
"""


def test_a_confirmation_changes_the_check_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "knowledge" / "faq" / "money.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(FAQ, encoding="utf-8")
    places = confirm(tmp_path, "q01", [], Confirmation(date(2026, 11, 21), "https://www.nieuw.nl", "2026-11"))
    assert [str(place) for place in places] == ["knowledge/faq/money.yaml:6:5"]
    expected = FAQ.replace("https://www.oud.nl/stap", "https://www.nieuw.nl").replace("date: null", 'date: "2026-11"')
    assert file.read_text(encoding="utf-8") == expected.replace('"2026-01-01"', '"2026-11-21"', 1)


def test_a_confirmation_of_something_unknown_says_so(tmp_path: Path) -> None:
    with pytest.raises(BotError, match="no programme, route, scheme or question 'q99'"):
        confirm(tmp_path, "q99", [], Confirmation(date(2026, 11, 21)))


def test_what_is_due_begins_with_help_in_need_then_longest_overdue_and_most_shown() -> None:
    on = date(2027, 6, 1)
    knowledge = real_library().content.knowledge
    found = due(knowledge, on, {"stap-budget": 9, "levenlanglerenkrediet": 5})
    urgent = [check.is_urgent for check in found]
    assert urgent == sorted(urgent, reverse=True)
    assert any(urgent), "help in need has a term as well"
    found = [check for check in found if not check.is_urgent]
    assert [check.due for check in found] == sorted(check.due for check in found)
    same_day = [check for check in found if check.due == found[0].due]
    assert [check.shown for check in same_day] == sorted((check.shown for check in same_day), reverse=True)
    assert "stap-budget" not in {check.item for check in found}, "what has ended stays ended"
