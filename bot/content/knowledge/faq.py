"""What people ask that no flow asks: the questions of the FAQ, what it leaves to others, and small talk."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from bot.content.annotations import AtLeast, Id, Key, Words
from bot.content.conditions import Condition
from bot.content.knowledge.names import ItemId, SectorId
from bot.content.knowledge.sourced_facts import Source
from bot.content.problems import Location
from bot.text import Text


class Personal(StrEnum):
    """Whether an answer depends on the person who asks."""

    NEVER = "never"
    PARTLY = "partly"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class AnswerVariant:
    """The answer to who we know more of: at 58 one hears the rule for 58, and not where the limit lies."""

    condition: Annotated[Condition, Key("if"), "Of whom it must surely hold; what is unknown does not."]
    answer: Annotated[Text, "What they hear in place of the general answer; whole, and as short."]
    at: Location


@dataclass(frozen=True, slots=True)
class FaqEntry:
    """A question that people ask, and its answer."""

    id: Annotated[Id, "Its name, which never changes."]
    theme: Annotated[str, "What it is about, in a word: the name of its file."]
    question: Annotated[Text, "The question as one would put it."]
    answer: Annotated[Text, "The answer, at most a screen on a phone."]
    wordings: Annotated[Words, "How people type it, at least five that truly differ, by language."]
    personal: Annotated[Personal, "Whether the answer depends on the person; then the bot says so."]
    sources: Annotated[tuple[Source, ...], AtLeast(1), "Where the answer was read."]
    at: Location
    about: Annotated[
        tuple[ItemId, ...], "The programmes and ways to pay that it is about; what has ended of them ends the answer."
    ] = ()
    sectors: Annotated[
        tuple[SectorId, ...], "The sectors that it is about, when no other: who wants other work asked something else."
    ] = ()
    after_its_end: Annotated[bool, "True when the answer itself says that what it is about has ended."] = False
    variants: Annotated[
        tuple[AnswerVariant, ...], "Answers for who is known to be so; the first that surely holds is said."
    ] = ()


@dataclass(frozen=True, slots=True)
class OutOfScope:
    """A theme that people ask about and that the FAQ has no answer to ("is mijn huurtoeslag gestort")."""

    id: Annotated[Id, "Its name."]
    words: Annotated[Words, "How people ask about it, by language."]
    at: Location


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """What people say to the bot itself ("ben jij een robot", "bedankt"), and the reply."""

    id: Annotated[Id, "Its name."]
    words: Annotated[Words, "Whole messages that mean it, by language."]
    answer: Annotated[Text, "What the bot says back; then the same question comes again."]
    at: Location
    closes: Annotated[bool, "True of a goodbye: the question waits, and is not put again now."] = False
