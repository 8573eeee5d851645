"""Days as people type them: "1 april", "01-04-2027", "morgen", "volgende week maandag"."""

import re
from datetime import date, timedelta

from bot.answers.reading import CERTAIN, CLEAR, Misunderstood, Reading, Understood
from bot.content.flow import Constraint
from bot.content.sentence_keys import Sentence
from bot.matching import fold
from bot.text import month_names, say_date

_SOON = {
    **dict.fromkeys(("vandaag", "nu", "today", "now"), 0),
    **dict.fromkeys(("morgen", "tomorrow"), 1),
    **dict.fromkeys(("overmorgen", "day after tomorrow", "the day after tomorrow"), 2),
}
_WEEKDAYS = {
    name: number
    for names in (
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        "monday tuesday wednesday thursday friday saturday sunday",
    )
    for number, name in enumerate(names.split())
}
_MONTH_OF = {
    short: number
    for language in ("nl", "en")
    for number, name in enumerate(month_names(language), start=1)
    for short in {fold(name), fold(name)[:3]}
} | {"mrt": 3, "sept": 9}
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_FIGURES = re.compile(r"\b(\d{1,2})\s?[-/.]\s?(\d{1,2})(?:\s?[-/.]\s?(\d{4}|\d{2}))?\b")
_IN_WORDS = re.compile(r"\b(\d{1,2})(?:e|ste|de|st|nd|rd|th)?\s+(?:of\s+)?([a-z]{3,9})\.?(?:,?\s+(\d{4}))?\b")
_MONTH_FIRST = re.compile(r"\b([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?\b")


def read_date(constraint: Constraint | None, text: str, language: str, today: date) -> Reading:
    """Read a day; one without a year is the next one. The full date is remembered: "morgen" changes by itself."""
    folded = fold(text)
    try:
        found = _day(folded, today)
    except ValueError:  # 31 February
        return Misunderstood(Sentence.NO_SUCH_DAY)
    if found is None:
        return Misunderstood(Sentence.NO_DATE)
    day, certainty = found
    least = _limit(constraint.at_least if constraint else None, today)
    most = _limit(constraint.at_most if constraint else None, today)
    if least and day < least:
        return Misunderstood(Sentence.NOT_BEFORE, {"day": say_date(least, language)})
    if most and day > most:
        return Misunderstood(Sentence.NOT_AFTER, {"day": say_date(most, language)})
    return Understood(day.isoformat(), certainty, raw=day.isoformat(), shown=say_date(day, language))


def _day(text: str, today: date) -> tuple[date, float] | None:
    bare = text.strip(" .!")
    if bare in _SOON:
        return today + timedelta(days=_SOON[bare]), CERTAIN
    if hit := _ISO.search(text):
        return date(int(hit[1]), int(hit[2]), int(hit[3])), CERTAIN
    if hit := _FIGURES.search(text):
        return _with_year(int(hit[1]), int(hit[2]), hit[3], today)
    if (hit := _IN_WORDS.search(text)) and hit[2] in _MONTH_OF:
        return _with_year(int(hit[1]), _MONTH_OF[hit[2]], hit[3], today)
    if (hit := _MONTH_FIRST.search(text)) and hit[1] in _MONTH_OF:
        return _with_year(int(hit[2]), _MONTH_OF[hit[1]], hit[3], today)
    for name, number in _WEEKDAYS.items():
        if name in text.split():
            return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1), CLEAR
    return None


def _with_year(day: int, month: int, year: str | None, today: date) -> tuple[date, float]:
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day), CERTAIN
    this_year = date(today.year, month, day)
    return (this_year if this_year >= today else date(today.year + 1, month, day)), CLEAR


def _limit(limit: float | str | None, today: date) -> date | None:
    match limit:
        case "today":
            return today
        case str():
            return date.fromisoformat(limit)
        case _:
            return None
