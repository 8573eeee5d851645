"""What differs from country to country: `knowledge/country.yaml` as a frozen model."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from bot.content.annotations import As, AtLeast, Id, Pattern, WorkedOut
from bot.content.problems import Location
from bot.text import Text
from bot.workdays import Calendar

LanguageCode = Annotated[str, Pattern("[a-z]{2,3}", "nl")]


@dataclass(frozen=True, slots=True)
class Postcode:
    """What a postcode looks like."""

    digits: Annotated[re.Pattern[str], "A pattern of its digits."]
    example: Annotated[str, "One that exists."]
    letters: Annotated[
        re.Pattern[str] | None, "A pattern of its letters, which may be left out when it is typed; null: it has none."
    ] = None
    never: Annotated[tuple[str, ...], "Letters that no postcode has."] = ()


@dataclass(frozen=True, slots=True)
class Bounds:
    """The degrees between which every place of the country lies: a mistake in coordinates is seen at once."""

    south: Annotated[float, "The lowest latitude."]
    north: Annotated[float, "The highest latitude."]
    west: Annotated[float, "The lowest longitude."]
    east: Annotated[float, "The highest longitude."]


@dataclass(frozen=True, slots=True)
class Phone:
    """How numbers are dialled. What is null cannot be told."""

    region: Annotated[str, Pattern("[A-Z]{2}", "NL"), "The country in ISO 3166, as phonenumbers knows it."]
    digits: Annotated[
        Annotated[int, AtLeast(1)] | None, "How many digits a number has, when it begins as 'begins' says."
    ] = None
    begins: Annotated[re.Pattern[str] | None, "A pattern of the first digits of numbers that have that many."] = None
    mobile: Annotated[str | None, "The digit behind the 0 of a mobile number, for who forgets the 0."] = None


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A number that the state gave to a person, and that we may not keep."""

    check: Annotated[str, Pattern(r"[a-z]{2}\.[a-z0-9_]+", "nl.bsn"), "Its module in python-stdnum."]
    pattern: Annotated[re.Pattern[str], "A pattern of how people write it."]


@dataclass(frozen=True, slots=True)
class EducationLevel:
    """A level of education. Two may stand equally high."""

    id: Annotated[Id, "The name by which facts and rules know it."]
    rank: Annotated[int, AtLeast(0), "How high it stands."]
    name: Annotated[Text, "What it is called."]
    says: Annotated[tuple[str, ...], "What a vacancy calls it."] = ()


@dataclass(frozen=True, slots=True)
class Water:
    """Water between municipalities that nobody drives across in a straight line."""

    name: Annotated[str, "What it is called; for who edits this."]
    one: Annotated[tuple[str, ...], AtLeast(1), "Municipalities on one side."]
    other: Annotated[tuple[str, ...], AtLeast(1), "Those on the other side that look near on the map."]
    km: Annotated[int, AtLeast(1), "How much farther it is than as the crow flies."]
    at: Location


@dataclass(frozen=True, slots=True)
class Country:
    """What is so in this country, and in no other."""

    code: Annotated[str, Pattern("[A-Z]{2}", "NL"), "The country in ISO 3166."]
    name: Annotated[Text, "What it is called."]
    languages: Annotated[tuple[LanguageCode, ...], AtLeast(1), "What the bot speaks, the fallback first."]
    first_flow: Annotated[Id, "The flow in which everyone begins who follows no link."]
    time_zone: Annotated[str, As("time zone"), "Its clock, in the tz database: Europe/Amsterdam."]
    holidays: Annotated[
        str, Pattern("[A-Z]{2}(-[A-Z]+)?", "NL, or DE-BE"), "Whose holidays it has: a country, or a state of one."
    ]
    postcode: Annotated[Postcode, "What a postcode looks like."]
    bounds: Annotated[Bounds, "The degrees between which every place of it lies."]
    phone: Annotated[Phone, "How numbers are dialled."]
    levels: Annotated[tuple[EducationLevel, ...], AtLeast(1), "The levels of education, the lowest first."]
    at: Location
    identity: Annotated[tuple[IdentityNumber, ...], "Numbers of persons that the state gives, and nobody keeps."] = ()
    mail: Annotated[tuple[str, ...], "Where people have their e-mail, so that 'gmial.com' is asked back."] = ()
    waters: Annotated[tuple[Water, ...], "Water that lies in the way; none: a line is good enough everywhere."] = ()
    days_off: Annotated[frozenset[date], WorkedOut()] = frozenset()  # its holidays, once they were looked up

    @property
    def fallback(self) -> str:
        """The language of who speaks none of ours."""
        return self.languages[0]

    @property
    def calendar(self) -> Calendar:
        """Its clock and its working days."""
        return Calendar(self.time_zone, self.holidays, self.days_off)


UNKNOWN = Country(
    code="",
    name=Text.same(""),
    languages=(),
    first_flow="",
    time_zone="UTC",
    holidays="",
    postcode=Postcode(re.compile(""), "", None, ()),
    bounds=Bounds(-90.0, 90.0, -180.0, 180.0),
    phone=Phone("", None, None, None),
    identity=(),
    levels=(),
    at=Location("", 1, 1),
)
"""Where nothing says which country it is: that is an error, which is reported with the others."""
