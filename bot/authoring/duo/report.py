"""What an import found, and what is other than in the last one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from bot.authoring.duo.school_book import SCHOOLS
from bot.authoring.duo.table import Imported, counts
from bot.content.schools import CourseTable, School, SchoolCourse

KEPT_AT_LEAST = 0.5  # of the rows of the last import: a file with less is most likely cut off
MOST_SHOWN = 10  # lines of each kind of change


@dataclass(frozen=True, slots=True)
class Changes:
    """What is other than in the last import, as rows of the tables."""

    added: tuple[SchoolCourse, ...]
    removed: tuple[SchoolCourse, ...]
    changed: tuple[tuple[SchoolCourse, SchoolCourse], ...]  # before, after

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def changes(before: CourseTable | None, after: CourseTable) -> Changes:
    """What is other than in the last import."""
    old = {row.key: row for row in before.rows} if before else {}
    new = {row.key: row for row in after.rows}
    return Changes(
        tuple(new[key] for key in sorted(new.keys() - old.keys())),
        tuple(old[key] for key in sorted(old.keys() - new.keys())),
        tuple(
            (old[key], new[key])
            for key in sorted(old.keys() & new.keys())
            if replace(old[key], line=0) != replace(new[key], line=0)
        ),
    )


def report(found: Imported, changed: Changes, schools: Mapping[str, School]) -> Iterator[str]:
    """What an import found and changed, in lines for who runs it."""
    spelled = "UTF-8" if found.encoding == "utf-8-sig" else "Windows-1252"
    title, courses = f"{found.source.title} of {found.table.dated}", len(found.table.rows)
    yield f"{title}: {found.rows} rows ({spelled}), {courses} courses."
    if found.left_out:
        yield f"Left out: {counts(found.left_out)}."
    places = (f"in a place that is not clear: {number}: {what}" for what, number in found.unplaced.most_common())
    yield from _lines("Left out", places, len(found.unplaced))
    if found.new_schools:
        yield f"Schools that were not known: {', '.join(one.name for one in found.new_schools)}. See {SCHOOLS}."
    if not changed:
        yield "Nothing changed since the last import."
        return
    names = {**schools, **{one.id: one for one in found.new_schools}}
    added, removed, other = len(changed.added), len(changed.removed), len(changed.changed)
    yield f"{added} new, {removed} gone, {other} changed since the last import."
    yield from _lines("+", (_line(one, names) for one in changed.added), added)
    yield from _lines("-", (_line(one, names) for one in changed.removed), removed)
    both = (f"{_line(old, names)}: {_other(old, new)}" for old, new in changed.changed)
    yield from _lines("~", both, other)


def _lines(sign: str, lines: Iterable[str], number: int) -> Iterator[str]:
    yield from (f"{sign} {line}" for line in islice(lines, MOST_SHOWN))
    if number > MOST_SHOWN:
        yield f"{sign} and {number - MOST_SHOWN} more"


def _line(row: SchoolCourse, schools: Mapping[str, School]) -> str:
    school = schools[row.school].name if row.school in schools else row.school
    place, forms = row.place or "place unknown", ", ".join(row.forms) or "form unknown"
    return f"{school}, {place}: {row.name} ({row.code or 'no code'}; {forms})"


def _other(old: SchoolCourse, new: SchoolCourse) -> str:
    names = ("name", "levels", "forms", "until", "language", "for_workers", "url")
    said = ((name, getattr(old, name), getattr(new, name)) for name in names)
    return "; ".join(f"{name} {_said(was)} -> {_said(now)}" for name, was, now in said if was != now)


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else "nothing" if value is None else str(value)


def shrunk(before: CourseTable | None, after: CourseTable) -> bool:
    """Whether so much is gone that the file is most likely not whole."""
    return before is not None and len(after.rows) < KEPT_AT_LEAST * len(before.rows)
