"""`overstap check` and `overstap schema`: what an editor's files may hold, and everything that is wrong in them."""

import sys
from collections import Counter
from datetime import datetime
from pathlib import Path

import click

from bot.cli.content import with_root


@click.command()
@with_root
@click.option("--on", type=click.DateTime(formats=["%Y-%m-%d"]), help="As on this day (default: today).")
@click.option("--errors", is_flag=True, help="Leave the warnings out.")
@click.option("--notes", is_flag=True, help="Show the notes as well: what is known, and no mistake.")
def check(root: Path, on: datetime | None, errors: bool, notes: bool) -> None:
    """Everything wrong in flows/ and knowledge/: file:line:column, what is wrong, and how to fix it.

    Exit code 1 when there is any error; warnings and notes alone give 0.
    """
    from bot.authoring.check import problems
    from bot.cli.wiring import kept_files, today
    from bot.content.problems import Severity

    with kept_files(root) as kept:
        found = problems(root, on.date() if on else today(root), kept)
        counts = Counter(problem.severity for problem in found)
        shown = {Severity.ERROR: True, Severity.WARNING: not errors, Severity.NOTE: notes}
        for problem in found:
            if shown[problem.severity]:
                click.echo(problem)
        said = [_counted(counts[one], one) for one in (Severity.ERROR, Severity.WARNING)]
        if known := counts[Severity.NOTE]:
            said.append(_counted(known, Severity.NOTE) + ("" if notes else " (overstap check --notes)"))
        click.echo(", ".join(said))
    sys.exit(1 if counts[Severity.ERROR] else 0)


def _counted(number: int, one: str) -> str:
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


@click.command()
@with_root
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), default=Path("schemas"), show_default=True)
@click.option("--check", is_flag=True, help="Change nothing; exit 1 when a schema is not up to date.")
def schema(root: Path, to: Path, check: bool) -> None:
    """JSON Schemas, so that editors complete while typing; each file names its own in its first line.

    They offer the ids that there are under --root: write them again when there are new ones.
    """
    import json

    import bot.answers  # noqa: F401  the types of questions register there
    from bot.content.flow_schema import FLOW
    from bot.content.knowledge_schema import FORMATS, Format
    from bot.content.load import ids_in
    from bot.content.reader import Reader
    from bot.content.sentences_schema import SENTENCES
    from bot.errors import BotError

    kinds = {**FORMATS, "flow": Format("flow", FLOW), "sentences": Format("sentences", SENTENCES)}
    reader = Reader(root)
    ids, languages = ids_in(reader), reader.country.languages
    stale = []
    for name, kind in sorted(kinds.items()):
        path = to / f"{name}.json"
        text = json.dumps(kind.schema(ids, languages), indent=1, ensure_ascii=False, default=str) + "\n"
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(str(path))
        if not check:
            to.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if check and stale:
        raise BotError(f"Not up to date: {', '.join(stale)}. Run: overstap schema")
    click.echo(f"{len(stale)} written, {len(kinds) - len(stale)} up to date" if not check else "up to date")
