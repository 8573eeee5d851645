"""The bot's own sentences, by name, with what is filled in. Their words stand in `flows/common.yaml`."""

from enum import StrEnum


class Sentence(StrEnum):
    placeholders: frozenset[str]

    def __new__(cls, name: str, filled: str = "") -> "Sentence":
        sentence = str.__new__(cls, name)
        sentence._value_ = name
        sentence.placeholders = frozenset(filled.split())
        return sentence

    YES = "yes"
    NO = "no"
