"""Days and hours as staff type them: "donderdag", "3 december", "03-12-2026", "14.00".

A browser shows a field for dates in its own language, and many at work are in English: 12/03 is then a day in March to
one, and in December to another. So these are fields of text, which say what they understood once it is kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from bot.answers.dates import read_date
from bot.answers.reading import Understood
from bot.matching import fold
from bot.recognisers.calendar_words import CalendarWords
from bot.staff.locale import Locale

HOUR = re.compile(r"(\d{1,2})(?:\D(\d{2}))?\D*")
FIRST_HOUR = 7  # "2 uur" is in the afternoon: who means the night says so nowhere at a desk
QUICK = 10  # days to choose from


@dataclass(frozen=True)
class TypedDays:
    """Reads them in the words of staff, on a day."""

    locale: Locale
    words: CalendarWords
    today: date

    def read(self, text: str, *, past: bool = False) -> date | None:
        """A day; without a year the next one, or the last one for what lies in the `past`. None for what is none, for
        31 February, for "dinsdag 3 december" when that is a Thursday, and for more than we know: "volgende week"."""
        reading = read_date(None, text, self.locale.language.code, self.today, self.words)
        if not isinstance(reading, Understood):
            return None
        day, said = date.fromisoformat(str(reading.value)), fold(text).split()
        weekdays = [number for name, number in self.words.weekdays.items() if name in said]
        has_number = any(each.isdigit() for each in text)
        if (weekdays and day.weekday() not in weekdays) or (len(said) > 1 and not has_number):
            return None
        if past and day > self.today and not re.search(r"\d{4}", text):
            return _a_year_before(day) if has_number else day - timedelta(days=7)
        return day

    def hour(self, text: str) -> time | None:
        """ "14:00", "14.30", "9 uur"; None for what is none, or is in the night."""
        said = HOUR.fullmatch(text.strip())
        if said is None or not FIRST_HOUR <= int(said[1]) < 24 or int(said[2] or 0) > 59:
            return None
        return time(int(said[1]), int(said[2] or 0))

    def quick(self) -> Iterator[tuple[str, str]]:
        """The working days to come: what is sent, and the name of the day."""
        calendar, names = self.locale.country.calendar, {number: name for name, number in self.words.weekdays.items()}
        days = (calendar.add_workdays(self.today, ahead) for ahead in range(1, QUICK + 1))
        return ((self.locale.day(day), names[day.weekday()]) for day in days)

    def shown(self, day: date) -> str:
        """As they write it themselves: "03-12-2026"."""
        return self.locale.day(day)


def _a_year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)
