"""The words of days, weekdays and months, in all languages at once."""

import re
from collections.abc import Iterable, Mapping

from bot.content.country import LanguageCode
from bot.content.language import NAMED_DAYS, Language, Words
from bot.matching import either, fold
from bot.text import month_names, weekday_names


class CalendarWords:
    """Built once. `days`: how many days from today a (folded) word is; `months`: 1 to 12; `weekdays`: Monday is 0."""

    def __init__(self, languages: Mapping[LanguageCode, Language], spoken: Iterable[LanguageCode]) -> None:
        every, codes = [one.dates for one in languages.values()], list(spoken)
        self.days = {
            fold(word): ahead
            for one in every
            for ahead, name in enumerate(NAMED_DAYS)
            for word in one.days.get(name, ())
        }
        self.months = {
            short: number
            for code in codes
            for number, name in enumerate(month_names(code), start=1)
            for short in (fold(name), fold(name)[:3])
        } | {fold(word): int(number) for one in every for word, number in one.short_months.items()}
        self.weekdays = {fold(name): day for code in codes for day, name in enumerate(weekday_names(code))}

        def of(name: str) -> Words:
            return tuple(word for one in every for word in getattr(one, name))

        behind, day_of = either(of("behind_day")), either(of("day_of"))
        self.day_first = re.compile(
            rf"\b(\d{{1,2}})(?:{behind})?\s+(?:(?:{day_of})\s+)?([a-z]{{3,9}})\.?(?:,?\s+(\d{{4}}))?\b"
        )
        self.month_first = re.compile(rf"\b([a-z]{{3,9}})\.?\s+(\d{{1,2}})(?:{behind})?(?:,?\s+(\d{{4}}))?\b")
