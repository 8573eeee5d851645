"""The clock and the working days of a country, for promises such as "we call within two working days"."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Calendar:
    """What the clock shows in a country, and on which days an office is open there."""

    time_zone: str  # in the tz database: "Europe/Amsterdam"
    holidays: str  # whose: of a country ("NL") or a state ("DE-BE")
    days_off: frozenset[date] = frozenset()  # those holidays, as far as somebody looked them up before

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)  # which keeps those that it made

    def local(self, moment: datetime) -> datetime:
        """A moment as the clock there shows it."""
        return moment.astimezone(self.zone)

    def day(self, moment: datetime) -> date:
        """The date there at a moment."""
        return self.local(moment).date()

    def at(self, day: date, hour: time = time()) -> datetime:
        """The moment at which a day begins there, or at which its clock shows an hour."""
        return datetime.combine(day, hour, self.zone)

    def add_workdays(self, day: date, count: int) -> date:
        """The day that is `count` working days later; with 0 the day itself, or the first working day after it."""
        while count > 0 or not self.is_workday(day):
            day += timedelta(days=1)
            count -= self.is_workday(day)
        return day

    def is_workday(self, day: date) -> bool:
        """No Saturday or Sunday, and no holiday."""
        return day.weekday() < 5 and day not in (self.days_off or holidays_of(self.holidays))


@cache
def holidays_of(region: str) -> frozenset[date]:
    """The holidays of a country ("NL") or state ("DE-BE") from 2020 to 2050; none when nobody knows them."""
    # Who knows all holidays of the world takes 15 MB and a fifth of a second. A bot has them with its content.
    from holidays import country_holidays

    country, _, state = region.partition("-")
    try:
        return frozenset(country_holidays(country, subdiv=state or None, years=range(2020, 2051)))
    except NotImplementedError:
        return frozenset()
