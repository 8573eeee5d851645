"""Three-valued rules that explain themselves: what holds, what fails, what is unknown, and what would change it."""

from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from typing import NamedTuple

from bot.content.conditions import All, AnyOf, Comparison, Condition, Not, Operator, Value, comparisons, members
from bot.content.knowledge import AnswerVariant, FaqEntry, Rule, RuleKind

Facts = Mapping[str, Value]
"""What is known of a person. A fact that nobody asked is absent, never None."""

# What someone says in passing is never complete: who does not say "statushouder" may well be one.
OPEN_SETS = frozenset({"mentions"})


class Truth(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


_OPPOSITE = {Truth.YES: Truth.NO, Truth.NO: Truth.YES, Truth.UNKNOWN: Truth.UNKNOWN}


def judge(condition: Condition, facts: Facts, *, all_said: bool = False) -> Truth:
    """Say whether `condition` holds (Kleene's strong three-valued logic).

    One NO settles `all` and one YES settles `any`, whatever else is unknown.
    `all_said`: suppose that nobody belongs to a group that they did not mention.
    """
    # Hundreds of these are judged for one advice, and `isinstance` takes half the time of a `match`.
    if isinstance(condition, Comparison):
        return _compare(condition, facts, all_said)
    if isinstance(condition, Not):
        return _OPPOSITE[judge(condition.condition, facts, all_said=all_said)]
    settles = Truth.NO if isinstance(condition, All) else Truth.YES
    found = _OPPOSITE[settles]
    for part in condition.conditions:
        truth = judge(part, facts, all_said=all_said)
        if truth is settles:
            return truth
        if truth is Truth.UNKNOWN:
            found = truth
    return found


def both(*truths: Truth) -> Truth:
    """Whether all of these hold: one NO settles it, whatever is unknown."""
    if Truth.NO in truths:
        return Truth.NO
    return Truth.UNKNOWN if Truth.UNKNOWN in truths else Truth.YES


def undecided(condition: Condition, facts: Facts) -> frozenset[str]:
    """The facts that could still settle `condition`; none when it is settled already."""
    if judge(condition, facts) is not Truth.UNKNOWN:
        return frozenset()
    match condition:
        case Comparison(fact):
            return frozenset({fact})
        case All(parts) | AnyOf(parts):
            return frozenset().union(*(undecided(part, facts) for part in parts))
        case Not(part):
            return undecided(part, facts)


def _compare(comparison: Comparison, facts: Facts, all_said: bool) -> Truth:
    fact, operator = comparison.fact, comparison.operator
    known = facts.get(fact)
    if operator is Operator.KNOWN:
        return Truth.YES if (known is not None) is comparison.value else Truth.NO
    if fact in OPEN_SETS:
        if not all_said:
            return _compare_open(comparison, known)
        known = frozenset() if known is None else known
    if known is None:
        return Truth.UNKNOWN
    return Truth.YES if HOLDS[operator](known, comparison.value) else Truth.NO


def _compare_open(comparison: Comparison, known: Value | None) -> Truth:
    """Compare with a set that may be longer than we know: what is in it is certain, what is not in it is unknown."""
    said, asked, operator = members(known), members(comparison.value), comparison.operator
    if operator is Operator.ANY_OF and said & asked:
        return Truth.YES
    if operator is Operator.ALL_OF and said >= asked:
        return Truth.YES
    if operator is Operator.NONE_OF and said & asked:
        return Truth.NO
    return Truth.UNKNOWN


def _size(value: Value) -> float:
    # Words have no size: the loader writes `{dutch: {at_least: b1}}` as the set of levels that it means.
    assert isinstance(value, int | float), f"{value!r} has no order"
    return value


HOLDS: Mapping[Operator, Callable[[Value, Value], bool]] = {
    Operator.IS: lambda known, asked: known == asked,
    Operator.IN: lambda known, asked: known in members(asked),
    Operator.NOT_IN: lambda known, asked: known not in members(asked),
    Operator.AT_LEAST: lambda known, asked: _size(known) >= _size(asked),
    Operator.AT_MOST: lambda known, asked: _size(known) <= _size(asked),
    Operator.LESS_THAN: lambda known, asked: _size(known) < _size(asked),
    Operator.MORE_THAN: lambda known, asked: _size(known) > _size(asked),
    Operator.ANY_OF: lambda known, asked: not members(known).isdisjoint(members(asked)),
    Operator.ALL_OF: lambda known, asked: members(known) >= members(asked),
    Operator.NONE_OF: lambda known, asked: members(known).isdisjoint(members(asked)),
}
"""What holds of a value that is known. KNOWN is settled before values are compared."""


# ------------------------------------------------------------------ rules
class Judgement(NamedTuple):
    """What a list of rules comes to, rule by rule. Every rule is in exactly one of the first five lists, in its order.

    `manual`: rules that say that an office or an employer decides this case. `missed`: soft rules that do not hold.
    `for_others`: unknown demands to belong to a group, of which the person gave no sign.
    `assumed`: those satisfied rules that exclude a group, and nobody said whether the person belongs to it.
    `nearest_miss`: the rules to fix when all that fail can be fixed; empty when nothing fails or one cannot be.
    """

    verdict: Truth
    satisfied: tuple[Rule, ...]
    failed: tuple[Rule, ...]
    missed: tuple[Rule, ...]
    unknown: tuple[Rule, ...]
    manual: tuple[Rule, ...]
    unknown_facts: frozenset[str]
    for_others: tuple[Rule, ...]
    assumed: tuple[Rule, ...]

    @property
    def nearest_miss(self) -> tuple[Rule, ...]:
        return self.failed if all(rule.change for rule in self.failed) else ()


NO_DEMANDS = Judgement(Truth.YES, (), (), (), (), (), frozenset(), (), ())


def weigh(rules: Collection[Rule], facts: Facts) -> Judgement:
    """Judge every rule, and say what they come to together.

    NO when a demand fails, whatever is unknown; else UNKNOWN when a demand is unknown or somebody decides by hand;
    else YES. Soft rules never decide. An exclusion that nobody mentioned counts as met, and a check by hand that only
    something mentioned would call for is not called for.
    """
    if not rules:
        return NO_DEMANDS
    satisfied: list[Rule] = []
    failed: list[Rule] = []
    missed: list[Rule] = []
    unknown: list[Rule] = []
    manual: list[Rule] = []
    assumed: list[Rule] = []
    missing: set[str] = set()
    for rule in rules:
        truth, kind = judge(rule.condition, facts), rule.kind
        if truth is Truth.YES:
            if kind is RuleKind.MANUAL_CHECK:
                manual.append(rule)
                missing |= wanting(rule) - facts.keys()
            else:
                satisfied.append(rule)
        elif truth is Truth.NO:
            if kind is RuleKind.MANUAL_CHECK:
                satisfied.append(rule)
            else:
                (missed if kind is RuleKind.SOFT else failed).append(rule)
        elif kind is RuleKind.SOFT_EXCLUSION:
            satisfied.append(rule)
            assumed.append(rule)
        elif kind is RuleKind.MANUAL_CHECK and undecided(rule.condition, facts) <= OPEN_SETS:
            # It depends on what someone might still mention: no reason to doubt, and no news.
            satisfied.append(rule)
        else:
            unknown.append(rule)
            missing |= undecided(rule.condition, facts)
    undecided_demand = any(rule.kind is not RuleKind.SOFT for rule in unknown)
    return Judgement(
        verdict=Truth.NO if failed else Truth.UNKNOWN if manual or undecided_demand else Truth.YES,
        satisfied=tuple(satisfied),
        failed=tuple(failed),
        missed=tuple(missed),
        unknown=tuple(unknown),
        manual=tuple(manual),
        unknown_facts=frozenset(missing),
        for_others=tuple(rule for rule in unknown if _is_for_others(rule, facts)) if unknown else (),
        assumed=tuple(assumed),
    )


def _is_for_others(rule: Rule, facts: Facts) -> bool:
    """Whether an unknown rule asks for a group that the person gave no sign of belonging to."""
    match rule.kind:
        case RuleKind.HARD:
            return judge(rule.condition, facts, all_said=True) is Truth.NO
        case RuleKind.TARGET:
            said = members(facts.get("mentions"))
            asked = (one for one in comparisons(rule.condition) if one.fact in OPEN_SETS)
            return not any(said & members(one.value) for one in asked)
        case RuleKind.SOFT | RuleKind.SOFT_EXCLUSION | RuleKind.MANUAL_CHECK:
            return False


def wanting(rule: Rule) -> frozenset[str]:
    """The facts that a rule looks at only to say what holds as long as they are not known."""
    asked = comparisons(rule.condition)
    return frozenset(one.fact for one in asked if one.operator is Operator.KNOWN and one.value is False)


# ------------------------------------------------------------------ answers
def variant_for(entry: FaqEntry, facts: Facts) -> AnswerVariant | None:
    """The answer for who is known to be so, the first in the order of the file; None: the general answer is theirs.

    A condition on what nobody asked is unknown, and an unknown one is not theirs: unknown is not no.
    """
    return next((one for one in entry.variants if judge(one.condition, facts) is Truth.YES), None)
