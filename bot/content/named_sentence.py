"""What a sentence is that the code says by name, and an editor writes: to people, or to staff."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Self


class NamedSentence(StrEnum):
    """A sentence that the code says. `placeholders`: the names that are filled in between braces.

    Each enum of them calls `describe` below its last member.
    """

    placeholders: frozenset[str]
    description: str  # where it is said, and what is filled in: for who edits it

    def __new__(cls, name: str, filled: str = "") -> Self:
        sentence = str.__new__(cls, name)
        sentence._value_ = name
        sentence.placeholders = frozenset(filled.split())
        return sentence


def describe(sentences: type[NamedSentence], themes: Mapping[NamedSentence, str]) -> None:
    """Give each sentence its description. `themes`: by the first sentence of each, where they are said."""
    theme = ""
    for sentence in sentences:
        theme = themes.get(sentence, theme)
        filled = ", ".join(f"{{{name}}}" for name in sorted(sentence.placeholders))
        sentence.description = f"{theme}. Filled in: {filled or 'nothing'}."
