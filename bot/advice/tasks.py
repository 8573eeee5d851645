"""A plan as things to do, in order: before which day, who asks for what, and what to say on the phone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.advice.context import AdviceContext
from bot.advice.filling import Day, say
from bot.advice.model import Asker, Offer, Step
from bot.advice.money import last_day_to_apply
from bot.advice.plan import contact, permission
from bot.advice.relevance import HELP, Nearness, becomes
from bot.catalogue import Profile
from bot.content.knowledge import MoneyForm, Subsidy
from bot.text import Text

TO_CALL = timedelta(days=7)  # a week with working days in it, whichever day it is
TO_ASK_FOR_MONEY = timedelta(days=21)  # after the calls: an office asks which course it is for
MOST_MONEY = 4  # ways to pay in one plan


@dataclass(frozen=True, slots=True)
class Task:
    """`by`: before which day we propose to do it; or, when it is `closing`, the last day on which it can be done.

    `script`: what to say on the phone; `ask`: what to ask; `item`: the way to pay that it is about; `amount`: of it.
    """

    by: date
    closing: bool
    text: Text
    script: Text | None = None
    ask: tuple[Text, ...] = ()
    amount: Text | None = None
    item: Subsidy | None = None
    courses: tuple[str, ...] = ()  # the ids of the offers that a call is about

    def when(self, context: AdviceContext) -> Text:
        sentences = context.sentences
        return say(sentences.task_latest if self.closing else sentences.task_by, date=Day(self.by))


def to_tasks(offers: Sequence[Offer], profiles: Sequence[Profile], context: AdviceContext) -> tuple[Task, ...]:
    """What to do for all of these offers, each thing once, in the order of the days. `profiles`: theirs, in order."""
    steps = [step for offer in offers for step in offer.plan.money]
    leave = [step for offer in offers for step in offer.plan.leave]
    tasks = [
        *_permission([*steps, *leave], context),
        *_once(_call(offer, profile, context) for offer, profile in zip(offers, profiles, strict=True)),
        *_money(steps, context),
    ]
    return tuple(sorted(tasks, key=lambda task: task.by))


def _permission(steps: Sequence[Step], context: AdviceContext) -> Iterator[Task]:
    if text := permission(steps, context):
        yield Task(context.on + TO_CALL, False, text, context.sentences.say_office)


def _call(offer: Offer, profile: Profile, context: AdviceContext) -> Task:
    item, sentences = offer.item, context.sentences
    work = None if item.kind in HELP else becomes(profile, Nearness(context), context)
    course = context.title_of(item)
    script = say(sentences.say_provider_of_work, work=work) if work else say(sentences.say_provider, course=course)
    desk = contact(item, context, offer.schools)
    said = None if desk == sentences.first_adviser else script
    return Task(context.on + TO_CALL, False, desk, said, offer.plan.ask, courses=(item.id,))


def _once(calls: Iterable[Task]) -> Iterator[Task]:
    """Who gives several of them is called once, and asked everything."""
    by_desk: dict[Text, Task] = {}
    for call in calls:
        first = by_desk.get(call.text)
        if first:
            asked = tuple(dict.fromkeys((*first.ask, *call.ask)))
            call = replace(first, ask=asked, courses=(*first.courses, *call.courses))
        by_desk[call.text] = call
    yield from by_desk.values()


def _money(steps: Iterable[Step], context: AdviceContext) -> Iterator[Task]:
    """Each way to pay once: a benefit is asked for with the permission, and what nobody spoke of is no task."""
    sentences = context.sentences
    once = {step.money.subsidy.id: step for step in steps if not step.money.hangs_on_benefit}
    for step in list(once.values())[:MOST_MONEY]:
        subsidy, amount = step.money.subsidy, step.money.amount
        script = sentences.say_employer if step.asker is Asker.EMPLOYER else sentences.say_scheme
        closes = last_day_to_apply(subsidy, context.on)
        by_itself = subsidy.form in (MoneyForm.BENEFIT, MoneyForm.LOAN)  # asked with the permission, or on a website
        yield Task(
            closes or context.on + TO_ASK_FOR_MONEY,
            closes is not None,
            step.text,
            None if by_itself else script,
            amount=sentence_of(amount) if amount else None,
            item=subsidy,
        )


def sentence_of(words: Text) -> Text:
    """A fact as a sentence: "hoogstens € 500" is "Hoogstens € 500."."""
    return Text({language: _as_sentence(words[language]) for language in words.languages or ("",)})


def _as_sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "!", "?")) else ".")
