"""The schools by the diplomas that they give, around a home."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from math import asin, cos, radians, sin, sqrt

from bot.content.detours import Detours
from bot.content.knowledge import Municipality
from bot.content.schools import (
    GIVEN_BY,
    Degree,
    Evidence,
    Qualification,
    School,
    SchoolCourse,
    Schooling,
    SchoolKind,
    StudyForm,
)
from bot.content.towns import Towns, plain
from bot.schools.diplomas import Reader
from bot.schools.proof import OF_ONE_FAITH_KM, OF_REGISTER, Nearby, Proof, SchoolToAsk, ordered, says

EARTH = 12742.0  # km, its diameter
REACH_KM = 30.0
NO_DETOURS = Detours()
MOST_ASKED = 3
OTHER_STUDY_KM = 15.0  # how much farther one rather goes for the very study, when a diploma is of several
ALL_DAY_KM = 20.0  # how much farther one rather goes for what can be followed beside work
ELSEWHERE_KM = 10.0  # how much farther one rather asks who gives it in another town

Point = tuple[float, float, float]  # on a globe with a radius of 1


@dataclass(frozen=True, slots=True)
class _Spot:
    """A school in a municipality, with the proofs that it gives a diploma there, the strongest first."""

    at: Point
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What somebody looks for. `forms`: none when any will do. `named`: what the way is called, by `plain`."""

    today: str
    forms: frozenset[StudyForm] = field(default_factory=frozenset)
    named: str = ""

    def first(self, proofs: Iterable[Proof]) -> Proof | None:
        """The first of these that counts on that day, with how far it is from what is asked for."""
        proof = next((one for one in proofs if self._counts(one)), None)
        aside = self._aside(proof) if proof else 0.0
        return replace(proof, aside=aside) if proof and aside else proof

    def _counts(self, proof: Proof) -> bool:
        if proof.until is not None and proof.until < self.today:
            return False
        if not self.forms or proof.degree not in OF_REGISTER:
            return True
        # Who looks for one of both ways beside work may take the other: a job in the field, or only the lessons.
        all_day, beside = StudyForm.FULL_TIME in proof.forms, bool(set(proof.forms) - {StudyForm.FULL_TIME})
        return (all_day and StudyForm.FULL_TIME in self.forms) or (beside and self.forms != {StudyForm.FULL_TIME})

    def _aside(self, proof: Proof) -> float:
        of_other = OTHER_STUDY_KM if self.named and not proof.is_said_in(self.named) else 0.0
        of_faith = OF_ONE_FAITH_KM if proof.school.faith else 0.0
        return of_other + of_faith + (ALL_DAY_KM if proof.is_all_day and self.forms - {StudyForm.FULL_TIME} else 0.0)


@dataclass(frozen=True, slots=True)
class _Site:
    """A place of a school."""

    school: School
    place: str
    municipality: str
    at: Point


class Schools:
    """The schools by the diplomas that they give, built once."""

    def __init__(
        self, schooling: Schooling, municipalities: Iterable[Municipality], detours: Detours = NO_DETOURS
    ) -> None:
        self._schooling, self._detours = schooling, detours
        municipalities = tuple(municipalities)
        self._at = {one.coordinates: one.name for one in municipalities}
        self._points = {one.name: _point(*one.coordinates) for one in municipalities}
        self._spots: dict[str, tuple[_Spot, ...]] = {}
        self._by_school: dict[str, tuple[tuple[Proof, ...], ...]] = {}
        towns = _Resolved(Towns(municipalities))
        self._studies: dict[tuple[str, Degree | None], set[str]] = defaultdict(set)
        self._studies_at: dict[tuple[object, ...], set[str]] = defaultdict(set)
        found: dict[str, list[Proof]] = defaultdict(list)
        reader = Reader(schooling.qualifications.values())
        for table in schooling.tables:
            for row in table.rows:
                if school := schooling.schools.get(row.school):
                    # Whoever teaches in one town teaches it there.
                    place = row.place or (school.places[0] if len(school.places) == 1 else "")
                    municipality = towns[place] if place else ""
                    for qualification, exact, study in reader.studies(row):
                        if not exact and not _gives_all_of(row.trade, school, schooling.qualifications[qualification]):
                            continue
                        proof = _proof(row, table.dated, school, qualification, study, exact=exact)
                        there = replace(proof, place=_town(place), municipality=municipality)
                        found[qualification].append(there)
        for qualification, every in found.items():
            proofs = _of_studies(every)
            for proof in (one for one in proofs if one.study):
                self._studies[qualification, proof.degree].add(proof.study)
                self._studies_at[_at_school(proof)].add(proof.study)
            placed = (proof for proof in proofs if proof.municipality)
            spots = _together(placed, lambda proof: (proof.school.id, proof.municipality, *_kind(proof)))
            self._spots[qualification] = tuple(_Spot(self._points[one[0].municipality], one) for one in spots)
            self._by_school[qualification] = tuple(_together(proofs, lambda proof: (proof.school.id, *_kind(proof))))
        self._sites = self._places(towns)
        self._own_spots = {one.id: tuple(self._spots_of(one, towns)) for one in schooling.schools.values()}
        self._by_occupation = _by_occupation(schooling.qualifications.values())

    def for_occupations(self, occupations: Iterable[str]) -> tuple[str, ...]:
        """The diplomas that lead to any of these occupations, those that are closest to it first."""
        ranked = ((rank, one) for occupation in occupations for rank, one in self._by_occupation.get(occupation, ()))
        return tuple(dict.fromkeys(one for _, one in sorted(ranked)))

    def gives_all_of(self, proof: Proof, name: str) -> bool:
        """Whether a school has more than one of the studies that are in the name of a way, or there is only one in it.

        `name`: by `plain`. "Chemistry or chemical technology" is right where both are.
        """
        there = self._studies_at.get(_at_school(proof), ())
        return (
            len(_said_in(name, there)) > 1
            or len(_said_in(name, self._studies.get((proof.qualification, proof.degree), ()))) < 2
        )

    def near(
        self,
        qualifications: Iterable[str],
        home: tuple[float, float],
        *,
        on: date,
        reach_km: float = REACH_KM,
        given_by: Iterable[str] = (),
        forms: Iterable[StudyForm] = (),
        named: str = "",
    ) -> Nearby:
        """The schools for some diplomas around a home, given as latitude and longitude in degrees.

        `given_by`: schools that give what is asked in all of their places, whatever the tables say.
        `forms`: how it can be followed; who gives it all day only counts when that is one of them. `named`: what the
        way is called; of a diploma that is of several studies those are nearer that it names.
        Distances are in kilometres as the crow flies between main towns of municipalities, around water, as everywhere.
        One proof for each school in each municipality: its strongest that has not ended on that day.
        """
        here, wanted = _point(*home), tuple(dict.fromkeys(qualifications))
        asked = _Asked(on.isoformat(), frozenset(forms), plain(named))
        town = self._at.get(home, "")
        within: dict[tuple[str, str], tuple[float, Proof]] = {}
        beyond: tuple[float, Proof] | None = None
        givers = tuple(given_by)
        spots = [spot for one in wanted for spot in self._spots.get(one, ())]
        for spot in (*spots, *(spot for one in givers for spot in self._own_spots[one])):
            km = _km(here, spot.at) + self._detours.km(town, spot.proofs[0].municipality)
            if km > reach_km and beyond and km >= beyond[0] + beyond[1].aside:
                continue
            if proof := asked.first(spot.proofs):
                key = proof.school.id, proof.municipality
                if km > reach_km:
                    if beyond is None or km + proof.aside < beyond[0] + beyond[1].aside:
                        beyond = km, proof
                elif key not in within or _rank(proof) < _rank(within[key][1]):
                    within[key] = km, proof
        proven = ordered(replace(proof, km=km) for km, proof in within.values())
        elsewhere = self._elsewhere(wanted, asked)
        anywhere = (*elsewhere.values(), *(_proof_of_school(self._schooling.schools[one]) for one in givers))
        return Nearby(
            tuple(proven),
            tuple(self._to_ask(wanted, home, reach_km, {proof.school.id for proof in proven}, elsewhere, asked)),
            replace(beyond[1], km=beyond[0]) if beyond and not proven else None,
            tuple(ordered(proof for proof in anywhere if proof.school.nationwide)),
        )

    def _elsewhere(self, qualifications: Iterable[str], asked: _Asked) -> Mapping[str, Proof]:
        """The strongest proof of each school, in whatever place."""
        best: dict[str, Proof] = {}
        for proofs in (proofs for one in qualifications for proofs in self._by_school.get(one, ())):
            proof = asked.first(proofs)
            if proof and (proof.school.id not in best or _rank(proof) < _rank(best[proof.school.id])):
                best[proof.school.id] = proof
        return best

    def _to_ask(
        self,
        qualifications: Iterable[str],
        home: tuple[float, float],
        reach_km: float,
        proven: Collection[str],
        elsewhere: Mapping[str, Proof],
        asked: _Asked,
    ) -> Iterator[SchoolToAsk]:
        here, town = _point(*home), self._at.get(home, "")
        diplomas = [self._schooling.qualifications[one] for one in qualifications]
        kinds = {GIVEN_BY[degree] for diploma in diplomas for degree in diploma.degrees}
        spots = (spot for one in qualifications for spot in self._spots.get(one, ()))
        placed = {spot.proofs[0].school.id for spot in spots if asked.first(spot.proofs)}
        near: dict[str, tuple[float, _Site]] = {}
        for kind in kinds:
            for site in self._sites[kind]:
                school = site.school
                if school.id in proven or not _may_give(
                    school, diplomas, elsewhere.get(school.id), is_placed=school.id in placed
                ):
                    continue
                km = _km(here, site.at) + self._detours.km(town, site.municipality)
                if km <= reach_km and (school.id not in near or km < near[school.id][0]):
                    near[school.id] = km, site

        # Who gives it in another town is likelier to give it here than who is a little nearer.
        def rank(one: tuple[float, _Site]) -> tuple[float, str]:
            km, school = one[0], one[1].school
            of_faith = OF_ONE_FAITH_KM if school.faith else 0.0
            return km + of_faith + (0.0 if school.id in elsewhere else ELSEWHERE_KM), school.id

        for km, site in sorted(near.values(), key=rank)[:MOST_ASKED]:
            yield SchoolToAsk(site.school, site.place, site.municipality, km, elsewhere.get(site.school.id))

    def _spots_of(self, school: School, towns: "_Resolved") -> Iterator[_Spot]:
        """The places of a school that gives something in all of them."""
        for place in school.places:
            municipality = towns[place]
            proof = replace(_proof_of_school(school), place=_town(place), municipality=municipality)
            yield _Spot(self._points[municipality], (proof,))

    def _places(self, towns: "_Resolved") -> Mapping[SchoolKind, tuple[_Site, ...]]:
        """Where schools are: the places that their entry names, and those that a table proves.

        A place of which a table only says that one diploma is given there is no place to ask for another.
        """
        sites: dict[tuple[str, str], _Site] = {}
        named = [(school, place) for school in self._schooling.schools.values() for place in school.places]
        rows = (row for table in self._schooling.tables for row in table.rows if row.place)
        schools = self._schooling.schools
        broad = (
            row for row in rows if row.school in schools and not (schools[row.school].places and row.qualifications)
        )
        named += [(schools[row.school], row.place) for row in broad if row.place]
        for school, place in named:
            municipality = towns[place]
            site = _Site(school, _town(place), municipality, self._points[municipality])
            sites.setdefault((school.id, municipality), site)
        return {kind: tuple(one for one in sites.values() if one.school.kind is kind) for kind in SchoolKind}


class _Resolved:
    """The municipality of each place, looked up once; that it is one was checked when the content was read."""

    def __init__(self, towns: Towns) -> None:
        self._towns = towns
        self._known: dict[str, str] = {}

    def __getitem__(self, place: str) -> str:
        if place not in self._known:
            self._known[place] = self._towns.municipalities(place)[0]
        return self._known[place]


def _gives_all_of(trade: str | None, school: School, diploma: Qualification) -> bool:
    """Whether a page that names a trade says something of a diploma of it.

    A trainer gives what a page says and not all of a trade, a school of a few trades all of its own ones, and of a
    rare diploma a "building department" proves nothing. A school that asks a faith is sent to only for what it surely
    gives.
    """
    is_own = (school.broad and not school.faith) or trade in school.trades
    return school.kind is not SchoolKind.PRIVATE and is_own and not diploma.rare


def _may_give(school: School, diplomas: Iterable[Qualification], elsewhere: Proof | None, *, is_placed: bool) -> bool:
    """Whether a school may give a diploma in a place where nothing proves that it does.

    A broad mbo school gives most diplomas, one of a few trades those of its own trades and those that are proven as
    such; of a rare one only the proof counts, in the place that it names. Of hogescholen and universities the register
    knows what they give and where (`is_placed`): they give it nowhere else.
    """
    if school.kind is not SchoolKind.MBO:
        return elsewhere is not None and not is_placed
    if elsewhere is not None and elsewhere.exact:
        # What few schools give is given where the page says, and not in all other towns of that school.
        return not (elsewhere.place and all(one.rare for one in diplomas))
    return any(
        not diploma.rare and (school.broad or not set(diploma.trades).isdisjoint(school.trades)) for diploma in diplomas
    )


def _by_occupation(qualifications: Iterable[Qualification]) -> Mapping[str, tuple[tuple[int, str], ...]]:
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for one in qualifications:
        for rank, occupation in enumerate(one.occupations):
            found[occupation].append((rank, one.id))
    return {occupation: tuple(some) for occupation, some in found.items()}


def _kind(proof: Proof) -> tuple[str | None, bool] | tuple[()]:
    """What is another study at the same school, or another way to follow it."""
    return (proof.code or proof.name, proof.is_all_day) if proof.degree in OF_REGISTER else ()


def _at_school(proof: Proof) -> tuple[object, ...]:
    return proof.qualification, proof.degree, proof.school.id, proof.municipality, proof.is_all_day


def _said_in(name: str, studies: Iterable[str]) -> list[str]:
    """Those of the studies that a name has, without what is a part of another: "hbo ict" says no "ict" beside it."""
    said = {one: set(one.split()) - {"."} for one in studies if says(name, one)}
    return [one for one, words in said.items() if not any(words < others for others in said.values())]


def _rank(proof: Proof) -> tuple[float, int]:
    """Of what one school gives in one town: what was asked for first, then what is proven best."""
    return proof.aside, proof.strength


def _of_studies(proofs: Iterable[Proof]) -> list[Proof]:
    """Of a diploma that is one study in the register: whatever a school calls it, it is that very study."""
    proofs = list(proofs)
    codes: dict[Degree | None, set[str]] = defaultdict(set)
    for proof in proofs:
        if proof.code:
            codes[proof.degree].add(proof.code)
    return [replace(proof, study="") if len(codes[proof.degree]) == 1 else proof for proof in proofs]


def _proof(row: SchoolCourse, dated: str, school: School, qualification: str, study: str = "", *, exact: bool) -> Proof:
    return Proof(
        school=school,
        qualification=qualification,
        place="",
        municipality="",
        km=float("inf"),
        evidence=row.evidence,
        exact=exact,
        # What the register holds is of the day of the file; a page without a day stays without one.
        dated=row.dated or (dated if row.evidence is Evidence.OFFERED else None),
        name=row.name,
        levels=row.levels,
        forms=row.forms,
        language=row.language,
        for_workers=row.for_workers,
        trade=row.trade,
        until=row.until,
        url=row.url,
        code=row.code,
        degree=row.degree,
        study=study if row.degree in OF_REGISTER else "",
    )


def _proof_of_school(school: School) -> Proof:
    """What its own entry proves of a school: that it trains for what its routes lead to."""
    row = SchoolCourse(school.id, None, Evidence.FOR_ADULTS, school.dated, school.at.line, url=school.source)
    return _proof(row, "", school, "", exact=True)


def _town(place: str) -> str:
    """The town without the municipality behind it, which only tells it from others of its name."""
    return place.partition(" (")[0]


def _together(proofs: Iterable[Proof], by: Callable[[Proof], Hashable]) -> Iterator[tuple[Proof, ...]]:
    """The proofs of one school, or of one in a town: the strongest first, up to one that does not end."""
    groups: dict[Hashable, list[Proof]] = defaultdict(list)
    for proof in proofs:
        groups[by(proof)].append(proof)
    for some in map(ordered, groups.values()):
        lasting = next((number for number, proof in enumerate(some) if proof.until is None), len(some))
        yield tuple(some[: lasting + 1])


def _point(latitude: float, longitude: float) -> Point:
    north, east = radians(latitude), radians(longitude)
    return cos(north) * cos(east), cos(north) * sin(east), sin(north)


def _km(one: Point, other: Point) -> float:
    """Kilometres along the globe between two points (the chord, and the arc above it)."""
    x, y, z = one[0] - other[0], one[1] - other[1], one[2] - other[2]
    return EARTH * asin(min(1.0, sqrt(x * x + y * y + z * z) / 2))
