"""What was read of a programme, a route or a way to pay, with where and when it was read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from bot.content.annotations import As, AtLeast, Key, Known, PartialDay, SourceUrl
from bot.content.problems import Location
from bot.text import Text

Checked = Annotated[date, "The day on which one of us looked at the source."]
Dated = Annotated[PartialDay | None, Key("date"), "The day of the page; null when it has none."]

Quote = Annotated[
    Annotated[str, As("quote")] | None,
    "The words on the page that prove it, as they stand there: evidence, and never shown.",
]


@dataclass(frozen=True, slots=True)
class Period:
    """A value that held for some time."""

    value: Annotated["FactValue", "What was so in this period."]
    from_: Annotated[date | None, "The first day; null when nobody knows."]
    until: Annotated[date | None, "The last day; null as long as it goes on."] = None


FactValue = Text | str | int | float | bool | tuple[Period, ...] | None


@dataclass(frozen=True, slots=True)
class SourcedFact:
    """Something that was read somewhere."""

    value: Annotated[FactValue, "What the source says: a text, a number, a word, or a list of periods."]
    source: Annotated[SourceUrl, "Where it was read."]
    dated: Dated
    checked: Checked
    at: Location
    inferred: Annotated[bool, "True when it was read between the lines."] = False
    quote: Quote = None


FACT_NAMES = {
    "where": "Where it is.",
    "coverage": "How much of the country it covers.",
    "offer": "What is given there.",
    "sectors": "The sectors it is for.",
    "forms": "How it is followed.",
    "level": "Its level.",
    "leads_to": "What it leads to.",
    "next": "What one can do after it.",
    "ages": "For which ages it is.",
    "ages_from": "From which age it is.",
    "background": "Which education or experience it asks for.",
    "restrictions": "Who cannot take part.",
    "recognised": "Whether, and by whom, it is recognised.",
    "demands": "What it asks of who wants to start.",
    "legal": "What the law says of the work or the course.",
    "permit": "Which permit or status it asks for.",
    "papers": "Which papers the work itself asks for: a licence, a register, a certificate.",
    "income": "What income it asks for.",
    "exception": "For whom a demand does not hold.",
    "admission": "Other ways to be admitted.",
    "selection": "How people are selected.",
    "lessons_in": "The language in which the lessons, or the books, are.",
    "language": "The language that is needed, and its level.",
    "language_from": "The level of a language that is needed at the start.",
    "work": "Which work or workplace one needs.",
    "hours": "How many hours a week it takes.",
    "duration": "How long it takes.",
    "start": "When it starts.",
    "certificate": "The diploma or certificate at the end.",
    "choice": "How freely one can choose.",
    "job": "Which job follows.",
    "pay": "Whether there is pay, and how much.",
    "cost": "What it costs.",
    "funding": "Who pays for it.",
    "results": "What came of it.",
    "results_job": "How many found work.",
    "results_people": "How many people took part.",
    "results_stopped": "How many stopped.",
    "partners": "Who works together in it.",
    "warning": "What to look out for.",
    "effects": "What follows from it for other things, such as a mortgage.",
    "context": "What one should know beside it.",
    "contact": "How to reach them.",
    "status_other": "What another source says of the status.",
    "successor": "What came instead.",
    "applicant": "Who applies.",
    "covers": "What it pays for.",
    "amount": "How much it is.",
    "amount_max": "The most that one can get.",
    "amount_more": "When it is more.",
    "amount_example": "An example of how much it is.",
    "interest": "The interest.",
    "interest_expected": "The interest that is expected, by period.",
    "term": "How long it goes on.",
    "budget": "How much money there is for all.",
    "permission": "Whose permission is needed first.",
    "apply": "How and where one applies.",
    "rounds": "In which rounds one could apply.",
    "rounds_expected": "The rounds that are expected.",
    "status": "Whether it runs, in one word.",
    "cost_eur": "What it costs, in EUR.",
    "valid_from": "From which day it holds.",
    "valid_until": "Until which day it holds.",
}
"""The facts that may be known of a programme or a way to pay."""

Facts = Annotated[Mapping[str, SourcedFact], Known.of(FACT_NAMES)]


@dataclass(frozen=True, slots=True)
class Source:
    """Where an answer was read."""

    url: Annotated[SourceUrl, "The page, or the document of our own."]
    dated: Dated
    checked: Checked
    quote: Quote = None


@dataclass(frozen=True, slots=True)
class Freshness:
    """How long what we know stays true, in days."""

    check_every: Annotated[Mapping[str, Annotated[int, AtLeast(1)]], "Days, by the name of a fact or its first word."]
    old_after: Annotated[int, AtLeast(1), "A source that is older than so many days is 'ask first'."]
