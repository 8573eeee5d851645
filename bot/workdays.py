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
        while count > 0 or not is_workday(day, self.holidays):
            day += timedelta(days=1)
            count -= is_workday(day, self.holidays)
        return day


def is_workday(day: date, region: str) -> bool:
    """No Saturday or Sunday, and no holiday of a country ("NL") or state ("DE-BE")."""
    return day.weekday() < 5 and day not in _holidays(region)


def has_holidays(region: str) -> bool:
    """Whether anybody knows the holidays of a region."""
    try:
        return bool(_holidays(region))
    except NotImplementedError:
        return False


@cache
def _holidays(region: str) -> frozenset[date]:
    # Imported when the first lead is filed: it takes a fifth of a second, which the first answer need not wait for.
    from holidays import country_holidays

    country, _, state = region.partition("-")
    return frozenset(country_holidays(country, subdiv=state or None, years=range(2020, 2051)))
