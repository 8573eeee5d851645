"""`overstap check`: everything that is wrong in flows/ and knowledge/."""

import sys
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import click

from bot.cli.content import with_root


@click.command()
@with_root
@click.option("--on", type=click.DateTime(formats=["%Y-%m-%d"]), help="What is overdue on this day (default: today).")
@click.option("--errors", is_flag=True, help="Leave the warnings out.")
def check(root: Path, on: datetime | None, errors: bool) -> None:
    """Everything wrong in flows/ and knowledge/: file:line:column, what is wrong, and how to mend it.

    Exit code 1 when there is any error; warnings alone give 0.
    """
    from bot.authoring.check import problems
    from bot.content.problems import Severity

    found = problems(root, on.date() if on else date.today())
    counts = Counter(problem.severity for problem in found)
    for problem in found:
        if problem.severity is Severity.ERROR or not errors:
            click.echo(problem)
    click.echo(", ".join(_counted(counts[one], one) for one in Severity))
    sys.exit(1 if counts[Severity.ERROR] else 0)


def _counted(number: int, one: str) -> str:
    return f"{number} {one}" if number == 1 else f"{number} {one}s"
