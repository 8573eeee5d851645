"""Columns whose values are sealed before they reach the database, with a key that is never in it (`bot.store.keys`)."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import reduce
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Engine, ScalarSelect, Text, cast, func, type_coerce
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from bot.quick_json import dumps
from bot.store.key_ring import KeyRing
from bot.store.keys import Keys, PersonKey, place_of

_KEYS: WeakKeyDictionary[Dialect, KeyRing] = WeakKeyDictionary()


def use_keys(engine: Engine, ring: KeyRing) -> None:
    """Let every encrypted column that goes through `engine` use `ring`. Each engine has a dialect object of its own."""
    _KEYS[engine.dialect] = ring


def keys_of(dialect: Dialect) -> Keys | None:
    """The keys of the engine that this is the dialect of; None before it has any."""
    ring = _KEYS.get(dialect)
    return ring.keys if ring else None


@dataclass(frozen=True, slots=True)
class Sealed:
    """A value on its way into an `Encrypted` column, and whose row that is: the values of the columns that say so.

    `key` is that of the person whom the column says it is of; None where it is of nobody.
    """

    value: Any = field(repr=False)
    row: tuple[object, ...]
    key: PersonKey | None = field(default=None, repr=False)


class Encrypted(TypeDecorator[Any]):
    """A column that holds any JSON value, sealed for its place. Several personal fields in one column cost one sealing.

    `column` is its own name, `row` the columns of its table that say whose row it is: known when it is written, never
    changed. `key` finds, for a table, the key of the person that its rows are of; without it the value is of nobody.
    All are read along with the value, so no look can forget them. Written is a `Sealed`, or None.
    """

    impl = Text
    cache_ok = True

    def __init__(self, column: str, *row: str, key: Callable[[Any], ScalarSelect[str]] | None = None) -> None:
        super().__init__()
        self.column, self.row, self.key = column, row, key

    def column_expression(self, column: Any) -> ColumnElement[Any]:
        key = [func.coalesce(self.key(column.table), "")] if self.key else []
        return type_coerce(_joined([*key, type_coerce(column, Text), self.whose(column)]), self)

    def whose(self, column: Any) -> ColumnElement[str]:
        """The row of a value of this column, in SQL as `place_of` says it."""
        return _joined([func.coalesce(cast(column.table.c[name], Text), "") for name in self.row])

    def process_bind_param(self, value: Sealed | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        assert isinstance(value, Sealed), f"whose row of {self.column} is this?"
        if value.value is None:
            return None
        plain = _plain(value.value)
        assert (value.key is None) is (self.key is None), f"whose key seals {self.column}?"
        return (value.key or _KEYS[dialect]).seal(plain, place_of(self.column, *value.row))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        ring, wrapped = _KEYS[dialect], ""
        if self.key:
            wrapped, _, value = value.partition(" ")
        sealed, _, row = value.partition(" ")
        return ring.read(sealed, place_of(self.column, row), wrapped if self.key else None)


def _plain(value: Any) -> bytes:
    try:
        return dumps(value)
    except (TypeError, UnicodeEncodeError):
        # Escaped: half of a surrogate pair, which JSON from outside can hold, has no bytes in UTF-8.
        return json.dumps(value, separators=(",", ":")).encode("ascii")


def _joined(parts: list[ColumnElement[str]]) -> ColumnElement[str]:
    """Texts with a space between them; not `concat_ws`, which passes over NULL: nothing sealed is nothing."""
    return reduce(lambda whole, part: whole.concat(" ").concat(part), parts)
