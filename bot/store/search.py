"""Leads by what somebody says on the phone: part of a name, a number in any spelling, an address, a company, a number.

Nothing of them stands open: beside a lead are HMACs of the beginnings of its words, digits and addresses, and what is
typed is looked up as the same HMAC. They go with the lead, and are in no backup: a restore makes them again. Whoever
has the key of the centre can ask the same questions of them as this module does, and read nothing.
"""

import re
from collections.abc import Iterator, Mapping

from sqlalchemy import ColumnElement, Connection, bindparam, delete, exists, func, literal, or_, select

from bot.matching.normalise import fold, words
from bot.store.damage import UNREADABLE
from bot.store.database import Database
from bot.store.encryption import keys_of
from bot.store.keys import Keys
from bot.store.lead_model import LeadAnswer
from bot.store.tables import counters, lead_terms, leads

FEWEST_LETTERS, MOST_LETTERS = 2, 12  # of a word, that it is found by; then by all of it
FEWEST_OF_ADDRESS, MOST_OF_ADDRESS = 3, 40
FEWEST_DIGITS = 4
REFERENCE = re.compile(r"(?:l-)?(?:(\d{4})-)?(\d{1,9})", re.IGNORECASE)
AT_ONCE = 200  # leads whose terms are made in one transaction


def search_leads(db: Connection, text: str, limit: int | None = None) -> list[int]:
    """The ids of the leads that are not erased and hold everything in `text`, the last ones first; `limit` at most.

    Each word may be the beginning of one of a name, a company or an address; digits may be those of a phone number
    (at least four, from its beginning, or the last four) or of a reference ("L-2026-0042", "2026-42", "42").
    """
    keys = keys_of(db.dialect)
    assert keys is not None
    asked = [_is_found(keys, part) for part in _parts(text)]
    if not asked or any(one is None for one in asked):
        return []
    wanted = [one for one in asked if one is not None]
    statement = select(leads.c.id).where(leads.c.erased_at.is_(None), *wanted).order_by(leads.c.id.desc()).limit(limit)
    return list(db.execute(statement).scalars())


class Search:
    """By what each lead is found."""

    def __init__(self, store: Database) -> None:
        self.store = store

    def note(self, lead: int, contact: Mapping[str, str], answers: Mapping[str, LeadAnswer]) -> None:
        """A lead is found by this contact, and by what was answered in own words (a company, work), from now on."""
        with self.store.transaction() as db:
            db.execute(_NO_TERMS, {"of": lead})
            rows = [
                {"lead_id": lead, "term": term}
                for term in sorted({*_terms(self.store.keys, contact), *_said(self.store.keys, answers)})
            ]
            if rows:
                db.execute(_TERMS, rows)

    def complete(self) -> None:
        """Make the terms of leads that have none: those of an older release, or of a backup. One whose contact does
        not open, or is empty, has none."""
        last = 0
        while True:
            none = ~exists().where(lead_terms.c.lead_id == leads.c.id)
            some = select(leads.c.id, leads.c.contact, leads.c.answers).where(
                leads.c.id > last, leads.c.contact.is_not(None), none
            )
            with self.store.transaction() as db:
                rows = db.execute(some.order_by(leads.c.id).limit(AT_ONCE)).all()
                for id, contact, answers in rows:
                    try:
                        said = {name: LeadAnswer.from_json(each) for name, each in (answers or {}).items()}
                        self.note(id, dict(contact), said)
                    except UNREADABLE:  # named in the log by who read it
                        continue
            if not rows:
                return
            last = rows[-1].id


_NO_TERMS, _TERMS = delete(lead_terms).where(lead_terms.c.lead_id == bindparam("of")), lead_terms.insert()


# ------------------------------------------------------------------ what is kept
def _terms(keys: Keys, contact: Mapping[str, str]) -> Iterator[int]:
    for name, value in contact.items():
        match name:
            case "phone":
                yield from _of_phone(keys, value)
            case "email":
                address = fold(value)
                for end in range(FEWEST_OF_ADDRESS, min(len(address), MOST_OF_ADDRESS) + 1):
                    yield _term(keys, "address", address[:end])
                yield _term(keys, "address", address)
            case _:
                yield from _of_words(keys, value)


def _said(keys: Keys, answers: Mapping[str, LeadAnswer]) -> Iterator[int]:
    for each in answers.values():
        if each.words and each.value in (None, each.words):  # no code of a choice
            yield from _of_words(keys, each.words)


def _of_words(keys: Keys, text: str) -> Iterator[int]:
    for word in words(text):
        for end in range(FEWEST_LETTERS, min(len(word), MOST_LETTERS) + 1):
            yield _term(keys, "word", word[:end])
        yield _term(keys, "word", word)


def _of_phone(keys: Keys, number: str) -> Iterator[int]:
    """With and without the code of the country, from the beginning; and the last digits."""
    import phonenumbers  # when the first lead is filed

    whole = _digits(number)
    spellings = {whole}
    try:
        spellings.add(str(phonenumbers.parse(number, None).national_number))
    except phonenumbers.NumberParseException:
        spellings.add(whole.lstrip("0"))
    for digits in spellings:
        for end in range(FEWEST_DIGITS, len(digits) + 1):
            yield _term(keys, "digits", digits[:end])
    yield _term(keys, "last digits", whole[-FEWEST_DIGITS:])


def _term(keys: Keys, kind: str, text: str) -> int:
    """63 bits of an HMAC: two different texts have the same one time in 10^18."""
    return int(keys.blind(f"lead {kind}", text)[:16], 16) >> 1


# ------------------------------------------------------------------ what is asked
def _parts(text: str) -> list[str]:
    """What has to be found, each by itself: words and addresses, or one number, whatever stands between its digits."""
    text = text[:200].replace("(0)", "").strip()
    if REFERENCE.fullmatch(text) or not any(map(str.isalpha, text)):
        return [text]
    return text.split()


def _is_found(keys: Keys, part: str) -> ColumnElement[bool] | None:
    """A condition on a lead, or None for what finds nobody."""
    ways: list[ColumnElement[bool]] = []
    if found := REFERENCE.fullmatch(part):
        ways.append(_is_called(found[1], int(found[2])))
    digits = _digits(part).lstrip("0")
    terms: list[int] = []
    if not any(map(str.isalpha, part)):
        if len(digits) >= FEWEST_DIGITS:
            terms.append(_term(keys, "digits", digits))
        if len(_digits(part)) == FEWEST_DIGITS:
            terms.append(_term(keys, "last digits", _digits(part)))
    else:
        if len(address := fold(part)) >= FEWEST_OF_ADDRESS:
            terms.append(_term(keys, "address", address))
        typed = [word for word in words(part) if len(word) >= FEWEST_LETTERS]
        if typed and "@" not in part:
            ways.append(_has_all(keys, typed))
    if terms:
        ways.append(_has_one(terms))
    return or_(*ways) if ways else None


def _is_called(year: str | None, number: int) -> ColumnElement[bool]:
    if year:
        return leads.c.reference == f"L-{year}-{number:04}"
    # Of every year that has numbers: each is looked up, where a pattern would be held to every lead.
    prefix = "lead-"
    years = select(literal("L-").concat(func.substr(counters.c.name, len(prefix) + 1)).concat(f"-{number:04}"))
    return leads.c.reference.in_(years.where(counters.c.name.startswith(prefix)))


def _has_all(keys: Keys, typed: list[str]) -> ColumnElement[bool]:
    # "Jean-Luc" is two words of a name.
    first, *rest = (_has_one([_term(keys, "word", word)]) for word in typed)
    for each in rest:
        first = first & each
    return first


def _has_one(terms: list[int]) -> ColumnElement[bool]:
    return leads.c.id.in_(select(lead_terms.c.lead_id).where(lead_terms.c.term.in_(terms)))


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text))
