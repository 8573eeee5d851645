"""What editors do wrong is refused or warned of at its line, all of it in one run, and following the hint mends it.

The mistakes are data: tests/content/mistakes. Each is made in a copy of the product's own content.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from libraries import ROOT
from mistakes import Mistake, apply, copy_of_content, mistakes, together

from bot.authoring.check import problems
from bot.content.files import paths
from bot.content.problems import Problem

TODAY = date(2026, 11, 27)
Said = tuple[str, str, str]


def said(problem: Problem) -> Said:
    """A problem wherever it stands: a mistake above it moves its line."""
    return problem.at.file, problem.code, problem.message


@pytest.fixture(scope="module")
def before() -> set[Said]:
    return set(map(said, problems(ROOT, TODAY)))


def _missed(group: Iterable[Mistake], begins: dict[str, int], found: list[Problem], root: Path) -> list[str]:
    missed = []
    for row in group:
        text = (root / row.file).read_text(encoding="utf-8", errors="replace")
        lines = row.lines(text, begins[row.name])
        here = [problem for problem in found if problem.at.file == row.file and problem.at.line in lines]
        if row.is_fine:
            missed += [f"{row.name}: {problem}" for problem in here if problem.code == row.is_fine]
        elif not any(map(row.is_said, here)):
            missed.append(f"{row.name}: on line {sorted(lines)} stands {[str(problem) for problem in here]}")
    return missed


@pytest.mark.slow
def test_mistakes_are_named_at_their_line_all_in_one_run_and_following_the_hint_mends_them(
    tmp_path: Path, before: set[Said]
) -> None:
    rows = [*mistakes("findings.yaml"), *mistakes("own.yaml")]
    kept: dict[str, Any] = {}  # as on an editor's machine: what did not change was read before
    missed, left = list[str](), list[Said]()
    for number, group in enumerate(together(rows)):
        root = copy_of_content(tmp_path / str(number))
        begins = apply(group, root, "write")
        missed += _missed(group, begins, problems(root, TODAY, kept), root)
        apply(group, root, "mend")
        left += sorted(set(map(said, problems(root, TODAY, kept))) - before)
    assert len(missed) <= len(rows) // 100, "\n".join(missed)
    assert left == [], "what the hint says was done, and it is not green"


@pytest.mark.slow
@pytest.mark.parametrize("what", ["a word that is none", "a quote that is never closed"])
def test_what_cannot_be_read_causes_no_problem_in_any_other_file(what: str, tmp_path: Path, before: set[Said]) -> None:
    broken = {"a word that is none": "{0}\n  kindd: 1\n", "a quote that is never closed": '{0}\n  zzz: "\n'}[what]
    kinds = ("facts", "sectors", "occupations", "programmes", "subsidies", "routes", "places", "schools", "limits")
    files = [paths(ROOT, kind)[0] for kind in kinds] + [ROOT / "flows" / "contact.yaml"]
    untrue = []
    for number, path in enumerate(files):
        root = copy_of_content(tmp_path / str(number))
        name = path.relative_to(ROOT)
        lines = path.read_text(encoding="utf-8").split("\n")
        at = next(line for line, text in enumerate(lines) if text.startswith(("- ", "  - id", "id:")))
        lines[at] = broken.format(lines[at])
        (root / name).write_text("\n".join(lines), encoding="utf-8")
        found = [one for one in problems(root, TODAY) if said(one) not in before]
        assert any(one.at.file == name.as_posix() for one in found), name
        untrue += [str(one) for one in found if one.at.file != name.as_posix()]
    assert untrue == []
