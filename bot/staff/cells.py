"""A value as a cell can hold it: nothing that runs, nothing that breaks a file, nothing that Excel eats."""

import re
from datetime import date, datetime
from unicodedata import category, normalize

Cell = str | int | float | bool | date | datetime | None

# Control and direction characters hide what stands in a cell, or break the file. The two joiners stay: names in Persian
# and Hindi, and families of emoji, need them.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SEEN_ALL_THE_SAME = frozenset("\n\u200c\u200d")
_MARKS = re.compile(r"([\u0300-\u036F\u0489]{2})[\u0300-\u036F\u0489]+")  # more than two on a letter is vandalism
_FORMULA = re.compile(r"""\s*["';|%]*\s*[=+\-@＝＋－＠|%]|[\t\r\n]""")
_NUMBERLIKE = re.compile(r"0\d+|\d{12,}")


def clean(text: str) -> str:
    """`text` in one spelling, without what cannot be seen and what no file may hold. Cleaning twice changes nothing."""
    if text.isascii() and text.isprintable():
        return text.strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if not text.replace("\n", "").isprintable():
        text = "".join(
            character for character in text if character in _SEEN_ALL_THE_SAME or category(character) not in _UNSEEN
        )
    return normalize("NFC", _MARKS.sub(r"\1", text)).strip()


def without_formula(text: str) -> str:
    """`text` with an apostrophe before it when a spreadsheet could take it for a formula.

    Also behind spaces, quotes and separators, and in full width: some programs cut those off first.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def without_loss(text: str) -> str:
    """The same, and also for digits of which Excel would drop the zero in front, or round the end."""
    return f"'{text}" if _FORMULA.match(text) or _NUMBERLIKE.fullmatch(text) else text


def international(phone: str) -> str:
    """ "+31612345678" as "0031612345678": whole, and without the plus that a spreadsheet takes for a formula."""
    return f"00{phone[1:]}" if phone.startswith("+") else phone
