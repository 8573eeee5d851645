"""Everything in the content that stands on a page or a document: facts, rules, answers, who helps, schools, links."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bot.content.knowledge import (
    FactValue,
    HelpLine,
    Knowledge,
    Offerable,
    ProgrammeStatus,
    Rule,
    Subsidy,
    SubsidyStatus,
)
from bot.content.problems import Location
from bot.text import Text

ANSWER = "answer"  # the kind of fact that the answer to a question is
HELP = "help"  # a number or an address for who cries out
RULE = "rule"
_ADDRESS = re.compile(r"https?://[^\s,;]+")
LINK = "link"  # an address that people are given: it proves nothing, and has to be there


@dataclass(frozen=True, slots=True)
class Sourced:
    """Something of an item that was read at `source`.

    `kind`: its name in freshness.yaml; None: it has no term, and only its page tells that somebody has to look.
    `checked`: None when nobody wrote down the day. `quote`: words that stand there; `says`: what we made of it.
    """

    item: str
    field: str
    source: str
    kind: str | None
    checked: date | None
    at: Location
    quote: str | None = None
    says: FactValue = None


def sourced(knowledge: Knowledge) -> Iterator[Sourced]:
    """All of it, what is worst when it is wrong first. What has ended stays ended, so it is left out.

    The rows of knowledge/schools/*.csv are left out too: those of a register are imported again, and those of pages
    tell of their own year, which no change of the page makes untrue.
    """
    yield from _help(knowledge)
    items: list[Offerable | Subsidy] = [
        *(one for one in knowledge.programmes.values() if one.status is not ProgrammeStatus.ENDED),
        *knowledge.routes.values(),
        *(one for one in knowledge.subsidies.values() if one.status is not SubsidyStatus.ENDED),
    ]
    for item in items:
        for field, fact in item.facts.items():
            yield Sourced(item.id, field, fact.source, field, fact.checked, fact.at, fact.quote, fact.value)
        yield from _rules(item, item.rules, RULE)
        if isinstance(item, Subsidy) and item.company:
            yield from _rules(item, item.company.rules, f"{RULE} for companies")
        if isinstance(item, Subsidy):
            yield from _rules(item, item.course_rules, f"{RULE} for courses")
        if item.url:
            yield Sourced(item.id, LINK, item.url, None, _looked(item), item.at)
    for question in knowledge.questions.values():
        for source in question.sources:
            yield Sourced(
                question.id, ANSWER, source.url, ANSWER, source.checked, question.at, source.quote, question.answer
            )
    yield from _schools(knowledge)
    yield from _of_work(knowledge)
    yield from _tables(knowledge)


def _help(knowledge: Knowledge) -> Iterator[Sourced]:
    lines: list[tuple[str, HelpLine]] = [
        *((f"care-{cry}", line) for cry, care in knowledge.care.items() for line in care.contacts),
        *((f"care-own-{own.cries[0]}", line) for own in knowledge.own_help for line in own.contacts),
    ]
    for item, line in lines:
        for said in line.says:
            yield Sourced(item, f"{HELP} {said}", line.url, HELP, line.checked, line.at, said)
        if not line.says:
            says = Text.same(line.name)
            yield Sourced(item, f"{HELP} {line.name}", line.url, HELP, line.checked, line.at, None, says)
    for rule in knowledge.care_rules:
        for source in rule.sources:
            yield Sourced(f"care-{rule.id}", "care", source.url, RULE, source.checked, rule.at, source.quote)


def _rules(item: Offerable | Subsidy, rules: Iterable[Rule], called: str) -> Iterator[Sourced]:
    for one in rules:
        if one.source:
            checked = one.checked or _looked(item, one.source)
            yield Sourced(item.id, f"{called} {one.id}", one.source, RULE, checked, one.at, one.quote, one.because)


def _looked(item: Offerable | Subsidy, page: str | None = None) -> date | None:
    """When somebody looked at a page for an item last; when nobody wrote that down, at the item."""
    days = {fact.checked for fact in item.facts.values() if fact.source == page} or {
        fact.checked for fact in item.facts.values()
    }
    return max(days, default=None)


def _schools(knowledge: Knowledge) -> Iterator[Sourced]:
    for one in knowledge.schooling.qualifications.values():
        yield Sourced(one.id, "name", one.source, None, one.checked, one.at)
        if one.legal_source:
            yield Sourced(one.id, "legal", one.legal_source, None, one.checked, one.at, None, one.legal)
    for school in knowledge.schooling.schools.values():
        yield Sourced(school.id, "school", school.source, None, school.checked, school.at)
        for link in {school.website, school.adults_page} - {None, school.source}:
            yield Sourced(school.id, LINK, str(link), None, school.checked, school.at)


def _of_work(knowledge: Knowledge) -> Iterator[Sourced]:
    for source in knowledge.demands.sources if knowledge.demands else ():
        at = Location("knowledge/demands.yaml", 1, 1)
        yield Sourced(source.id, "demands", source.url, None, source.checked, at)
    for one in knowledge.exploring.likings.prospects:
        at = Location("knowledge/interests.yaml", 1, 1)
        yield Sourced(f"prospect-{one.isco[0]}", "prospect", one.source, RULE, one.checked, at, None, one.text)


def _tables(knowledge: Knowledge) -> Iterator[Sourced]:
    tables = [(table.file, table.source) for table in knowledge.schooling.tables]
    if work := knowledge.exploring.table:
        tables.append((work.file, work.source))
    for file, source in tables:
        for page in _ADDRESS.findall(source):  # or it is said in words what the table was made of
            yield Sourced(file, "table", page, None, None, Location(file, 1, 1))
