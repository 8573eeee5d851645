"""Days and periods that cannot be, and a status that is written in two places and differs."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from bot.content.knowledge import Knowledge, Offerable, Period, Programme, SourcedFact, Subsidy, SubsidyStatus
from bot.content.problems import Location, Problem, Severity

FAR = 10  # years: a scheme or a round that ends later is most often a typing error


def problems_of(knowledge: Knowledge, on: date) -> Iterator[Problem]:
    """`on`: the day that it is."""
    for item in knowledge.items:
        for fact in item.facts.values():
            yield from _looked_at(fact.checked, fact.dated, fact.at, on)
            yield from _periods(fact)
        yield from _status(item)
        if isinstance(item, Subsidy):
            yield from _far(item, on)
            yield from _after_its_end(item, on)
    for question in knowledge.questions.values():
        for source in question.sources:
            yield from _looked_at(source.checked, source.dated, question.at, on)
    for care in knowledge.care.values():
        for line in care.contacts:
            yield from _looked_at(line.checked, line.dated, care.at, on)


def _looked_at(checked: date, dated: str | None, at: Location, on: date) -> Iterator[Problem]:
    if checked > on:
        message = f"this was checked on {checked}: that is in the future"
        hint = "Write the day on which you looked: it counts from there when to look again."
        # A warning: who checks on an earlier day, or whose clock is behind, has made no mistake.
        yield Problem(at, message, hint, "K110", Severity.WARNING, within=(checked.isoformat(),))
    elif dated and dated > checked.isoformat()[: len(dated)]:
        message = f"the page is of {dated}, after the day on which it was checked ({checked})"
        hint = "Correct one of the two: 'date' is the day of the page, 'checked' the day on which you looked."
        yield Problem(at, message, hint, "K111", within=(checked.isoformat(),))


def _status(item: Offerable | Subsidy) -> Iterator[Problem]:
    """What runs is said from the one, and how old that is from the other: they cannot differ."""
    fact = item.facts.get("status")
    if isinstance(item, Programme | Subsidy) and fact and isinstance(fact.value, str) and fact.value != item.status:
        message = f"the status of {item.id!r} is {item.status}, and its fact 'status' says {fact.value}"
        hint = f"Write {item.status} in both, or {fact.value} in both."
        yield Problem(item.at, message, hint, "K112", within=("facts", "status", "value"))


def _periods(fact: SourcedFact) -> Iterator[Problem]:
    if not isinstance(fact.value, tuple):
        return
    whole = []
    for period in fact.value:
        if period.from_ and period.until and period.until < period.from_:
            message = f"this period ends on {period.until}, before it begins on {period.from_}"
            yield Problem(fact.at, message, "Turn the two round.", "K114", within=("value", _written(period)))
        else:
            whole.append(period)
    in_order = sorted(whole, key=lambda period: (period.from_ or date.min, period.until or date.max))
    for one, other in pairwise(in_order):
        if (one.until or date.max) >= (other.from_ or date.min):
            said = f"from {other.from_}" if other.from_ else "without a beginning"
            message = f"two periods overlap: one until {one.until or 'today'}, and one {said}"
            hint = "Let one end on the day before the other begins: for each day there is one value."
            yield Problem(fact.at, message, hint, "K115", within=("value", _written(other)))


def _written(period: Period) -> str:
    return (period.from_ or period.until or date.min).isoformat()


def _far(scheme: Subsidy, on: date) -> Iterator[Problem]:
    days = [(scheme.valid.from_, "valid"), (scheme.valid.until, "valid")]
    days += [(day, "windows") for one in scheme.windows for day in (one.opens, one.closes, one.exhausted_on)]
    for day, key in days:
        if day is not None and day.year > on.year + FAR:
            message = f"{day} is more than {FAR} years away"
            hint = "Is the year right? Write null when no end is known."
            within = (key, day.isoformat())
            yield Problem(scheme.at, message, hint, "K116", Severity.WARNING, within=within)


def _after_its_end(scheme: Subsidy, on: date) -> Iterator[Problem]:
    if scheme.status is SubsidyStatus.ENDED and scheme.valid.until and scheme.valid.until >= on:
        message = f"{scheme.id!r} has ended by its status, and is valid until {scheme.valid.until}"
        hint = "Write the day on which it ended in 'valid', or another status."
        within = ("valid", scheme.valid.until.isoformat())
        yield Problem(scheme.at, message, hint, "K113", within=within)
