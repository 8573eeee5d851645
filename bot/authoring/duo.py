"""What schools offer, from the files that DUO publishes, as a table of facts in our own format.

Two files are read, each by its header, in UTF-8 or Windows-1252, with commas or semicolons:

* HO Opleidingsoverzicht (https://onderwijsdata.duo.nl/dataset/ho_opleidingsoverzicht): what can be followed part-time
  or dual at hogescholen and universities, becomes `knowledge/schools/ho.csv`;
* MBO Opleidingsaanbod (https://onderwijsdata.duo.nl/dataset/mbo_opleidingsaanbod): becomes `knowledge/schools/mbo.csv`.

DUO gives both away under CC0 1.0. Nothing of them is kept but facts: who gives which diploma, where, in which form,
until when, its page. An import writes everything or nothing.
"""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count, islice
from pathlib import Path

import yaml

from bot.content import course_tables
from bot.content.problems import Location
from bot.content.schools import CourseTable, Degree, Evidence, School, SchoolCourse, SchoolKind, StudyForm
from bot.content.towns import Towns, plain
from bot.errors import BotError

LICENCE = "CC0 1.0"
SCHOOLS = "knowledge/schools/imported.yaml"
SCHOOLS_HEAD = """\
# yaml-language-server: $schema=../../schemas/schools.json
# Made by `overstap knowledge import-duo`: schools that are not in knowledge/schools.yaml.
# Move one there to say more of it.
"""
NOTE = "Made by `overstap knowledge import-duo`: run that again instead of editing here."
KEPT_AT_LEAST = 0.5  # of the rows of the last import: a file with less is most likely cut off

BROKEN = "with broken quotes"
MOST_BROKEN = 0.01  # of all rows

Row = Mapping[str, str]


class NotThisFile(BotError):
    """The file cannot be imported; nothing was written."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a row of DUO's file says. `postcode`: empty when the file has none. `ended`: nobody can begin any more."""

    school: str
    kind: SchoolKind
    place: str
    postcode: str
    code: str
    name: str
    level: str
    degree: Degree
    form: StudyForm | None
    until: str
    ended: bool
    language: str
    for_workers: bool | None
    url: str


@dataclass(frozen=True, slots=True)
class Source:
    """One of DUO's files. `read`: a row as what it says, or why it is not for us ("full-time").

    `official`: the code and the name of a recognised diploma, when the row says it; variants carry names of their own.
    """

    table: str
    title: str
    url: str
    columns: tuple[str, ...]
    read: Callable[[Row, str], Said | str]  # and the day before which an intake has ended
    official: Callable[[Row], tuple[str, str] | None] | None = None


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


@dataclass(frozen=True, slots=True)
class Changes:
    """What is other than in the last import, as rows of the tables."""

    added: tuple[SchoolCourse, ...]
    removed: tuple[SchoolCourse, ...]
    changed: tuple[tuple[SchoolCourse, SchoolCourse], ...]  # before, after

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


# ------------------------------------------------------------------ the two files
DEGREES = {"AD": Degree.AD, "BA": Degree.BACHELOR, "MA": Degree.MASTER, "PM": Degree.MASTER}
HO_FORMS = {"DEELTIJD": StudyForm.PART_TIME, "DUAAL": StudyForm.DUAL}
MBO_FORMS = {"BBL": StudyForm.BBL, "BOL": StudyForm.BOL, "OVO": StudyForm.THIRD_PATH}
LANGUAGES = {"NLD": "nl", "ENG": "en", "DEU": "de", "FRA": "fr", "SPA": "es"}
IN_FRONT = re.compile(r"^(?:B|M|Ad|AD|Associate [Dd]egree)\s+(?=\S)")
WORK = {"EISEN": True, "GEEN_EISEN": False}
PARTS = re.compile(r"\b(?:minor|pre-?master|schakel\w*|doorstroom\w*)\b", re.IGNORECASE)  # DUO calls them variants


def _of_ho(row: Row, today: str) -> Said | str:
    form = HO_FORMS.get(row["VORM"])
    if not row["VORM"]:
        return "recognised, and offered nowhere"
    if form is None:
        return "full-time"
    if PARTS.search(row["NAAM_LANG"]):
        return "a part of a study"
    level, _, degree = row["NIVEAU"].partition("-")
    if degree not in DEGREES or level not in ("HBO", "WO"):
        return "no Ad, bachelor or master"
    ends = [end for end in (row["LAATSTE_INSTROOMDATUM"], row["AANGEBODEN_OPLEIDING_EINDDATUM"]) if _is_day(end)]
    return Said(
        school=row["ONDERWIJSAANBIEDER_NAAM"],
        kind=SchoolKind.HOGESCHOOL if level == "HBO" else SchoolKind.UNIVERSITY,
        place=row["ONDERWIJSLOCATIEPLAATS"],
        postcode="",
        code=row["ERKENDEOPLEIDINGSCODE"] or row["VARIANT_VAN"],
        name=IN_FRONT.sub("", row["NAAM_LANG"], count=1),
        level=level.lower(),
        degree=DEGREES[degree],
        form=form,
        until=min(ends, default=""),
        ended=any(end < today for end in ends),
        language=_language(row["VOERTAAL"]),
        for_workers=WORK.get(row["EISEN_WERKZAAMHEDEN"]),
        url=row["WEBSITE"],
    )


def _official_ho(row: Row) -> tuple[str, str] | None:
    is_one = row["SOORT"] == "OPLEIDING" and row["ERKENDEOPLEIDINGSCODE"] and row["NAAM_LANG"]
    return (row["ERKENDEOPLEIDINGSCODE"], IN_FRONT.sub("", row["NAAM_LANG"], count=1)) if is_one else None


def _of_mbo(row: Row, _today: str) -> Said | str:
    level = next((digit for digit in row["MBONIVEAU"] if digit in "1234"), None)
    if level is None:
        return "without a level of mbo"
    if not row["ERKENDEOPLEIDINGSCODE"]:
        return "a part of a diploma"
    return Said(
        school=row["NAAM"],
        kind=SchoolKind.MBO,
        place=row["PLAATSNAAM"],
        postcode=row["POSTCODE"],
        code=row["ERKENDEOPLEIDINGSCODE"],
        name=row["OPLEIDINGSEENHEID_NAAM"],
        level=f"mbo{level}",
        degree=Degree.MBO,
        form=next((form for name, form in MBO_FORMS.items() if row["LEERTRAJECT"].upper().startswith(name)), None),
        until="",
        ended=False,  # the file holds only what one can still enrol in
        language=_language(row["VOERTAAL"]),
        for_workers=None,
        url=row["WEBSITE"],
    )


HO = Source(
    "ho",
    "HO Opleidingsoverzicht",
    "https://onderwijsdata.duo.nl/dataset/ho_opleidingsoverzicht",
    (
        *("ONDERWIJSAANBIEDER_NAAM", "SOORT", "ERKENDEOPLEIDINGSCODE", "VARIANT_VAN", "NAAM_LANG", "NIVEAU", "VORM"),
        *("VOERTAAL", "WEBSITE"),
        *("AANGEBODEN_OPLEIDING_EINDDATUM", "LAATSTE_INSTROOMDATUM", "EISEN_WERKZAAMHEDEN", "ONDERWIJSLOCATIEPLAATS"),
    ),
    _of_ho,
    _official_ho,
)
MBO = Source(
    "mbo",
    "MBO Opleidingsaanbod",
    "https://onderwijsdata.duo.nl/dataset/mbo_opleidingsaanbod",
    (
        *("OPLEIDINGSEENHEID_NAAM", "ERKENDEOPLEIDINGSCODE", "NAAM", "POSTCODE", "PLAATSNAAM", "LEERTRAJECT"),
        *("MBONIVEAU", "VOERTAAL", "WEBSITE"),
    ),
    _of_mbo,
)
SOURCES = (HO, MBO)


def _is_day(said: str) -> bool:
    try:
        return bool(date.fromisoformat(said))
    except ValueError:
        return False


def _language(said: str) -> str:
    return " ".join(LANGUAGES.get(code.strip(), code.strip().lower()) for code in said.split(",") if code.strip())


# ------------------------------------------------------------------ reading
def encoding_of(path: Path) -> str:
    """UTF-8 when all of the file is, else Windows-1252; raises NotThisFile when it is neither."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            with path.open(encoding=encoding, newline="") as file:
                while file.read(1 << 20):
                    pass
        except UnicodeDecodeError:
            continue
        return encoding
    raise NotThisFile(f"{path} is no text in UTF-8 or Windows-1252. Download it again from DUO, as CSV.")


def rows_of(path: Path, encoding: str) -> Iterator[tuple[Source, Row | None]]:
    """Each row with the file that it is of, None for a broken one; raises NotThisFile for another file.

    DUO does not double the quotes within a cell ("Stichting "De Kempel""), so a broken row is no proof of anything.
    Only one at the very end is: the file was cut off there, which raises NotThisFile too.
    """
    with path.open(encoding=encoding, newline="") as file:
        first = file.readline()
        delimiter = max(",;\t", key=first.count)
        header = [name.strip() for name in next(csv.reader([first], delimiter=delimiter), [])]
        source = _source(header, path)
        reader = csv.reader(file, delimiter=delimiter)
        cells: list[str] = header
        try:
            for cells in reader:
                if len(cells) == len(header):
                    yield source, {name: " ".join(cell.split()) for name, cell in zip(header, cells, strict=True)}
                elif cells:
                    yield source, None
        except csv.Error as error:
            raise _cut_off(path, reader.line_num + 1, f"cannot be read ({error})") from error
        if cells and len(cells) != len(header):
            raise _cut_off(path, reader.line_num + 1, f"has {len(cells)} cells, and the header {len(header)}")
        if _ends_within_a_cell(path):
            raise _cut_off(path, reader.line_num + 1, "ends within a cell")


def _ends_within_a_cell(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - (1 << 16)))
        return file.read().rpartition(b"\n")[2].count(b'"') % 2 == 1


def _source(header: Sequence[str], path: Path) -> Source:
    missing = {source: [name for name in source.columns if name not in header] for source in SOURCES}
    nearest = min(SOURCES, key=lambda source: len(missing[source]))
    if not missing[nearest]:
        return nearest
    if len(missing[nearest]) == len(nearest.columns):
        raise NotThisFile(
            f"{path} is neither of DUO's files: HO Opleidingsoverzicht ({HO.url}) or MBO Opleidingsaanbod ({MBO.url}). "
            f"Its columns are: {', '.join(header[:6]) or 'none'}."
        )
    raise NotThisFile(f"{path} looks like {nearest.title}, and lacks the columns {', '.join(missing[nearest])}.")


def _cut_off(path: Path, line: int, what: str) -> NotThisFile:
    return NotThisFile(
        f"{path}: line {line} {what}. The file may have been cut off: download it again. Nothing was written."
    )


# ------------------------------------------------------------------ from rows to a table
def read(path: Path, schools: Mapping[str, School], towns: Towns, dated: str, on: date) -> Imported:
    """What a file of DUO says; raises NotThisFile. `dated`: the day of the file; `on`: the day for ended intakes."""
    encoding, today = encoding_of(path), on.isoformat()
    kept: dict[tuple[str, str, str], SchoolCourse] = {}
    official: dict[str, str] = {}
    book, source, number = _Schools(schools, towns), None, 0
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
        found = f": {_counts(left_out + unplaced)}" if number else ""
        raise NotThisFile(f"{path} has no row that people can enrol in{found}. Nothing was written.")
    if left_out[BROKEN] > MOST_BROKEN * number:
        raise NotThisFile(
            f"{left_out[BROKEN]} of {number} rows in {path} have another number of cells than the header."
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
    address = f"https://{said}" if said.startswith("www.") else said
    return address if re.fullmatch(r"https?://[^\s,\"]+\.[^\s,\"]+", address) else None


def _joined(one: SchoolCourse, other: SchoolCourse) -> SchoolCourse:
    """Two rows for the same diploma in the same place: other forms, most often."""
    forms = tuple(form for form in StudyForm if form in (*one.forms, *other.forms))
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


class _Schools:
    """The schools by what files call them, and those that nobody knew yet."""

    def __init__(self, schools: Mapping[str, School], towns: Towns) -> None:
        self._known = schools
        self._towns = towns
        self._ids = {plain(name): one.id for one in schools.values() for name in (one.name, *one.aliases)}
        self._new: dict[str, tuple[str, SchoolKind]] = {}
        self._places: dict[str, dict[str, None]] = {}
        self._at = {
            one.id: {found for place in one.places for found in towns.municipalities(place)} for one in schools.values()
        }
        self._found: dict[tuple[str, str, str], tuple[str | None, str]] = {}

    def named(self, name: str, kind: SchoolKind) -> str:
        """The id of a school; one that nobody knows gets a new one."""
        if found := self._ids.get(plain(name)):
            return found
        slug = re.sub(r"\s+", "-", plain(name)) or "school"
        slug = slug if slug[0].isalpha() else f"school-{slug}"
        taken = self._known.keys() | self._new.keys()
        school = next(one for one in (slug, *(f"{slug}-{number}" for number in range(2, 99))) if one not in taken)
        self._new[school] = name, kind
        self._ids[plain(name)] = school
        return school

    def place(self, said: Said, school: str) -> tuple[str | None, str]:
        """The town as we write it, None when nobody says which; or what is wrong with it."""
        key = said.place, said.postcode[:4], school
        if key not in self._found:
            self._found[key] = self._place(said.place, said.postcode, school)
            if (place := self._found[key][0]) and school in self._new:
                self._places.setdefault(school, {})[place] = None
        return self._found[key]

    def _place(self, said: str, postcode: str, school: str) -> tuple[str | None, str]:
        there = self._towns.at_postcode(postcode) if postcode else None
        if not said and not there:
            own = self._known[school].places if school in self._known else ()
            return (own[0], "") if len(own) == 1 else (None, "")
        found = self._towns.municipalities(said)
        town = self._towns.spelled(said)
        if there and there not in found:
            return there, ""  # a hamlet that we do not know, or a postcode beats a name
        if len(found) == 1:
            return town, ""
        meant = [there] if there else [one for one in found if one in self._at.get(school, ())]
        if len(meant) == 1:
            return f"{town} ({meant[0]})", ""
        if found:
            return (
                None,
                f"{said} is in {', '.join(found)}: give {school} the place '{town} ({found[0]})' in schools.yaml",
            )
        return None, f"no municipality has a place {said!r}: add it in knowledge/places/"

    def new(self, source: str, dated: str) -> Iterator[School]:
        for name, (called, kind) in self._new.items():
            places = tuple(sorted(self._places.get(name, ())))
            yield School(name, called, kind, source, dated, Location(SCHOOLS, 1, 1), places=places)


def _counts(counter: Counter[str]) -> str:
    return ", ".join(f"{number} {what}" for what, number in counter.most_common())


# ------------------------------------------------------------------ what changed, and writing
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


MOST_SHOWN = 10  # lines of each kind of change


def report(found: Imported, changed: Changes, schools: Mapping[str, School]) -> Iterator[str]:
    """What an import found and changed, in lines for who runs it."""
    spelled = "UTF-8" if found.encoding == "utf-8-sig" else "Windows-1252"
    title, courses = f"{found.source.title} of {found.table.dated}", len(found.table.rows)
    yield f"{title}: {found.rows} rows ({spelled}), {courses} courses."
    if found.left_out:
        yield f"Left out: {_counts(found.left_out)}."
    for trouble, number in found.unplaced.most_common():
        yield f"Left out: {number} in a place that is not clear: {trouble}"
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
    return (
        f"{school}, {row.place or 'place unknown'}: {row.name} ({row.code}; {', '.join(row.forms) or 'form unknown'})"
    )


def _other(old: SchoolCourse, new: SchoolCourse) -> str:
    names = ("name", "levels", "forms", "until", "language", "for_workers", "url")
    said = ((name, getattr(old, name), getattr(new, name)) for name in names)
    return "; ".join(f"{name} {_said(was)} -> {_said(now)}" for name, was, now in said if was != now)


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else "nothing" if value is None else str(value)


def shrunk(before: CourseTable | None, after: CourseTable) -> bool:
    """Whether so much is gone that the file is most likely not whole."""
    return before is not None and len(after.rows) < KEPT_AT_LEAST * len(before.rows)


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
    text = SCHOOLS_HEAD + yaml.dump(entries, Dumper=_Quoted, allow_unicode=True, sort_keys=False, width=10_000)
    half = path.with_name(f".{path.name}.half")
    try:
        half.write_text(text, encoding="utf-8")
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


class _Quoted(yaml.SafeDumper):
    """Every text in quotes: a school that is called "no" or "112" stays text."""


_Quoted.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))
