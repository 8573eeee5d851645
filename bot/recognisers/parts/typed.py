"""The words of a message with their places and the signs between them; a number by its size."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.matching import fold

_TOKEN = re.compile(r"\S+@\S+|\+?\d(?:[ ().-]{0,2}\d){7,}|[^\W_]+(?:['’`-][^\W_]+)*(?:\+\+|#)?|👍|👎|✅")
_STOP = re.compile(r"[.!?;\n…]+(?=\s|$)|\n")
_BREAK = re.compile(r"[,:()/–-]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its place in the text, and the signs behind it."""

    word: str  # folded
    start: int
    end: int
    capital: bool
    behind: str  # "" | "," | "." | "?": what stands between this word and the next


def tokens(text: str) -> list[Token]:
    """The words of a text, with the signs behind each."""
    hits = list(_TOKEN.finditer(text))
    found: list[Token] = []
    for place, hit in enumerate(hits):
        word = _folded(hit.group())
        between = text[hit.end() : hits[place + 1].start() if place + 1 < len(hits) else len(text)]
        behind = _sign(between) if between != " " else ""
        found.append(Token(word, hit.start(), hit.end(), hit.group()[0].isupper(), behind))
    return found


def words_of(text: str) -> list[str]:
    """The same, where nothing but the words counts."""
    return [_folded(word) for word in _TOKEN.findall(text)]


@lru_cache(maxsize=8192)
def _folded(word: str) -> str:
    return fold(word).replace("’", "'").replace("`", "'")


def _sign(between: str) -> str:
    return "?" if "?" in between else "." if _STOP.search(between) else "," if _BREAK.search(between) else ""


def end_of(text: str, typed: Sequence[Token], place: int) -> int:
    """Where a part ends: with the signs behind its last word."""
    limit = typed[place + 1].start if place + 1 < len(typed) else len(text)
    end = typed[place].end
    while end < limit and not text[end].isspace():
        end += 1
    return end


def shapes(typed: Iterable[Token]) -> list[str]:
    """The words, a number by its size."""
    return [_shape(token.word) or token.word for token in typed]


@lru_cache(maxsize=8192)
def _shape(word: str) -> str:
    """What a number may be, by its size; empty for a word."""
    if "@" in word:
        return "#mail"
    digits = "".join(letter for letter in word if letter.isdigit())
    if not digits:
        return ""
    if len(digits) >= 8:
        return "#phone"
    if digits != word:
        return f"#in {word.strip('0123456789')[:4]}"
    number = int(digits)
    if len(digits) == 4:
        return "#year" if 1930 <= number <= 2035 else "#four"
    return (
        "#1-7"
        if number < 8
        else "#8-13"
        if number < 14
        else "#14-19"
        if number < 20
        else "#20-40"
        if number < 41
        else "#41-99"
        if number < 100
        else "#100"
    )
