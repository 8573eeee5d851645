"""Text as the matcher sees it: folded, cut, split into words."""

import re
import unicodedata

LONGEST = 200  # characters; a longer message costs time and adds no meaning (4,096 characters made WRatio take 61 ms)

# "c++" and "c#" are names of a skill; every other sign only separates.
WORD = re.compile(r"[^\W_]+(?:\+\+|#)?")


def fold(text: str) -> str:
    """Give `text` without capitals, accents and superfluous white space; the same for every way to type it."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(letter for letter in decomposed if not unicodedata.combining(letter)).split())


def words(text: str) -> list[str]:
    """Give the words of the first 200 characters of `text`, folded, in their order."""
    return WORD.findall(fold(text[:LONGEST]))
