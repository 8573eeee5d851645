"""Classes of answers: the few values of a fact that conditions can tell apart, one of each.

Whether somebody is 34 or 35 makes no difference when rules ask for 18 and 57: the classes of `age` are then about
ten numbers around those two. What holds for one value of a class holds for all of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations

from bot.content.conditions import Comparison, Operator, Value
from bot.content.flow import AnswerType, Collect, Consent, Interrupt

SOMETHING = "~something~"  # a text that no condition names
ORDINARY = 30  # a number when nothing tells one from another
MOST_SUBSETS = 4  # of more named members than this, not every combination is tried

Named = Mapping[str, frozenset[Value]]
"""The values that conditions name, by fact."""


def named_values(comparisons: Iterable[Comparison]) -> Named:
    found: dict[str, set[Value]] = {}
    for one in comparisons:
        if one.operator is not Operator.KNOWN:
            members = one.value if isinstance(one.value, frozenset) else {one.value}
            found.setdefault(one.fact, set()).update(members)
    return {fact: frozenset(values) for fact, values in found.items()}


def classes(question: Collect | Consent, named: frozenset[Value]) -> tuple[Value, ...]:
    """A value of each class that the question can give; `named`: what conditions compare with."""
    if isinstance(question, Consent):
        return (True, False)
    match question.type:
        case AnswerType.YES_NO:
            return (True, False)
        case AnswerType.SELECT_ONE:
            return tuple(choice.value for choice in question.choices)
        case AnswerType.SELECT_MULTIPLE:
            return tuple(_selections(question, named))
        case AnswerType.INTEGER | AnswerType.DECIMAL | AnswerType.RANGE | AnswerType.CURRENCY:
            return tuple(_numbers(question, named))
        case AnswerType.DATE:
            return tuple(_days(question, named))
        case _:
            return (*sorted(value for value in named if isinstance(value, str)), SOMETHING)


def may_stay_unknown(question: Collect | Consent, interrupts: frozenset[Interrupt]) -> bool:
    """Whether somebody can go on without an answer: by passing it over, or by not being understood."""
    return isinstance(question, Collect) and not question.required and Interrupt.SKIP in interrupts


def _numbers(question: Collect, named: frozenset[Value]) -> Iterator[Value]:
    """Each named number and what lies next to it, within the limits."""
    limits = question.constraint
    least = limits.at_least if limits and isinstance(limits.at_least, int | float) else None
    most = limits.at_most if limits and isinstance(limits.at_most, int | float) else None
    edges = {value for value in named if isinstance(value, int | float) and not isinstance(value, bool)}
    step = 0.5 if question.type in (AnswerType.DECIMAL, AnswerType.CURRENCY) else 1
    near = {edge + offset for edge in edges for offset in (-step, 0, step)}
    near |= {end for end in (least, most) if end is not None} or {ORDINARY}
    for number in sorted(near):
        if (least is None or number >= least) and (most is None or number <= most):
            yield number


def _days(question: Collect, named: frozenset[Value]) -> Iterator[Value]:
    ends = question.constraint and (question.constraint.at_least, question.constraint.at_most)
    days = {day for day in (*named, *(ends or ())) if isinstance(day, str) and day != "today"}
    near = {
        (date.fromisoformat(day) + timedelta(days=offset)).isoformat() for day in days for offset in (-1, 0, 1)
    } or {"2000-01-01"}
    yield from sorted(near)


def _selections(question: Collect, named: frozenset[Value]) -> Iterator[Value]:
    alone = [choice.value for choice in question.choices if choice.exclusive]
    together = [choice.value for choice in question.choices if not choice.exclusive]
    for value in alone:
        yield frozenset({value})
    telling = [value for value in together if value in named]
    others = [value for value in together if value not in named][:1]
    sizes = range(1, len(telling) + 1) if len(telling) <= MOST_SUBSETS else (1, len(telling))
    seen = {frozenset(part) for size in sizes for part in combinations(telling, size)}
    seen |= {part | set(others) for part in seen} | ({frozenset(others)} if others else set())
    yield from sorted(seen, key=sorted)
