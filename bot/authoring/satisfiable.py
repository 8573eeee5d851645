"""Whether anybody at all can meet conditions together: they are worked out, and not compared with known mistakes.

Conditions tell values apart only by what they name, so a few values of each fact stand for all (34 and 35 are one
where 18 and 57 are asked). What is wanted of a fact leaves some of its values; when none is left, nobody has them all.
Of a set of words each word is in it or not, apart from the others.
"""

from collections.abc import Iterable, Iterator, Mapping

from bot.content.conditions import UNREAD, All, AnyOf, Comparison, Condition, Not, Operator, Value, comparisons, members
from bot.content.knowledge import FactDefinition, FactKind
from bot.eligibility import OPEN_SETS, Truth, judge

Bounds = Mapping[str, tuple[float, float]]
"""Between which numbers an answer lies, by fact."""
Left = Mapping[tuple[str, str], frozenset[Value | None]]
"""The values that are left, by fact and, for a fact of several words, by word; None: nobody told it."""
Wanted = tuple[tuple[Condition, bool], ...]
"""Conditions, each with whether it has to be so (True) or surely not (False)."""

SETS = {FactKind.SOME_OF, FactKind.DERIVED_SET}
NUMBERS = {FactKind.INTEGER, FactKind.AMOUNT}
OF_SETS = {Operator.ANY_OF, Operator.ALL_OF, Operator.NONE_OF}
SOMETHING = "(something else)"


class People:
    """Everybody there can be: what each fact may be, as far as some conditions tell values apart."""

    def __init__(self, conditions: Iterable[Condition], facts: Mapping[str, FactDefinition], bounds: Bounds) -> None:
        self._facts, self._bounds = facts, bounds
        self._named: dict[str, set[Value]] = {}
        for condition in conditions:
            for one in comparisons(condition):
                named = self._named.setdefault(one.fact, set())
                named |= set() if one.operator is Operator.KNOWN else members(one.value)

    def some_meet(self, conditions: Iterable[Condition]) -> bool:
        """Whether there can be somebody of whom all of these are true."""
        return self._possible(tuple((one, True) for one in conditions), {})

    def _possible(self, wanted: Wanted, left: Left) -> bool:
        if not wanted:
            return True
        (condition, is_so), rest = wanted[0], wanted[1:]
        match condition:
            case Not(part):
                return self._possible(((part, not is_so), *rest), left)
            case All(parts) if is_so:
                return self._possible((*((part, True) for part in parts), *rest), left)
            case AnyOf(parts) if not is_so:
                return self._possible((*((part, False) for part in parts), *rest), left)
            case All(parts) | AnyOf(parts):
                return any(self._possible(((part, is_so), *rest), left) for part in parts)
            case Comparison():
                return any(self._possible(rest, then) for then in self._after(condition, is_so, left))

    def _after(self, one: Comparison, is_so: bool, left: Left) -> Iterator[Left]:
        """What is left when a comparison is so, or surely not; nothing when that cannot be."""
        if one is UNREAD:
            yield left
        elif one.operator in OF_SETS:
            yield from self._of_words(one, is_so, left)
        else:
            truth = Truth.YES if is_so else Truth.NO
            values = left.get((one.fact, "")) or self._values(one.fact)
            kept = frozenset(value for value in values if judge(one, _facts(one.fact, value)) is truth)
            if kept:
                yield {**left, (one.fact, ""): kept}

    def _of_words(self, one: Comparison, is_so: bool, left: Left) -> Iterator[Left]:
        words = sorted(map(str, members(one.value)))
        every = one.operator is Operator.ALL_OF  # all of them are in it; else one of them is
        inside = is_so is not (one.operator is Operator.NONE_OF)
        together = every is inside
        for chosen in [words] if together else [[word] for word in words]:
            then = dict(left)
            for word in chosen:
                values = then.get((one.fact, word), frozenset({True, False}))
                if not inside and one.fact in OPEN_SETS:
                    continue  # nobody says what they are not
                then[one.fact, word] = values & {inside}
            if all(then.get((one.fact, word), True) for word in chosen):
                yield then

    def _values(self, fact: str) -> frozenset[Value | None]:
        definition, named = self._facts.get(fact), self._named.get(fact, set())
        # Of a fact that there is not, which is a mistake of its own, what it is compared with tells the kind.
        counted = bool(named) and all(isinstance(one, int | float) and not isinstance(one, bool) for one in named)
        kind = definition.kind if definition else FactKind.INTEGER if counted else FactKind.TEXT
        if kind is FactKind.YES_NO:
            return frozenset({True, False, None})
        if kind in SETS:
            return frozenset({frozenset({SOMETHING}), None})
        if kind in NUMBERS:
            step = 1 if kind is FactKind.INTEGER else 0.005
            lowest, highest = self._bounds.get(fact, (0, float("inf")))
            around = {lowest, *(n + by for n in named if isinstance(n, int | float) for by in (-step, 0, step))}
            return frozenset({*(number for number in around if lowest <= number <= highest), None})
        # A value that the fact never has is a mistake of its own (K006).
        known = definition.values if definition and definition.values else (SOMETHING,)
        return frozenset({*known, *named, None})


def _facts(fact: str, value: Value | None) -> dict[str, Value]:
    return {} if value is None else {fact: value}


def clash(conditions: Mapping[str, Condition], facts: Mapping[str, FactDefinition], bounds: Bounds) -> list[str]:
    """The names of the fewest conditions that nobody meets together; none when somebody meets all."""
    people = People(conditions.values(), facts, bounds)
    if people.some_meet(conditions.values()):
        return []
    needed = list(conditions)
    for name in conditions:
        without = [one for one in needed if one != name]
        if not people.some_meet(conditions[one] for one in without):
            needed = without
    return needed
