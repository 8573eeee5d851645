"""What follows from the limits of a person for what else is known of them: pay that is needed, times that suit."""

from collections.abc import Mapping
from enum import StrEnum

from bot.content.conditions import Value
from bot.content.knowledge import FactRole, Knowledge
from bot.content.limits import SEVERAL, LimitValue


class Looked(StrEnum):
    """The limits that advice looks at by name; the demands of work are looked up for any other."""

    NO_SCHOOL = "no_school"
    PAY = "pay"
    ONLINE = "online"
    CHEAP = "cheap"
    HOURS = "hours"
    SCHOOL_HOURS = "school_hours"
    EVENINGS = "evenings"
    WEEKENDS = "weekends"
    NIGHTS = "nights"
    SHIFTS = "shifts"
    DAYS = "days"
    TRAVEL = "travel"
    NEAR = "near"
    FAR = "far"  # any distance will do


SCHEDULES = {
    "mornings": "daytime",
    "afternoons": "daytime",
    "daytime": "daytime",
    "working_days": "daytime",
    "evenings": "evening",
    "weekends": "weekend",
}
"""What a time of a limit is among the times of the schedule; a time of the clock is in the day."""
WHOLE_DAYS = frozenset({"daytime", "working_days", "weekends", "evenings"})


def implied(limits: Mapping[str, LimitValue], facts: Mapping[str, Value], knowledge: Knowledge) -> dict[str, Value]:
    """The facts that follow from limits, for who did not tell those: pay that is needed, times that are possible."""
    found: dict[str, Value] = {}
    if Looked.PAY in limits:
        found[knowledge.fact_of(FactRole.PAY)] = True
    hours = limits.get(Looked.HOURS)
    if isinstance(hours, int) and hours and not isinstance(hours, bool):
        found[knowledge.fact_of(FactRole.HOURS)] = hours
    times = {SCHEDULES.get(one, "daytime") for one in hours.split(SEVERAL)} if isinstance(hours, str) else set()
    times |= {"daytime"} if Looked.SCHOOL_HOURS in limits else set()
    times |= {"online"} if Looked.ONLINE in limits else set()
    if times:
        found[knowledge.fact_of(FactRole.SCHEDULE)] = frozenset(times)
    return {name: value for name, value in found.items() if name not in facts or _is_less(value, facts[name])}


def _is_less(limit: Value, told: Value) -> bool:
    """Whether a limit in hours a week is below the hours that they told before."""
    both = (limit, told)
    return all(isinstance(one, int) and not isinstance(one, bool) for one in both) and limit < told  # type: ignore[operator]


def has_part_of_a_day(limits: Mapping[str, LimitValue]) -> bool:
    """Whether somebody has no whole days: "tot 15 uur", "onder schooltijd", "alleen 's ochtends"."""
    hours = limits.get(Looked.HOURS)
    parts = set(hours.split(SEVERAL)) - WHOLE_DAYS if isinstance(hours, str) else set()
    return Looked.SCHOOL_HOURS in limits or bool(parts)
