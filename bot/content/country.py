"""What differs from country to country: `knowledge/country.yaml` as a frozen model."""

import re
from dataclasses import dataclass

from bot.text import Text


@dataclass(frozen=True, slots=True)
class Postcode:
    """`digits` and `letters`: patterns. Letters may be left out when a postcode is typed; None: it has none."""

    digits: re.Pattern[str]
    example: str
    letters: re.Pattern[str] | None
    never: tuple[str, ...]  # letters that no postcode has


@dataclass(frozen=True, slots=True)
class Bounds:
    """The degrees between which every place of the country lies: a mistake in coordinates is seen at once."""

    south: float
    north: float
    west: float
    east: float


@dataclass(frozen=True, slots=True)
class Phone:
    """How numbers are dialled. `begins`: a pattern of the first digits of a number of which all have `digits`;
    `mobile`: the digit behind the 0 of a mobile number, for who forgets the 0. None: it cannot be told."""

    region: str  # ISO 3166, as phonenumbers knows it
    digits: int | None
    begins: re.Pattern[str] | None
    mobile: str | None


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A number that the state gave to a person, and that we may not keep. `check`: its module in python-stdnum."""

    check: str
    pattern: re.Pattern[str]  # how people write it


@dataclass(frozen=True, slots=True)
class EducationLevel:
    """`rank`: how high it stands; two levels may stand equally high. `says`: what a vacancy calls it."""

    id: str
    rank: int
    name: Text
    says: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Country:
    """`languages`: what the bot speaks, the fallback first. `levels`: of education, the lowest first."""

    code: str  # ISO 3166
    name: Text
    languages: tuple[str, ...]
    first_flow: str  # in which everyone begins who follows no link
    time_zone: str
    holidays: str  # "NL", or with a state: "DE-BE"
    postcode: Postcode
    bounds: Bounds
    phone: Phone
    identity: tuple[IdentityNumber, ...]
    levels: tuple[EducationLevel, ...]

    @property
    def fallback(self) -> str:
        """The language of who speaks none of ours, and of what is said to staff."""
        return self.languages[0]


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
)
"""Where nothing says which country it is: that is an error, which is reported with the others."""
