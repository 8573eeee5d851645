"""`overstap check`: everything that is wrong in flows/ and knowledge/."""

import sys
from pathlib import Path

import click


@click.command()
@click.option("--root", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Where flows/ and knowledge/ are.")
def check(root: Path | None) -> None:
    """Everything wrong in flows/ and knowledge/, with file:line:column and how to mend it."""
    from bot.content.load import Reader, read_knowledge

    reader = Reader(root or Path.cwd())
    read_knowledge(reader)
    for problem in sorted(reader.problems, key=lambda problem: problem.at):
        click.echo(problem)
    errors = sum(problem.severity == "error" for problem in reader.problems)
    click.echo(f"{errors} errors, {len(reader.problems) - errors} warnings")
    sys.exit(1 if errors else 0)
