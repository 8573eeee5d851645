"""The whole advice for one person on one day, and what could still change it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import zip_longest
from typing import Any

from bot.advice.fitness import Fit, Measure
from bot.advice.model import Advice, Money, MoneyStatus, Offer, Part, Reason, Rejection
from bot.advice.money import assess, status_of
from bot.advice.nearness import HELP
from bot.advice.person import Person, to_person
from bot.advice.plan import to_plan
from bot.advice.ranking import rank
from bot.advice.situation import Situation
from bot.advice.wording import of_rules
from bot.catalogue import Profile
from bot.content.advising import AdviceSentences
from bot.content.knowledge import Programme
from bot.eligibility import OPEN_SETS, weigh
from bot.library import Library


def advise(library: Library, answers: Mapping[str, Any], *, on: date) -> Advice:
    """What fits someone who gave these answers, what does not, and what money there is.

    `answers`: by the names in knowledge/facts.yaml; one that is absent is unknown. Nothing is shown that is far from
    what was asked: then `nothing_fits`.
    """
    person = to_person(library, answers)
    money = weigh_money(library, person, on=on)
    situation = Situation.of(library, person, on=on)
    measure = Measure(situation)
    shown = rank(measure, library.catalogue.near(person.wish, person.asked_for))
    offers = tuple(_to_offer(fit, money, situation) for fit in shown)
    return Advice(
        offers=offers,
        nothing_fits=all(offer.programme.kind in HELP for offer in offers),
        money=money,
        understood=person.to_json(),
        reject=partial(reject, library, measure, frozenset(offer.programme.id for offer in offers)),
    )


def reject(library: Library, measure: Measure, shown: frozenset[str]) -> tuple[Rejection, ...]:
    """Every programme that is not shown, and why not: what is nearest to the wish first."""

    def rejection(profile: Profile) -> Rejection:
        found = measure.obstacles(profile)
        nearness = 0.0 if profile.never else measure.nearness.of(profile)
        return Rejection(profile.programme, found.reasons or (measure.outranked,), found.nearest_miss, nearness)

    rest = (profile for profile in library.catalogue.profiles.values() if profile.programme.id not in shown)
    return tuple(sorted(map(rejection, rest), key=lambda one: (-one.nearness, one.nearest_miss is None)))


def weigh_money(library: Library, person: Person, *, on: date) -> tuple[Money, ...]:
    knowledge = library.content.knowledge
    return tuple(assess(one, person.facts, knowledge, on=on) for one in knowledge.subsidies.values())


def _to_offer(fit: Fit, money: tuple[Money, ...], situation: Situation) -> Offer:
    programme = fit.profile.programme
    return Offer(
        programme=programme,
        verdict=fit.verdict,
        score=fit.score,
        parts=fit.parts,
        reasons=reasons_of(fit, situation.sentences),
        unknown=fit.judgement.unknown_facts - OPEN_SETS,
        plan=to_plan(programme, money, situation),
    )


def reasons_of(fit: Fit, sentences: AdviceSentences) -> tuple[Reason, ...]:
    """Why it stands where it stands: the wish and the place, then the demands, then the rest."""

    def said(part: Part) -> tuple[Reason, ...]:
        return (part.reason,) if part.reason else ()

    first, rest = fit.parts[:2], fit.parts[2:]
    return (
        *(reason for part in first for reason in said(part)),
        *of_rules(fit.judgement, sentences),
        *(reason for part in rest for reason in said(part)),
    )


# ------------------------------------------------------------------ what can still change it
def deciding_facts(library: Library, answers: Mapping[str, Any], *, on: date) -> frozenset[str]:
    """The questions whose answer can still change what is shown, or what money there is.

    A question that is not among them need not be asked. Facts that follow from an answer stand for that answer.
    """
    return frozenset().union(*open_questions(library, answers, on=on))


def open_questions(library: Library, answers: Mapping[str, Any], *, on: date) -> Iterator[frozenset[str]]:
    """The same, one scheme or programme after the other: whoever looks for one question can stop when it comes."""
    person = to_person(library, answers)
    knowledge = library.content.knowledge

    def questions(facts: Iterable[str]) -> frozenset[str]:
        asked = {knowledge.facts[fact].derived_from or fact if fact in knowledge.facts else fact for fact in facts}
        return frozenset(asked - OPEN_SETS - person.facts.keys())

    def of_money() -> Iterator[frozenset[str]]:
        for subsidy in knowledge.subsidies.values():
            # The verdict alone: this is asked at every turn, and its reasons are read by nobody.
            judgement = weigh(subsidy.rules, person.facts) if subsidy.pays_for else None
            status = judgement and status_of(subsidy, judgement, knowledge.freshness.old_after, on=on)
            if judgement and status is MoneyStatus.MAYBE:
                yield questions(judgement.unknown_facts)

    def of_programmes() -> Iterator[frozenset[str]]:
        measure = Measure(Situation.of(library, person, on=on))
        for profile in library.catalogue.near(person.wish, person.asked_for):
            if fit := measure.take(profile):
                yield questions(fit.judgement.unknown_facts | _practical(profile.programme))

    yield questions({"desired_work"})
    # In turns: some questions only money depends on, others only programmes.
    for pair in zip_longest(of_money(), of_programmes(), fillvalue=frozenset[str]()):
        yield from pair


def _practical(programme: Programme) -> set[str]:
    """The answers that the parts of the score look at, as far as there is something to look at."""
    where = programme.where
    return {
        *({"place"} if where.municipalities or where.regions or where.provinces else ()),
        *({"earn_while_learning"} if programme.paid is not None or programme.forms else ()),
        *({"hours"} if programme.hours else ()),
        *({"schedule"} if where.online is not None else ()),
        *({"budget"} if programme.costs else ()),
    }
