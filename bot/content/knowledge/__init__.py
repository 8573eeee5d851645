"""What the bot knows, as frozen models. The format that editors see is described in docs/knowledge.md."""

from bot.content.knowledge.care import (
    Care,
    CareGuide,
    CareRule,
    DistressKind,
    ForeignCries,
    ForeignCry,
    HelpLine,
    OwnHelp,
    Signs,
)
from bot.content.knowledge.company import CompanyGuide, CompanyMessage
from bot.content.knowledge.course import CERTIFICATE, EVERYWHERE, Costs, Form, Where
from bot.content.knowledge.fact_words import FactWords
from bot.content.knowledge.facts import LEVELS, LOOKED_AT, FactDefinition, FactKind, FactRole
from bot.content.knowledge.faq import AnswerVariant, FaqEntry, OutOfScope, Personal, SmallTalk
from bot.content.knowledge.knowledge import Knowledge, Offerable, OfferKind
from bot.content.knowledge.messages import PART, LabelledMessage, PartKind, choices_of, parts_of
from bot.content.knowledge.names import ItemId, OccupationId, RouteId, SchemeId, SectorId
from bot.content.knowledge.places import Municipality
from bot.content.knowledge.programme import Audience, Programme, ProgrammeKind, ProgrammeStatus
from bot.content.knowledge.route import ROUTE, Earning, FirstCall, Months, Route, RouteKind
from bot.content.knowledge.rules import Rule, RuleKind
from bot.content.knowledge.sourced_facts import (
    FACT_NAMES,
    Checked,
    Dated,
    Facts,
    FactValue,
    Freshness,
    Period,
    Source,
    SourcedFact,
)
from bot.content.knowledge.subsidy import Applicant, CompanySide, MoneyForm, Subsidy, SubsidyStatus, Validity, Window
from bot.content.knowledge.vocabulary import Cue, HardWord, Meaning, Synonyms
from bot.content.knowledge.work import EVERY_SECTOR, Occupation, Sector, Wish

__all__ = [
    "CERTIFICATE",
    "EVERYWHERE",
    "EVERY_SECTOR",
    "FACT_NAMES",
    "LEVELS",
    "LOOKED_AT",
    "PART",
    "ROUTE",
    "AnswerVariant",
    "Applicant",
    "Audience",
    "Care",
    "CareGuide",
    "CareRule",
    "Checked",
    "CompanyGuide",
    "CompanyMessage",
    "CompanySide",
    "Costs",
    "Cue",
    "Dated",
    "DistressKind",
    "Earning",
    "FactDefinition",
    "FactKind",
    "FactRole",
    "FactValue",
    "FactWords",
    "Facts",
    "FaqEntry",
    "FirstCall",
    "ForeignCries",
    "ForeignCry",
    "Form",
    "Freshness",
    "HardWord",
    "HelpLine",
    "ItemId",
    "Knowledge",
    "LabelledMessage",
    "Meaning",
    "MoneyForm",
    "Months",
    "Municipality",
    "Occupation",
    "OccupationId",
    "OfferKind",
    "Offerable",
    "OutOfScope",
    "OwnHelp",
    "PartKind",
    "Period",
    "Personal",
    "Programme",
    "ProgrammeKind",
    "ProgrammeStatus",
    "Route",
    "RouteId",
    "RouteKind",
    "Rule",
    "RuleKind",
    "SchemeId",
    "Sector",
    "SectorId",
    "Signs",
    "SmallTalk",
    "Source",
    "SourcedFact",
    "Subsidy",
    "SubsidyStatus",
    "Synonyms",
    "Validity",
    "Where",
    "Window",
    "Wish",
    "choices_of",
    "parts_of",
]
