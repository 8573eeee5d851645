"""The way to a programme: who pays what, who must ask whom, and what to do tomorrow. Never a promise."""

from collections.abc import Iterable

from bot.advice.model import Asker, Money, MoneyStatus, OwnCosts, Plan, Step
from bot.advice.money import FOR_PEOPLE
from bot.advice.person import Person
from bot.advice.wording import joined, say
from bot.content.advising import AdviceSentences
from bot.content.knowledge import Applicant, Form, MoneyForm, Programme, SubsidyStatus
from bot.eligibility import Truth, weigh
from bot.text import Text

# First what nobody has to pay back and nobody decides on, a loan last.
ORDER = (
    MoneyForm.RIGHT,
    MoneyForm.GIFT,
    MoneyForm.BENEFIT,
    MoneyForm.DISCOUNT,
    MoneyForm.TAX,
    MoneyForm.SERVICE,
    MoneyForm.LOAN,
)
"""`information` is no money, and never in a plan."""

PAYS_FOR_COURSES = frozenset({MoneyForm.RIGHT, MoneyForm.GIFT, MoneyForm.BENEFIT, MoneyForm.DISCOUNT})
ASKABLE = frozenset({MoneyStatus.ELIGIBLE, MoneyStatus.MAYBE})
WITH_EMPLOYER = frozenset({Form.BBL, Form.WORK_LEARN, Form.TRAINEESHIP, Form.IN_COMPANY})


def to_plan(programme: Programme, money: Iterable[Money], person: Person, sentences: AdviceSentences) -> Plan:
    steps = sorted(
        (step for one in money if (step := _step(one, programme, person, sentences))),
        key=lambda step: (
            step.asker is Asker.EMPLOYER,
            ORDER.index(step.money.subsidy.form),
            step.money.status is not MoneyStatus.ELIGIBLE,
            step.money.subsidy.id,
        ),
    )
    return Plan(
        first_step=_first_step(programme, steps, sentences),
        ask=_questions(programme, sentences),
        money=tuple(steps),
        own_costs=_own_costs(programme, steps, person, sentences),
    )


def _step(money: Money, programme: Programme, person: Person, sentences: AdviceSentences) -> Step | None:
    subsidy = money.subsidy
    if subsidy.form not in ORDER:
        return None
    if money.status in ASKABLE:
        manual = weigh(subsidy.rules, person.facts).manual
        if manual and subsidy.authority:
            text = say(sentences.office_decides, office=subsidy.authority, name=subsidy.name)
        elif money.status is MoneyStatus.ELIGIBLE:
            text = say(sentences.you_ask_sure, name=subsidy.name)
        else:
            text = say(sentences.you_ask_maybe, name=subsidy.name)
        if subsidy.form is MoneyForm.LOAN:
            text = joined(text, sentences.loan)
        return Step(money, Asker.YOU, text)
    if money.status is MoneyStatus.NOT_FOR_YOU and _employer_may_ask(money, programme, person):
        employed = person.facts.get("employment") == "employed" and person.facts.get("employer_supports") is not False
        sentence = sentences.employer_asks if employed else sentences.new_employer_asks
        return Step(money, Asker.EMPLOYER, say(sentence, name=subsidy.name))
    return None


def _employer_may_ask(money: Money, programme: Programme, person: Person) -> bool:
    subsidy = money.subsidy
    return (
        Applicant.EMPLOYER in subsidy.applicants
        and not FOR_PEOPLE & set(subsidy.applicants)
        and subsidy.status in (SubsidyStatus.OPEN, SubsidyStatus.PERIODIC)
        and bool(programme.paid or WITH_EMPLOYER & set(programme.forms))
        and weigh(subsidy.rules, person.facts).verdict is not Truth.NO
        and not weigh(subsidy.rules, person.facts).missed
    )


def _first_step(programme: Programme, steps: list[Step], sentences: AdviceSentences) -> Text:
    call = say(sentences.first_call, provider=programme.provider)
    # Who starts without permission can lose a benefit: that comes before anything else.
    office = next(
        (
            step.money.subsidy.authority
            for step in steps
            if step.asker is Asker.YOU and step.money.subsidy.form is MoneyForm.BENEFIT
        ),
        None,
    )
    return joined(call, say(sentences.first_permission, office=office)) if office else call


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


def _own_costs(programme: Programme, steps: list[Step], person: Person, sentences: AdviceSentences) -> OwnCosts:
    costs = programme.costs
    if costs is None or (costs.from_ is None and costs.to is None):
        return OwnCosts(None, None, sentences.costs_unknown)
    helped = any(step.money.subsidy.form in PAYS_FOR_COURSES and step.asker is Asker.YOU for step in steps)
    least, most = (0.0 if helped else costs.from_), costs.to
    budget = person.facts.get("budget")
    text = _say_costs(least, most, sentences)
    if most and isinstance(budget, int | float) and budget < most:
        text = joined(text, sentences.costs_over_budget)
    return OwnCosts(least, most, text)


def _say_costs(least: float | None, most: float | None, sentences: AdviceSentences) -> Text:
    match least, most:
        case _, 0:
            return sentences.costs_nothing
        case None | 0, float() | int():
            return say(sentences.costs_at_most, most=float(most))
        case float() | int(), None:
            return say(sentences.costs_at_least, least=float(least))
        case float() | int(), float() | int() if least == most:
            return say(sentences.costs_known, most=float(most))
        case float() | int(), float() | int():
            return say(sentences.costs_between, least=float(least), most=float(most))
        case _:
            return sentences.costs_unknown
