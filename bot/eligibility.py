"""Three-valued rules that explain themselves: what holds, what fails, what is unknown, and what would change it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

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
    match condition:
        case Comparison():
            return _compare(condition, facts, all_said)
        case All(parts):
            truths = {judge(part, facts, all_said=all_said) for part in parts}
            return Truth.NO if Truth.NO in truths else Truth.UNKNOWN if Truth.UNKNOWN in truths else Truth.YES
        case AnyOf(parts):
            truths = {judge(part, facts, all_said=all_said) for part in parts}
            return Truth.YES if Truth.YES in truths else Truth.UNKNOWN if Truth.UNKNOWN in truths else Truth.NO
        case Not(part):
            return _OPPOSITE[judge(part, facts, all_said=all_said)]


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
    known = facts.get(comparison.fact)
    if comparison.operator is Operator.KNOWN:
        return _truth((known is not None) is comparison.value)
    if comparison.fact in OPEN_SETS and not all_said:
        return _compare_open(comparison, known)
    if known is None and comparison.fact in OPEN_SETS:
        known = frozenset()
    if known is None:
        return Truth.UNKNOWN
    return _truth(_holds(comparison.operator, known, comparison.value))


def _compare_open(comparison: Comparison, known: Value | None) -> Truth:
    """Compare with a set that may be longer than we know: what is in it is certain, what is not in it is unknown."""
    said, asked = members(known), members(comparison.value)
    match comparison.operator:
        case Operator.ANY_OF if said & asked:
            return Truth.YES
        case Operator.ALL_OF if said >= asked:
            return Truth.YES
        case Operator.NONE_OF if said & asked:
            return Truth.NO
        case _:
            return Truth.UNKNOWN


def _holds(operator: Operator, known: Value, asked: Value) -> bool:  # noqa: C901  # a line for each operator
    match operator:
        case Operator.IN:
            return known in members(asked)
        case Operator.IS:
            return known == asked
        case Operator.AT_LEAST:
            return _size(known) >= _size(asked)
        case Operator.AT_MOST:
            return _size(known) <= _size(asked)
        case Operator.LESS_THAN:
            return _size(known) < _size(asked)
        case Operator.MORE_THAN:
            return _size(known) > _size(asked)
        case Operator.ANY_OF:
            return not members(known).isdisjoint(members(asked))
        case Operator.ALL_OF:
            return members(known) >= members(asked)
        case Operator.NONE_OF:
            return members(known).isdisjoint(members(asked))
        case Operator.NOT_IN:
            return known not in members(asked)
        case Operator.KNOWN:
            raise AssertionError("settled before the values are compared")


def _truth(holds: bool) -> Truth:
    return Truth.YES if holds else Truth.NO


def _size(value: Value) -> float:
    # Words have no size: the loader writes `{dutch: {at_least: b1}}` as the set of levels that it means.
    assert isinstance(value, int | float), f"{value!r} has no order"
    return value


# ------------------------------------------------------------------ rules
@dataclass(frozen=True, slots=True)
class Judgement:
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


def weigh(rules: Iterable[Rule], facts: Facts) -> Judgement:
    """Judge every rule, and say what they come to together.

    NO when a demand fails, whatever is unknown; else UNKNOWN when a demand is unknown or somebody decides by hand;
    else YES. Soft rules never decide. An exclusion that nobody mentioned counts as met, and a check by hand that only
    something mentioned would call for is not called for.
    """
    satisfied, failed, missed, unknown, manual, assumed = [], [], [], [], [], []
    missing: set[str] = set()
    for rule in rules:
        match judge(rule.condition, facts), rule.kind:
            case Truth.YES, RuleKind.MANUAL_CHECK:
                manual.append(rule)
                missing |= wanting(rule) - facts.keys()
            case Truth.NO, RuleKind.HARD | RuleKind.TARGET | RuleKind.SOFT_EXCLUSION:
                failed.append(rule)
            case Truth.NO, RuleKind.SOFT:
                missed.append(rule)
            case Truth.UNKNOWN, RuleKind.MANUAL_CHECK if undecided(rule.condition, facts) <= OPEN_SETS:
                # It depends on what someone might still mention: no reason to doubt, and no news.
                satisfied.append(rule)
            case Truth.UNKNOWN, RuleKind.HARD | RuleKind.TARGET | RuleKind.MANUAL_CHECK | RuleKind.SOFT:
                unknown.append(rule)
                missing |= undecided(rule.condition, facts)
            case Truth.UNKNOWN, RuleKind.SOFT_EXCLUSION:
                satisfied.append(rule)
                assumed.append(rule)
            case _:
                satisfied.append(rule)
    undecided_demand = any(rule.kind is not RuleKind.SOFT for rule in unknown)
    return Judgement(
        verdict=Truth.NO if failed else Truth.UNKNOWN if manual or undecided_demand else Truth.YES,
        satisfied=tuple(satisfied),
        failed=tuple(failed),
        missed=tuple(missed),
        unknown=tuple(unknown),
        manual=tuple(manual),
        unknown_facts=frozenset(missing),
        for_others=tuple(rule for rule in unknown if _is_for_others(rule, facts)),
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
