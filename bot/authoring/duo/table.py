"""From the rows of a file to the table of courses."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from pathlib import Path

from bot.authoring.duo.formats import Said, Source
from bot.authoring.duo.rows import NotThisFile, encoding_of, ends, rows_of
from bot.authoring.duo.school_book import SchoolBook
from bot.content.schools import CourseTable, Evidence, School, SchoolCourse, StudyForm
from bot.content.towns import Towns

LICENCE = "CC0 1.0"
BESIDE_WORK_FIRST = sorted(StudyForm, key=lambda form: form is StudyForm.FULL_TIME)
BROKEN = "with broken quotes"
MOST_BROKEN = 0.01  # of all rows


@dataclass(slots=True)
class Imported:
    """What an import made of a file. `left_out`: rows by why they are not in the table."""

    source: Source
    table: CourseTable
    new_schools: tuple[School, ...]
    encoding: str
    rows: int
    left_out: Counter[str] = field(default_factory=Counter)
    unplaced: Counter[str] = field(default_factory=Counter)  # places that nobody knows, or that several have


def read(
    path: Path, schools: Mapping[str, School], towns: Towns, dated: str, on: date, *, whole: bool = True
) -> Imported:
    """What a file of DUO says; raises NotThisFile.

    `dated`: the day of the file; `on`: the day for ended intakes; `whole`: refuse a file without an end.
    """
    encoding, today = encoding_of(path), on.isoformat()
    if whole and not ends(path):
        raise NotThisFile(
            f"The last line of {path} does not end: the file may have been cut off. "
            "Download it again, or say --anyway. Nothing was written."
        )
    kept: dict[tuple[str, str, str], SchoolCourse] = {}
    official: dict[str, str] = {}
    book, source, number = SchoolBook(schools, towns), None, 0
    left_out: Counter[str] = Counter()
    unplaced: Counter[str] = Counter()
    for number, (source, row) in enumerate(rows_of(path, encoding), start=1):  # noqa: B007  # the last is the count
        if row and source.official and (named := source.official(row)):
            official[named[0]] = min(named[1], official.get(named[0], named[1]))  # whatever the order of the rows
        said = source.read(row, today) if row else BROKEN
        if isinstance(said, str) or said.ended or not said.school or not said.name:
            why = said if isinstance(said, str) else "its intake has ended" if said.ended else "without school or name"
            left_out[why] += 1
            continue
        school = book.named(said.school, said.kind)
        place, trouble = book.place(said, school)
        if trouble:
            unplaced[trouble] += 1
            continue
        course = _course(said, school, place)
        kept[course.key] = _joined(kept[course.key], course) if course.key in kept else course
    if source is None or not kept:
        found = f": {counts(left_out + unplaced)}" if number else ""
        raise NotThisFile(f"{path} has no row that people can enrol in{found}. Nothing was written.")
    if left_out[BROKEN] > MOST_BROKEN * number:
        raise NotThisFile(
            f"{left_out[BROKEN]} of {number} rows in {path} have another number of cells than the header. "
            "Nothing was written."
        )
    file = f"knowledge/schools/{source.table}.csv"
    rows = tuple(
        replace(kept[key], line=line, name=official.get(kept[key].code or "", kept[key].name))
        for line, key in zip(count(1), sorted(kept))
    )
    table = CourseTable(file, source.url, dated, LICENCE, rows)
    used = {row.school for row in rows}
    new = tuple(school for school in book.new(source.url, dated) if school.id in used)
    return Imported(source, table, new, encoding, number, left_out, unplaced)


def _course(said: Said, school: str, place: str | None) -> SchoolCourse:
    return SchoolCourse(
        school=school,
        place=place,
        evidence=Evidence.OFFERED,
        dated=None,
        line=0,
        code=said.code or None,
        name=said.name,
        levels=(said.level,),
        degree=said.degree,
        forms=(said.form,) if said.form else (),
        until=said.until or None,
        language=said.language or None,
        for_workers=said.for_workers,
        url=_address(said.url),
    )


def _address(said: str) -> str | None:
    """The page of a course. A search that a script fills is the same for all courses, and helps nobody."""
    address = f"https://{said}" if said.startswith("www.") else said
    if "#/" in address or address.endswith(".xml"):
        return None
    return address if re.fullmatch(r"https?://[^\s,\"]+\.[^\s,\"]+", address) else None


def _joined(one: SchoolCourse, other: SchoolCourse) -> SchoolCourse:
    """Two rows for the same diploma in the same place: other forms, most often.

    Beside work comes before full-time: its page, its language and what it asks are those that adults need.
    """
    forms = tuple(form for form in BESIDE_WORK_FIRST if form in (*one.forms, *other.forms))
    if (full_time := one.forms == (StudyForm.FULL_TIME,)) != (other.forms == (StudyForm.FULL_TIME,)):
        return replace(other if full_time else one, forms=forms)
    until = max(one.until, other.until) if one.until and other.until else None
    workers = one.for_workers if one.for_workers == other.for_workers else None
    url = min(one.url, other.url) if one.url and other.url else one.url or other.url
    name = min(one.name or "", other.name or "")  # the same whatever the order of the file
    languages = dict.fromkeys(f"{one.language or ''} {other.language or ''}".split())
    return replace(
        one,
        name=name,
        forms=forms,
        until=until,
        for_workers=workers,
        url=url,
        language=" ".join(sorted(languages)) or None,
    )


def counts(counter: Counter[str]) -> str:
    return ", ".join(f"{number} {what}" for what, number in counter.most_common())
