"""The way to what is offered: who pays what, who must ask whom, and what to do first. Never a promise."""

from collections.abc import Callable, Mapping, Sequence

from bot.advice.context import AdviceContext
from bot.advice.filling import Day, OneOf, joined, say
from bot.advice.model import Asker, Money, MoneyStatus, OwnCosts, Plan, Step
from bot.advice.relevance import HELP
from bot.advice.schooling import to_call
from bot.catalogue import Payer
from bot.content.advice_config import AdviceSentences
from bot.content.conditions import comparisons, members
from bot.content.knowledge import (
    Applicant,
    Costs,
    FactRole,
    Form,
    MoneyForm,
    Offerable,
    Programme,
    ProgrammeKind,
    Route,
    RouteKind,
    Subsidy,
    SubsidyStatus,
)
from bot.eligibility import Judgement, Truth
from bot.schools import Nearby
from bot.text import Text, without_notes

# What is yours by right comes before what somebody grants; what has to be paid back comes last.
ORDER: Mapping[MoneyForm, int] = {
    form: place
    for place, form in enumerate(
        (
            MoneyForm.RIGHT,
            MoneyForm.GIFT,
            MoneyForm.DISCOUNT,
            MoneyForm.BENEFIT,
            MoneyForm.TAX,
            MoneyForm.SERVICE,
            MoneyForm.INFORMATION,
            MoneyForm.LOAN,
        )
    )
}

PAYS_FOR_COURSES = frozenset({MoneyForm.RIGHT, MoneyForm.GIFT, MoneyForm.BENEFIT, MoneyForm.DISCOUNT})
NO_BENEFIT = "none"
SELF_EMPLOYED = "self_employed"
MONTH = len("2023-09")  # a price is of a month, at most
DEGREES = frozenset({RouteKind.AD, RouteKind.HBO, RouteKind.WO})
TRAINS_NOBODY = HELP | {RouteKind.OPEN}  # there is nothing to pay for
ASKABLE = frozenset({MoneyStatus.ELIGIBLE, MoneyStatus.MAYBE})


def to_plan(
    item: Offerable,
    step_to: Callable[[str, Payer], Step | None],
    context: AdviceContext,
    about_limits: tuple[Text, ...] = (),
    schools: Nearby | None = None,
) -> Plan:
    """`step_to`: what to do for a way to pay, by its id and what it is to this course. `schools`: those near.

    `about_limits`: what to ask because nobody knows whether it goes with what the person cannot do or needs.
    """
    sentences = context.sentences
    payers = context.payers.get(item.id, {})
    steps = (
        []
        if item.kind in TRAINS_NOBODY
        else sorted(
            (step for scheme, payer in payers.items() if (step := step_to(scheme, payer))),
            key=lambda step: (
                step.asker is Asker.EMPLOYER,
                ORDER[step.money.subsidy.form],
                step.pays is not Truth.YES,
                step.money.status is not MoneyStatus.ELIGIBLE,
                step.money.subsidy.id,
            ),
        )
    )
    if is_training_job(item):
        steps = [step for step in steps if step.asker is Asker.EMPLOYER]
    if is_free(item):
        steps = [step for step in steps if step.asker is Asker.EMPLOYER or _asks_leave(step, item)]
    money = [step for step in steps if step.pays is not Truth.NO]
    return Plan(
        first_step=_first_step(item, steps, context, schools),
        ask=tuple(dict.fromkeys((*_questions(item, sentences), *about_limits))),
        money=tuple(money),
        own_costs=_own_costs(item, money, context),
        leave=tuple(step for step in steps if step.pays is Truth.NO),
    )


def is_training_job(item: Offerable) -> bool:
    """Whether it is a job like any other, in which the employer trains: nobody asks for permission to apply for work,
    and there is no course fee to ask money for.
    """
    return item.kind is RouteKind.ON_THE_JOB and item.paid is True


def is_free(item: Offerable) -> bool:
    """Whether a source says that who follows it pays nothing: nobody need borrow or ask money for it."""
    return item.costs is not None and item.costs.to == 0


def _asks_leave(step: Step, item: Offerable) -> bool:
    """Whether who has a benefit asks leave for lessons: nobody enrols in what they learn by themselves."""
    return step.money.subsidy.form is MoneyForm.BENEFIT and Form.SELF_STUDY not in item.forms


def _may_be_asked(money: Money) -> bool:
    """Whether it may be a step in somebody's plan: they, or their employer, can ask for it now."""
    if money.subsidy.status is SubsidyStatus.PROPOSED:
        return False
    if money.status is MoneyStatus.NOT_FOR_YOU:
        return _employer_may_ask(money.subsidy, money.judgement)
    return money.status in ASKABLE and not money.judgement.for_others


def to_step(money: Money, payer: Payer, context: AdviceContext) -> Step | None:
    """`payer`: what it is to this course, whoever follows it."""
    if not _may_be_asked(money):
        return None
    sentences, subsidy, (goes, pays) = context.sentences, money.subsidy, payer
    name = context.titles[subsidy.id]
    # A benefit is lost by a wrong start: it is named only when it surely goes with this course.
    certain = goes is Truth.YES or (goes is Truth.UNKNOWN and subsidy.form is not MoneyForm.BENEFIT)
    if money.status in ASKABLE and certain:
        text = _say_who_decides(name, money, payer, context)
        if subsidy.form is MoneyForm.LOAN:
            text = joined(text, sentences.loan)
        return Step(money, Asker.YOU, text, counts=pays is Truth.YES, pays=pays)
    if money.status is MoneyStatus.NOT_FOR_YOU and goes is Truth.YES:
        employed, supports = context.told(FactRole.EMPLOYMENT) == "employed", context.told(FactRole.EMPLOYER_SUPPORT)
        sentence = sentences.employer_asks if employed and supports is not False else sentences.new_employer_asks
        return Step(money, Asker.EMPLOYER, say(sentence, name=name), counts=pays is Truth.YES, pays=pays)
    return None


def _say_who_decides(name: Text, money: Money, payer: Payer, context: AdviceContext) -> Text:
    subsidy, decided_by_hand, sentences = money.subsidy, money.judgement.manual, context.sentences
    if payer.goes is Truth.UNKNOWN:
        return joined(say(sentences.you_ask_maybe, name=name), sentences.ask_recognised)
    ask = (sentences.ask_this_course,) if payer.pays is Truth.UNKNOWN else ()
    if subsidy.employer_decides and decided_by_hand:
        # Who has no work has an employer no more, and the one that they had still owes them this.
        has_left = context.told(FactRole.EMPLOYMENT) not in (None, "employed")
        decides = sentences.last_employer_decides if has_left else sentences.employer_decides
        return joined(say(decides, name=name), *ask)
    if subsidy.authority and decided_by_hand:
        return joined(say(sentences.office_decides, office=subsidy.authority, name=name), *ask)
    sure = money.status is MoneyStatus.ELIGIBLE and not ask
    return joined(say(sentences.you_ask_sure if sure else sentences.you_ask_maybe, name=name), *ask)


def _employer_may_ask(subsidy: Subsidy, judgement: Judgement) -> bool:
    """Whether it is worth to tell an employer of this: it runs, and nothing that we know is against it."""
    runs = subsidy.status in (SubsidyStatus.OPEN, SubsidyStatus.PERIODIC)
    return runs and Applicant.EMPLOYER in subsidy.applicants and not judgement.failed and not judgement.missed


def _first_step(item: Offerable, steps: list[Step], context: AdviceContext, schools: Nearby | None) -> Text:
    # Who starts without permission can lose a benefit: nobody may miss that.
    first = permission(steps, context) or _permission_to_begin(item, context)
    return joined(first, contact(item, context, schools)) if first else contact(item, context, schools)


def contact(item: Offerable, context: AdviceContext, schools: Nearby | None) -> Text:
    """What anybody can do today: call, look, or ask. Never a day: tomorrow may be a Sunday."""
    sentences, url = context.sentences, item.url
    if isinstance(item, Route):
        if not item.first_call.hires and (desk := to_call(schools, item, context)):
            sentence = sentences.first_call if desk.page else sentences.first_search
            return say(sentence, provider=desk.school.name, url=desk.page or "")
        if is_registered(item, context):
            return sentences.first_customers
        who = item.first_call.who
        if url and item.first_call.site:
            return say(sentences.first_start, provider=who, url=url)
        return say(sentences.first_call, provider=who, url=url) if url else say(sentences.first_search, provider=who)
    # A desk of several schools is called by its own name; a course belongs to a school.
    title = context.title_of(item)
    if item.kind is ProgrammeKind.PLATFORM:
        return say(sentences.first_look, url=url) if url else say(sentences.first_find, name=title)
    if item.kind in HELP and item.kind is not ProgrammeKind.ADMISSION_ROUTE:
        asked = OneOf((title.fallback,))
    elif item.provider_described:
        return say(sentences.first_look, url=url) if url else sentences.first_adviser
    else:
        asked = parties(item.provider)
    return say(sentences.first_call, provider=asked, url=url) if url else say(sentences.first_search, provider=asked)


def is_registered(route: Route, context: AdviceContext) -> bool:
    """Whether they did already what the first call is for: who works for themselves stands in the register."""
    return route.first_call.registers and context.told(FactRole.EMPLOYMENT) == SELF_EMPLOYED


def parties(provider: str) -> OneOf:
    """Who offer it, one of whom is enough: "Qbuzz / Noorderpoort" is "Qbuzz of Noorderpoort"."""
    return OneOf(tuple(without_notes(one) for one in provider.split(" / ")))


def permission(steps: Sequence[Step], context: AdviceContext) -> Text | None:
    """Whom to ask first for who has a benefit; the money says so to who did not tell whether they have one."""
    if context.told(FactRole.BENEFIT) is None:
        return None
    authorities = (
        step.money.subsidy.authority
        for step in steps
        if step.asker is Asker.YOU and step.money.subsidy.form is MoneyForm.BENEFIT
    )
    first = next(authorities, None)
    return say(context.sentences.first_permission, office=first) if first else None


def _permission_to_begin(item: Offerable, context: AdviceContext) -> Text | None:
    """What who has a benefit asks first, where one begins for oneself or without pay (knowledge/faq, q106)."""
    if begins_with_benefit(item, context):
        return context.sentences.first_begin
    has_none = context.told(FactRole.BENEFIT) in (None, NO_BENEFIT)
    return context.sentences.first_try if isinstance(item, Route) and item.tries and not has_none else None


def begins_with_benefit(item: Offerable, context: AdviceContext) -> bool:
    """Whether one begins for oneself or without pay, and has a benefit that may end by it."""
    has_none = context.told(FactRole.BENEFIT) in (None, NO_BENEFIT)
    return isinstance(item, Route) and item.earns is not None and not has_none


def _questions(item: Offerable, sentences: AdviceSentences) -> tuple[Text, ...]:
    """What to ask the provider: what the editors wrote, and whatever is still unknown that everybody needs."""
    if item.ask:
        return item.ask
    asked = [sentences.ask_if_running] if isinstance(item, Programme) else []
    if item.costs is None:
        asked.append(sentences.ask_costs)
    if item.paid is None:
        asked.append(sentences.ask_pay)
    return tuple(asked)


def _own_costs(item: Offerable, steps: list[Step], context: AdviceContext) -> OwnCosts:
    costs, sentences = item.costs, context.sentences
    if is_second_degree(item, context):
        return OwnCosts(None, None, sentences.costs_second_degree)
    price = _say_price(costs, costs_dated(item), sentences) if costs else None
    if costs is None or price is None:
        unknown = sentences.costs_of_job if is_training_job(item) else sentences.costs_unknown
        return OwnCosts(None, None, sentences.costs_of_help if item.kind in HELP else unknown)
    helped = any(step.money.subsidy.form in PAYS_FOR_COURSES and step.asker is Asker.YOU for step in steps)
    least, most = (0.0 if helped else costs.from_), costs.to
    budget = context.told(FactRole.BUDGET)
    text = joined(price, sentences.costs_ask)
    if most and isinstance(budget, int | float) and budget < most:
        text = joined(text, sentences.costs_over_budget)
    return OwnCosts(least, most, text)


def is_second_degree(item: Offerable, context: AdviceContext) -> bool:
    """Whether a known price is that of a first degree, and they have one: the price of a second one is another.

    No scheme that the route names makes it as cheap.
    """
    if item.costs is None or item.kind not in DEGREES:
        return False
    ranks, level = context.ranks, context.told(FactRole.LEVEL)
    # A university begins with a bachelor too, and a bachelor of a hogeschool is the first one of who has it.
    is_university = item.kind is RouteKind.WO
    has, reached = ranks.get(str(level)), ranks.get(RouteKind.HBO if is_university else item.leads_to or "")
    if has is None or reached is None or has < reached or (is_university and _begins_after(reached, item, context)):
        return False
    named = item.pays if isinstance(item, Route) else ()
    return not any(context.knowledge.subsidies[one].second_degree for one in named)


def _begins_after(degree: int, item: Offerable, context: AdviceContext) -> bool:
    """Whether it asks for a degree of that rank itself, as a master does: its price is that of who has one."""
    level = context.fact_of(FactRole.LEVEL)
    asked = (one.value for rule in item.rules if rule.facts == {level} for one in comparisons(rule.condition))
    return any(all(context.ranks.get(str(one), 0) >= degree for one in members(levels)) for levels in asked)


def costs_dated(item: Offerable) -> str | None:
    """The date of the page that names the price."""
    fact = item.facts.get("cost_eur") or item.facts.get("cost")
    return fact.dated if fact else None


def _say_price(costs: Costs, dated: str | None, sentences: AdviceSentences) -> Text | None:
    """A price as a price of then: nobody promised that it is one of now. None when it is not known."""
    then = say(sentences.costs_in, date=Day(dated[:MONTH])) if dated else sentences.costs_according_to_source
    match costs.from_, costs.to:
        case _, 0:
            price = sentences.costs_nothing
        case 0, None:
            price = sentences.costs_free_start
        case None | 0, float() | int() as most:
            price = say(sentences.costs_at_most, most=float(most))
        case float() | int() as least, None:
            price = say(sentences.costs_at_least, least=float(least))
        case float() | int() as least, float() | int() as most if least == most:
            price = say(sentences.costs_known, most=float(most))
        case float() | int() as least, float() | int() as most:
            price = say(sentences.costs_between, least=float(least), most=float(most))
        case _:
            return None
    return say(price, when=then)
