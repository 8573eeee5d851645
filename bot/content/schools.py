"""Schools and what they teach: the diplomas that there are, who gives them, and what proves that somebody does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated

from bot.content.annotations import As, AtLeast, Id, IdOf, Key, PartialDay, Url
from bot.content.problems import Location
from bot.text import Text

TradeId = Annotated[Id, IdOf("trade")]
QualificationId = Annotated[Id, IdOf("qualification")]
PlaceName = Annotated[str, "A town; 'Velp (Rheden)' when several have that name."]


class Degree(StrEnum):
    """What kind of diploma it is: of vocational education, professional (a hogeschool) or academic (a university)."""

    MBO = "mbo"
    AD = "ad"
    BACHELOR = "bachelor"
    MASTER = "master"
    ACADEMIC_BACHELOR = "academic-bachelor"
    ACADEMIC_MASTER = "academic-master"


class StudyForm(StrEnum):
    """How a school gives it: a few of the forms that programmes and routes have."""

    FULL_TIME = "full-time"
    PART_TIME = "part-time"
    DUAL = "dual"
    BBL = "bbl"
    BOL = "bol"
    THIRD_PATH = "third-path"
    COURSE = "course"


@dataclass(frozen=True, slots=True)
class Trade:
    """A family of work that mbo schools teach, as far as a page says which."""

    id: Annotated[Id, "Its name, which never changes: qualifications and tables use it."]
    name: Annotated[Text, "What it is called in a sentence: 'an education in ...'."]
    at: Location


@dataclass(frozen=True, slots=True)
class Qualification:
    """A diploma that schools give."""

    id: Annotated[Id, "Its name, which never changes: routes and tables use it."]
    name: Annotated[Text, "What it is called, as people read it."]
    level: Annotated[Id, "The level of the country that it has."]
    degrees: Annotated[
        tuple[Degree, ...], AtLeast(1), "Which kind of diploma; names of another kind are not looked at."
    ]
    patterns: Annotated[
        tuple[str, ...],
        As("signs"),
        "Words of its official name; of several that are found the one with most words wins.",
    ]
    occupations: Annotated[
        tuple[Annotated[Id, IdOf("occupation")], ...], AtLeast(1), "The work that it leads to, closest first."
    ]
    source: Annotated[Url, "Where its name was read."]
    at: Location
    trades: Annotated[tuple[TradeId, ...], "The trades that it belongs to: a school that gave one may give this."] = ()
    rare: Annotated[
        bool, "True when few schools give it: one is named only when a page proves this very diploma, not its trade."
    ] = False
    legal: Annotated[Text | None, "What the law says of it: a protected title, a licence; null: nothing known."] = None
    legal_source: Annotated[Url | None, "Where that was read."] = None
    checked: Annotated[date | None, "The day on which one of us looked at its page; null: nobody wrote it down."] = None


class SchoolKind(StrEnum):
    MBO = "mbo"
    HOGESCHOOL = "hogeschool"
    UNIVERSITY = "university"
    PRIVATE = "private"  # a training company, or the school of an employer: it gives what its rows say, and no more


GIVEN_BY: Mapping[Degree, SchoolKind] = {
    Degree.MBO: SchoolKind.MBO,
    Degree.AD: SchoolKind.HOGESCHOOL,
    Degree.BACHELOR: SchoolKind.HOGESCHOOL,
    Degree.MASTER: SchoolKind.HOGESCHOOL,
    Degree.ACADEMIC_BACHELOR: SchoolKind.UNIVERSITY,
    Degree.ACADEMIC_MASTER: SchoolKind.UNIVERSITY,
}


@dataclass(frozen=True, slots=True)
class School:
    """A school, by the name that it has now."""

    id: Annotated[Id, "Its name, which never changes: the tables of courses use it."]
    name: Annotated[str, "What it is called, as people read it."]
    kind: Annotated[SchoolKind, "Which kind of diplomas it gives."]
    source: Annotated[Url, "Where its name and places were read."]
    dated: Annotated[PartialDay | None, Key("date"), "The day of that page; null when it has none."]
    at: Location
    aliases: Annotated[tuple[str, ...], "Its other names: earlier ones, and what files of DUO call it."] = ()
    places: Annotated[tuple[PlaceName, ...], "Where it gives lessons, as far as a page says so."] = ()
    broad: Annotated[bool, "False for a school of a few trades: it is not asked about another."] = True
    trades: Annotated[
        tuple[TradeId, ...], "Its own trades, when it is one of a few: what a page says of another proves no diploma."
    ] = ()
    website: Annotated[Url | None, "Its own site; null when nobody saw it."] = None
    adults_page: Annotated[Url | None, "Its own page for adults; null when nobody saw one."] = None
    nationwide: Annotated[bool, "True when it trains all over the country, or at a distance."] = False
    faith: Annotated[
        Text | None, "The faith that it asks its students to share, or to respect; said where the school is named."
    ] = None
    faith_source: Annotated[Url | None, "Where that was read."] = None
    checked: Annotated[date | None, "The day on which one of us looked at its page; null: nobody wrote it down."] = None


class Evidence(StrEnum):
    """What proves that a school teaches something, the strongest first."""

    OFFERED = "offered"  # the register of DUO has it, with its form
    ENROLLED = "enrolled"  # people followed it there, in that form, in that year
    FOR_ADULTS = "for-adults"  # a page of that time shows it for adults, or beside work
    TAUGHT = "taught"  # a page of that time shows that it was taught there; seldom that adults may enter now


@dataclass(frozen=True, slots=True)
class SchoolCourse:
    """One row of a table: something that a school teaches in a place.

    `place`: None when the source says only which school. A row names what is taught by its official name, by
    qualifications, or only by the trade that these belong to. `until`: the last day on which somebody can begin.
    `for_workers`: True when one needs a job in the field; None when nobody says.
    """

    school: str
    place: str | None
    evidence: Evidence
    dated: str | None
    line: int
    code: str | None = None
    name: str | None = None
    levels: tuple[str, ...] = ()
    degree: Degree | None = None
    forms: tuple[StudyForm, ...] = ()
    until: str | None = None
    language: str | None = None
    for_workers: bool | None = None
    trade: str | None = None
    qualifications: tuple[str, ...] = ()
    url: str | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What stays the same when a row changes: the school, the place, and what is taught there."""
        return (
            self.school,
            self.place or "",
            self.code or self.name or " ".join((self.trade or "", *self.qualifications)),
        )


@dataclass(frozen=True, slots=True)
class CourseTable:
    """A table of courses: `knowledge/schools/NAME.csv`. `dated` holds for rows that have no date of their own."""

    file: str
    source: str
    dated: str
    licence: str
    rows: tuple[SchoolCourse, ...]


@dataclass(frozen=True, slots=True)
class Schooling:
    """All that is known of schools."""

    trades: Mapping[str, Trade] = field(default_factory=dict)
    qualifications: Mapping[str, Qualification] = field(default_factory=dict)
    schools: Mapping[str, School] = field(default_factory=dict)
    tables: tuple[CourseTable, ...] = ()
