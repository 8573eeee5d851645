"""The tables of what schools teach, `knowledge/schools/*.csv`: a few lines of header, a line of columns, then rows.

    # source: https://onderwijsdata.duo.nl/dataset/ho_opleidingsoverzicht
    # date: 2026-08-04
    # licence: CC0 1.0
    school,place,code,name,levels,degree,forms,evidence,dated,until,language,work,trade,qualifications,url
    saxion,Enschede,34560,Verpleegkunde,hbo,bachelor,part-time dual,offered,,,nl,yes,,,https://...

An empty cell means that nobody says. Several levels, forms or qualifications in a cell have a space between them.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from bot.content.files import is_regular
from bot.content.problems import Location, Problem, did_you_mean
from bot.content.schools import CourseTable, Degree, Evidence, SchoolCourse, StudyForm

COLUMNS = (
    *("school", "place", "code", "name", "levels", "degree", "forms", "evidence", "dated"),
    *("until", "language", "work", "trade", "qualifications", "url"),
)
HEADER = ("source", "date", "licence")
HEADER_LINE = re.compile(r"#\s*(?P<name>\w+):\s*(?P<value>.+)")
YES_NO: Mapping[str, bool | None] = {"yes": True, "no": False, "": None}

E = TypeVar("E", bound=StrEnum)


class BadRow(ValueError):
    """A row cannot be read; the message says why, and `hint` how to mend it."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


def tables(root: Path) -> list[Path]:
    """The tables under `root`."""
    return sorted((root / "knowledge" / "schools").glob("*.csv"))


def read(path: Path, name: str) -> tuple[CourseTable | None, list[Problem]]:
    """A table, and everything that is wrong in it; no table when it cannot be used. `name`: what it is called."""
    if not is_regular(path, path.parents[2]):
        return None, [Problem(Location(name, 1, 1), "this is no file, or a link to elsewhere", None, "Y010")]
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        hint = "Save it as UTF-8, or import it again."
        return None, [Problem(Location(name, 1, 1), f"this is no UTF-8: {error.reason}", hint, "K080")]
    top = [line for line in lines if line.startswith("#")]
    said = {found["name"]: found["value"].strip() for line in top if (found := HEADER_LINE.match(line))}
    problems = [
        Problem(
            Location(name, 1, 1), f"the header does not say the {key}", f"Begin with a line '# {key}: ...'.", "K080"
        )
        for key in HEADER
        if key not in said
    ]
    try:
        _check_day("date", said.get("date", ""), (4, 7, 10))
    except BadRow as error:
        problems.append(Problem(Location(name, 1, 1), str(error), error.hint, "K080"))
    body = lines[len(top) :]
    if not body or tuple(body[0].split(",")) != COLUMNS:
        at = Location(name, len(top) + 1, 1)
        problems.append(Problem(at, "these are not the columns of a table of courses", f"{','.join(COLUMNS)}", "K080"))
    if problems:
        return None, problems
    rows: list[SchoolCourse] = []
    for number, cells in enumerate(csv.reader(body[1:]), start=len(top) + 2):
        try:
            rows.append(row(cells, number))
        except BadRow as error:
            problems.append(Problem(Location(name, number, 1), str(error), error.hint, "K081"))
    return CourseTable(name, said["source"], said["date"], said["licence"], tuple(rows)), problems


def row(cells: list[str], line: int) -> SchoolCourse:
    """A row as what it says; raises BadRow."""
    if len(cells) != len(COLUMNS):
        raise BadRow(f"this row has {len(cells)} cells, and there are {len(COLUMNS)} columns", "Import the file again.")
    said = dict(zip(COLUMNS, (cell.strip() for cell in cells), strict=True))
    if not said["school"]:
        raise BadRow("this row has no school")
    if not (said["name"] or said["trade"] or said["qualifications"]):
        raise BadRow("this row does not say what is taught", "Fill name, trade or qualifications.")
    if said["work"] not in YES_NO:
        raise BadRow(f"work is {said['work']!r}", "Write yes, no, or nothing.")
    _check_day("dated", said["dated"], (4, 7, 10))
    _check_day("until", said["until"], (10,))
    return SchoolCourse(
        school=said["school"],
        place=said["place"] or None,
        evidence=_one_of(Evidence, said["evidence"]),
        dated=said["dated"] or None,
        line=line,
        code=said["code"] or None,
        name=said["name"] or None,
        levels=tuple(said["levels"].split()),
        degree=_one_of(Degree, said["degree"]) if said["degree"] else None,
        forms=tuple(_one_of(StudyForm, form) for form in said["forms"].split()),
        until=said["until"] or None,
        language=said["language"] or None,
        for_workers=YES_NO[said["work"]],
        trade=said["trade"] or None,
        qualifications=tuple(said["qualifications"].split()),
        url=said["url"] or None,
    )


def _one_of(kind: type[E], said: str) -> E:
    try:
        return kind(said)
    except ValueError:
        raise BadRow(f"{said!r} is not known here", did_you_mean(said, kind)) from None


def _check_day(column: str, said: str, lengths: tuple[int, ...]) -> None:
    try:
        if said and len(said) in lengths:
            date.fromisoformat(said + "-01-01"[: 10 - len(said)])
        elif said:
            raise ValueError
    except ValueError:
        raise BadRow(f"{column} is {said!r}, which is no date", "Write 2026-11-21.") from None


def write(table: CourseTable, notes: Iterable[str] = ()) -> str:
    """A table as the text of its file: the same rows give the same text. `notes`: lines above the columns."""
    text = io.StringIO()
    for note in notes:
        text.write(f"# {note}\n")
    for key, value in zip(HEADER, (table.source, table.dated, table.licence), strict=True):
        text.write(f"# {key}: {value}\n")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_cells(one) for one in table.rows)
    return text.getvalue()


def _cells(one: SchoolCourse) -> Iterator[str]:
    work = next(said for said, value in YES_NO.items() if value is one.for_workers)
    values = (
        *(
            one.school,
            one.place,
            one.code,
            one.name,
            " ".join(one.levels),
            one.degree,
            " ".join(one.forms),
            one.evidence,
            one.dated,
        ),
        *(one.until, one.language, work, one.trade, " ".join(one.qualifications), one.url),
    )
    return (str(value) if value else "" for value in values)
