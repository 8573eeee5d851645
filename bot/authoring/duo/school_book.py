"""The schools and towns that a file names, as those that we know; schools that nobody knew get an id."""

import re
from collections.abc import Iterator, Mapping

from bot.authoring.duo.formats import Said
from bot.content.problems import Location
from bot.content.schools import School, SchoolKind
from bot.content.towns import Towns, plain

SCHOOLS = "knowledge/schools/imported.yaml"


class SchoolBook:
    """The schools by what files call them, and those that nobody knew yet."""

    def __init__(self, schools: Mapping[str, School], towns: Towns) -> None:
        self._known = schools
        self._towns = towns
        self._ids = {plain(name): one.id for one in schools.values() for name in (one.name, *one.aliases)}
        self._new: dict[str, tuple[str, SchoolKind]] = {}
        self._places: dict[str, dict[str, None]] = {}
        # What an import wrote is no second witness: importing a file twice gives the same table.
        self._own = {one.id: one.places for one in schools.values() if one.at.file != SCHOOLS}
        self._at = {
            name: {found for place in places for found in towns.municipalities(place)}
            for name, places in self._own.items()
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
            own = self._own.get(school, ())
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
        for name, (called, kind) in sorted(self._new.items()):
            places = tuple(sorted(self._places.get(name, ())))
            yield School(name, called, kind, source, dated, Location(SCHOOLS, 1, 1), places=places)
