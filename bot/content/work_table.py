"""The table of what work is like, `knowledge/exploring/work.csv`: a header, the columns, a row a unit group."""

import csv
from collections.abc import Mapping
from pathlib import Path

from bot.content.course_tables import HEADER_LINE
from bot.content.exploring import Interest, Trait, WorkRow, WorkTable
from bot.content.files import is_regular
from bot.content.problems import Location, Problem

COLUMNS = ("isco", *Interest, "zone", *Trait, "drawbacks", "skills", "neighbours")
HEADER = ("source", "date", "licence")
MOST_OF_A_DAY = 2


def path_of(root: Path) -> Path:
    return root / "knowledge" / "exploring" / "work.csv"


def read(path: Path, name: str) -> tuple[WorkTable | None, list[Problem]]:
    """The table, and everything that is wrong in it; no table when it cannot be used. `name`: what it is called."""
    if not is_regular(path, path.parents[2]):
        return None, [Problem(Location(name, 1, 1), "this is no file, or a link to elsewhere", None, "Y010")]
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        return None, [Problem(Location(name, 1, 1), f"this is no UTF-8: {error.reason}", "Save it as UTF-8.", "K100")]
    top = [line for line in lines if line.startswith("#")]
    said = {found["name"]: found["value"].strip() for line in top if (found := HEADER_LINE.match(line))}
    problems = [
        Problem(Location(name, 1, 1), f"the header does not say the {key}", f"Add a line '# {key}: ...'.", "K100")
        for key in HEADER
        if key not in said
    ]
    body = lines[len(top) :]
    if not body or tuple(body[0].split(",")) != COLUMNS:
        at = Location(name, len(top) + 1, 1)
        problems.append(Problem(at, "these are not the columns of the table of work", ",".join(COLUMNS), "K100"))
    if problems:
        return None, problems
    rows: list[WorkRow] = []
    for number, cells in enumerate(csv.reader(body[1:]), start=len(top) + 2):
        try:
            rows.append(_row(cells, number))
        except ValueError as error:
            problems.append(Problem(Location(name, number, 1), f"this row cannot be read: {error}", None, "K101"))
    return WorkTable(name, said["source"], said["date"], said["licence"], tuple(rows)), problems


def _row(cells: list[str], line: int) -> WorkRow:
    """A row as what it says; raises ValueError."""
    if len(cells) != len(COLUMNS):
        raise ValueError(f"it has {len(cells)} cells, and there are {len(COLUMNS)} columns")
    said = dict(zip(COLUMNS, cells, strict=True))
    traits = {trait: int(said[trait]) for trait in Trait}
    if wrong := [trait.value for trait, much in traits.items() if not 0 <= much <= MOST_OF_A_DAY]:
        raise ValueError(f"{wrong[0]} goes from 0 to {MOST_OF_A_DAY}")
    return WorkRow(
        isco=said["isco"],
        interests={interest: float(said[interest]) for interest in Interest},
        zone=float(said["zone"]),
        traits=traits,
        drawbacks=tuple(said["drawbacks"].split()),
        skills=tuple(said["skills"].split()),
        neighbours=_near(said["neighbours"]),
        line=line,
    )


def _near(cell: str) -> Mapping[str, float]:
    pairs = (one.partition(":") for one in cell.split())
    return {isco: float(alike) for isco, _, alike in pairs}
