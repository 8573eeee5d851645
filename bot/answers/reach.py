"""How to reach someone: a phone number, an e-mail address, a postcode."""

import re

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberMatcher, PhoneNumberType

from bot.answers.reading import CERTAIN, CLEAR, Misunderstood, Option, Reading, Unclear, Understood
from bot.content.message_keys import Sentence
from bot.matching import closest

_ADDRESS = re.compile(r"[^\s<>,;:()\"]+@[^\s<>,;:()\"]+")
_POSTCODE = re.compile(r"(?<![\w.])([1-9]\d{3})(?:[ \-]{0,3}([A-Z]{2}))?(?!\w)")
_MOBILE_WITHOUT_ZERO = re.compile(r"[^\d+]*(6(?:[ .-]?\d){8})\D*")
_DUTCH = re.compile(r"[^\d+]*(0[1-7](?:[ .-]?\d)*)\D*")  # 08 and 09 are service numbers, of other lengths
DIGITS = 10  # of a Dutch number, with its 0
FEWEST_DIGITS = 6  # fewer are a house number, a date, an area
NEVER_GIVEN_OUT = frozenset({"SA", "SD", "SS"})
_MAIL_PROVIDERS = (
    "gmail.com hotmail.com hotmail.nl outlook.com live.nl live.com ziggo.nl kpnmail.nl icloud.com yahoo.com xs4all.nl "
    "planet.nl home.nl proton.me protonmail.com"
).split()
_REACHABLE = frozenset(
    {
        PhoneNumberType.MOBILE,
        PhoneNumberType.FIXED_LINE,
        PhoneNumberType.FIXED_LINE_OR_MOBILE,
        PhoneNumberType.VOIP,
        PhoneNumberType.PERSONAL_NUMBER,
        PhoneNumberType.UNKNOWN,
    }
)


def read_phone(text: str) -> Reading:
    """Read a phone number as E.164 ("+31612345678"). A number without a country is Dutch.

    `is_valid_number` and not `is_possible_number`: 06-1234567 lacks a digit and is "possible".
    """
    found = {
        phonenumbers.format_number(hit.number, PhoneNumberFormat.E164)
        for hit in PhoneNumberMatcher(text, "NL")
        if phonenumbers.number_type(hit.number) in _REACHABLE
    }
    if len(found) > 1:
        return Misunderstood(Sentence.MORE_PHONES)
    if not found:
        return _nearly_a_phone(text)
    number = found.pop()
    return Understood(number, CERTAIN, shown=show_phone(number))


def _nearly_a_phone(text: str) -> Reading:
    """What a number lacks: its first 0, or some digits."""
    if mobile := _MOBILE_WITHOUT_ZERO.fullmatch(text):
        digits = "".join(filter(str.isdecimal, mobile[1]))
        meant = f"06 {digits[1:]}"
        return Unclear((Option(meant, meant),))
    if dutch := _DUTCH.fullmatch(text):
        digits = "".join(filter(str.isdecimal, dutch[1]))
        if FEWEST_DIGITS <= len(digits) != DIGITS:
            return Misunderstood(Sentence.PHONE_DIGITS, {"digits": str(len(digits)), "right": str(DIGITS)})
    return Misunderstood(Sentence.NO_PHONE)


def show_phone(number: str) -> str:
    """A number in E.164 as people write it: "06 12345678"."""
    parsed = phonenumbers.parse(number, None)
    dutch = parsed.country_code == 31
    return phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL if dutch else PhoneNumberFormat.INTERNATIONAL)


def read_email(text: str) -> Reading:
    """Read an e-mail address; nothing is looked up. A known provider with a typing error is asked back."""
    from email_validator import EmailNotValidError, validate_email  # a 30th of the time of a start, and few need it

    found = _ADDRESS.search(text)
    if found is None:
        return Misunderstood(Sentence.NO_EMAIL)
    try:
        address = validate_email(found.group().rstrip(".!?"), check_deliverability=False).normalized
    except EmailNotValidError:
        return Misunderstood(Sentence.NO_EMAIL)
    name, _, domain = address.rpartition("@")
    if domain not in _MAIL_PROVIDERS and (near := closest(domain, _MAIL_PROVIDERS, limit=1, at_least=0.85)):
        meant = f"{name}@{near[0].name}"
        return Unclear((Option(meant, meant), Option(address, address)))
    return Understood(address, CERTAIN)


def read_contact(text: str) -> Reading:
    """Read a phone number or an e-mail address, whichever it is."""
    if "@" in text:
        return read_email(text)
    reading = read_phone(text)
    if isinstance(reading, Misunderstood) and not any(letter.isdigit() for letter in text):
        return Misunderstood(Sentence.NO_CONTACT)
    return reading


def read_postcode(text: str) -> Reading:
    """Read a postcode as "3511 LX", or as its four digits when the letters are missing."""
    found = _POSTCODE.search(text.upper())
    if found is None or found[2] in NEVER_GIVEN_OUT:
        return Misunderstood(Sentence.NO_POSTCODE)
    digits, letters = found.groups()
    return Understood(f"{digits} {letters}" if letters else digits, CERTAIN if letters else CLEAR)
