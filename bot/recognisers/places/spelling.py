"""The name that is nearest to what someone typed: letter by letter, and by how it sounds."""

import re
from collections.abc import Collection, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching import fold, words
from bot.matching.word_vectors import word_table

SHORTEST = 4  # characters; a shorter name is typed right or is none
SHORT = 6  # characters; below it the first letter must be right
COMMON = 3.5  # zipf: "goed" is 6.2 and no misspelt Goes; "zwol" is 2.6, and "utrect" is not in the table

_DOUBLED = (re.compile(r"(.)\1+"), r"\1")


class Sounds:
    """How names sound, by letters that sound alike: `|` stands between them, `$` is the end of a name."""

    def __init__(self, letters: Mapping[str, str]) -> None:
        self._patterns = [*((re.compile(alike), sound) for alike, sound in letters.items()), _DOUBLED]

    def of(self, key: str) -> str:
        """The skeleton of how a name sounds, so that "zijst" is Zeist: what sounds alike is written alike."""
        for pattern, letter in self._patterns:
            key = pattern.sub(letter, key)
        return key


class InFull:
    """Names with what is shortened in them in full: "alphen a/d rijn", "st. oedenrode"."""

    def __init__(self, short: Mapping[str, str]) -> None:
        self._patterns = [(_shortened(letters), f"{fold(full)} ") for letters, full in short.items()]

    def of(self, folded: str) -> str:
        for pattern, full in self._patterns:
            folded = pattern.sub(full, folded)
        return folded

    def joined(self, name: str) -> str:
        """A name as one run of letters, however it is split: "'s-Hertogenbosch" is shertogenbosch."""
        return "".join(words(self.of(fold(name))))


def _shortened(letters: str) -> re.Pattern[str]:
    """Letters that stand for words, with a sign or a space between them or none, right before a word."""
    between = r"\s*[/.]?\s*".join(map(re.escape, fold(letters).split("/")))
    return re.compile(rf"\b{between}\b\.?(?=[\s-]*[^\W\d_])")


def errors_allowed(key: str) -> int:
    """How many typing errors a name of this length may hold; in a short one each letter counts."""
    return 0 if len(key) < 4 else 1 if len(key) < 8 else 2 if len(key) < 13 else 3


class Spelling:
    """Names as runs of letters, of which the `towns` go before the villages at the same distance.

    `jobs`: words that name an occupation, and so no place.
    """

    def __init__(self, names: Collection[str], towns: Collection[str], jobs: Collection[str], sounds: Sounds) -> None:
        self._heard = sounds
        self._jobs = frozenset(jobs)
        self._names = [name for name in names if len(name) >= SHORTEST]
        self._sounds = [sounds.of(name) for name in self._names]
        # A village counts as one error more: most people live in the larger of two that look alike.
        self._handicap = [0 if name in towns else 1 for name in self._names]

    def is_word(self, typed: str) -> bool:
        """Whether this is a word that people use, or a job, and so no misspelt name."""
        table = word_table()
        return typed in self._jobs or table.zipf(table.row(typed)) >= COMMON

    def near(self, typed: str) -> list[tuple[str, int]]:
        """Names within the errors that the length of `typed` allows, with the errors in letters and in sound."""
        if len(typed) < SHORTEST or typed.isdigit():
            return []
        most, heard = errors_allowed(typed), self._heard.of(typed)
        alike = (
            *process.extract(typed, self._names, scorer=OSA.distance, score_cutoff=most, limit=None),
            *process.extract(heard, self._sounds, scorer=OSA.distance, score_cutoff=most, limit=None),
        )
        near = []
        for number in {number for _, _, number in alike}:
            name = self._names[number]
            in_letters, in_sound = OSA.distance(typed, name), OSA.distance(heard, self._sounds[number])
            if in_letters > most + 2 or (in_sound and len(typed) < SHORT and (name[0] != typed[0] or in_letters > 1)):
                continue
            near.append((name, in_letters + in_sound + self._handicap[number]))
        return near
