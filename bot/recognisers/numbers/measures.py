"""What a number may count, and a number with what it counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Measure(StrEnum):
    YEARS = "years"
    MONTHS = "months"
    WEEKS = "weeks"
    DAYS = "days"
    HALF_DAYS = "half days"
    EVENINGS = "evenings"
    HOURS = "hours"
    MINUTES = "minutes"
    QUARTERS = "quarters"  # of an hour
    FTE = "fte"  # of a working week
    EUROS = "euros"
    DISTANCE = "distance"
    PEOPLE = "people"  # who work somewhere
    PLACES = "places"  # for people to work or to learn
    OTHER = "other"  # things or people ("2 kinderen"), or nothing that a person is or has ("om 20 uur", "al 12 jaar")
    YEAR_OF_BIRTH = "year of birth"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Counted:
    """A number with what it counts; `measure` None is nothing in particular.

    `start`, `end`: where it stands in the text, with its unit; `first`, `behind`: its own place among the tokens.
    `each_day`, `each_week`, `each_month`: that many in each.
    `is_own`: it is said of oneself ("ik ben", "mijn leeftijd is"). `is_told`: a unit or an "I am" says what it is.
    `goes_on`: the word behind the unit, for which it may be the years of something: "20 jaar lasser".
    `guess`: it is said with a reserve, and this is the best one can make of it; None when it is exact.
    """

    value: float
    measure: Measure | None
    start: int
    end: int
    first: int
    behind: int
    each_day: bool = False
    each_week: bool = False
    each_month: bool = False
    is_own: bool = False
    is_told: bool = False
    goes_on: str | None = None
    guess: float | None = None

    @property
    def likely(self) -> float:
        return self.value if self.guess is None else self.guess


def without(text: str, counted: Iterable[Counted]) -> str:
    """A text without these numbers and their units; `counted` in the order in which they stand."""
    for one in reversed(list(counted)):
        text = f"{text[: one.start]} {text[one.end :]}"
    return text
