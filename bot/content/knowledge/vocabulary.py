"""Words that mean something wherever they stand: cues, words that mean the same, hard words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from bot.content.annotations import AtLeast, Id, Words
from bot.content.knowledge.names import LanguageCode
from bot.content.problems import Location
from bot.text import Text


@dataclass(frozen=True, slots=True)
class Cue:
    """What someone may mention in passing, and rules depend on."""

    id: Annotated[Id, "The name by which rules ask for it, as one of 'mentions'."]
    name: Annotated[Text, "What it is called, in a sentence."]
    words: Annotated[Words, "How people say it, by language."]
    at: Location
    of_countries: Annotated[
        Words, "With the name of another country behind it, it is said too: 'from' of 'from Syria'."
    ] = field(default_factory=dict)
    tells: Annotated[
        Mapping[str, str], "Facts that follow from it, each with its value; an answer to a question goes before them."
    ] = field(default_factory=dict)
    speaks: Annotated[
        Mapping[LanguageCode, str],
        "A language that they say to speak, with the least level of it: 'my English is good'.",
    ] = field(default_factory=dict)
    said_by: Annotated[Mapping[str, tuple[str, ...]], "Answers that say the same: a fact with the values of it."] = (
        field(default_factory=dict)
    )


@dataclass(frozen=True, slots=True)
class Meaning:
    """What several words mean, roughly: what the bot learns from messages, it learns of meanings too."""

    id: Annotated[Id, "Its name."]
    words: Annotated[Words, "Words and phrases with this meaning, by language; `*` is any ending."]
    at: Location


@dataclass(frozen=True, slots=True)
class HardWord:
    """A word that few people know and that texts may use all the same."""

    word: Annotated[str, "The word."]
    means: Annotated[Text, "What it means, in plain words."]
    at: Location


Synonyms = Annotated[tuple[str, ...], AtLeast(2)]
"""Words of the field that mean the same."""
