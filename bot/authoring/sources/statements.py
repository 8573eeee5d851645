"""What we say, by the page that proves it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bot.authoring.freshness import ANSWER, Check, checks
from bot.content.knowledge import FactValue, Knowledge, Period
from bot.text import Text

WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Statement:
    """One fact, or one source of an answer. `quote`: the words on the page; `says`: what we made of it.

    `wholly`: all amounts and dates of it stand on this page; an answer may have them of several pages.
    """

    item: str
    field: str
    url: str
    checked: date
    quote: str | None = None
    says: tuple[str, ...] = ()
    wholly: bool = True

    @property
    def key(self) -> tuple[str, str, str]:
        return self.item, self.field, self.url


def statements(knowledge: Knowledge, items: Iterable[str] = ()) -> Iterator[Statement]:
    """Everything that stands on a page of the web, of all items or of some."""
    only = frozenset(items)
    for check in checks(knowledge, {}):
        if check.source.startswith(WEB) and (not only or check.item in only):
            yield _statement(check)


def _statement(check: Check) -> Statement:
    says = tuple(_said(check.says))
    return Statement(
        check.item, check.field, check.source, check.checked, check.quote, says, wholly=check.field != ANSWER
    )


def _said(value: FactValue) -> Iterator[str]:
    match value:
        case Text():
            yield value.fallback
        case tuple():
            for period in value:
                assert isinstance(period, Period)
                yield from _said(period.value)
        case bool() | None:
            return
        case _:
            yield str(value)
