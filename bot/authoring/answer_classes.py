"""Classes of answers: the few values of a fact that conditions can tell apart, one of each.

Whether somebody is 34 or 35 makes no difference when rules ask for 18 and 57: the classes of `age` are then about
ten numbers around those two. What holds for one value of a class holds for all of it.
"""

from collections.abc import Iterable, Mapping

from bot.answers import type_of
from bot.content.conditions import Comparison, Operator, Value
from bot.content.flow import Collect, Consent, Interrupt

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
    return tuple(type_of(question).classes(question, named))


def may_stay_unknown(question: Collect | Consent, interrupts: frozenset[Interrupt]) -> bool:
    """Whether somebody can go on without an answer: by passing it over, or by not being understood."""
    return isinstance(question, Collect) and not question.required and Interrupt.SKIP in interrupts
