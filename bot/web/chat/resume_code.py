"""The words with which somebody gets back into their talk, and how people type them."""

import re
import secrets
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import yaml
from rapidfuzz import fuzz, process

WORDS = 7  # 64 bits
SURE = 75.0  # "olifnat" is 86; of two words in the list that are less than a letter apart, the one that is typed counts


@cache
def code_words() -> Sequence[str]:
    found: Sequence[str] = yaml.safe_load((Path(__file__).parent / "code_words.yaml").read_text("utf-8"))["words"]
    return found


def new_code() -> str:
    return " ".join(secrets.choice(code_words()) for _ in range(WORDS))


def read_code(typed: str) -> str | None:
    """The code that somebody means, in spite of capitals, commas and typing errors; None when it is none."""
    words = re.findall(r"[^\W\d_]+", typed.casefold())
    if len(words) != WORDS:
        return None
    known = [_nearest(word) for word in words]
    return " ".join(known) if all(known) else None


def _nearest(word: str) -> str:
    if word in code_words():
        return word
    found = process.extractOne(word, code_words(), scorer=fuzz.ratio, score_cutoff=SURE)
    return found[0] if found else ""
