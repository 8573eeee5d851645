"""A way to pay: a scheme of a government, a fund, a right."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from bot.content.annotations import As, AtLeast, Id, Url
from bot.content.conditions import Condition
from bot.content.knowledge.names import ItemId, Named
from bot.content.knowledge.rules import Rule
from bot.content.knowledge.sourced_facts import Facts
from bot.content.problems import Location
from bot.text import Text


class Applicant(StrEnum):
    PERSON = "person"
    EMPLOYEE = "employee"
    EMPLOYER = "employer"
    INSTITUTION = "institution"
    SECTOR = "sector"


class MoneyForm(StrEnum):
    GIFT = "gift"
    LOAN = "loan"
    TAX = "tax"
    BENEFIT = "benefit"
    SERVICE = "service"
    RIGHT = "right"
    DISCOUNT = "discount"
    INFORMATION = "information"


class SubsidyStatus(StrEnum):
    OPEN = "open"
    PERIODIC = "periodic"
    UNKNOWN = "unknown"
    DEPENDS = "depends"
    PROPOSED = "proposed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Validity:
    """The days between which a scheme exists."""

    from_: Annotated[date | None, "The first day; null when it is not known."]
    until: Annotated[date | None, "The last day; null when no end is known."]


@dataclass(frozen=True, slots=True)
class Window:
    """A time in which one can apply."""

    opens: Annotated[date | None, "The first day on which one can apply."]
    closes: Annotated[date | None, "The last day on which one can apply."]
    exhausted_on: Annotated[date | None, "The day on which the money was gone."] = None


@dataclass(frozen=True, slots=True)
class CompanySide:
    """A way to pay as a company reads it: `rules` of a scheme are about a person, and a company is none."""

    says: Annotated[Text, "What a company gets it for, said to the company."]
    rules: Annotated[tuple[Rule, ...], "What a company needs to get it, over the facts that it gives."] = ()


@dataclass(frozen=True, slots=True)
class Subsidy(Named):
    """A way to pay."""

    id: Annotated[Id, "Its name, which never changes: links, leads and tests use it."]
    name: Annotated[str, "What it is called, as people read it."]
    category: Annotated[str, "What kind of scheme it is, for editors."]
    applicants: Annotated[tuple[Applicant, ...], AtLeast(1), "Who can apply."]
    form: Annotated[MoneyForm, "What one gets."]
    status: Annotated[SubsidyStatus, "Whether one can get it; the fact 'status' says where that was read."]
    summary: Annotated[Text, "What it is, in a sentence or two."]
    facts: Annotated[Facts, "What sources say of it, by the name of the fact."]
    at: Location
    aliases: Annotated[tuple[str, ...], "Other names that people type."] = ()
    authority: Annotated[
        Text | None,
        As("name or text"),
        "Who decides or pays: a name, or a text for in a sentence ('your municipality').",
    ] = None
    employer_decides: Annotated[bool, "It is the own employer of who asks: every person has another one."] = False
    valid: Annotated[Validity, "The days between which it exists."] = Validity(None, None)
    windows: Annotated[tuple[Window, ...], "The times in which one can apply; none when that is always."] = ()
    rules: Annotated[tuple[Rule, ...], "What somebody needs to get it."] = ()
    excludes: Annotated[tuple[ItemId, ...], "What cannot be combined with it."] = ()
    requires: Annotated[tuple[ItemId, ...], "What is needed first."] = ()
    replaced_by: Annotated[tuple[ItemId, ...], "What came instead."] = ()
    pays_for: Annotated[
        Condition | None, "The courses it pays for: a condition on their kind, forms, level and sectors; null: none."
    ] = None
    course_rules: Annotated[
        tuple[Rule, ...], "What it asks of a course, over its kind, forms, level, sectors and months: all 'hard'."
    ] = ()
    by_name: Annotated[
        bool, "Which courses it is for stands in a register: a route that it is for names it in its 'pays'."
    ] = False
    only_allows: Annotated[bool, "One keeps a benefit with it, while learning or on trial: it pays for no course."] = (
        False
    )
    conditions: Annotated[tuple[Text, ...], "What cannot be a rule, in words: shown to who asks why."] = ()
    must_say: Annotated[Text | None, "A warning that always goes along; null when there is nothing to warn for."] = None
    url: Annotated[Url | None, "Its page; null when no link is sure."] = None
    second_degree: Annotated[bool, "With it a second degree costs as much as a first one."] = False
    company: Annotated[CompanySide | None, "What it is to a company; null: no company is told of it."] = None

    @property
    def terms(self) -> tuple[Text, ...]:
        """What is good to know of it: what it asks of a course, and what no rule can say."""
        return (*(rule.because for rule in self.course_rules), *self.conditions)
