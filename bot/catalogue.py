"""The programmes and routes, as ranking looks them up: by sector and by occupation."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import NamedTuple

from bot.content.knowledge import (
    EVERY_SECTOR,
    Audience,
    Form,
    MoneyForm,
    Occupation,
    Offerable,
    Programme,
    ProgrammeKind,
    ProgrammeStatus,
    Route,
    RouteKind,
    Rule,
    Sector,
    Subsidy,
)
from bot.eligibility import Facts, Truth, both, judge

# Answers to questions and places to know, but nothing that anybody enrols in or is helped by.
NO_OFFER = frozenset(
    {ProgrammeKind.NETWORK, ProgrammeKind.TRAINING_CENTRE, ProgrammeKind.ADMISSION_ROUTE, ProgrammeKind.OTHER}
)


class Never(Enum):
    """Why a programme is offered to nobody."""

    ENDED = auto()
    FOR_PUPILS = auto()
    FOR_STUDENTS = auto()
    FOR_PROFESSIONALS = auto()
    FOR_INSTITUTIONS = auto()
    NO_PROGRAMME = auto()


@dataclass(frozen=True, slots=True)
class Work:
    """What was recognised in a text about work, best first: ids of sectors and of occupations."""

    sectors: tuple[str, ...]
    occupations: tuple[str, ...]
    certainty: float = 1.0  # 0..1; below 1 the text is only like a wording that we know
    likely: tuple[str, ...] = ()  # occupations that a vague wish often means; only when none was named
    excluded: tuple[str, ...] = ()  # sectors and occupations that they do not want
    is_open: bool = False  # a wish that we know, and that may be any work: "iets anders"
    examples_of: str | None = None  # the vague wish of which `likely` are examples only: "meer verdienen"

    @property
    def chosen(self) -> tuple[str, ...]:
        """The occupations to show ways to: those that were named, else those that are likely meant."""
        return self.occupations or self.likely


@dataclass(frozen=True, slots=True)
class Profile:
    """A programme or a route as ranking sees it.

    `language_rules`: the ids of its rules that ask for Dutch. `other_words`: its words for work that say no
    occupation of our list.
    """

    item: Offerable
    sectors: frozenset[str]
    occupations: frozenset[str]
    never: Never | None
    language_rules: frozenset[str] = frozenset()
    other_words: tuple[str, ...] = ()
    newest: str | None = field(init=False)  # the date of its newest page, or of the one that says whether it runs
    status_dated: str | None = field(init=False)  # of the page that says whether it runs, which of a route is any page

    def __post_init__(self) -> None:
        status = self.item.facts.get("status")
        dated = status.dated if status else None
        newest = dated or max((fact.dated for fact in self.item.facts.values() if fact.dated), default=None)
        object.__setattr__(self, "newest", newest)
        object.__setattr__(self, "status_dated", dated if isinstance(self.item, Programme) else newest)


class Catalogue:
    """All programmes and routes, with the few that can be near a wish at hand."""

    def __init__(
        self, profiles: Iterable[Profile], occupations: Mapping[str, Occupation], sectors: Mapping[str, Sector]
    ) -> None:
        self.profiles = {profile.item.id: profile for profile in profiles}
        routes = [profile for profile in self.profiles.values() if isinstance(profile.item, Route)]
        self.programmes = [profile for profile in self.profiles.values() if isinstance(profile.item, Programme)]
        self._offered = [profile for profile in self.programmes if profile.never is None]
        self._occupations, self._sectors = occupations, sectors
        self._routes_by: dict[str, list[Profile]] = defaultdict(list)  # by occupation, code or sector
        for profile in routes:
            codes = {occupations[one].isco for one in profile.occupations}
            for name in (*profile.occupations, *codes, *profile.sectors):
                self._routes_by[name].append(profile)
        self._below: dict[str, list[Profile]] = defaultdict(list)
        for profile in routes:
            for above in profile.item.stairs if isinstance(profile.item, Route) else ():
                self._below[above].append(profile)
        self._by_sector: dict[str, list[Profile]] = defaultdict(list)
        self._by_code: dict[str, list[Profile]] = defaultdict(list)
        for profile in self._offered:
            for sector in profile.sectors:
                self._by_sector[sector].append(profile)
            for code in {occupations[one].isco for one in profile.occupations}:
                self._by_code[code].append(profile)

    def __getitem__(self, item_id: str) -> Profile:
        return self.profiles[item_id]

    def near(self, wish: Work | None, asked_for: Iterable[str] = ()) -> list[Profile]:
        """The programmes that can be offered and share a sector or the code of an occupation with a wish.

        What is for all is among it, and what they asked for by name. Without a wish that is all that can be offered.
        """
        if wish is None:
            return self._offered
        codes = {self._occupations[one].isco for one in wish.chosen}
        named = [self.profiles[one] for one in asked_for]
        groups = [
            *(self._by_sector.get(sector, ()) for sector in {*wish.sectors, EVERY_SECTOR}),
            *(self._by_code.get(code, ()) for code in codes),
            [profile for profile in named if profile.never is None],
        ]
        return list({id(profile): profile for group in groups for profile in group}.values())

    def routes_to(self, wish: Work | None) -> list[Profile]:
        """The routes to the work in a wish: to its occupations, those best understood first.

        Without an occupation those to the work that a vague wish often means ("iets met dieren"), or else to what
        people begin with in its sectors: who says "iets in de zorg" is to choose.

        An occupation without a route of its own is reached by those of its four-digit code.
        """
        if wish is None:
            return []
        by = self._routes_by
        if wish.chosen:
            groups = [by.get(one) or by.get(self._occupations[one].isco, []) for one in wish.chosen]
        else:
            groups = [by.get(work, []) for one in wish.sectors for work in self._begun_with(one)]
        return list({id(profile): profile for group in groups for profile in group}.values())

    def _begun_with(self, sector: str) -> Sequence[str]:
        """What people begin with in a sector; where nobody says that, all of its work."""
        return self._sectors[sector].occupations or [sector]

    def below(self, route_id: str) -> list[Profile]:
        """The routes of which this one is the next step."""
        return self._below.get(route_id, [])


class Payer(NamedTuple):
    """What a way to pay is to a course, whoever follows it.

    `goes`: whether it has to do with such courses. `pays`: whether it pays for this one, by what it asks of a course:
    of a benefit it may be NO, and who has it asks leave all the same.
    """

    goes: Truth
    pays: Truth


AS_COURSE: Mapping[RouteKind, ProgrammeKind] = {
    **dict.fromkeys((RouteKind.MBO, RouteKind.AD, RouteKind.HBO, RouteKind.WO), ProgrammeKind.REGULAR_EDUCATION),
    **dict.fromkeys((RouteKind.CERTIFICATE, RouteKind.LICENCE, RouteKind.ON_THE_JOB), ProgrammeKind.RETRAINING),
    RouteKind.OPEN: ProgrammeKind.OTHER,
}
"""What a route is to `pays_for`."""


MONTHS_A_YEAR = 12
ENDLESS = float("inf")
SHORT = frozenset({Form.COURSE, Form.EVENING, Form.WEEKEND, Form.ONLINE})
"""A course takes some days or weeks, whenever it is given."""
NO_LEVEL = "none"  # of a route that ends in no diploma: that is known of it


def payers(item: Offerable, schemes: Iterable[Subsidy]) -> Mapping[str, Payer]:
    """The ways to pay that have to do with a course, whoever follows it, by their id.

    One that a route names may pay for it in one of its forms and not in another; but for no level and in no sector
    that it is not for. What asks more of a course than this one is or may be is left out, but a benefit: who has one
    asks for leave.
    """
    facts, named = course_facts(item), item.pays if isinstance(item, Route) else ()
    return {one.id: payer for one in schemes if (payer := _payer(one, item, facts, named))}


def _payer(scheme: Subsidy, item: Offerable, facts: Facts, named: Collection[str]) -> Payer | None:
    goes = judge(scheme.pays_for, facts) if scheme.pays_for else Truth.NO
    if scheme.by_name and scheme.id not in named:
        goes = Truth.NO if isinstance(item, Route) else both(goes, Truth.UNKNOWN)
    if goes is Truth.NO and scheme.id in named and _may_go(scheme, facts):
        goes = Truth.UNKNOWN
    pays = Truth.NO if scheme.only_allows else both(goes, *(_asks(rule, item, facts) for rule in scheme.course_rules))
    if goes is Truth.NO or (pays is Truth.NO and scheme.form is not MoneyForm.BENEFIT):
        return None
    return Payer(goes, pays)


def _may_go(scheme: Subsidy, facts: Facts) -> bool:
    """Whether no more than the form or the kind of a course speaks against it."""
    rest = {name: value for name, value in facts.items() if name not in ("kind", "forms")}
    return scheme.pays_for is None or judge(scheme.pays_for, rest) is not Truth.NO


def _asks(rule: Rule, item: Offerable, facts: Facts) -> Truth:
    """Whether a course is as a rule asks, in each of its forms and for who is quick and who is slow; else UNKNOWN."""
    forms: list[Facts] = [{"forms": frozenset({form.value})} for form in item.forms] or [{}]
    months: list[Facts] = [{"months": one} for one in _months(item)]
    each = {judge(rule.condition, {**facts, **form, **lasting}) for form in forms for lasting in months}
    return each.pop() if len(each) == 1 else Truth.UNKNOWN


def _months(item: Offerable) -> tuple[int, float]:
    """How long it takes at least and at most: from no time to no end where nobody knows."""
    if isinstance(item, Route) and item.months:
        most = item.months.to
        return item.months.from_ or 0, ENDLESS if most is None else most
    return 0, MONTHS_A_YEAR if Form.COURSE in item.forms and set(item.forms) <= SHORT else ENDLESS


def course_facts(item: Offerable) -> Facts:
    """What `pays_for` of a way to pay may ask of a course. What is not known is absent."""
    kind = AS_COURSE[item.kind] if isinstance(item, Route) else item.kind
    forms = {"forms": frozenset(form.value for form in item.forms)} if item.forms else {}
    reached = item.leads_to or (NO_LEVEL if isinstance(item, Route) else None)
    level = {"level": reached} if reached else {}
    return {"kind": kind.value, **forms, **level, "sectors": frozenset(item.sectors)}


def why_never(programme: Programme) -> Never | None:
    """Why a programme is offered to nobody; None when it may be offered to somebody."""
    if programme.status is ProgrammeStatus.ENDED:
        return Never.ENDED
    match programme.audience:
        case Audience.STUDENTS:
            return Never.FOR_STUDENTS
        case Audience.PUPILS:
            return Never.FOR_PUPILS
        case Audience.INSTITUTIONS:
            return Never.FOR_INSTITUTIONS
        case Audience.PROFESSIONALS if programme.kind is not ProgrammeKind.SIDE_ACTIVITY:
            return Never.FOR_PROFESSIONALS
        case Audience.ADULTS | Audience.PROFESSIONALS:
            return Never.NO_PROGRAMME if programme.kind in NO_OFFER else None
