"""Writing what an import made: all of it, or nothing."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import yaml

from bot.authoring.duo.rows import NotThisFile
from bot.authoring.duo.school_book import SCHOOLS
from bot.authoring.duo.table import Imported
from bot.authoring.quoted import Quoted
from bot.content import course_tables
from bot.content.schools import School

SCHOOLS_HEAD = """\
# yaml-language-server: $schema=../../schemas/schools.json
# Made by `overstap knowledge import-duo`: schools that are not in knowledge/schools.yaml.
# Move one there to say more of it.
"""
NOTE = "Made by `overstap knowledge import-duo`: run that again instead of editing here."


def write(root: Path, imported: Imported, schools: Iterable[School]) -> None:
    """Write the table, and the schools that nobody knew; all of it, or nothing. `schools`: those of earlier imports.

    The schools go first: a table that names schools which are not there could not be read.
    """
    folder = root / "knowledge" / "schools"
    folder.mkdir(parents=True, exist_ok=True)
    target = root / imported.table.file
    half = target.with_name(f".{target.name}.half")
    try:
        half.write_text(
            course_tables.write(imported.table, [f"{imported.source.title}, of DUO.", NOTE]), encoding="utf-8"
        )
        again, problems = course_tables.read(half, imported.table.file)
        if problems or again is None or len(again.rows) != len(imported.table.rows):
            raise NotThisFile(f"This cannot be written as a table: {problems[0] if problems else 'rows are lost'}")
        if imported.new_schools:
            _write_schools(root / SCHOOLS, [*schools, *imported.new_schools])
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)


def _write_schools(path: Path, schools: Sequence[School]) -> None:
    entries = [
        {
            "id": one.id,
            "name": one.name,
            "kind": str(one.kind),
            "aliases": list(one.aliases),
            "places": list(one.places),
            "source": one.source,
            "date": one.dated,
        }
        for one in sorted(schools, key=lambda one: one.id)
    ]
    text = SCHOOLS_HEAD + yaml.dump(entries, Dumper=Quoted, allow_unicode=True, sort_keys=False, width=10_000)
    half = path.with_name(f".{path.name}.half")
    try:
        half.write_text(text, encoding="utf-8")
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
