"""Leads by what somebody says on the phone: part of a name, a number in any spelling, an address, a company."""

from bot.matching.normalise import words
from bot.store import Store
from bot.store.lead_model import Filter, Lead

FEWEST_DIGITS = 4  # of a phone number: fewer are in too many
FEWEST_LETTERS = 2


def search(store: Store, text: str) -> list[Lead]:
    """The leads that hold every word of a text, or its digits, the last ones first."""
    wanted = words(text)
    digits = "".join(filter(str.isdecimal, text))
    is_number = len(digits) >= FEWEST_DIGITS and not any(map(str.isalpha, text))
    if not is_number and not any(len(word) >= FEWEST_LETTERS for word in wanted):
        return []
    return [lead for lead in reversed(store.leads.all(Filter())) if _holds(lead, wanted, digits if is_number else "")]


def _holds(lead: Lead, wanted: list[str], digits: str) -> bool:
    """Whether each word begins a word of the contact or of what they said in their own words (the company, the work),
    or the digits are in the number, with or without its country."""
    if digits:
        number = "".join(filter(str.isdecimal, lead.contact.get("phone", "")))
        return digits.removeprefix("00").removeprefix("0") in number
    said = [each.words for each in lead.answers.values() if each.words and each.value in (None, each.words)]
    known = [word for value in (*lead.contact.values(), *said) for word in words(value)]
    return all(any(word.startswith(each) for word in known) for each in wanted)
