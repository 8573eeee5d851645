"""Conditions over facts, as flows and eligibility rules write them; `bot.eligibility` decides what they come to."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

Value = str | int | float | bool | frozenset[str]
"""The value of a fact. A fact that is not known has no value at all: it is absent, never None."""


class Operator(StrEnum):
    IS = "is"
    IN = "in"
    NOT_IN = "not_in"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    MORE_THAN = "more_than"
    ANY_OF = "any_of"  # of a set: at least one of these
    ALL_OF = "all_of"
    NONE_OF = "none_of"
    KNOWN = "known"  # true or false, never unknown


@dataclass(frozen=True, slots=True)
class Comparison:
    fact: str
    operator: Operator
    value: Value


@dataclass(frozen=True, slots=True)
class All:
    conditions: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    conditions: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    condition: "Condition"


Condition = Comparison | All | AnyOf | Not

UNREAD = Comparison("(unread)", Operator.IS, True)
"""What is checked in the place of a condition that cannot be read: it may hold, and it may not."""


def members(value: Value | None) -> frozenset[Value]:
    """A value as a set: one value is a set of one, and what is not known an empty one."""
    if value is None:
        return frozenset()
    return value if isinstance(value, frozenset) else frozenset({value})


def comparisons(condition: Condition) -> Iterator[Comparison]:
    """Every comparison in a condition, in the order in which it is written."""
    match condition:
        case Comparison():
            yield condition
        case All(conditions) | AnyOf(conditions):
            for part in conditions:
                yield from comparisons(part)
        case Not(part):
            yield from comparisons(part)


def facts_of(condition: Condition) -> frozenset[str]:
    """The facts that a condition looks at."""
    return frozenset(comparison.fact for comparison in comparisons(condition))
