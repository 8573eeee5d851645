"""What a number in a text counts: "3 dagen", "2 kinderen", "24 uur", "ik ben 41".

A number fills a question only when it counts what was asked. Another measure of time is worked out and asked back;
anything else that is counted is no answer.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.content.knowledge import FactRole


class Measure(StrEnum):
    YEARS = "years"
    MONTHS = "months"
    WEEKS = "weeks"
    DAYS = "days"
    HALF_DAYS = "half days"
    EVENINGS = "evenings"
    HOURS = "hours"
    MINUTES = "minutes"
    FTE = "fte"  # of a working week
    EUROS = "euros"
    DISTANCE = "distance"
    OTHER = "other"  # things or people: "2 kinderen"


_NAMES = {
    Measure.YEARS: "jaar|jaren|jaartjes|jarige?|jr|j|year|years|yrs?|yo|y/o|lentes|levensjaren",
    Measure.MONTHS: "maand|maanden|mnd|months?",
    Measure.WEEKS: "week|weken|weekjes|weeks",
    Measure.HALF_DAYS: r"dagdel(?:en)?|dagdeel|halve dag(?:en)?|half days?|(?:ocht|midd)\w+|mornings?|afternoons?",
    Measure.EVENINGS: "avond|avonden|avondjes|evenings?|nights?|nacht|nachten",
    Measure.DAYS: "dag|dagen|daagjes|days?",
    Measure.HOURS: "uur|uren|uurtjes?|u|hours?|hrs?|h",
    Measure.MINUTES: "minuut|minuten|min|minutes?",
    Measure.FTE: "fte",
    Measure.EUROS: "euro|euros|euro's|eur|euri|piek|mille|ruggen",
    Measure.DISTANCE: "km|kilometers?|kilometres?|meter",
}
_MEASURES = [(re.compile(rf"(?:{names})\b"), measure) for measure, names in _NAMES.items()]
# Small words and verbs behind a number say nothing of what it counts: "24 denk ik", "49 ben ik", "12 per week".
_NO_NOUN = re.compile(
    r"(?:of|en|ofzo|ofzoiets|max|maximaal|minimaal|maar|want|dus|denk|ben|is|per|in|a|p|op|ongeveer|ong|oud|jong|vind|"
    r"lijkt|kan|wil|heb|word|geworden|geweest|nu|dan|hoor|graag|aub|ja|nee|ik|als|voor|om|te|zou|samen|totaal|ook|nog|"
    r"and|or|but|so|because|i|think|am|im|per|at|old|is|would|can|now|yes|no|if|for|to|please|maybe|misschien|about|"
    r"zo|ish|plus|bijna|net|pas|inmiddels|sinds|since|just|niet|not|geen|meer|more|most|tops|hooguit|de|het|een|the|"
    r"alleen|only|zonder|met|with|bij|van|day|elke|wekelijks|weekly|incl\w*|excl\w*)\b"
)
_COPULA = re.compile(r"\b(?:ben|word|wordt|ik ?ben|i am|i'm|im|am|turned?|turning)(?: \w+){0,2} ?$")
_PER_DAY = re.compile(r"\b(?:per dag|een dag|op een dag|each day|a day|per day|dagelijks|daily)\b")

# Hours in a week, as most people would mean it; always asked back.
_WEEKLY = {Measure.DAYS: 8.0, Measure.HALF_DAYS: 4.0, Measure.EVENINGS: 3.0, Measure.FTE: 40.0}
WORKDAYS = 5


@dataclass(frozen=True, slots=True)
class Counted:
    """What a number counts; None is nothing in particular. `each_day`: that many on each day."""

    measure: Measure | None
    each_day: bool = False


def counted(text: str, start: int, end: int) -> Counted:
    """What the number that stands at `start` to `end` of a folded text counts."""
    behind = text[end:].lstrip(" -,.€")
    each_day = _PER_DAY.search(behind) is not None
    for pattern, measure in _MEASURES:
        if pattern.match(behind):
            return Counted(measure, each_day)
    if _COPULA.search(text[:start].rstrip()):
        return Counted(Measure.YEARS)
    noun = re.match(r"[^\W\d_]{3,}", behind)
    if noun and not _NO_NOUN.match(behind) and text[end : end + 1] in (" ", "-", ""):
        return Counted(Measure.OTHER)
    return Counted(None)


ASKED: Mapping[FactRole, Measure] = {
    FactRole.AGE: Measure.YEARS,
    FactRole.HOURS: Measure.HOURS,
    FactRole.HOURS_A_MONTH: Measure.HOURS,
    FactRole.BUDGET: Measure.EUROS,
}
"""What a question for a number counts, by its role; any other takes any number."""


def weekly_hours(number: float, what: Counted) -> float | None:
    """A number of days, evenings or hours a day as hours a week; None when it cannot be worked out."""
    if what.measure is Measure.HOURS and what.each_day:
        return number * WORKDAYS
    if what.measure in _WEEKLY:
        return number * _WEEKLY[what.measure]
    return None
