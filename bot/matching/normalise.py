"""Text as the matcher sees it: folded, cut, split into words, and words into pieces."""

import re
import unicodedata
from functools import lru_cache
from sys import intern
from zlib import crc32

LONGEST = 200  # characters; a longer message costs time and adds no meaning (4,096 characters made WRatio take 61 ms)
PIECES = (2, 3, 4, 5)  # characters; pieces of words carry typing errors, inflection and the halves of a compound

# Pieces and words are numbers below this, so that no dictionary of them is kept; two of them seldom share one.
BUCKETS = 1 << 18

# "c++" and "c#" are names of a skill; every other sign only separates.
WORD = re.compile(r"[^\W_]+(?:\+\+|#)?")


def fold(text: str) -> str:
    """Give `text` without capitals, accents and superfluous white space; the same for every way to type it."""
    folded = text.casefold()
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFKD", folded)
        folded = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(folded.split())


@lru_cache(maxsize=512)
def folded(listed: tuple[str, ...]) -> frozenset[str]:
    """The words or phrases of a list, each folded."""
    return frozenset(map(fold, listed))


@lru_cache(maxsize=512)
def either(listed: tuple[str, ...]) -> str:
    """An expression for any of the words or phrases of a list, folded, the longest first; `*` is any ending."""
    found = sorted({fold(one) for one in listed}, key=len, reverse=True)
    return "|".join(re.escape(one).replace(r"\*", r"\w*") for one in found) or "(?!)"


def words(text: str) -> list[str]:
    """Give the words of the first 200 characters of `text`, folded, in their order."""
    # One object for each word: an index holds the same ones many times.
    return [intern(word) for word in WORD.findall(fold(text[:LONGEST]))]


def bucket(feature: bytes) -> int:
    # Not `hash`: Python salts it per process, and a fitted index is kept on disk.
    return crc32(feature) % BUCKETS


def pieces(word: str) -> list[int]:
    """Give the buckets of all runs of 2 to 5 letters of `word`, its two ends marked.

    A letter that is not ASCII counts as the two to four that UTF-8 writes it with.
    """
    marked = f" {word} ".encode()
    return [bucket(marked[start : start + size]) for size in PIECES for start in range(len(marked) - size + 1)]
