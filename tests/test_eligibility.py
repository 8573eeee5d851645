"""Three-valued logic: unknown is never no, one no settles a demand, and every unknown names its fact."""

from typing import TYPE_CHECKING

import pytest

from bot.content.conditions import All, AnyOf, Comparison, Condition, Not, Operator, Value
from bot.content.knowledge import Rule, RuleKind
from bot.content.problems import Location
from bot.eligibility import Truth, judge, undecided, weigh
from bot.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

ADULT = Comparison("age", Operator.AT_LEAST, 18)
ON_WW = Comparison("benefit", Operator.IS, "ww")
REFUGEE = Comparison("mentions", Operator.ANY_OF, frozenset({"status_holder"}))


def rule(condition: Condition, kind: RuleKind = RuleKind.HARD, change: Text | None = None) -> Rule:
    return Rule("rule", condition, kind, Text(nl="Omdat.", en="Because."), Location("test.yaml", 1, 1), change)


@pytest.mark.parametrize(
    ("operator", "asked", "known", "truth"),
    [
        (Operator.IS, "ww", "ww", Truth.YES),
        (Operator.IS, "ww", "none", Truth.NO),
        (Operator.IN, frozenset({"hbo", "wo"}), "wo", Truth.YES),
        (Operator.IN, frozenset({"hbo", "wo"}), "mbo4", Truth.NO),
        (Operator.NOT_IN, frozenset({"hbo", "wo"}), "mbo4", Truth.YES),
        (Operator.NOT_IN, frozenset({"hbo", "wo"}), "hbo", Truth.NO),
        (Operator.AT_LEAST, 18, 18, Truth.YES),
        (Operator.AT_LEAST, 18, 17, Truth.NO),
        (Operator.AT_MOST, 60, 60, Truth.YES),
        (Operator.AT_MOST, 60, 61, Truth.NO),
        (Operator.LESS_THAN, 57, 56, Truth.YES),
        (Operator.LESS_THAN, 57, 57, Truth.NO),
        (Operator.MORE_THAN, 49, 50, Truth.YES),
        (Operator.MORE_THAN, 49, 49, Truth.NO),
        (Operator.ANY_OF, frozenset({"ict", "zorg"}), frozenset({"zorg", "bouw"}), Truth.YES),
        (Operator.ANY_OF, frozenset({"ict", "zorg"}), frozenset({"bouw"}), Truth.NO),
        (Operator.ALL_OF, frozenset({"ict", "zorg"}), frozenset({"zorg", "ict", "bouw"}), Truth.YES),
        (Operator.ALL_OF, frozenset({"ict", "zorg"}), frozenset({"zorg"}), Truth.NO),
        (Operator.NONE_OF, frozenset({"evening"}), frozenset({"daytime"}), Truth.YES),
        (Operator.NONE_OF, frozenset({"evening"}), frozenset({"evening"}), Truth.NO),
    ],
)
def test_an_operator_decides_on_both_sides_of_its_boundary(
    operator: Operator, asked: Value, known: Value, truth: Truth
) -> None:
    assert judge(Comparison("fact", operator, asked), {"fact": known}) is truth
    assert judge(Comparison("fact", operator, asked), {}) is Truth.UNKNOWN


def test_whether_a_fact_is_known_is_never_unknown() -> None:
    assert judge(Comparison("place", Operator.KNOWN, True), {}) is Truth.NO
    assert judge(Comparison("place", Operator.KNOWN, False), {}) is Truth.YES
    assert judge(Comparison("place", Operator.KNOWN, True), {"place": "Utrecht"}) is Truth.YES


@pytest.mark.parametrize(
    ("condition", "truth"),
    [
        (All((ADULT, ON_WW)), Truth.NO),
        (AnyOf((ADULT, ON_WW)), Truth.UNKNOWN),
        (Not(ADULT), Truth.YES),
        (Not(ON_WW), Truth.UNKNOWN),
    ],
)
def test_one_no_settles_all_even_when_answers_are_missing(condition: Condition, truth: Truth) -> None:
    assert judge(condition, {"age": 12}) is truth


def test_one_yes_settles_any_even_when_answers_are_missing() -> None:
    assert judge(AnyOf((ON_WW, ADULT)), {"age": 34}) is Truth.YES


@pytest.mark.parametrize("said", [frozenset(), frozenset({"woman"})])
def test_what_nobody_mentioned_is_unknown_and_never_no(said: frozenset[str]) -> None:
    facts: Mapping[str, Value] = {"mentions": said}
    assert judge(REFUGEE, facts) is Truth.UNKNOWN
    assert judge(Not(REFUGEE), facts) is Truth.UNKNOWN
    assert judge(REFUGEE, {}) is Truth.UNKNOWN


def test_what_somebody_mentioned_is_certain() -> None:
    facts: Mapping[str, Value] = {"mentions": frozenset({"status_holder", "woman"})}
    both = frozenset({"status_holder", "woman"})
    assert judge(REFUGEE, facts) is Truth.YES
    assert judge(Comparison("mentions", Operator.NONE_OF, both), facts) is Truth.NO
    assert judge(Comparison("mentions", Operator.ALL_OF, both), facts) is Truth.YES


def test_undecided_names_only_the_facts_that_can_still_matter() -> None:
    either = AnyOf((All((ADULT, ON_WW)), Comparison("budget", Operator.AT_LEAST, 1000)))
    assert undecided(either, {}) == {"age", "benefit", "budget"}
    assert undecided(either, {"age": 12}) == {"budget"}
    assert undecided(either, {"age": 12, "budget": 2000}) == frozenset()
    assert undecided(Not(ON_WW), {}) == {"benefit"}


def test_a_demand_that_fails_decides_whatever_is_unknown() -> None:
    judgement = weigh([rule(ADULT), rule(ON_WW)], {"age": 12})
    assert judgement.verdict is Truth.NO
    assert judgement.failed == (rule(ADULT),)
    assert judgement.unknown == (rule(ON_WW),)
    assert judgement.unknown_facts == {"benefit"}


def test_an_unknown_demand_leaves_it_open_and_names_the_fact() -> None:
    judgement = weigh([rule(ADULT), rule(ON_WW)], {"age": 34})
    assert judgement.verdict is Truth.UNKNOWN
    assert judgement.unknown_facts == {"benefit"}


def test_no_rules_at_all_are_no_obstacle() -> None:
    assert weigh([], {}).verdict is Truth.YES


def test_a_soft_rule_never_decides() -> None:
    missed = weigh([rule(ADULT, RuleKind.SOFT)], {"age": 12})
    assert (missed.verdict, missed.missed) == (Truth.YES, (rule(ADULT, RuleKind.SOFT),))
    assert weigh([rule(ADULT, RuleKind.SOFT)], {}).verdict is Truth.YES


def test_an_exclusion_counts_as_met_until_somebody_mentions_it() -> None:
    no_refugees = rule(Not(REFUGEE), RuleKind.SOFT_EXCLUSION)
    assert weigh([no_refugees], {}).verdict is Truth.YES
    assert weigh([no_refugees], {}).assumed == (no_refugees,), "and it is known to be no more than that"
    assert weigh([no_refugees], {"mentions": frozenset({"status_holder"})}).verdict is Truth.NO


def test_what_is_for_one_group_stays_open_until_somebody_says_to_belong_to_it() -> None:
    refugees_only = rule(REFUGEE, RuleKind.TARGET)
    assert weigh([refugees_only], {}).verdict is Truth.UNKNOWN
    assert weigh([refugees_only], {}).for_others == (refugees_only,)
    assert weigh([refugees_only], {"mentions": frozenset({"status_holder"})}).verdict is Truth.YES
    assert weigh([rule(ADULT, RuleKind.TARGET)], {"age": 12}).verdict is Truth.NO


def test_a_demand_on_a_group_is_for_others_only_while_nobody_said_to_belong_to_it() -> None:
    learner = All((REFUGEE, Comparison("dutch", Operator.NOT_IN, frozenset({"native"}))))
    assert weigh([rule(learner)], {}).for_others == (rule(learner),)
    said: Mapping[str, Value] = {"mentions": frozenset({"status_holder"})}
    assert weigh([rule(learner)], said).for_others == ()
    assert weigh([rule(AnyOf((ADULT, REFUGEE)))], {}).for_others == (), "the age may still settle it"
    assert weigh([rule(AnyOf((ADULT, REFUGEE)))], {"age": 12}).for_others != ()


def test_a_check_by_hand_leaves_it_open_only_for_whom_it_concerns() -> None:
    office = rule(ON_WW, RuleKind.MANUAL_CHECK)
    assert weigh([office], {"benefit": "ww"}).verdict is Truth.UNKNOWN
    assert weigh([office], {"benefit": "ww"}).manual == (office,)
    assert weigh([office], {"benefit": "none"}).verdict is Truth.YES
    assert weigh([office], {}).verdict is Truth.UNKNOWN


def test_a_check_by_hand_that_nobody_mentioned_a_reason_for_raises_no_doubt() -> None:
    assert weigh([rule(REFUGEE, RuleKind.MANUAL_CHECK)], {}).verdict is Truth.YES


def test_the_nearest_miss_is_what_fails_when_all_of_it_can_be_changed() -> None:
    with_diploma = rule(ON_WW, change=Text(nl="met een diploma", en="with a diploma"))
    assert weigh([with_diploma, rule(ADULT)], {"age": 34, "benefit": "none"}).nearest_miss == (with_diploma,)
    assert weigh([with_diploma, rule(ADULT)], {"age": 12, "benefit": "none"}).nearest_miss == ()
    assert weigh([rule(ADULT)], {"age": 34}).nearest_miss == ()
