"""Words of any script, with their places in the text, and spelled as lists of words are: folded, one way for each."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 1000  # characters; what a longer message is in, its beginning tells

LATIN = "LATIN"

# Accents typed as signs of their own, and the sign that joins two halves of a Farsi word, belong to a word.
_JOINED = "\u0300-\u036f\u064b-\u065f\u0670\u200c"
_TOKEN = re.compile(rf"\d+|[^\W\d_](?:[\w{_JOINED}]|['’ʼ`](?=[^\W\d_]))*")
_NO_WORDS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|\B/\w+")
_BETWEEN = re.compile(r"[.,;:!?\n()…،؛؟።፣፤፥፡]")

_ONE_WAY = str.maketrans(
    {
        **dict(zip("łıøđ’ʼ`", "liod'''", strict=True)),
        **dict(zip("ةىیکٱ", "هييكا", strict=True)),  # Arabic and Farsi keyboards write the same letter in two ways
        "\u200c": None,
        "ـ": None,
        "ኣ": "አ",
        # Ge'ez has letters that sound alike, and people use either.
        **{chr(0x1340 + sound): chr(0x1338 + sound) for sound in range(7)},
        **{chr(0x1220 + sound): chr(0x1230 + sound) for sound in range(7)},
    }
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a number. `text[start:end]` is as it was typed."""

    word: str
    start: int
    end: int
    clause: int  # counts up at every sign that parts a sentence


def spelled(word: str) -> str:
    """A word without capitals and accents, and with one letter where people use either of two."""
    if word.isascii():
        return word.lower().replace("`", "'")
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(one for one in decomposed if not unicodedata.combining(one)).translate(_ONE_WAY)


def tokens(text: str) -> list[Token]:
    """The words and numbers of a text in their order; links, addresses and commands are none."""
    plain = _NO_WORDS.sub(lambda found: " " * len(found.group()), text[:LONGEST])
    found: list[Token] = []
    clause = end = 0
    for one in _TOKEN.finditer(plain):
        clause += _BETWEEN.search(plain, end, one.start()) is not None
        end = one.end()
        if word := spelled(one.group()):
            found.append(Token(word, one.start(), end, clause))
    return found


def letters(text: str) -> Iterator[str]:
    """The letters of a text, small, each with its accent."""
    return (one for one in unicodedata.normalize("NFC", text[:LONGEST]).lower() if one.isalpha())


@lru_cache(maxsize=2048)
def script(letter: str) -> str:
    """The writing that a letter is of, as Unicode calls it: "LATIN", "CYRILLIC", "ARABIC", "ETHIOPIC"."""
    return unicodedata.name(letter, "").partition(" ")[0]
