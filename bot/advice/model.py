"""What the bot advises, as frozen values: what fits, what does not, what money there is, and the plan."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from bot.advice.seeker import Seeker
from bot.content.knowledge import ROUTE, MoneyForm, Offerable, Route, SourcedFact, Subsidy
from bot.eligibility import Judgement, Truth
from bot.schools import Nearby
from bot.text import Text


class Verdict(StrEnum):
    FITS = "fits"
    MAYBE = "maybe"
    DOES_NOT_FIT = "does_not_fit"


class RuleOutcome(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    ASK_FIRST = "ask_first"  # it depends on somebody else: an office, an employer, a provider with an old page


class MoneyStatus(StrEnum):
    ELIGIBLE = "eligible"
    MAYBE = "maybe"
    NOT_ELIGIBLE = "not_eligible"
    ENDED = "ended"
    CLOSED = "closed"
    NOT_FOR_YOU = "not_for_you"  # only an employer or an institution can ask for it


HELPFUL = frozenset({MoneyStatus.ELIGIBLE, MoneyStatus.MAYBE})
"""What somebody may count on, or ask for."""


class Asker(StrEnum):
    """Who has to ask for money."""

    YOU = "you"
    EMPLOYER = "employer"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for or against. `fact`: the fact of the person that it hangs on, when there is one."""

    text: Text
    outcome: RuleOutcome
    fact: str | None = None

    def to_json(self, language: str) -> dict[str, Any]:
        return {"text": self.text[language], "fact": self.fact, "outcome": self.outcome.value}


class ScorePart(NamedTuple):
    """One part of a score. `value` is 0..1; None when a fact is missing, and `weight` counts half for it."""

    name: str
    value: float | None
    weight: float
    reason: Reason | None = None

    @property
    def speaks_against(self) -> bool:
        return self.reason is not None and self.reason.outcome is RuleOutcome.NOT_MET

    @property
    def is_to_be_asked(self) -> bool:
        return self.reason is not None and self.reason.outcome is RuleOutcome.ASK_FIRST


@dataclass(frozen=True, slots=True)
class MoneyWords:
    """What is said of one way to pay."""

    reasons: tuple[Reason, ...]
    nearest_miss: Text | None
    amount: Text | None


@dataclass(frozen=True, slots=True)
class Money:
    """What someone can expect of one way to pay. `hangs_on_benefit`: it is a benefit, and nobody spoke of theirs.

    `worded`: makes the words. There are seventy ways to pay, and few of them are said.
    """

    subsidy: Subsidy
    status: MoneyStatus
    judgement: Judgement
    unknown: frozenset[str]
    hangs_on_benefit: bool
    worded: Callable[[], MoneyWords] = field(repr=False, compare=False)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return self.worded().reasons

    @property
    def nearest_miss(self) -> Text | None:
        return self.worded().nearest_miss

    @property
    def amount(self) -> Text | None:
        return self.worded().amount

    def to_json(self, language: str) -> dict[str, Any]:
        worded = self.worded()
        return {
            "id": self.subsidy.id,
            "status": self.status.value,
            "reasons": [reason.to_json(language) for reason in worded.reasons],
            "unknown": sorted(self.unknown),
            "amount": worded.amount and worded.amount[language],
            "nearest_miss": worded.nearest_miss and worded.nearest_miss[language],
        }


@dataclass(frozen=True, slots=True)
class Step:
    """One way to pay in a plan: who asks, how, and whether it surely `counts` for this course.

    `pays`: whether it pays for this course, by what it asks of one. NO: a benefit, of which one only asks for leave.
    """

    money: Money
    asker: Asker
    text: Text
    counts: bool
    pays: Truth

    def to_json(self, language: str) -> dict[str, Any]:
        form = self.money.subsidy.form
        return {
            "id": self.money.subsidy.id,
            "asker": self.asker.value,
            "status": self.money.status.value,
            "form": form.value,
            "loan": form is MoneyForm.LOAN,
            "text": self.text[language],
        }


@dataclass(frozen=True, slots=True)
class OwnCosts:
    """What the person would pay, in EUR; None when it is not known at all. `text` says it, and what it hangs on."""

    least: float | None
    most: float | None
    text: Text


@dataclass(frozen=True, slots=True)
class Plan:
    """How to get there: never a promise, always a first step."""

    first_step: Text
    ask: tuple[Text, ...]
    money: tuple[Step, ...]
    own_costs: OwnCosts
    leave: tuple[Step, ...] = ()  # benefits that pay nothing of it: one asks for leave before one enrols

    def to_json(self, language: str) -> dict[str, Any]:
        costs = self.own_costs
        known = costs.least is not None or costs.most is not None
        return {
            "first_step": self.first_step[language],
            "ask": [question[language] for question in self.ask],
            "money": [step.to_json(language) for step in self.money],
            "own_costs": {"from": costs.least, "to": costs.most} if known else None,
            "own_costs_text": costs.text[language],
        }


@dataclass(frozen=True, slots=True)
class Offer:
    """What is shown to somebody."""

    item: Offerable
    verdict: Verdict
    score: float  # 0..1; it orders, the reasons explain
    parts: tuple[ScorePart, ...]
    reasons: tuple[Reason, ...]
    unknown: frozenset[str]
    plan: Plan
    trains_for_wish: bool  # for the very work that was asked for, or a first step towards it
    proven: bool  # a named provider within reach gives it
    distance_km: float | None  # as the crow flies; None when it is followed anywhere, or nobody knows where
    schools: Nearby | None = None  # near somebody, for a route that ends in a diploma
    towards: Route | None = None  # the route that this one is the first step of
    after: tuple[Route, ...] = ()  # the routes that come after it, up to and with that one
    unopened: tuple[Route, ...] = ()  # of those, what no diploma of theirs opens and none of a step before it
    is_long_way: bool = False  # it ends far above their education, though they may enter
    nearly: tuple[Text, ...] = ()  # in what it is not wholly for them, in a sentence each
    asks: tuple[Text, ...] = ()  # what to ask of it, because nobody knows whether it goes with a limit of theirs
    asks_language: bool = False  # whether to ask how much of the language of the country it takes

    def to_json(self, language: str) -> dict[str, Any]:
        return {
            **_item_to_json(self.item, language),
            "verdict": self.verdict.value,
            "trains_for_wish": self.trains_for_wish,
            "proven": self.proven,
            "distance_km": None if self.distance_km is None else round(self.distance_km, 1),
            "towards": self.towards and self.towards.id,
            "score": round(self.score, 3),
            "reasons": [reason.to_json(language) for reason in self.reasons],
            "unknown": sorted(self.unknown),
            "nearest_miss": None,
            "plan": self.plan.to_json(language),
            "must_say": self.item.must_say and self.item.must_say[language],
        }


@dataclass(frozen=True, slots=True)
class Rejection:
    """What is not shown, and why not. `nearest_miss` is the one change that would make it fit."""

    item: Offerable
    reasons: tuple[Reason, ...]
    nearest_miss: Text | None
    nearness: float  # to the wish, 0..1

    def to_json(self, language: str) -> dict[str, Any]:
        return {
            **_item_to_json(self.item, language),
            "verdict": Verdict.DOES_NOT_FIT.value,
            "score": 0.0,
            "reasons": [reason.to_json(language) for reason in self.reasons],
            "unknown": [],
            "nearest_miss": self.nearest_miss and self.nearest_miss[language],
            "plan": None,
        }


def kind_of(item: Offerable) -> str:
    """What it is to programs that read an advice."""
    return ROUTE if isinstance(item, Route) else item.kind.value


def _item_to_json(item: Offerable, language: str) -> dict[str, Any]:
    source, checked = provenance(item)
    return {
        "id": item.id,
        "kind": kind_of(item),
        "name": item.title[language],
        "source": source,
        "checked": checked and checked.isoformat(),
    }


@dataclass(frozen=True, slots=True)
class Advice:
    """What fits one person on one day. Why the rest does not is worded by `reject`, when somebody asks for it."""

    person: Seeker
    on: date
    offers: tuple[Offer, ...]
    nothing_fits: bool
    weighed: Callable[[], tuple[Money, ...]] = field(
        repr=False, compare=False
    )  # all ways to pay; few turns speak of them

    @property
    def money(self) -> tuple[Money, ...]:
        """How every way to pay stands for this person."""
        return self.weighed()

    @property
    def understood(self) -> dict[str, Any]:
        """What was made of their own words."""
        return self.person.to_json()

    def to_json(self, rejections: Iterable[Rejection], language: str = "nl") -> dict[str, Any]:
        """The JSON of `overstap match`."""
        return self._to_json(rejections, self.money, language)

    def in_short(self, rejections: Iterable[Rejection], language: str = "nl") -> dict[str, Any]:
        """The same without what surely does not fit: that is ten times as much, and `overstap explain` says why not.

        `rejections`: those that are so `nearly`.
        """
        return self._to_json(rejections, [one for one in self.money if one.status in HELPFUL], language)

    def _to_json(self, rejections: Iterable[Rejection], money: Iterable[Money], language: str) -> dict[str, Any]:
        return {
            "programmes": [offer.to_json(language) for offer in self.offers],
            "rejected": [rejection.to_json(language) for rejection in rejections],
            "nothing_fits": self.nothing_fits,
            "subsidies": [one.to_json(language) for one in money],
            "understood": self.understood,
        }


NAME_OF_DIPLOMA = "certificate"


def evidence(item: Offerable | Subsidy) -> list[SourcedFact]:
    """The facts that show that an item is there; what its diploma is called shows it only when that is all."""
    told = [fact for name, fact in item.facts.items() if name != NAME_OF_DIPLOMA]
    return told or list(item.facts.values())


def provenance(item: Offerable | Subsidy) -> tuple[str | None, date | None]:
    """The source of the status of an item, and the day it was checked; of its freshest fact when it has no status."""
    fact = item.facts.get("status") or max(evidence(item), key=lambda one: one.dated or "", default=None)
    return (fact.source, fact.checked) if fact else (item.url, None)
