"""Checks of what is known of schools: that its places, levels and names exist, and are those of one thing only."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.content.country import Country
from bot.content.knowledge import Knowledge
from bot.content.problems import Location, Problem, did_you_mean
from bot.content.schools import CourseTable, SchoolCourse, Schooling
from bot.content.towns import Towns, plain

MOST_SAID = 20  # problems of a table: the rest is most often the same one again


def problems_of(knowledge: Knowledge, country: Country) -> Iterator[Problem]:
    """What is wrong in `qualifications.yaml`, `schools.yaml` and the tables of courses."""
    schooling, towns = knowledge.schooling, Towns(knowledge.municipalities.values())
    levels = [level.id for level in country.levels]
    for one in schooling.qualifications.values():
        if one.level not in levels:
            message, hint = f"there is no level {one.level!r}", did_you_mean(one.level, levels)
            yield Problem(one.at, message, hint, "K082", within=("level",), lacks=one.level)
        if one.legal and not one.legal_source:
            hint = "Write it in 'legal_source', or leave it out."
            yield Problem(one.at, "nobody says where 'legal' was read", hint, "K089", within=("legal",))
    yield from _shared_names(schooling)
    for school in schooling.schools.values():
        for place in school.places:
            yield from misplaced(place, school.at, towns)
    known = _Known(schooling, levels, towns)
    for table in schooling.tables:
        found = list(_of_table(table, known))
        yield from found[:MOST_SAID]
        if len(found) > MOST_SAID:
            more = len(found) - MOST_SAID
            yield Problem(
                found[MOST_SAID].at, f"and {more} problems more from here on", "Import the file again.", "K088"
            )


def misplaced(place: str, at: Location, towns: Towns) -> Iterator[Problem]:
    """A place that nobody knows, or that several municipalities have."""
    found = towns.municipalities(place)
    if not found:
        hint = did_you_mean(place, towns.names) or "Add it to its municipality in knowledge/places/."
        message = f"no municipality has a place {place!r}"
        yield Problem(at, message, hint, "K083", within=("places", place), lacks=place)
    elif len(found) > 1:
        message = f"{place!r} is in {', '.join(found)}"
        hint = f"Say which one: {place} ({found[0]})."
        yield Problem(at, message, hint, "K084", within=("places", place))


def _shared_names(schooling: Schooling) -> Iterator[Problem]:
    """Two schools of one name: a file of DUO would not say which of them is meant."""
    taken: dict[str, str] = {}
    for school in schooling.schools.values():
        for name in dict.fromkeys(plain(name) for name in (school.name, *school.aliases)):
            other = taken.setdefault(name, school.id)
            if other != school.id:
                message = f"{school.id!r} and {other!r} are both called {name!r}"
                hint = "Leave the name with one of the two."
                yield Problem(school.at, message, hint, "K085", within=("aliases",))


@dataclass(frozen=True, slots=True)
class _Known:
    schooling: Schooling
    levels: list[str]
    towns: Towns


def _of_table(table: CourseTable, known: _Known) -> Iterator[Problem]:
    seen: dict[object, int] = {}
    places: dict[str, list[Problem]] = {}
    for row in table.rows:
        at = Location(table.file, row.line, 1)
        yield from _dangling(row, at, known)
        if row.place and row.place not in places:  # said once for each place
            places[row.place] = list(misplaced(row.place, at, known.towns))
            yield from places[row.place]
        same = (row.key, row.evidence, row.dated, row.trade, row.qualifications, row.url)
        if first := seen.get(same):
            yield Problem(at, f"the row on line {first} says the same", "Leave one of the two out.", "K087")
        seen.setdefault(same, row.line)


def _dangling(row: SchoolCourse, at: Location, known: _Known) -> Iterator[Problem]:
    schooling = known.schooling
    pointing: list[tuple[str, Iterable[str], Mapping[str, object] | list[str]]] = [
        ("school", [row.school], schooling.schools),
        ("trade", [row.trade] if row.trade else [], schooling.trades),
        ("qualification", row.qualifications, schooling.qualifications),
        ("level", row.levels, known.levels),
    ]
    for kind, names, there in pointing:
        for name in names:
            if name not in there:
                hint = did_you_mean(name, there)
                yield Problem(at, f"there is no {kind} {name!r}", hint, "K086", lacks=name)
