"""The code of the link that somebody came by (`t.me/BOT?start=flyer-overvecht`), and whether it may be kept."""

import re
from collections.abc import Collection

from bot.environment import CODE
from bot.recognisers.private import Private

MOST_DIGITS = 8  # a day has eight (12-03-2026); a phone number and a BSN have nine


def kept_source(code: str | None, private: Private, known: Collection[str] = ()) -> str | None:
    """`code` if it may be kept, else None.

    The centre knows its own codes: when it says which (`SOURCES`), those are kept and no others. Only such a list
    tells a flyer from a person: no pattern knows "anna" from "almere". When it says nothing, what a code can never be
    (a phone number, a BSN, a bank account, somebody's health) is not kept, and the rest is, sealed as a name is.
    """
    if not code or not CODE.fullmatch(code):  # anybody can type anything
        return None
    if known:
        return code if code in known else None
    harmless = sum(map(str.isdigit, code)) <= MOST_DIGITS and private.find(re.sub("[_-]+", " ", code)) is None
    return code if harmless else None
