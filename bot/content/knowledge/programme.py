"""A programme: a course of a named provider, guidance, a place to meet."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from bot.content.annotations import AtLeast, Id, Url, Words
from bot.content.knowledge.course import Costs, Form, Where
from bot.content.knowledge.names import ItemId, LanguageCode, LanguageLevel, Named, SectorId
from bot.content.knowledge.rules import Rule
from bot.content.knowledge.sourced_facts import Facts
from bot.content.problems import Location
from bot.text import Text


class ProgrammeKind(StrEnum):
    RETRAINING = "retraining"
    PREPARATION = "preparation"
    ORIENTATION = "orientation"
    GUIDANCE = "guidance"
    PLATFORM = "platform"
    CAREER_CENTRE = "career-centre"
    TRAINING_CENTRE = "training-centre"
    ADMISSION_ROUTE = "admission-route"
    RECOGNITION = "recognition"
    REGULAR_EDUCATION = "regular-education"
    EMPLOYER = "employer"
    NETWORK = "network"
    SIDE_ACTIVITY = "side-activity"
    OTHER = "other"


class Audience(StrEnum):
    ADULTS = "adults"
    STUDENTS = "students"
    PUPILS = "pupils"
    PROFESSIONALS = "professionals"
    INSTITUTIONS = "institutions"


class ProgrammeStatus(StrEnum):
    ACTIVE = "active"
    UNKNOWN = "unknown"
    ENDED = "ended"
    ANNOUNCED = "announced"


@dataclass(frozen=True, slots=True)
class Programme(Named):
    """Something that helps somebody to other work: a course, guidance, a place to meet."""

    id: Annotated[Id, "Its name, which never changes: links, leads and tests use it."]
    name: Annotated[str, "What it is called, as people read it."]
    provider: Annotated[str, "Who gives it."]
    kind: Annotated[ProgrammeKind, "What it is."]
    audience: Annotated[Audience, "For whom it is; only what is for adults is offered as a programme that fits."]
    status: Annotated[ProgrammeStatus, "Whether it runs; the fact 'status' says where that was read."]
    sectors: Annotated[tuple[SectorId, ...], AtLeast(1), "The sectors of work that it leads to."]
    summary: Annotated[Text, "What it is, in a sentence or two."]
    where: Annotated[Where, "Where people attend."]
    facts: Annotated[Facts, "What sources say of it, by the name of the fact."]
    at: Location
    aliases: Annotated[tuple[str, ...], "Other names that people type."] = ()
    taught_in: Annotated[tuple[LanguageCode, ...], "The languages of the lessons, by code; none: not known."] = ()
    asks_language: Annotated[
        LanguageLevel | None, "The level of the language of the country that is asked; null: not known."
    ] = None
    occupations: Annotated[Words, "The work that it trains for, by language, as people say it."] = field(
        default_factory=dict
    )
    forms: Annotated[tuple[Form, ...], "How it is followed."] = ()
    hours: Annotated[Annotated[int, AtLeast(1)] | None, "Hours a week; null when that is not known."] = None
    paid: Annotated[bool | None, "Whether there is pay while learning; null when that is not known."] = None
    costs: Annotated[Costs | None, "What the person pays, in EUR: a number, {from, to}, or null when not known."] = None
    leads_to: Annotated[Id | None, "What it leads to: a level of the country, or a certificate."] = None
    rules: Annotated[tuple[Rule, ...], "What somebody needs."] = ()
    provider_described: Annotated[
        bool, "The provider is a description, such as 'a hospital in Zutphen', and no name that one can call."
    ] = False
    ask: Annotated[tuple[Text, ...], "What to ask the provider first."] = ()
    must_say: Annotated[Text | None, "A warning that always goes along; null when there is nothing to warn for."] = None
    replaced_by: Annotated[tuple[ItemId, ...], "What came instead."] = ()
    seeds: Annotated[tuple[str, ...], "The source documents that name it."] = ()
    url: Annotated[Url | None, "Its page; null when no link is sure."] = None
