"""Rows that cannot be read: each is named for the operator, and costs nobody else anything."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from sqlalchemy import JSON
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from bot.store.keys import Damaged, DoesNotOpen

log = logging.getLogger(__name__)
T = TypeVar("T")

# What a row raises that does not open, or opens and is none of ours.
UNREADABLE = (DoesNotOpen, LookupError, TypeError, ValueError, AttributeError)


def readable(rows: Iterable[Any], read: Callable[[Any], T], table: str) -> Iterator[T]:
    """What can be read of some rows of a table; the others are passed over."""
    for row in rows:
        try:
            yield read(row)
        except UNREADABLE as error:
            values: Mapping[str, Any] = row._mapping
            name = values.get("id") or values.get("person")
            log.error("row %s of %s is damaged, and passed over: %s", name, table, type(error).__name__)


def opened(value: Any, instead: Any = None) -> Any:
    """A value that was sealed; `instead` of one that does not open, which is named in the log by who found it."""
    return instead if isinstance(value, Damaged) else value


class Codes(TypeDecorator[Any]):
    """Counts and codes as JSON. What is no JSON any more is empty: on SQLite it can be anything."""

    impl = JSON
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        read = super().result_processor(dialect, coltype)

        def process(value: Any) -> Any:
            try:
                return read(value) if read else value
            except ValueError:
                log.error("codes that are no JSON are passed over")
                return {}

        return process
