"""How to reach someone: a phone number, an e-mail address, a postcode."""

import re

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberMatcher, PhoneNumberType

from bot.answers.reading import CERTAIN, CLEAR, Misunderstood, Option, Reading, Unclear, Understood
from bot.content.country import Country, Phone, Postcode
from bot.content.sentence_keys import Sentence
from bot.matching import closest

_ADDRESS = re.compile(r"[^\s<>,;:()\"]+@[^\s<>,;:()\"]+")
FEWEST_DIGITS = 6  # fewer are a house number, a date, an area
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


SAMPLE_ADDRESS = "sam@example.org"  # RFC 2606: it is nobody's


def sample_phones(country: Country) -> tuple[str, ...]:
    """A mobile number as it is dialled in the country; none of one that phonenumbers does not know."""
    number = phonenumbers.example_number_for_type(country.phone.region, PhoneNumberType.MOBILE)
    return (phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL),) if number else ()


def read_phone(text: str, country: Country) -> Reading:
    """Read a phone number as E.164 ("+31612345678"). One that says no country is of ours.

    `is_valid_number` and not `is_possible_number`: 06-1234567 lacks a digit and is "possible".
    """
    found = {
        phonenumbers.format_number(hit.number, PhoneNumberFormat.E164)
        for hit in PhoneNumberMatcher(text, country.phone.region)
        if phonenumbers.number_type(hit.number) in _REACHABLE
    }
    if len(found) > 1:
        return Misunderstood(Sentence.MORE_PHONES)
    if not found:
        return _nearly_a_phone(text, country.phone)
    number = found.pop()
    # The words around it are not kept: people say there why they want no call.
    return Understood(number, CERTAIN, raw=number, shown=show_phone(number, country))


def _nearly_a_phone(text: str, phone: Phone) -> Reading:
    """What a number lacks, where that can be told: its first 0, or some digits."""
    right, typed = phone.digits, re.fullmatch(r"[^\d+]*(\d(?:[ .-]?\d)*)\D*", text)
    digits = "".join(filter(str.isdecimal, typed[1])) if typed else ""
    if right and phone.mobile and len(digits) == right - 1 and digits.startswith(phone.mobile):
        meant = f"0{phone.mobile} {digits[len(phone.mobile) :]}"
        return Unclear((Option(meant, meant),))
    if right and phone.begins and phone.begins.match(digits) and FEWEST_DIGITS <= len(digits) != right:
        return Misunderstood(Sentence.PHONE_DIGITS, {"digits": str(len(digits)), "right": str(right)})
    return Misunderstood(Sentence.NO_PHONE)


def show_phone(number: str, country: Country) -> str:
    """A number in E.164 as people write it: "06 12345678"."""
    parsed = phonenumbers.parse(number, None)
    ours = parsed.country_code == phonenumbers.country_code_for_region(country.phone.region)
    return phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL if ours else PhoneNumberFormat.INTERNATIONAL)


def read_email(text: str, country: Country) -> Reading:
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
    if domain not in country.mail and (near := closest(domain, country.mail, limit=1, at_least=0.85)):
        meant = f"{name}@{near[0].name}"
        return Unclear((Option(meant, meant), Option(address, address)))
    return Understood(address, CERTAIN, raw=address)


def read_contact(text: str, country: Country) -> Reading:
    """Read a phone number or an e-mail address, whichever it is; of both they choose one."""
    if "@" in text:
        email, phone = read_email(text, country), read_phone(_ADDRESS.sub(" ", text), country)
        if not isinstance(email, Understood) or not isinstance(phone, Understood):
            return email
        return Unclear((Option(str(phone.value), str(phone.shown)), Option(str(email.value), str(email.value))))
    reading = read_phone(text, country)
    if isinstance(reading, Misunderstood) and not any(letter.isdigit() for letter in text):
        return Misunderstood(Sentence.NO_CONTACT)
    return reading


def read_postcode(text: str, postcode: Postcode) -> Reading:
    """Read a postcode as "3511 LX", or as its digits when the letters are missing."""
    letters = postcode.letters.pattern if postcode.letters else "(?!)"
    pattern = rf"(?<![\w.])({postcode.digits.pattern})(?:[ \-]{{0,3}}({letters}))?(?!\w)"
    found = re.search(pattern, text.upper())
    if found is None or found[2] in postcode.never:
        return Misunderstood(Sentence.NO_POSTCODE)
    whole = found[2] is not None or postcode.letters is None
    return Understood(f"{found[1]} {found[2]}" if found[2] else found[1], CERTAIN if whole else CLEAR)
