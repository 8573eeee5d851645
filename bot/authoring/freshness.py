"""Is it still true? Each kind of fact has a term (`knowledge/freshness.yaml`); after it, someone has to look again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from bot.authoring.sourced import HELP, sourced
from bot.content.knowledge import FactValue, Knowledge
from bot.content.problems import Location

if TYPE_CHECKING:
    from bot.authoring.sources.findings import Finding, Findings

OTHERWISE = 365  # days, for a kind of fact that freshness.yaml does not name


@dataclass(frozen=True, slots=True)
class Check:
    """Something that has to be looked at again on `due`, at `source`. `shown`: how often people saw the item.

    `checked` and `term`: None when only its page tells that somebody has to look. `seen`: when the page itself last
    proved it; `finding`: why a person has to look before it is due; `is_urgent`: for who cries out.
    """

    item: str
    field: str
    source: str
    checked: date | None
    term: timedelta | None
    shown: int
    at: Location
    quote: str | None = None
    says: FactValue = None
    seen: date | None = None
    finding: "Finding | None" = None
    is_urgent: bool = False

    @property
    def due(self) -> date:
        """The last day of its term; without one, the day of what was found, or never."""
        if self.term is None or self.checked is None:
            return self.finding.since if self.finding else date.max
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
    def is_urgent(self) -> bool:
        return any(check.is_urgent for check in self.checks)

    @property
    def finding(self) -> "Finding | None":
        return next((check.finding for check in self.checks if check.finding), None)


def checks(knowledge: Knowledge, shown: Mapping[str, int], findings: "Findings | None" = None) -> Iterator[Check]:
    """Everything that can go out of date, what is worst when it is wrong first."""
    every = knowledge.freshness.check_every
    for one in sourced(knowledge):
        key = one.item, one.field, one.source
        term = None
        if one.kind is not None and one.checked is not None:
            # `amount_more` ages like `amount`, unless it has a term of its own.
            term = timedelta(days=every.get(one.kind) or every.get(one.kind.partition("_")[0], OTHERWISE))
        yield Check(
            one.item,
            one.field,
            one.source,
            one.checked,
            term,
            shown.get(one.item, 0),
            one.at,
            one.quote,
            one.says,
            findings.seen.get(key) if findings else None,
            findings.found.get(key) if findings else None,
            is_urgent=one.kind == HELP,
        )


def due(knowledge: Knowledge, on: date, shown: Mapping[str, int], findings: "Findings | None" = None) -> list[Check]:
    """What a person has to verify by `on`, most pressing first.

    For who cries out, then what was found on the pages, then longest overdue, then most shown.

    `findings`: what the pages tell; what a page itself still proves comes to nobody.
    """
    found = [check for check in checks(knowledge, shown, findings) if check.finding or check.due <= on]

    def order(check: Check) -> tuple[object, ...]:
        return not check.is_urgent, check.finding is None, check.due, -check.shown, check.item, check.field

    return sorted(found, key=order)


def by_page(found: Iterable[Check]) -> list[PageChecks]:
    """The same by page: one look at a page settles all that stands on it. What most people see comes first."""
    pages: dict[str, list[Check]] = {}
    for check in found:
        pages.setdefault(check.source, []).append(check)
    listed = [PageChecks(source, tuple(of)) for source, of in pages.items()]

    def order(page: PageChecks) -> tuple[object, ...]:
        return not page.is_urgent, page.finding is None, -page.shown, page.due, page.source

    return sorted(listed, key=order)


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
