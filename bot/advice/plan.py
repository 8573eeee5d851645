"""The way to a programme: who pays what, who must ask whom, and what to do first. Never a promise."""

from collections.abc import Iterable, Mapping

from bot.advice.context import AdviceContext
from bot.advice.model import Asker, Money, MoneyStatus, OwnCosts, Plan, Step
from bot.advice.relevance import HELP
from bot.advice.wording import Day, OneOf, joined, office, say
from bot.content.advice_config import AdviceSentences
from bot.content.conditions import Value
from bot.content.knowledge import (
    Applicant,
    Costs,
    FactRole,
    MoneyForm,
    Programme,
    ProgrammeKind,
    Subsidy,
    SubsidyStatus,
)
from bot.eligibility import Facts, Judgement, Truth, judge
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
MONTH = len("2023-09")  # a price is of a month, at most
EMPLOYER = "werkgever"  # as an authority: every person has another one
ASKABLE = frozenset({MoneyStatus.ELIGIBLE, MoneyStatus.MAYBE})


def to_plan(
    programme: Programme, money: Iterable[Money], context: AdviceContext, about_limits: tuple[Text, ...] = ()
) -> Plan:
    """`about_limits`: what to ask because nobody knows whether it goes with what the person cannot do or needs."""
    sentences = context.sentences
    course = course_facts(programme)
    steps = (
        []
        if programme.kind in HELP
        else sorted(
            (step for one in money if (step := _step(one, course, context))),
            key=lambda step: (
                step.asker is Asker.EMPLOYER,
                ORDER[step.money.subsidy.form],
                step.money.status is not MoneyStatus.ELIGIBLE,
                step.money.subsidy.id,
            ),
        )
    )
    return Plan(
        first_step=_first_step(programme, steps, context),
        ask=tuple(dict.fromkeys((*_questions(programme, sentences), *about_limits))),
        money=tuple(steps),
        own_costs=_own_costs(programme, steps, context),
    )


def course_facts(programme: Programme) -> dict[str, Value]:
    """What `pays_for` of a way to pay may ask of a course. What is not known is absent."""
    facts: dict[str, Value | None] = {
        "kind": programme.kind.value,
        "forms": frozenset(form.value for form in programme.forms) or None,
        "level": programme.leads_to,
        "sectors": frozenset(programme.sectors),
    }
    return {name: value for name, value in facts.items() if value is not None}


def _step(money: Money, course: Facts, context: AdviceContext) -> Step | None:
    sentences, subsidy = context.sentences, money.subsidy
    name = context.titles[subsidy.id]
    if subsidy.pays_for is None or subsidy.status is SubsidyStatus.PROPOSED:
        return None
    pays, judgement = judge(subsidy.pays_for, course), money.judgement
    # A benefit is lost by a wrong start: it is named only when it surely goes with this course.
    certain = pays is Truth.YES or (pays is Truth.UNKNOWN and subsidy.form is not MoneyForm.BENEFIT)
    if money.status in ASKABLE and certain and not judgement.for_others:
        text = _say_who_decides(name, money, pays, sentences)
        if subsidy.form is MoneyForm.LOAN:
            text = joined(text, sentences.loan)
        return Step(money, Asker.YOU, text, counts=pays is Truth.YES)
    if money.status is MoneyStatus.NOT_FOR_YOU and pays is Truth.YES and _employer_may_ask(subsidy, judgement):
        employed, supports = context.told(FactRole.EMPLOYMENT) == "employed", context.told(FactRole.EMPLOYER_SUPPORT)
        sentence = sentences.employer_asks if employed and supports is not False else sentences.new_employer_asks
        return Step(money, Asker.EMPLOYER, say(sentence, name=name), counts=True)
    return None


def _say_who_decides(name: str, money: Money, pays: Truth, sentences: AdviceSentences) -> Text:
    authority, decided_by_hand = money.subsidy.authority, money.judgement.manual
    if pays is Truth.UNKNOWN:
        return joined(say(sentences.you_ask_maybe, name=name), sentences.ask_recognised)
    if authority == EMPLOYER and decided_by_hand:
        return say(sentences.employer_decides, name=name)
    if authority and decided_by_hand:
        return say(sentences.office_decides, office=office(authority), name=name)
    sure = money.status is MoneyStatus.ELIGIBLE
    return say(sentences.you_ask_sure if sure else sentences.you_ask_maybe, name=name)


def _employer_may_ask(subsidy: Subsidy, judgement: Judgement) -> bool:
    """Whether it is worth to tell an employer of this: it runs, and nothing that we know is against it."""
    runs = subsidy.status in (SubsidyStatus.OPEN, SubsidyStatus.PERIODIC)
    return runs and Applicant.EMPLOYER in subsidy.applicants and not judgement.failed and not judgement.missed


def _first_step(programme: Programme, steps: list[Step], context: AdviceContext) -> Text:
    # Who starts without permission can lose a benefit: nobody may miss that.
    permission = _permission(steps, context)
    contact = _contact(programme, context)
    return joined(permission, contact) if permission else contact


def _contact(programme: Programme, context: AdviceContext) -> Text:
    """What anybody can do today: call, look, or ask. Never a day: tomorrow may be a Sunday."""
    sentences, url = context.sentences, programme.url
    # A desk of several schools is called by its own name; a course belongs to a school.
    title = context.titles[programme.id]
    if programme.kind is ProgrammeKind.PLATFORM:
        return say(sentences.first_look, url=url) if url else say(sentences.first_find, name=title)
    if programme.kind in HELP and programme.kind is not ProgrammeKind.ADMISSION_ROUTE:
        asked = OneOf((title,))
    else:
        asked = _parties(programme.provider)
    if asked.names[0][0].islower():  # "a hospital in Zutphen" is nobody that one can call
        return say(sentences.first_look, url=url) if url else sentences.first_adviser
    return say(sentences.first_call, provider=asked, url=url) if url else say(sentences.first_search, provider=asked)


def _parties(provider: str) -> OneOf:
    """Who offer it, one of whom is enough: "Qbuzz / Noorderpoort" is "Qbuzz of Noorderpoort"."""
    return OneOf(tuple(without_notes(one) for one in provider.split(" / ")))


def _permission(steps: list[Step], context: AdviceContext) -> Text | None:
    """Whom to ask first for who has a benefit; the money says so to who did not tell whether they have one."""
    if context.told(FactRole.BENEFIT) is None:
        return None
    authorities = (
        step.money.subsidy.authority
        for step in steps
        if step.asker is Asker.YOU and step.money.subsidy.form is MoneyForm.BENEFIT
    )
    first = next(authorities, None)
    return say(context.sentences.first_permission, office=office(first)) if first else None


def _questions(programme: Programme, sentences: AdviceSentences) -> tuple[Text, ...]:
    """What to ask the provider: what the editors wrote, and whatever is still unknown that everybody needs."""
    if programme.ask:
        return programme.ask
    asked = [sentences.ask_if_running]
    if programme.costs is None:
        asked.append(sentences.ask_costs)
    if programme.paid is None:
        asked.append(sentences.ask_pay)
    return tuple(asked)


def _own_costs(programme: Programme, steps: list[Step], context: AdviceContext) -> OwnCosts:
    costs, sentences = programme.costs, context.sentences
    if costs is None or (costs.from_ is None and costs.to is None):
        return OwnCosts(None, None, sentences.costs_of_help if programme.kind in HELP else sentences.costs_unknown)
    helped = any(step.money.subsidy.form in PAYS_FOR_COURSES and step.asker is Asker.YOU for step in steps)
    least, most = (0.0 if helped else costs.from_), costs.to
    budget = context.told(FactRole.BUDGET)
    text = _say_costs(costs, _costs_dated(programme), sentences)
    if most and isinstance(budget, int | float) and budget < most:
        text = joined(text, sentences.costs_over_budget)
    return OwnCosts(least, most, text)


def _costs_dated(programme: Programme) -> str | None:
    """The date of the page that names the price."""
    fact = programme.facts.get("cost_eur") or programme.facts.get("cost")
    return fact.dated if fact else None


def _say_costs(costs: Costs, dated: str | None, sentences: AdviceSentences) -> Text:
    """A price as a price of then: nobody promised that it is one of now."""
    then = say(sentences.costs_in, date=Day(dated[:MONTH])) if dated else sentences.costs_according_to_source
    match costs.from_, costs.to:
        case _, 0:
            price = sentences.costs_nothing
        case None | 0, float() | int() as most:
            price = say(sentences.costs_at_most, most=float(most))
        case float() | int() as least, None:
            price = say(sentences.costs_at_least, least=float(least))
        case float() | int() as least, float() | int() as most if least == most:
            price = say(sentences.costs_known, most=float(most))
        case float() | int() as least, float() | int() as most:
            price = say(sentences.costs_between, least=float(least), most=float(most))
        case _:
            return sentences.costs_unknown
    return joined(say(price, when=then), sentences.costs_ask)
