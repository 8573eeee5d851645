"""Which schools near somebody give a diploma, and what proves it.

    nearby = compiled.schools.near(["verzorgende-ig"], home=municipality.coordinates, on=today, reach_km=30)
    nearby.proven    # within reach, the strongest proof first: school, place, km, year, forms, url
    nearby.ask       # the nearest schools that may give it, without proof of the place: "ask whether they give it"
    nearby.farther   # the nearest proof beyond the reach, when there is none within
    compiled.schools.for_occupations(["care-worker"])    # ("verzorgende-ig", ...), closest first

A proof never says more than its source does: `Proof.evidence` is what kind it is, `Proof.year` of when it is, and
`Proof.exact` whether it is about this diploma or only about a trade that the diploma belongs to.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import asin, cos, radians, sin, sqrt

from bot.content.knowledge import Municipality
from bot.content.patterns import Choice, parse
from bot.content.schools import Degree, Evidence, Qualification, School, SchoolCourse, Schooling, SchoolKind, StudyForm
from bot.content.towns import Towns, plain
from bot.recognisers.patterns import Patterns

EARTH = 12742.0  # km, its diameter
REACH_KM = 30.0
MOST_ASKED = 3

# From strong to weak. What was read of a trade is weaker than any proof of the diploma itself.
STRENGTH = {
    (Evidence.OFFERED, True): 0,
    (Evidence.ENROLLED, True): 1,
    (Evidence.FOR_ADULTS, True): 1,
    (Evidence.TAUGHT, True): 2,
    (Evidence.FOR_ADULTS, False): 3,
    (Evidence.TAUGHT, False): 4,
}
NO_YEAR = "0000"
Point = tuple[float, float, float]  # on a globe with a radius of 1


@dataclass(frozen=True, slots=True)
class Proof:
    """What proves that a school gives a diploma, or gave it.

    `place` and `municipality` are empty, and `km` infinite, when the source says only which school. `name`: the
    official name of what is taught; None when the source has only a trade. `year`: of the source; None when it has no
    date. `url`: the page of the course when `evidence` is OFFERED, else the page that shows it. `until`: the last day
    to begin.
    """

    school: School
    qualification: str
    place: str
    municipality: str
    km: float
    evidence: Evidence
    exact: bool
    dated: str | None
    name: str | None
    levels: tuple[str, ...]
    forms: tuple[StudyForm, ...]
    language: str | None
    for_workers: bool | None
    trade: str | None
    until: str | None
    url: str | None

    @property
    def year(self) -> int | None:
        return int(self.dated[:4]) if self.dated else None

    @property
    def strength(self) -> int:
        """How strong it is: 0 is the strongest."""
        return STRENGTH[self.evidence, self.exact]

    @property
    def is_now(self) -> bool:
        """Whether the register has it as something that one can enrol in."""
        return self.evidence is Evidence.OFFERED


@dataclass(frozen=True, slots=True)
class SchoolToAsk:
    """A school near somebody of which no source says that it gives the diploma there.

    `elsewhere`: a proof that it gives it in another place, or in one that the source does not name; None: no proof.
    """

    school: School
    place: str
    municipality: str
    km: float
    elsewhere: Proof | None


@dataclass(frozen=True, slots=True)
class Nearby:
    """The schools for some diplomas around a home. `unplaced`: proofs of schools that have no place, such as one for
    study at a distance."""

    proven: tuple[Proof, ...]
    ask: tuple[SchoolToAsk, ...]
    farther: Proof | None
    unplaced: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class _Spot:
    """A school in a municipality, with the proofs that it gives a diploma there, the strongest first."""

    at: Point
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class _Site:
    """A place of a school."""

    school: School
    place: str
    municipality: str
    at: Point


class Schools:
    """The schools by the diplomas that they give, built once."""

    def __init__(self, schooling: Schooling, municipalities: Iterable[Municipality]) -> None:
        self._schooling = schooling
        self._points = {one.name: _point(*one.coordinates) for one in municipalities}
        self._spots: dict[str, tuple[_Spot, ...]] = {}
        self._unplaced: dict[str, tuple[Proof, ...]] = {}
        towns = _Resolved(Towns(municipalities))
        found: dict[str, list[Proof]] = defaultdict(list)
        reader = Reader(schooling.qualifications.values())
        for table in schooling.tables:
            for row in table.rows:
                if school := schooling.schools.get(row.school):
                    for qualification, exact in reader.read(row):
                        proof = _proof(row, table.dated, school, qualification, exact=exact)
                        found[qualification].append(replace(proof, municipality=towns[row.place] if row.place else ""))
        for qualification, proofs in found.items():
            self._spots[qualification] = tuple(self._in_spots(proof for proof in proofs if proof.municipality))
            self._unplaced[qualification] = tuple(_ordered(proof for proof in proofs if not proof.municipality))
        self._sites = self._places(towns)
        self._by_occupation = _by_occupation(schooling.qualifications.values())

    def for_occupations(self, occupations: Iterable[str]) -> tuple[str, ...]:
        """The diplomas that lead to any of these occupations, those that are closest to it first."""
        ranked = ((rank, one) for occupation in occupations for rank, one in self._by_occupation.get(occupation, ()))
        return tuple(dict.fromkeys(one for _, one in sorted(ranked)))

    def near(
        self,
        qualifications: Iterable[str],
        home: tuple[float, float],
        *,
        on: date,
        reach_km: float = REACH_KM,
    ) -> Nearby:
        """The schools for some diplomas around a home, given as latitude and longitude in degrees.

        Distances are in kilometres as the crow flies between main towns of municipalities, as everywhere in the bot.
        One proof for each school in each municipality: its strongest that has not ended on that day.
        """
        here, today, wanted = _point(*home), on.isoformat(), tuple(dict.fromkeys(qualifications))
        within: dict[tuple[str, str], Proof] = {}
        beyond: Proof | None = None
        for qualification in wanted:
            for spot in self._spots.get(qualification, ()):
                proof = _valid(spot.proofs, today)
                km = _km(here, spot.at)
                if proof is None or (km > reach_km and beyond is not None and km >= beyond.km):
                    continue
                proof = replace(proof, km=km)
                if km > reach_km:
                    beyond = proof
                    continue
                key = proof.school.id, proof.municipality
                if key not in within or proof.strength < within[key].strength:
                    within[key] = proof
        proven = tuple(_ordered(within.values()))
        elsewhere = self._elsewhere(wanted, today)
        return Nearby(
            proven,
            tuple(self._to_ask(wanted, here, reach_km, within, elsewhere)),
            None if proven else beyond,
            tuple(proof for proof in elsewhere.values() if not self._sites_of(proof.school)),
        )

    def _elsewhere(self, qualifications: Iterable[str], today: str) -> Mapping[str, Proof]:
        """The strongest proof of each school, in whatever place."""
        best: dict[str, Proof] = {}
        for qualification in qualifications:
            groups = [(one,) for one in self._unplaced.get(qualification, ())]
            for proofs in (*(spot.proofs for spot in self._spots.get(qualification, ())), *groups):
                proof = _valid(proofs, today)
                if proof and (proof.school.id not in best or proof.strength < best[proof.school.id].strength):
                    best[proof.school.id] = proof
        return best

    def _to_ask(
        self,
        qualifications: Iterable[str],
        here: Point,
        reach_km: float,
        within: Mapping[tuple[str, str], Proof],
        elsewhere: Mapping[str, Proof],
    ) -> Iterator[SchoolToAsk]:
        kinds = {kind for one in qualifications for kind in self._kinds_of(one)}
        proven = {school for school, _ in within}
        near: dict[str, tuple[float, _Site]] = {}
        for kind in kinds:
            for site in self._sites[kind]:
                school = site.school
                if school.id in proven or not (school.broad or school.id in elsewhere):
                    continue
                km = _km(here, site.at)
                if km <= reach_km and (school.id not in near or km < near[school.id][0]):
                    near[school.id] = km, site

        def likeliest(one: tuple[float, _Site]) -> tuple[bool, float, str]:
            """First who gave it in a place that the source does not name: that may be here."""
            proof = elsewhere.get(one[1].school.id)
            return proof is None or bool(proof.place), one[0], one[1].school.id

        for km, site in sorted(near.values(), key=likeliest)[:MOST_ASKED]:
            yield SchoolToAsk(site.school, site.place, site.municipality, km, elsewhere.get(site.school.id))

    def _kinds_of(self, qualification: str) -> Iterator[SchoolKind]:
        one = self._schooling.qualifications[qualification]
        if Degree.MBO in one.degrees:
            yield SchoolKind.MBO
        elif one.level == "wo":
            yield SchoolKind.UNIVERSITY
        else:
            yield SchoolKind.HOGESCHOOL

    def _in_spots(self, proofs: Iterable[Proof]) -> Iterator[_Spot]:
        together: dict[tuple[str, str], list[Proof]] = defaultdict(list)
        for proof in proofs:
            together[proof.school.id, proof.municipality].append(proof)
        for (_, municipality), some in together.items():
            yield _Spot(self._points[municipality], tuple(_ordered(some)))

    def _places(self, towns: "_Resolved") -> Mapping[SchoolKind, tuple[_Site, ...]]:
        """Where schools are: the places that their entry names, and those that a table proves."""
        sites: dict[tuple[str, str], _Site] = {}
        named = [(school, place) for school in self._schooling.schools.values() for place in school.places]
        rows = (row for table in self._schooling.tables for row in table.rows if row.place)
        schools = self._schooling.schools
        named += [(schools[row.school], row.place) for row in rows if row.place and row.school in schools]
        for school, place in named:
            municipality = towns[place]
            site = _Site(school, _town(place), municipality, self._points[municipality])
            sites.setdefault((school.id, municipality), site)
        return {kind: tuple(one for one in sites.values() if one.school.kind is kind) for kind in SchoolKind}

    def _sites_of(self, school: School) -> bool:
        return any(site.school.id == school.id for site in self._sites[school.kind])


class Reader:
    """Which diplomas a row of a table is about."""

    def __init__(self, qualifications: Iterable[Qualification]) -> None:
        self._by_trade: dict[str, list[Qualification]] = defaultdict(list)
        patterns: dict[tuple[Degree, str], list[tuple[str, str]]] = defaultdict(list)
        for one in qualifications:
            for trade in one.trades:
                self._by_trade[trade].append(one)
            for degree in one.degrees:
                group = degree, "" if degree is Degree.MBO else one.level
                patterns[group] += [(pattern, f"{_words(pattern)} {one.id}") for pattern in one.patterns]
        self._patterns = {group: Patterns(some) for group, some in patterns.items()}
        self._named: dict[tuple[tuple[Degree, str], str], tuple[str, ...]] = {}

    def read(self, row: SchoolCourse) -> Iterator[tuple[str, bool]]:
        """The diplomas, each with whether the row is about that diploma itself, and not only about its trade."""
        named = row.qualifications
        if not named and row.name and row.degree:
            group = row.degree, "" if row.degree is Degree.MBO else next(iter(row.levels), "")
            named = self.named(group, row.name)
        yield from ((one, True) for one in named)
        if row.trade and not row.qualifications:
            for one in self._by_trade.get(row.trade, ()):
                if not row.levels or one.level in row.levels:
                    yield one.id, False

    def named(self, group: tuple[Degree, str], name: str) -> tuple[str, ...]:
        """The diplomas that an official name means: those of the pattern with most words."""
        key = group, name
        if key not in self._named:
            patterns = self._patterns.get(group)
            hits = sorted(patterns.find(f" {plain(name)} ")) if patterns else []
            found = [(int(words), one) for words, one in (hit.split(" ", 1) for hit in hits)]
            most = max((words for words, _ in found), default=0)
            self._named[key] = tuple(one for words, one in found if words == most)
        return self._named[key]


def _words(pattern: str) -> int:
    return sum(isinstance(part, Choice) and not part.optional for part in parse(pattern))


class _Resolved:
    """The municipality of each place, looked up once; that it is one was checked when the content was read."""

    def __init__(self, towns: Towns) -> None:
        self._towns = towns
        self._known: dict[str, str] = {}

    def __getitem__(self, place: str) -> str:
        if place not in self._known:
            self._known[place] = self._towns.municipalities(place)[0]
        return self._known[place]


def _by_occupation(qualifications: Iterable[Qualification]) -> Mapping[str, tuple[tuple[int, str], ...]]:
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for one in qualifications:
        for rank, occupation in enumerate(one.occupations):
            found[occupation].append((rank, one.id))
    return {occupation: tuple(some) for occupation, some in found.items()}


def _proof(row: SchoolCourse, dated: str, school: School, qualification: str, *, exact: bool) -> Proof:
    return Proof(
        school=school,
        qualification=qualification,
        place=_town(row.place) if row.place else "",
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
    )


def _town(place: str) -> str:
    """The town without the municipality behind it, which only tells it from others of its name."""
    return place.partition(" (")[0]


def _ordered(proofs: Iterable[Proof]) -> list[Proof]:
    """The strongest first, then the nearest, then the newest."""
    newest = sorted(proofs, key=lambda proof: (proof.dated or NO_YEAR, len(proof.forms), proof.school.id), reverse=True)
    return sorted(newest, key=lambda proof: (proof.strength, proof.km))


def _valid(proofs: tuple[Proof, ...], today: str) -> Proof | None:
    return next((proof for proof in proofs if proof.until is None or proof.until >= today), None)


def _point(latitude: float, longitude: float) -> Point:
    north, east = radians(latitude), radians(longitude)
    return cos(north) * cos(east), cos(north) * sin(east), sin(north)


def _km(one: Point, other: Point) -> float:
    """Kilometres along the globe between two points (the chord, and the arc above it)."""
    x, y, z = one[0] - other[0], one[1] - other[1], one[2] - other[2]
    return EARTH * asin(min(1.0, sqrt(x * x + y * y + z * z) / 2))
