"""A plan as things to do, in order: before which day, who asks for what, and what to say on the phone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.advice.card import becomes
from bot.advice.context import AdviceContext
from bot.advice.model import Asker, Offer, Step
from bot.advice.money import last_day_to_apply
from bot.advice.plan import contact, permission
from bot.advice.relevance import HELP, Nearness
from bot.advice.wording import Day, joined, say
from bot.catalogue import Profile
from bot.content.knowledge import MoneyForm, Subsidy
from bot.text import Text

TO_CALL = timedelta(days=7)  # a week with working days in it, whichever day it is
TO_ASK_FOR_MONEY = timedelta(days=21)  # after the calls: an office asks which course it is for
MOST_MONEY = 4  # ways to pay in one plan


@dataclass(frozen=True, slots=True)
class Task:
    """`by`: before which day we propose to do it; or, when it is `closing`, the last day on which it can be done.

    `script`: what to say on the phone; `ask`: what to ask; `item`: the way to pay that it is about.
    """

    by: date
    closing: bool
    text: Text
    script: Text | None = None
    ask: tuple[Text, ...] = ()
    item: Subsidy | None = None

    def when(self, context: AdviceContext) -> Text:
        sentences = context.sentences
        return say(sentences.task_latest if self.closing else sentences.task_by, date=Day(self.by))


def to_tasks(offers: Sequence[Offer], profiles: Sequence[Profile], context: AdviceContext) -> tuple[Task, ...]:
    """What to do for all of these offers, each thing once, in the order of the days. `profiles`: theirs, in order."""
    steps = [step for offer in offers for step in offer.plan.money]
    tasks = [
        *_permission(steps, context),
        *(_call(offer, profile, context) for offer, profile in zip(offers, profiles, strict=True)),
        *_money(steps, context),
    ]
    return tuple(sorted(tasks, key=lambda task: task.by))


def _permission(steps: Sequence[Step], context: AdviceContext) -> Iterator[Task]:
    if text := permission(steps, context):
        yield Task(context.on + TO_CALL, False, text, context.sentences.say_office)


def _call(offer: Offer, profile: Profile, context: AdviceContext) -> Task:
    item, sentences = offer.item, context.sentences
    work = None if item.kind in HELP else becomes(profile, Nearness(context), context)
    course = context.titles[item.id]
    script = say(sentences.say_provider_of_work, work=work) if work else say(sentences.say_provider, course=course)
    return Task(context.on + TO_CALL, False, contact(item, context, offer.schools), script, offer.plan.ask)


def _money(steps: Iterable[Step], context: AdviceContext) -> Iterator[Task]:
    """Each way to pay once: a benefit is asked for with the permission, and what nobody spoke of is no task."""
    sentences = context.sentences
    once = {step.money.subsidy.id: step for step in steps if not step.money.hangs_on_benefit}
    for step in list(once.values())[:MOST_MONEY]:
        subsidy, amount = step.money.subsidy, step.money.amount
        script = sentences.say_employer if step.asker is Asker.EMPLOYER else sentences.say_scheme
        closes = last_day_to_apply(subsidy, context.on)
        benefit = subsidy.form is MoneyForm.BENEFIT
        yield Task(
            closes or context.on + TO_ASK_FOR_MONEY,
            closes is not None,
            joined(step.text, sentence_of(amount)) if amount else step.text,
            None if benefit else script,
            item=subsidy,
        )


def sentence_of(words: Text) -> Text:
    """A fact as a sentence: "hoogstens € 500" is "Hoogstens € 500."."""
    return Text({language: _as_sentence(words[language]) for language in words.languages or ("",)})


def _as_sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "!", "?")) else ".")
