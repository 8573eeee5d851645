"""The line of a card on money: the wage, the price, who helps to pay it, and how old all of this is."""

from bot.advice.context import AdviceContext
from bot.advice.filling import say
from bot.advice.freshness import age_of
from bot.advice.learning_line import pays, shown_form, unpaid_lessons
from bot.advice.model import Asker, Offer, Step
from bot.advice.pieces import ASKED, Piece
from bot.advice.plan import (
    TRAINS_NOBODY,
    begins_with_benefit,
    costs_dated,
    is_free,
    is_second_degree,
    is_training_job,
    permission,
)
from bot.advice.practical_fit import PAID_FORMS
from bot.content.knowledge import Costs, FactRole, MoneyForm, Offerable, Route, RouteKind
from bot.text import Text, count_words

LONGEST_NAME = 5  # words of a scheme; a longer one waits for the card that tells more


def costs(offer: Offer, context: AdviceContext) -> list[Piece]:
    """Pay, the price, who helps to pay it, and how old all of this is."""
    item, sentences, old_after = offer.item, context.sentences, context.knowledge.freshness.old_after
    age = age_of(item, sentences, old_after, context.on)
    ages = [Piece(age.in_short)] if age else []
    pay = pays(item, context) or _ask_pay(item, context)
    is_needed = context.told(FactRole.PAY) is True
    # That there is no wage is never left out, nor whether there is one to who needs it.
    pays_rank = 0 if is_needed or (isinstance(item, Route) and item.earns) else 1
    # A benefit may end by a business that began without leave: no one should read of that at the second press only.
    leave = [Piece(sentences.card_ask_benefit, ASKED)] if begins_with_benefit(item, context) else []
    if item.kind in TRAINS_NOBODY:
        return [*([Piece(pay, pays_rank)] if pay else []), *leave, *ages]
    # Nobody borrows for what costs nothing.
    helps = None if is_free(item) or leave else _who_helps(offer, context)
    return [
        *([Piece(pay, pays_rank)] if pay else []),
        *leave,
        *([Piece(_price(item, context))] if item.costs or not is_training_job(item) else []),
        *([Piece(helps, _weight(helps, offer, context))] if helps else []),
        *ages,
    ]


def _weight(helps: Text, offer: Offer, context: AdviceContext) -> int:
    """The rank of who helps to pay: who has a benefit must ask first, which weighs more than who gives a course."""
    must_ask = permission((*offer.plan.money, *offer.plan.leave), context) is not None
    return 2 if must_ask and helps is not context.sentences.card_employer else 4


def _ask_pay(item: Offerable, context: AdviceContext) -> Text | None:
    """Whether there is a wage, where no source says it: of work that one begins with, and to who needs one."""
    if context.told(FactRole.PAY) is True:
        return unpaid_lessons(item, context)  # the rest is asked as a limit
    return context.sentences.card_ask_pay if item.kind is RouteKind.OPEN else None


def _price(item: Offerable, context: AdviceContext) -> Text:
    """What it cost, with the year of the page that says so: nobody promised that it costs as much now."""
    sentences = context.sentences
    if is_second_degree(item, context):
        return sentences.card_second_degree
    dated = costs_dated(item)
    year = f" ({dated[: len('2024')]})" if dated else ""
    match item.costs:
        case Costs(_, 0):
            return say(sentences.card_free, year=year)
        case Costs(0, None):
            return sentences.card_free_start
        case Costs(None | 0, float() | int() as most):
            return say(sentences.card_costs_at_most, most=float(most), year=year)
        case Costs(float() | int() as least, None):
            return say(sentences.card_costs_at_least, least=float(least), year=year)
        case Costs(float() | int() as least, float() | int() as most) if least != most:
            return say(sentences.card_costs_between, least=float(least), most=float(most), year=year)
        case Costs(_, float() | int() as most):
            return say(sentences.card_costs, most=float(most), year=year)
        case _:
            return sentences.card_costs_ask


def _who_helps(offer: Offer, context: AdviceContext) -> Text | None:
    """The first way to pay of the plan that can be named in a few words."""
    # A benefit is lost by a wrong start: whom to ask leave weighs more than where one may borrow.
    loans = [step for step in offer.plan.money if step.money.subsidy.form is MoneyForm.LOAN]
    others = [step for step in offer.plan.money if step not in loans]
    said = (_in_few_words(step, offer, context) for step in others)
    leave = _leave(offer, context)
    return next(filter(None, (*said, leave, *(_in_few_words(step, offer, context) for step in loans))), None)


def _leave(offer: Offer, context: AdviceContext) -> Text | None:
    """Of whom to ask leave, where their benefit pays nothing and there is no wage to live on in its place."""
    if offer.item.paid is True:
        return None
    authorities = (step.money.subsidy.authority for step in offer.plan.leave if not step.money.hangs_on_benefit)
    first = next(filter(None, authorities), None)
    return say(context.sentences.card_ask_leave, office=first) if first else None


def _in_few_words(step: Step, offer: Offer, context: AdviceContext) -> Text | None:
    sentences, subsidy = context.sentences, step.money.subsidy
    if step.money.hangs_on_benefit or (subsidy.form is MoneyForm.LOAN and not step.counts):
        return None  # whether one may borrow for it is not known: the plan says so
    if step.money.unknown & context.derived_from_place:
        return None  # it is for one region, and of two towns with one name nobody knows which is theirs
    if step.asker is Asker.EMPLOYER:  # it is for who learns in a job: of lessons alone no employer is paid
        in_a_job = offer.item.paid is True or shown_form(offer.item, context) in PAID_FORMS
        return sentences.card_employer if in_a_job else None
    if subsidy.form is MoneyForm.LOAN and offer.item.paid is True:
        return None  # who learns with a wage has no course to borrow for
    if subsidy.form is MoneyForm.BENEFIT and subsidy.authority:
        return say(sentences.card_help_office if step.counts else sentences.card_ask_office, office=subsidy.authority)
    name = context.titles[subsidy.id]
    if subsidy.employer_decides or count_words(name) > LONGEST_NAME:
        return None
    if subsidy.form is MoneyForm.LOAN:
        return say(sentences.card_loan, name=name)
    return say(sentences.card_help_scheme if step.counts else sentences.card_ask_scheme, name=name)
