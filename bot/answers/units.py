"""Numbers as an age or as hours a week: "3 dagen", "4x8", "fulltime", "begin 50", "ik ben van 1984".

A number fills a question only when it counts what was asked. Another measure of time, and what is said with a reserve,
is worked out and asked back; anything else that is counted is no answer.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from bot.answers.dates import read_date
from bot.answers.reading import CERTAIN, CLEAR, WORKED_OUT, Context, Understood, ends_as_question
from bot.content.knowledge import FactRole
from bot.recognisers.numbers import Counted, Counting, Measure
from bot.recognisers.tokens import Token, tokens_of

ASKED: Mapping[FactRole, Measure] = {
    FactRole.AGE: Measure.YEARS,
    FactRole.HOURS: Measure.HOURS,
    FactRole.HOURS_A_MONTH: Measure.HOURS,
    FactRole.BUDGET: Measure.EUROS,
}
"""What a question for a number counts, by its role; any other takes any number."""

# Hours in a week, as most people would mean it; always asked back.
_WEEKLY = {Measure.DAYS: 8.0, Measure.HALF_DAYS: 4.0, Measure.EVENINGS: 3.0, Measure.FTE: 40.0, Measure.PERCENT: 0.4}
OF_A_WEEK = frozenset({None, Measure.HOURS, *_WEEKLY})
"""What may come to hours a week."""
TOLD = OF_A_WEEK - {None, Measure.PERCENT}
FULL_WEEK, HALF_WEEK = 40, 20
DAYLY = frozenset({Measure.DAYS, Measure.HALF_DAYS, Measure.EVENINGS})
WORKDAYS = 5
LONGEST_DAY = 12  # hours
LONGEST_WEEK = 80  # hours; more is a year's, or an error
YOUNGEST, OLDEST = 12, 99  # that somebody tells an age without being asked
BREAKS = frozenset(",.;!?\n")
YOUNGEST_ALONE, OLDEST_ALONE = 16, 75  # whom a number without a unit is taken for the age of
PAST = 100  # years: "84" of a year of birth is 1984


# ------------------------------------------------------------------ told without being asked
def told_age(clause: str, context: Context) -> Understood | None:
    """The age that somebody surely tells of themselves in a clause, asked or not; None when there is none, or several.

    A bare number is none ("31" may count anything), nor is how long something lasts, somebody else's, or a demand
    ("moet ik 18 zijn?"). What is said with a reserve, and what follows from a year of birth, is WORKED_OUT.
    """
    counting = context.compiled.counting
    tokens = tokens_of(clause)
    found = counting.read(tokens, implied=True)
    told = [one for one in found if _is_told_age(one, tokens, clause, context)]
    ages = {age for one in told if (age := to_age(one, clause, context))}
    return ages.pop() if len(ages) == 1 else None


def lone_age(text: str, context: Context) -> Understood | None:
    """The age of who tells who they are in a row: "moi, Sven, 27, timmerman"; None when another number stands there.

    The number has no unit, and nothing stands beside it between two commas. Meant for a whole message of several
    things; a message that is a number and nothing else answers what was asked.
    """
    counting = context.compiled.counting
    tokens = tokens_of(text)
    bare = [one for one in counting.read(tokens) if one.measure is None]
    if len(bare) != 1 or told_age(text, context) is not None:
        return None
    (one,) = bare
    begins = one.first > 0 and tokens[one.first - 1].word in BREAKS
    ends = one.behind == len(tokens) or tokens[one.behind].word in BREAKS
    is_age = one.guess is None and one.value == int(one.value) and YOUNGEST_ALONE <= one.value <= OLDEST_ALONE
    return Understood(int(one.value), CLEAR) if begins and ends and is_age else None


def _is_told_age(one: Counted, tokens: Sequence[Token], clause: str, context: Context) -> bool:
    counting = context.compiled.counting
    if one.measure is Measure.YEAR_OF_BIRTH:
        return True
    if one.measure is not Measure.YEARS or not one.is_told:
        return False
    if one.goes_on and not context.compiled.places.is_name(one.goes_on):
        return False
    if counting.bounds.before(tokens, one.first):
        return False
    must = any(counting.must.at(tokens, place) for place in range(one.first))
    return not must and (one.is_own or not ends_as_question(clause))


def to_age(one: Counted, text: str, context: Context) -> Understood | None:
    """A number of years, or a year of birth, as an age."""
    if one.measure is Measure.YEAR_OF_BIRTH:
        return _born(one.value, text, context)
    value = one.likely
    if value != int(value) or not YOUNGEST <= value <= OLDEST:
        return None
    age = int(value)
    return Understood(age) if one.guess is None else Understood(age, WORKED_OUT, raw=str(age))


_BIRTHDAY = re.compile(
    r"\b\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?(\d{4}|\d{2})\b|"
    r"\b\d{1,2}[^\W\d_]{0,3}\s[^\W\d_]{3,9}\.?,?\s(\d{4})\b"
)
_YEAR = re.compile(r"\W*(19[2-9]\d|20[01]\d)\W*")


def read_birthday(text: str, context: Context) -> Understood | None:
    """The age of who answers with a day or a year of birth: "12-03-1984", "12 maart 1984", "1984"."""
    if hit := _YEAR.fullmatch(text):
        return _born(float(hit[1]), text, context)
    hit = _BIRTHDAY.search(text)
    born = _born(float(hit[1] or hit[2]), text, context) if hit else None
    return born if born and born.certainty == CERTAIN else None


def _born(year: float, text: str, context: Context) -> Understood | None:
    """The age of who was born in a year: sure when the day stands there too, else the one of who had their birthday."""
    today, known = context.today, context.compiled.calendar_words
    if year < PAST:
        year += today.year // PAST * PAST
        year -= PAST if year > today.year - YOUNGEST else 0
    age, certainty = today.year - int(year), WORKED_OUT
    day = read_date(None, text, context.language, today, known) if _BIRTHDAY.search(text) else None
    if isinstance(day, Understood) and (born := date.fromisoformat(str(day.value))).year % PAST == int(year) % PAST:
        age -= (today.month, today.day) < (born.month, born.day)
        certainty = CERTAIN
    # The age alone is kept: a day of birth says who somebody is.
    return Understood(age, certainty, raw=str(age)) if YOUNGEST <= age <= OLDEST else None


def told_hours(clause: str, context: Context) -> Understood | None:
    """The hours a week that somebody surely says to have, asked or not; None when there are none, or several.

    Sure are hours of which a week, or a word for having or wanting them, stands beside ("24 uur per week", "kan 3
    dagen"), and a clause that is nothing else. Those of the work that somebody does or did are not theirs to spend.
    """
    counting = context.compiled.counting
    tokens = tokens_of(clause)
    is_free = counting.free.inside(tokens)
    if not is_free and counting.at_work.inside(tokens):
        return None
    found = counting.read(tokens, implied=True)
    if not found:
        named = (counting.full_time.at(tokens, 0) or counting.part_time.at(tokens, 0)) == len(tokens)
        return _named_week(tokens, counting) if is_free or named else None
    # "Mijn vrouw werkt 24 uur, ik kan er 20 missen": the unit is said once.
    named = any(counting.unit_at(tokens, place)[0] is Measure.HOURS for place in range(len(tokens)))
    if named and is_free and [one.measure for one in found if one.measure is not Measure.OTHER] == [None]:
        return to_hours([one for one in found if one.measure is None], tokens, counting)
    whole = len(found) == 1 and found[0].measure is Measure.HOURS and _is_all(found[0], clause)
    told = any(one.measure in TOLD and (one.each_week or one.each_day or is_free) for one in found)
    return to_hours(found, tokens, counting) if whole or told else None


def _is_all(one: Counted, clause: str) -> bool:
    return not clause[: one.start].strip(" .!") and not clause[one.end :].strip(" .!")


def _named_week(tokens: Sequence[Token], counting: Counting) -> Understood | None:
    """ "Fulltime" or "parttime" as hours."""
    for phrases, hours in ((counting.full_time, FULL_WEEK), (counting.part_time, HALF_WEEK)):
        if phrases.inside(tokens):
            return _worked_out(hours)
    return None


# ------------------------------------------------------------------ hours a week
def to_hours(every: Sequence[Counted], tokens: Sequence[Token], counting: Counting) -> Understood | None:
    """Numbers of hours, days or evenings as hours a week: as they stand, or worked out; None when they say several."""
    if (product := _multiplied(every, tokens, counting)) is not None:
        return _worked_out(product)
    found = [one for one in every if one.measure in OF_A_WEEK and not one.each_month]
    if not found:
        return None if every else _named_week(tokens, counting)
    if (middle := middle_of(found, tokens, counting)) is not None:
        return _worked_out(middle)
    # "Fulltime kan wel, dus 40", "3 dagen, dus 24 uur": what is said in hours says it.
    exact = {one.value for one in found if one.measure is Measure.HOURS and not one.each_day and one.guess is None}
    exact = exact or {one.value for one in found if one.measure is None and one.guess is None and not one.each_day}
    if len(exact) == 1 and (value := exact.pop()) == int(value):
        return Understood(int(value))
    hours = {_weekly(one) for one in found}
    return _worked_out(hours.pop()) if len(hours) == 1 else None


def _weekly(one: Counted) -> float:
    value = one.likely
    if one.measure in _WEEKLY:
        return value * _WEEKLY[one.measure]
    return value * WORKDAYS if one.each_day else value


def _multiplied(found: Sequence[Counted], tokens: Sequence[Token], counting: Counting) -> float | None:
    """ "4x8", "2 dagen van 8 uur", "4 uur per dag, 3 dagen" as one number of hours."""
    for one, other in pairwise(found):
        in_days = one.measure in DAYLY and other.measure in (None, Measure.HOURS)
        plain = one.measure in (None, Measure.OTHER) and not counting.is_range(tokens, one, other)
        if (in_days or plain) and other.value <= LONGEST_DAY and counting.is_multiplied(tokens, one, other):
            return one.value * other.value
        days = next((each for each in (one, other) if each.measure is Measure.DAYS), None)
        daily = next((each for each in (one, other) if each.measure is Measure.HOURS and each.each_day), None)
        if days and daily:
            return days.value * daily.value
    return None


def middle_of(found: Sequence[Counted], tokens: Sequence[Token], counting: Counting) -> float | None:
    """The middle of a range, rounded down: of "30 tot 35" as it stands, of "2 of 3 dagen" as hours a week."""
    if len(found) != 2 or not counting.is_range(tokens, *found):
        return None
    measure = found[1].measure or found[0].measure
    if found[0].measure not in (None, measure):
        return None  # "3 dagen of 24 uur" is one thing said twice
    low, high = (_weekly(one if one.measure else replace(one, measure=measure)) for one in found)
    return float(int((low + high) / 2))


def _worked_out(hours: float) -> Understood | None:
    if not 0 < hours <= LONGEST_WEEK:
        return None
    return Understood(round(hours), WORKED_OUT, raw=str(round(hours)))
