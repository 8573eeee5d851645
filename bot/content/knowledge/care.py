"""What is heard and said when somebody cries out: `care.yaml`, and the cries in other languages."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from bot.content.annotations import As, AtLeast, Id, Pattern, Url
from bot.content.knowledge.sourced_facts import Checked, Dated, Source
from bot.content.limits import Patterns
from bot.content.problems import Location
from bot.text import Text


class DistressKind(StrEnum):
    """What somebody cries out about."""

    DESPAIR = "despair"  # up to the wish not to live
    VIOLENCE = "violence"  # at home, or by who has power over them
    HUNGER = "hunger"
    HOMELESS = "homeless"
    DEBTS = "debts"


@dataclass(frozen=True, slots=True)
class HelpLine:
    """Who helps somebody who cries out."""

    name: Annotated[str, "Who it is."]
    says: Annotated[tuple[str, ...], "The numbers and addresses, exactly as the texts write them."]
    url: Annotated[Url, "The page that proves them."]
    dated: Dated
    checked: Checked
    at: Location


@dataclass(frozen=True, slots=True)
class CareRule:
    """How somebody who cries out is answered, and who says so."""

    id: Annotated[Id, "Its name."]
    rule: Annotated[str, "What an answer does, or never does."]
    sources: Annotated[tuple[Source, ...], "Where that was read; none: it is our own conclusion."]
    at: Location
    inferred: Annotated[bool, "True when it is our conclusion, and no quotation."] = False


@dataclass(frozen=True, slots=True)
class OwnHelp:
    """Who of the centre itself, or of its town, helps somebody who cries out."""

    cries: Annotated[tuple[DistressKind, ...], AtLeast(1), "The cries at which it is said."]
    text: Annotated[Text, "What is said, behind the national lines: who it is, the number, and when."]
    contacts: Annotated[tuple[HelpLine, ...], AtLeast(1), "Every number and address in it, with its proof."]
    at: Location


@dataclass(frozen=True, slots=True)
class Care:
    """What is said to who cries out."""

    id: Annotated[DistressKind, "What they cry out about; the order in the file is that of urgency."]
    first: Annotated[Text, "What is said at the first cry."]
    again: Annotated[Text, "What is said when they go on about it."]
    signs: Annotated[Patterns, "Patterns of words that tell it by themselves, by language."]
    contacts: Annotated[tuple[HelpLine, ...], AtLeast(1), "Every number and address in the texts, with its proof."]
    at: Location
    unless: Annotated[Patterns, "Patterns of what only looks like it, by language."] = field(default_factory=dict)
    erasable: Annotated[bool, "True when somebody may read along, so that erasing is offered."] = False


@dataclass(frozen=True, slots=True)
class CareGuide:
    """What `care.yaml` holds: the rules, what is said, and who of the centre itself helps."""

    rules: Annotated[tuple[CareRule, ...], "How somebody who cries out is answered, and who says so."]
    cries: Annotated[tuple[Care, ...], "What is said, by what they cry out about; the most urgent first."]
    own: Annotated[tuple[OwnHelp, ...], "Who of your centre or town helps too; said behind the national lines."] = ()


Signs = Annotated[tuple[str, ...], As("signs")]
"""Patterns of words (bot/content/patterns.py), in one language."""


@dataclass(frozen=True, slots=True)
class ForeignCry:
    """A cry in a language that the bot does not speak, and the answer in it."""

    id: Annotated[DistressKind, "What they cry out about."]
    answer: Annotated[str | None, "What is said, with every number of the text in English; null: just that text."]
    signs: Annotated[Signs, "Patterns of words that tell it by themselves."]
    unless: Annotated[Signs, "Patterns of what only looks like it."] = ()


@dataclass(frozen=True, slots=True)
class ForeignCries:
    """The cries that are heard in a language that the bot does not speak."""

    language: Annotated[str, Pattern("[a-z]{2,3}", "uk"), "The language in ISO 639: the name of its file."]
    name: Annotated[str, "What it is called in the language itself."]
    cries: Annotated[tuple[ForeignCry, ...], AtLeast(1), "What is heard, and what is said."]
    at: Location
    unreviewed: Annotated[bool, "No native speaker has read it yet."] = False
