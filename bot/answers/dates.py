"""Days as people type them: "1 april", "01-04-2027", "morgen", "volgende week maandag"."""

import re
from datetime import date, timedelta

from bot.answers.reading import CERTAIN, CLEAR, Misunderstood, Reading, Understood
from bot.content.flow import Constraint
from bot.content.sentence_keys import Sentence
from bot.matching import fold
from bot.recognisers.calendar_words import CalendarWords
from bot.text import say_date

_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_FIGURES = re.compile(r"\b(\d{1,2})\s?[-/.]\s?(\d{1,2})(?:\s?[-/.]\s?(\d{4}|\d{2}))?\b")


def read_date(constraint: Constraint | None, text: str, language: str, today: date, known: CalendarWords) -> Reading:
    """Read a day; one without a year is the next one. The full date is remembered: "morgen" changes by itself."""
    folded = fold(text)
    try:
        found = _day(folded, today, known)
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


def _day(text: str, today: date, known: CalendarWords) -> tuple[date, float] | None:
    bare = text.strip(" .!")
    if bare in known.days:
        return today + timedelta(days=known.days[bare]), CERTAIN
    if hit := _ISO.search(text):
        return date(int(hit[1]), int(hit[2]), int(hit[3])), CERTAIN
    if hit := _FIGURES.search(text):
        return _with_year(int(hit[1]), int(hit[2]), hit[3], today)
    if (hit := known.day_first.search(text)) and hit[2] in known.months:
        return _with_year(int(hit[1]), known.months[hit[2]], hit[3], today)
    if (hit := known.month_first.search(text)) and hit[1] in known.months:
        return _with_year(int(hit[2]), known.months[hit[1]], hit[3], today)
    for name, number in known.weekdays.items():
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
