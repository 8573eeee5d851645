"""The way to a programme: who pays what, who must ask whom, and what to do tomorrow. Never a promise."""

from collections.abc import Iterable, Mapping

from bot.advice.model import Asker, Money, MoneyStatus, OwnCosts, Plan, Step
from bot.advice.nearness import HELP
from bot.advice.person import Person
from bot.advice.situation import Situation
from bot.advice.wording import joined, say
from bot.content.advising import AdviceSentences
from bot.content.conditions import Value
from bot.content.knowledge import Applicant, MoneyForm, Programme, Subsidy, SubsidyStatus
from bot.eligibility import Facts, Judgement, Truth, judge
from bot.text import Text

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
EMPLOYER = "werkgever"  # as an authority: every person has another one
ASKABLE = frozenset({MoneyStatus.ELIGIBLE, MoneyStatus.MAYBE})


def to_plan(programme: Programme, money: Iterable[Money], situation: Situation) -> Plan:
    person, sentences = situation.person, situation.sentences
    course = course_facts(programme)
    steps = (
        []
        if programme.kind in HELP
        else sorted(
            (step for one in money if (step := _step(one, course, person, sentences))),
            key=lambda step: (
                step.asker is Asker.EMPLOYER,
                ORDER[step.money.subsidy.form],
                step.money.status is not MoneyStatus.ELIGIBLE,
                step.money.subsidy.id,
            ),
        )
    )
    return Plan(
        first_step=_first_step(programme, steps, sentences),
        ask=_questions(programme, sentences),
        money=tuple(steps),
        own_costs=_own_costs(programme, steps, person, sentences),
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


def _step(money: Money, course: Facts, person: Person, sentences: AdviceSentences) -> Step | None:
    subsidy = money.subsidy
    if subsidy.pays_for is None or subsidy.status is SubsidyStatus.PROPOSED:
        return None
    pays, judgement = judge(subsidy.pays_for, course), money.judgement
    # A benefit is lost by a wrong start: it is named only when it surely goes with this course.
    certain = pays is Truth.YES or (pays is Truth.UNKNOWN and subsidy.form is not MoneyForm.BENEFIT)
    if money.status in ASKABLE and certain and not judgement.for_others:
        text = _say_who_decides(money, judgement, pays, sentences)
        return Step(money, Asker.YOU, joined(text, sentences.loan) if subsidy.form is MoneyForm.LOAN else text)
    if money.status is MoneyStatus.NOT_FOR_YOU and pays is Truth.YES and _employer_may_ask(subsidy, judgement):
        employed = person.facts.get("employment") == "employed" and person.facts.get("employer_supports") is not False
        sentence = sentences.employer_asks if employed else sentences.new_employer_asks
        return Step(money, Asker.EMPLOYER, say(sentence, name=subsidy.name))
    return None


def _say_who_decides(money: Money, judgement: Judgement, pays: Truth, sentences: AdviceSentences) -> Text:
    subsidy = money.subsidy
    if pays is Truth.UNKNOWN:
        return joined(say(sentences.you_ask_maybe, name=subsidy.name), sentences.ask_recognised)
    if subsidy.authority == EMPLOYER and judgement.manual:
        return say(sentences.employer_decides, name=subsidy.name)
    if subsidy.authority and judgement.manual:
        return say(sentences.office_decides, office=subsidy.authority, name=subsidy.name)
    sure = money.status is MoneyStatus.ELIGIBLE
    return say(sentences.you_ask_sure if sure else sentences.you_ask_maybe, name=subsidy.name)


def _employer_may_ask(subsidy: Subsidy, judgement: Judgement) -> bool:
    """Whether it is worth to tell an employer of this: it runs, and nothing that we know is against it."""
    runs = subsidy.status in (SubsidyStatus.OPEN, SubsidyStatus.PERIODIC)
    return runs and Applicant.EMPLOYER in subsidy.applicants and not judgement.failed and not judgement.missed


def _first_step(programme: Programme, steps: list[Step], sentences: AdviceSentences) -> Text:
    # A desk of several schools is called by its own name; a course belongs to a school.
    provider = programme.name if programme.kind in HELP else programme.provider
    call = say(sentences.first_call, provider=provider)
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
        return OwnCosts(None, None, sentences.costs_of_help if programme.kind in HELP else sentences.costs_unknown)
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
