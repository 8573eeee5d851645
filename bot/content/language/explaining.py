"""The words around a whole reasoning (`overstap explain`): what fits, what is so, and how facts are compared."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from bot.content.annotations import Known

VERDICTS = {
    "fits": "A programme fits.",
    "maybe": "It may fit.",
    "does_not_fit": "It does not fit.",
}
MONEY = {
    "eligible": "A way to pay can be asked for.",
    "maybe": "It may be.",
    "not_eligible": "It is not for this person.",
    "ended": "It has stopped.",
    "closed": "It cannot be asked for now.",
    "not_for_you": "Only an employer or an institution can ask for it.",
}
TRUTHS = {"yes": "It is so.", "no": "It is not so.", "unknown": "Nobody asked."}
OUTCOMES = {
    "met": "A rule is met.",
    "not_met": "It is not.",
    "unknown": "Nobody asked.",
    "ask_first": "It depends on somebody else.",
}
OPERATORS = {
    "is": "The fact is one value.",
    "in": "It is one of some.",
    "not_in": "It is none of some.",
    "at_least": "It is as much, or more.",
    "at_most": "It is as much, or less.",
    "less_than": "It is less.",
    "more_than": "It is more.",
    "any_of": "It has one of some.",
    "all_of": "It has all of some.",
    "none_of": "It has none of some.",
    "known": "It was answered.",
}
GROUPS = {"all": "All of what follows.", "any": "Any of what follows.", "not": "Not what follows."}
HEADS = {"demands": "Above the rules.", "order": "Above the score.", "helps": "Before what would help."}


@dataclass(frozen=True, slots=True)
class ExplainingWords:
    """The words by code. A code without words is said as it is: `does_not_fit` is "does not fit"."""

    verdicts: Annotated[Mapping[str, str], Known.of(VERDICTS), "Of a programme or a route."] = field(
        default_factory=dict
    )
    money: Annotated[Mapping[str, str], Known.of(MONEY), "Of a way to pay."] = field(default_factory=dict)
    truths: Annotated[Mapping[str, str], Known.of(TRUTHS), "Of a condition."] = field(default_factory=dict)
    outcomes: Annotated[Mapping[str, str], Known.of(OUTCOMES), "Of a reason."] = field(default_factory=dict)
    operators: Annotated[Mapping[str, str], Known.of(OPERATORS), "Between a fact and what it is compared with."] = (
        field(default_factory=dict)
    )
    groups: Annotated[Mapping[str, str], Known.of(GROUPS), "Before conditions that belong together."] = field(
        default_factory=dict
    )
    heads: Annotated[Mapping[str, str], Known.of(HEADS), "Above or before a part of the reasoning."] = field(
        default_factory=dict
    )
