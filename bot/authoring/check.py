"""Everything that is wrong in `flows/` and `knowledge/`, from a wrong indent to a sentence that is too long."""

from datetime import date
from pathlib import Path

from bot.authoring.freshness import overdue
from bot.authoring.language import hard_texts
from bot.content.load import Reader, read
from bot.content.problems import Problem, Severity


def problems(root: Path, on: date) -> list[Problem]:
    """All problems, in the order of the files. `on`: the day for which the freshness of facts counts.

    What needs whole content (is a step reached, is a fact overdue) is checked when every file can be read.
    """
    reader = Reader(root)
    content = read(reader)
    found = reader.problems
    if not any(problem.severity is Severity.ERROR for problem in found):
        found += overdue(content.knowledge, on)
    found += hard_texts(reader.texts, content.knowledge.words)
    return sorted(found, key=lambda problem: problem.at)
