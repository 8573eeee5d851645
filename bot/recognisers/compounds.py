"""Compounds: "installatiebedrijf" is a company for what stands before it, and no list has to say so."""

from collections.abc import Collection

from bot.matching.word_vectors import word_table

SHORTEST = 4  # characters of either half: shorter ones begin and end too many words
KNOWN = 3.5  # by Zipf: the second half is a word that many know; "teboer" of "groenteboer" is none


def first_half(word: str, names: Collection[str], links: Collection[str]) -> str | None:
    """The longest of some (folded) names with which a (folded) word begins, when what follows is a word by itself.

    `links`: what may stand between the two.
    """
    longest = len(word) - SHORTEST
    for end in range(longest, SHORTEST - 1, -1):
        if word[:end] in names and any(_is_word(word[end:].removeprefix(link)) for link in ("", *links)):
            return word[:end]
    return None


def _is_word(rest: str) -> bool:
    table = word_table()
    return len(rest) >= SHORTEST and table.zipf(table.row(rest)) >= KNOWN
