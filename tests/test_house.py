"""The house stays in order: imports go down, types hold, style is one, and the content has no errors."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.engine.state import Changes, State

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(("lint-imports",), id="imports_go_down_only"),
        pytest.param(("mypy",), id="types_hold_and_every_match_is_exhaustive"),
        pytest.param(("ruff", "check", "."), id="the_code_has_no_lint"),
        pytest.param(("ruff", "format", "--check", "."), id="the_code_has_one_format"),
        # On a day of its own: facts go out of date while the code stays as it is.
        pytest.param(("overstap", "check", "--on", "2026-11-27"), id="flows_and_knowledge_have_no_errors"),
        pytest.param(("overstap", "schema", "--check"), id="the_schemas_for_editors_are_up_to_date"),
    ],
)
def test_the_house_is_in_order(command: tuple[str, ...]) -> None:
    done = run(str(BIN / command[0]), *command[1:])
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_turn_changes_only_what_a_state_has_and_to_what_it_may_be(tmp_path: Path) -> None:
    changes = tmp_path / "changes.py"
    changes.write_text(
        "from bot.engine.turn import TurnContext\n"
        "def take(turn: TurnContext) -> None:\n"
        "    turn.change(asked=None, attempts=3)\n"
        "    turn.change(askd=None)\n"
        "    turn.change(attempts='three')\n",
        "utf-8",
    )
    said = run(str(BIN / "mypy"), str(changes)).stdout
    assert re.findall(r":(\d+): error: .*\[(.+)\]", said) == [("4", "call-arg"), ("5", "arg-type")], said
    assert Changes.__annotations__ == State.__annotations__


def test_help_imports_nothing_heavy() -> None:
    heavy = "{'numpy', 'sqlalchemy', 'telegram', 'yaml', 'rapidfuzz', 'aiohttp', 'cryptography', 'bot.engine'}"
    code = f"import sys, bot.cli; loaded = {heavy} & set(sys.modules); sys.exit(str(loaded) if loaded else 0)"
    done = run(sys.executable, "-c", code)
    assert done.returncode == 0, done.stderr


def test_the_checklist_has_every_line_and_names_tests_that_exist() -> None:
    rows = re.findall(
        r"^\| (\d+) \| (.+?) \| (.*?) ?\|$", (ROOT / "docs/checklist.md").read_text("utf-8"), re.MULTILINE
    )
    assert [int(line) for line, _, _ in rows] == list(range(1, 68))
    missing = []
    for line, what, proof in rows:
        named = re.findall(r"`(test_\w+\.py)::(test_\w+)`", proof)
        assert named or what.startswith("not here: "), f"line {line} is neither proven nor said not to apply"
        for file, test in named:
            if f"def {test}(" not in (ROOT / "tests" / file).read_text("utf-8"):
                missing.append(f"{line}: {file}::{test}")
    assert missing == []
