"""Amounts in a text that limits are measured in: "30 min", "een half uur", "20 km", "15 uur", "half vier", "april"."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.matching import fold
from bot.recognisers.numbers import Counted, Counting, Measure
from bot.recognisers.tokens import Token
from bot.text import month_names

IN_MINUTES = {Measure.MINUTES: 1, Measure.QUARTERS: 15, Measure.HOURS: 60}
LONGEST_TRIP = 180  # minutes
FARTHEST = 300  # km
EARLIEST, NOON, LATEST, DAY = 7, 12, 18, 24  # hours of the clock


class Amount(NamedTuple):
    value: int | str
    behind: int  # the place behind it


class Amounts:
    """The amounts in one text. `months`: the month of each name."""

    def __init__(self, tokens: Sequence[Token], counting: Counting, months: Mapping[str, int]) -> None:
        self._tokens, self._counting, self._months = tokens, counting, months
        self._counted: list[Counted] | None = None

    def at(self, slot: str, place: int) -> Amount | None:
        """What stands in a slot at a place."""
        if not 0 <= place < len(self._tokens):
            return None
        match slot:
            case "minutes":
                return self._minutes(place)
            case "km":
                one = self._number(place)
                return self._to(one, one.value, FARTHEST) if one and one.measure is Measure.DISTANCE else None
            case "clock":
                return self._clock(place)
            case "month":
                month = self._months.get(self._tokens[place].word)
                return Amount(month, place + 1) if month else None
            case _:
                raise AssertionError(slot)

    def _number(self, place: int) -> Counted | None:
        """The number that begins at a place; an article before it belongs to it: "een half uur"."""
        if self._counted is None:
            self._counted = self._counting.read(self._tokens)
        article = self._counting.article_at(self._tokens, place)
        return next((one for one in self._counted if one.first in (place, place + article)), None)

    def _minutes(self, place: int) -> Amount | None:
        one = self._number(place)
        if one is not None:
            times = IN_MINUTES.get(one.measure) if one.measure else None
            return self._to(one, one.value * times, LONGEST_TRIP) if times else None
        article = self._counting.article_at(self._tokens, place)
        measure, behind = self._counting.unit_at(self._tokens, place + article)
        is_one = article and measure in (Measure.HOURS, Measure.QUARTERS)  # "een uur", "een kwartier"
        return Amount(IN_MINUTES[measure], behind) if is_one and measure else None

    def _to(self, one: Counted, value: float, most: int) -> Amount | None:
        behind = next((at for at, token in enumerate(self._tokens) if token.start >= one.end), len(self._tokens))
        return Amount(round(value), behind) if 0 < value <= most else None

    def _clock(self, place: int) -> Amount | None:
        """A time of the clock. "3 uur" is in the afternoon, as nobody works in the night for the children."""
        tokens, counting = self._tokens, self._counting
        for phrases, half in ((counting.half_before, -1), (counting.half_past, 0)):
            if length := phrases.at(tokens, place):
                hour = self._hour(place + length)
                return Amount(f"{hour[0] + half:02}:30", hour[1]) if hour else None
        if [token.word for token in tokens[place + 1 : place + 2]] == [":"] and place + 2 < len(tokens):
            hour_word = tokens[place].word
            return self._time(int(hour_word), tokens[place + 2].word, place + 3) if hour_word.isdecimal() else None
        hour = self._hour(place)
        return Amount(f"{hour[0]:02}:00", hour[1]) if hour else self._with_minutes(place)

    def _hour(self, place: int) -> tuple[int, int] | None:
        """The hour that a number names, and the place behind it: none of "20 uur per week"."""
        one = self._number(place)
        if one is None or one.first != place or one.each_week or one.each_day or one.value != int(one.value):
            return None
        unit, behind = self._counting.unit_at(self._tokens, one.behind)
        if unit not in (None, Measure.HOURS) or not 1 <= one.value <= LATEST:
            return None
        return _by_day(int(one.value)), behind

    def _with_minutes(self, place: int) -> Amount | None:
        """ "15.30" is a number to who counts."""
        hour, dot, minutes = self._tokens[place].word.partition(".")
        return self._time(int(hour), minutes, place + 1) if dot and hour.isdecimal() else None

    def _time(self, hour: int, minutes: str, behind: int) -> Amount | None:
        if not (len(minutes) == 2 and minutes.isdecimal() and int(minutes) < 60 and hour < DAY):
            return None
        _, end = self._counting.unit_at(self._tokens, behind)
        return Amount(f"{_by_day(hour):02}:{minutes}", end)


def _by_day(hour: int) -> int:
    """An hour of the clock as one of the day: "tot 3 uur" and "tot 3:30" are in the afternoon."""
    return hour + (NOON if 0 < hour < EARLIEST else 0)


def months_of(languages: Iterable[str]) -> dict[str, int]:
    """The months by their names."""
    return {fold(name): number for language in languages for number, name in enumerate(month_names(language), start=1)}
