"""Which questions can still change what is shown, or what money there is: the others need not be asked."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from bot.advice.context import AdviceContext
from bot.advice.model import MoneyStatus
from bot.advice.money import status_of
from bot.advice.scoring import Scorer
from bot.advice.seeker import to_person
from bot.catalogue import Profile
from bot.compiled import Compiled
from bot.content.knowledge import FactRole, Knowledge, Offerable, Rule
from bot.eligibility import OPEN_SETS, weigh

PRACTICAL: Mapping[FactRole, Callable[[Offerable], bool]] = {
    FactRole.PLACE: lambda one: bool(one.where.municipalities or one.where.provinces or one.where.regions),
    FactRole.PAY: lambda one: one.paid is not None or bool(one.forms),
    FactRole.HOURS: lambda one: one.hours is not None,
    FactRole.SCHEDULE: lambda one: one.where.online is not None,
    FactRole.BUDGET: lambda one: one.costs is not None,
}
"""The answers that the parts of the score look at, and whether a programme has something to look at."""


class Undecided:
    """The questions that are worth asking, given some answers. Each is looked up by itself: few items hang on it."""

    def __init__(self, compiled: Compiled, answers: Mapping[str, Any], *, on: date) -> None:
        self._compiled, self._on = compiled, on
        self._person = to_person(compiled, answers)

    def __contains__(self, question: str) -> bool:
        if question in OPEN_SETS or question in self._person.facts:
            return False
        # A fact that follows from an answer stands for that answer.
        derived = (name for name, fact in self._knowledge.facts.items() if fact.derived_from == question)
        facts = frozenset({question, *derived})
        # Everything hangs on the wish.
        is_wish = self._knowledge.role_of(question) is FactRole.WISH
        return is_wish or self._decides_money(facts) or self._decides_programmes(question, facts)

    def _decides_money(self, facts: frozenset[str]) -> bool:
        for subsidy in self._knowledge.subsidies.values():
            if subsidy.pays_for is not None and _are_about(subsidy.rules, facts):
                # The verdict alone: this is asked at every turn, and its reasons are read by nobody.
                judgement = weigh(subsidy.rules, self._person.facts)
                status = status_of(subsidy, judgement, self._knowledge.freshness.old_after, on=self._on)
                if status is MoneyStatus.MAYBE and not facts.isdisjoint(judgement.unknown_facts):
                    return True
        return False

    def _decides_programmes(self, question: str, facts: frozenset[str]) -> bool:
        role = self._knowledge.role_of(question)
        looks_at = PRACTICAL.get(role) if role else None
        for profile in self._near:
            item = profile.item
            looked_at = looks_at is not None and looks_at(item)
            if looked_at or _are_about(item.rules, facts):
                judgement = self._measure.judge(profile)
                if judgement and (looked_at or not facts.isdisjoint(judgement.unknown_facts)):
                    return True
        return False

    @property
    def _knowledge(self) -> Knowledge:
        return self._compiled.content.knowledge

    @cached_property
    def _near(self) -> list[Profile]:
        catalogue, wish = self._compiled.catalogue, self._person.wish
        return [*catalogue.near(wish, self._person.asked_for), *catalogue.routes_to(wish)]

    @cached_property
    def _measure(self) -> Scorer:
        return Scorer(AdviceContext.of(self._compiled, self._person, on=self._on))


def _are_about(rules: Iterable[Rule], facts: frozenset[str]) -> bool:
    return any(not facts.isdisjoint(rule.facts) for rule in rules)


def deciding_facts(compiled: Compiled, answers: Mapping[str, Any], *, on: date) -> frozenset[str]:
    """All questions whose answer can still change what is shown, or what money there is."""
    undecided = Undecided(compiled, answers, on=on)
    questions = (name for name, fact in compiled.content.knowledge.facts.items() if fact.derived_from is None)
    return frozenset(question for question in questions if question in undecided)
