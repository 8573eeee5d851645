"""The whole advice for one person on one day."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from itertools import chain
from typing import Any

from bot.advice.asking import asks_which_language, questions_of
from bot.advice.context import AdviceContext
from bot.advice.filling import of_rules, say
from bot.advice.lessons import reason_of_lessons, reason_of_level
from bot.advice.limit_facts import Looked
from bot.advice.model import Advice, Money, Offer, Reason, Rejection, RuleOutcome, ScorePart, Step
from bot.advice.money import assess
from bot.advice.order import is_proven
from bot.advice.own_limits import OF_LIMIT, PARTLY_SCHOOL
from bot.advice.plan import to_plan, to_step
from bot.advice.ranking import shown_to
from bot.advice.relevance import HELP, TRAINING, where_to
from bot.advice.scoring import Fit, Scorer
from bot.advice.seeker import Seeker, to_person
from bot.catalogue import Payer, Profile
from bot.compiled import Compiled
from bot.content.knowledge import FactRole, RuleKind
from bot.content.limits import LimitKind
from bot.eligibility import OPEN_SETS
from bot.text import Text

MOST_ASKED = 3  # questions about limits in a plan


def advise(compiled: Compiled, answers: Mapping[str, Any], *, on: date) -> Advice:
    """What fits someone who gave these answers, what does not, and what money there is.

    `answers`: by the names in knowledge/facts.yaml; one that is absent is unknown. Nothing is shown that is far from
    what was asked: then `nothing_fits`. It is made once for the same answers; their words are not kept with it.
    """
    person = to_person(compiled, answers)
    facts = compiled.content.knowledge.facts  # an answer that is no fact ("shall I search on?") changes no advice
    said = f"advice {on} {sorted(one for one in answers.items() if one[0] in facts)!r}"
    offers = compiled.recent.of(said, lambda: _offers(compiled, person, on))
    return Advice(
        person=person,
        on=on,
        offers=offers,
        nothing_fits=all(offer.item.kind in HELP for offer in offers),
        weighed=cache(lambda: weigh_money(compiled, person, on=on)),
    )


def _offers(compiled: Compiled, person: Seeker, on: date) -> tuple[Offer, ...]:
    knowledge, context = compiled.content.knowledge, AdviceContext.of(compiled, person, on=on)

    @cache
    def assessed(scheme: str) -> Money:
        return assess(knowledge.subsidies[scheme], person.facts, knowledge, on=on)

    @cache
    def step_to(scheme: str, payer: Payer) -> Step | None:
        return to_step(assessed(scheme), payer, context)

    return tuple(to_offer(fit, step_to, context) for fit in shown_to(Scorer(context), compiled.catalogue))


def reject(compiled: Compiled, advice: Advice, *, nearly: bool = False) -> tuple[Rejection, ...]:
    """Every programme that is not shown, and every route to the wish, and why not: what is nearest to it first.

    `nearly`: only what one change would make fit. Not a part of `Advice`, because a chat shows a few programmes and
    is done: this costs as much again.
    """
    measure = Scorer(AdviceContext.of(compiled, advice.person, on=advice.on))
    shown = frozenset(offer.item.id for offer in advice.offers)

    def rejections(profile: Profile) -> Iterator[Rejection]:
        found = measure.obstacles(profile)
        if nearly and found.nearest_miss is None:
            return
        nearness = 0.0 if profile.never else measure.nearness.of(profile)
        yield Rejection(profile.item, found.reasons or (measure.outranked,), found.nearest_miss, nearness)

    routes = compiled.catalogue.routes_to(advice.person.wish)
    rest = (one for one in (*compiled.catalogue.programmes, *routes) if one.item.id not in shown)
    return tuple(
        sorted(chain.from_iterable(map(rejections, rest)), key=lambda one: (-one.nearness, one.nearest_miss is None))
    )


def weigh_money(compiled: Compiled, person: Seeker, *, on: date) -> tuple[Money, ...]:
    knowledge = compiled.content.knowledge
    return tuple(assess(one, person.facts, knowledge, on=on) for one in knowledge.subsidies.values())


def to_offer(fit: Fit, step_to: Callable[[str, Payer], Step | None], context: AdviceContext) -> Offer:
    """`step_to`: what to do for a way to pay, by its id and what it is to a course."""
    item = fit.profile.item
    asked = questions_of(fit, context)
    return Offer(
        item=item,
        verdict=fit.verdict,
        score=fit.score,
        parts=fit.parts,
        reasons=reasons_of(fit, context),
        unknown=fit.judgement.unknown_facts - OPEN_SETS,
        plan=to_plan(
            item, step_to, context, tuple(one.text for one in asked)[:MOST_ASKED], fit.candidate.journey.nearby
        ),
        trains_for_wish=fit.candidate.trains or fit.towards is not None,
        proven=item.kind in TRAINING and is_proven(fit),
        distance_km=fit.candidate.journey.distance,
        schools=fit.candidate.journey.nearby,
        towards=fit.towards,
        after=fit.after,
        unopened=fit.unopened,
        is_long_way=fit.candidate.is_long_way,
        nearly=_nearly(fit, context),
        asks=tuple(one.text for one in asked if not _says_itself(one.kind, fit)),
        asks_language=asks_which_language(fit, context),
    )


def _says_itself(kind: LimitKind, fit: Fit) -> bool:
    """Whether its card says already what it costs, or that it is in part as they want."""
    return kind.id == Looked.CHEAP or any(
        one.name == f"{OF_LIMIT}{kind.id}" and one.value == PARTLY_SCHOOL for one in fit.candidate.limits
    )


def _nearly(fit: Fit, context: AdviceContext) -> tuple[Text, ...]:
    """What its rules and its hours say against it, though it may be entered; but what its card says by itself.

    That is the language of the lessons, and a level far above their own. A demand of which nobody knows whether they
    meet it is said with them.
    """
    open_demands = (rule for rule in fit.judgement.unknown if rule.kind is RuleKind.HARD)
    rules = [
        *fit.judgement.missed,
        *((*fit.field_unknown, *fit.judgement.manual) if fit.asks_more else ()),
        *open_demands,
    ]
    hours = any(part.name == "hours" and part.speaks_against for part in fit.candidate.practical)
    by_itself = {context.fact_of(FactRole.LANGUAGE)}
    if fit.candidate.is_long_way:
        by_itself.add(context.fact_of(FactRole.LEVEL))
    if hours:
        by_itself.add(context.fact_of(FactRole.HOURS))
    said = tuple(rule.because for rule in rules if rule.facts.isdisjoint(by_itself) and not rule.facts <= OPEN_SETS)
    return (context.sentences.card_hours_short, *said) if hours else said


def reasons_of(fit: Fit, context: AdviceContext) -> tuple[Reason, ...]:
    """Why it stands where it stands: the wish, their limits and the place, then the demands, then the rest."""

    def said(*parts: ScorePart) -> list[Reason]:
        return [part.reason for part in parts if part.reason]

    lessons = reason_of_lessons(fit.profile.item, fit.candidate.journey.nearby, context)
    return (
        *_of_wish(fit, context),
        *said(*fit.candidate.limits, fit.candidate.place),
        *filter(None, (lessons, reason_of_level(fit.profile.item, context))),
        *of_rules(fit.judgement, context.sentences, context.fact_of(FactRole.LANGUAGE)),
        *said(*fit.others),
    )


def _of_wish(fit: Fit, context: AdviceContext) -> tuple[Reason, ...]:
    """What it has to do with the wish; of a first step where it leads."""
    if fit.towards is None:
        reason = fit.candidate.wish.reason
        return (reason,) if reason else ()
    text = say(context.sentences.wish_first_step, work=where_to(fit.towards, context))
    return (Reason(text, RuleOutcome.MET, context.fact_of(FactRole.WISH)),)
