"""Days, moments and waiting as people say them: "do 10 december", "vandaag 10:40", "3 uur"."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from babel.dates import format_date, format_skeleton, format_timedelta

from bot.staff.locale import Locale

HOURS_IN_DAY = 24


@dataclass(frozen=True, slots=True)
class Dates:
    """How the language of staff says them, seen from a moment."""

    locale: Locale
    now: datetime

    @property
    def today(self) -> date:
        return self.locale.country.calendar.day(self.now)

    def day(self, day: date) -> str:
        """With the day of the week: "do 10 dec."; the year when it is another one."""
        return self._format("yMMMEd" if day.year != self.today.year else "MMMEd", day)

    def short(self, day: date) -> str:
        """ "10 dec."; the year when it is another one."""
        return self._format("yMMMd" if day.year != self.today.year else "MMMd", day)

    def full(self, day: date) -> str:
        """ "donderdag 24 december 2026"."""
        return str(format_date(day, "full", locale=self._language))

    def time(self, moment: datetime) -> str:
        return f"{self.locale.clock(moment):%H:%M}"

    def moment(self, moment: datetime) -> str:
        """ "do 10 dec. 14:12"."""
        return f"{self.day(self.locale.country.calendar.day(moment))} {self.time(moment)}"

    def span(self, since: datetime) -> str:
        """How long ago a moment was, in its largest unit: "40 minuten", "3 uur", "2 dagen"."""
        passed = max(self.now - since, timedelta(minutes=1))
        return str(format_timedelta(passed, threshold=1.0, granularity="minute", locale=self._language))

    def days_until(self, day: date) -> int:
        return (day - self.today).days

    def _format(self, skeleton: str, day: date) -> str:
        return str(format_skeleton(skeleton, day, locale=self._language))

    @property
    def _language(self) -> str:
        code = self.locale.language.code
        return "en_GB" if code == "en" else code
