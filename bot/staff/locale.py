"""How staff read things: in whose words, by which clock, and with which phone numbers."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Self

import phonenumbers

from bot.content.country import Country
from bot.content.language import Language
from bot.content.staff_sentences import StaffSentence
from bot.content.staff_words import StaffWords
from bot.store import Store


@dataclass(frozen=True)
class Locale:
    """What differs from place to place in a list, a file or a message for staff."""

    country: Country
    language: Language

    @classmethod
    def of(cls, store: Store) -> Self:
        return cls(store.country, store.staff_language)

    @cached_property
    def words(self) -> StaffWords:
        return self.language.staff_words

    def say(self, sentence: StaffSentence, **values: object) -> str:
        return self.words.say(sentence, **values)

    def say_bool(self, yes: bool) -> str:
        return self.say(StaffSentence.YES if yes else StaffSentence.NO)

    def clock(self, moment: datetime) -> datetime:
        """A moment as the clock there shows it, without a zone: a spreadsheet knows none."""
        return self.country.calendar.local(moment).replace(tzinfo=None, microsecond=0)

    def day(self, day: date) -> str:
        """A day, or the day of a moment, as they write it: "31-12-2026"."""
        return (self.clock(day) if isinstance(day, datetime) else day).strftime(self.day_format)

    @cached_property
    def day_format(self) -> str:
        """The same for `strftime`."""
        return self.words.day.replace("dd", "%d").replace("mm", "%m").replace("yyyy", "%Y")

    def moment(self, moment: datetime) -> str:
        return f"{self.day(moment)} {self.clock(moment):%H:%M}"

    def phone(self, phone: str) -> str:
        """In the Netherlands "+31612345678" as "06 12345678", "+31348123456" as "0348 123 456", a number of another
        country as "0032 470123456": no plus that could start a formula, and a space, so that no zero is lost."""
        if self._is_dutch and phone.startswith("+316") and len(phone) == 12:
            return f"06 {phone[4:]}"  # nearly all of them; the library takes a hundred times as long
        try:
            number = phonenumbers.parse(phone)
        except phonenumbers.NumberParseException:
            return phone
        if number.country_code == self._country_code:
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
        return f"00{number.country_code} {phonenumbers.national_significant_number(number)}"

    @cached_property
    def _is_dutch(self) -> bool:
        return self.country.phone.region == "NL"

    @cached_property
    def _country_code(self) -> int:
        return phonenumbers.country_code_for_region(self.country.phone.region)
