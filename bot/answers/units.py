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
    r"alleen|only|zonder|met|with|bij|van|tot|t/m|tm|a|à|until|tot en|day|elke|wekelijks|weekly|incl\w*|excl\w*)\b"
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


# A time of the clock, somebody else, a while that something lasts, and what is denied: no number of what is asked.
_CLOCK = re.compile(r"\b(?:na|om|vanaf|after|at|from)$")
_SOMEBODY_ELSE = re.compile(
    r"\b(?:man|vrouw|zoon|dochter|moeder|vader|partner|kind|zus|broer|baas|werkgever|"
    r"husband|wife|son|daughter|mother|father|boss|employer)\b(?: \w+){0,3}$"
)
_ONESELF = re.compile(r"(?:^|[,.;] ?|\b(?:een|ben) )(?:man|vrouw)(?: van)?$")  # "ik ben een man van 45"
_LASTS = re.compile(r"\b(?:al|sinds|hiervoor|daarvoor|gedurende|over|na|werk|werkte|gewerkt|for|since|after|in)$")
_BORN = re.compile(r"\b(?:geboren|bouwjaar|born)\b(?: \w+){0,2}$")
_DENIED = re.compile(r"\b(?:geen|niet|no|not)$")
_EACH_MONTH = re.compile(r"^(?: ?\w+)? ?(?:per maand|p/?m\b|in de maand|a month|per month|monthly|maandelijks)")
_SIGN_BEFORE = re.compile(r"[€$£]\s?$")


def _is_of_another(before: str) -> bool:
    return bool(_SOMEBODY_ELSE.search(before)) and not _ONESELF.search(before)


def counted(text: str, start: int, end: int) -> Counted:
    """What the number that stands at `start` to `end` of a folded text counts."""
    before, behind = text[:start].rstrip(), text[end:].lstrip(" -,.€")
    if _SIGN_BEFORE.search(text[:start]) or text[end:].lstrip().startswith("€"):
        return Counted(Measure.OTHER if _EACH_MONTH.match(behind) else Measure.EUROS)
    if behind.startswith("%") or _is_of_another(before) or _BORN.search(before) or _DENIED.search(before):
        return Counted(Measure.OTHER)
    if _EACH_MONTH.match(behind):
        return Counted(Measure.OTHER)
    measure = next((measure for pattern, measure in _MEASURES if pattern.match(behind)), None)
    if measure in (Measure.HOURS, None) and _CLOCK.search(before) and not _COPULA.search(before):
        return Counted(Measure.OTHER)
    if measure is Measure.YEARS and (_LASTS.search(before) or _goes_on(behind)):
        return Counted(Measure.OTHER)
    if measure:
        return Counted(measure, _PER_DAY.search(behind) is not None)
    if _COPULA.search(before):
        return Counted(Measure.YEARS)
    noun = re.match(r"[^\W\d_]{2,}", behind)
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


def _goes_on(behind: str) -> bool:
    """Whether the years are of something: "20 jaar lasser" and "30 jaar ervaring" are, "34 jaar oud" is not."""
    _, _, rest = behind.partition(" ")
    return re.match(r"[^\W\d_]{2,}", rest) is not None and not _NO_NOUN.match(rest)


_TIMES = re.compile(r"\b(\d{1,2}) ?[x×*] ?(\d{1,2})\b")


def multiplied(text: str) -> float | None:
    """ "4x8" and "2 dagen van 8 uur" as one number of hours; None of anything else."""
    if hit := _TIMES.search(text):
        return float(hit[1]) * float(hit[2])
    if hit := _DAYS_OF.search(text):
        return float(hit[1]) * float(hit[2])
    return None


_DAYS_OF = re.compile(
    r"\b(\d{1,2}) (?:dag|dagen|days?|keer|x)\b.{0,20}?\b(?:van|a|à|of|x) ?(\d{1,2}) ?(?:uur|u|hours?)?\b"
)


def weekly_hours(number: float, what: Counted) -> float | None:
    """A number of days, evenings or hours a day as hours a week; None when it cannot be worked out."""
    if what.measure is Measure.HOURS and what.each_day:
        return number * WORKDAYS
    if what.measure in _WEEKLY:
        return number * _WEEKLY[what.measure]
    return None
