"""Is it still true? Each kind of fact has a term (`knowledge/freshness.yaml`); after it, someone has to look again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from bot.content.knowledge import FactValue, Knowledge, Offerable, ProgrammeStatus, Subsidy, SubsidyStatus
from bot.content.problems import Location

if TYPE_CHECKING:
    from bot.authoring.sources.findings import Finding, Findings

OTHERWISE = 365  # days, for a kind of fact that freshness.yaml does not name
ANSWER = "answer"  # the kind of fact that the answer to a question is


@dataclass(frozen=True, slots=True)
class Check:
    """Something that has to be looked at again on `due`, at `source`. `shown`: how often people saw the item.

    `seen`: when the page itself last proved it; `finding`: why a person has to look before it is due.
    """

    item: str
    field: str
    source: str
    checked: date
    term: timedelta
    shown: int
    at: Location
    quote: str | None = None
    says: FactValue = None
    seen: date | None = None
    finding: "Finding | None" = None

    @property
    def due(self) -> date:
        return spread(self.item, max(self.checked, self.seen or self.checked), self.term)


@dataclass(frozen=True, slots=True)
class PageChecks:
    """All that has to be verified on one page."""

    source: str
    checks: tuple[Check, ...]

    @property
    def due(self) -> date:
        return min(check.due for check in self.checks)

    @property
    def shown(self) -> int:
        """How often people saw what stands on it."""
        return sum({check.item: check.shown for check in self.checks}.values())

    @property
    def finding(self) -> "Finding | None":
        return next((check.finding for check in self.checks if check.finding), None)


def checks(knowledge: Knowledge, shown: Mapping[str, int], findings: "Findings | None" = None) -> Iterator[Check]:
    """Every fact that can go out of date. What has ended stays ended, so it is left out."""
    for check in _checks(knowledge, shown):
        key = check.item, check.field, check.source
        if findings and (key in findings.seen or key in findings.found):
            yield replace(check, seen=findings.seen.get(key), finding=findings.found.get(key))
        else:
            yield check


def _checks(knowledge: Knowledge, shown: Mapping[str, int]) -> Iterator[Check]:

    every = knowledge.freshness.check_every

    def term(field: str) -> timedelta:
        # `amount_more` ages like `amount`, unless it has a term of its own.
        return timedelta(days=every.get(field) or every.get(field.partition("_")[0], OTHERWISE))

    items: list[Offerable | Subsidy] = [
        *(one for one in knowledge.programmes.values() if one.status is not ProgrammeStatus.ENDED),
        *knowledge.routes.values(),
        *(one for one in knowledge.subsidies.values() if one.status is not SubsidyStatus.ENDED),
    ]
    for item in items:
        for field, fact in item.facts.items():
            times = shown.get(item.id, 0)
            yield Check(item.id, field, fact.source, fact.checked, term(field), times, fact.at, fact.quote, fact.value)
    for question in knowledge.questions.values():
        for source in question.sources:
            times = shown.get(question.id, 0)
            term_of = term(ANSWER)
            yield Check(
                question.id,
                ANSWER,
                source.url,
                source.checked,
                term_of,
                times,
                question.at,
                source.quote,
                question.answer,
            )


def due(knowledge: Knowledge, on: date, shown: Mapping[str, int], findings: "Findings | None" = None) -> list[Check]:
    """What a person has to verify by `on`: what was found on the pages first, then longest overdue, then most shown.

    `findings`: what the pages tell; what a page itself still proves comes to nobody.
    """
    found = [check for check in checks(knowledge, shown, findings) if check.finding or check.due <= on]
    return sorted(found, key=lambda check: (check.finding is None, check.due, -check.shown, check.item, check.field))


def by_page(found: Iterable[Check]) -> list[PageChecks]:
    """The same by page: one look at a page settles all that stands on it. What most people see comes first."""
    pages: dict[str, list[Check]] = {}
    for check in found:
        pages.setdefault(check.source, []).append(check)
    listed = [PageChecks(source, tuple(of)) for source, of in pages.items()]
    return sorted(listed, key=lambda page: (page.finding is None, -page.shown, page.due, page.source))


def spread(item: str, checked: date, term: timedelta) -> date:
    """The day on which something is due: within its term, and on a day of its own, so that work comes evenly.

    Each item has a day in every term, by its id. Whoever checks shortly before it is left alone for half a term more.
    """
    days = term.days
    place = int.from_bytes(sha256(item.encode()).digest()[:4]) % days
    last = (checked + term).toordinal()
    due = last - (last - place) % days
    if due - checked.toordinal() <= days // 4:
        due += days // 2
    return date.fromordinal(due)
