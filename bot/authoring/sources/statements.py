"""What we say, by the page that proves it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bot.authoring.sourced import ANSWER, HELP, Sourced, sourced
from bot.content.knowledge import FactValue, Knowledge, Period
from bot.text import Text

WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Statement:
    """One fact, rule, number to call or link, or one source of an answer.

    `checked`: None when nobody wrote down the day; `quote`: the words on the page; `says`: what we made of it.
    `wholly`: all amounts and dates of it stand on this page, where an answer may have them of several.
    `is_urgent`: for who cries out.
    """

    item: str
    field: str
    url: str
    checked: date | None
    quote: str | None = None
    says: tuple[str, ...] = ()
    wholly: bool = True
    is_urgent: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        return self.item, self.field, self.url


def statements(knowledge: Knowledge, items: Iterable[str] = ()) -> Iterator[Statement]:
    """Everything that stands on a page of the web, of all items or of some; what is worst when it is wrong first."""
    only = frozenset(items)
    for one in sourced(knowledge):
        if one.source.startswith(WEB) and (not only or one.item in only):
            yield _statement(one)


def _statement(one: Sourced) -> Statement:
    says = tuple(_said(one.says))
    return Statement(
        one.item,
        one.field,
        one.source,
        one.checked,
        one.quote,
        says,
        wholly=one.field != ANSWER,
        is_urgent=one.kind == HELP,
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
