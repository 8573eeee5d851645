"""From what the bot learns whether a company speaks."""

from dataclasses import dataclass
from typing import Annotated

from bot.content.annotations import Pattern, Words
from bot.content.knowledge.vocabulary import Meaning


@dataclass(frozen=True, slots=True)
class CompanyMessage:
    """A message of which it is known who speaks."""

    said: Annotated[str, "The message, made up: never one that a real person sent."]
    lang: Annotated[str, Pattern("[a-z]{2}", "nl"), "The language it is in."]
    company: Annotated[bool, "True when a company speaks, or somebody for one; false when it is a person."]


@dataclass(frozen=True, slots=True)
class CompanyGuide:
    """What `company.yaml` holds."""

    meanings: Annotated[tuple[Meaning, ...], "Words that stand for one another, also as the end of a compound."]
    messages: Annotated[tuple[CompanyMessage, ...], "Messages of companies, and of people who speak of one."]
    several: Annotated[Words, "Endings of a name of work that is said of more than one, by language: 's' of 'bakkers'."]
