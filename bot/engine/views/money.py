"""Money as someone reads it: what may work and who asks for it; and what is help or a rule, and no money at all."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.advice.freshness import age_of
from bot.advice.known_facts import known_facts
from bot.advice.model import Advice, Asker, Money, MoneyStatus, Offer
from bot.advice.money import when_to_apply
from bot.advice.plan import ASKABLE, ORDER
from bot.content.knowledge import MoneyForm, Offerable, Subsidy, SubsidyStatus
from bot.content.sentence_keys import Sentence
from bot.eligibility import wanting
from bot.engine.buttons import CommandButton
from bot.engine.effects import Button
from bot.engine.turn import TurnContext
from bot.text import count_words, say_lines, shorten, within

MOST_MONEY = 4
MOST_NAMES = 6  # of what is only named
MOST_WORDS = 150  # of a message
LABEL_LETTERS = 36  # what a button shows whole on a phone

NOT_PAID_OUT = frozenset({MoneyForm.SERVICE, MoneyForm.INFORMATION})


@dataclass(frozen=True, slots=True)
class Source:
    """A way to pay, and whether we may say that someone seems to qualify."""

    money: Money
    likely: bool


def show_money_of(turn: TurnContext, offers: Sequence[Offer]) -> None:
    """The money that the plans of these offers count on; a pointer to the rest when they count on none."""
    if sources := counted_on(offers):
        _name(turn, Sentence.MONEY_ALSO, _show(turn, sources[:MOST_MONEY]))
    else:
        turn.say(Sentence.MONEY_ELSEWHERE)


def show_all_money(turn: TurnContext, advice: Advice, offers: Sequence[Offer]) -> None:
    """The same first, then what else there may be, and last what is help or a rule."""
    counted = counted_on(offers)
    told = {one.money.subsidy.id for one in counted}
    rest = [
        Source(money, money.status is MoneyStatus.ELIGIBLE)
        for money in advice.money
        if money.status in ASKABLE and money.subsidy.id not in told and _concerns(money)
    ]
    rest.sort(key=_place)
    sources = [*counted, *(one for one in rest if is_paid_out(one.money.subsidy))]
    if sources:
        _name(turn, Sentence.MONEY_ALSO, [*_show(turn, sources[:MOST_MONEY]), *sources[MOST_MONEY:]])
    else:
        turn.say(Sentence.NO_MONEY)
    _name(turn, Sentence.NOT_MONEY, [one for one in rest if not is_paid_out(one.money.subsidy)])


def counted_on(offers: Iterable[Offer]) -> list[Source]:
    """What someone can ask for themselves in these plans. Likely when it surely counts for one of the courses."""
    found: dict[str, Source] = {}
    for offer in offers:
        for step in offer.plan.money:
            money = step.money
            likely = step.counts and money.status is MoneyStatus.ELIGIBLE
            if step.asker is Asker.YOU and (likely or money.subsidy.id not in found):
                found[money.subsidy.id] = Source(money, likely)
    return sorted(found.values(), key=_place)


def is_paid_out(subsidy: Subsidy) -> bool:
    """Whether one asks for it and gets money: advice is help, and a rule about paying back is only good to know."""
    return subsidy.form not in NOT_PAID_OUT and not (subsidy.form is MoneyForm.RIGHT and subsidy.pays_for is None)


def _concerns(money: Money) -> bool:
    """Neither a plan of a scheme, nor money for a group that the person did not mention."""
    return money.subsidy.status is not SubsidyStatus.PROPOSED and not money.judgement.for_others


def _place(source: Source) -> tuple[bool, bool, bool, int, int, str]:
    """What goes with the benefit that somebody told of comes first, and of that what was seen last."""
    money, subsidy = source.money, source.money.subsidy
    told = subsidy.form is MoneyForm.BENEFIT and not money.hangs_on_benefit
    status = subsidy.facts.get("status")
    year = int(status.dated[: len("2026")]) if told and status and status.dated else 0
    return money.hangs_on_benefit, not source.likely, not told, ORDER[subsidy.form], -year, subsidy.id


def _show(turn: TurnContext, sources: Sequence[Source]) -> list[Source]:
    """What fits in one message; what does not comes back."""
    # One line says enough of all benefits that nobody spoke of.
    named = [one for one in sources if not one.money.hangs_on_benefit]
    last = [turn.sentence(Sentence.MONEY_WITH_BENEFIT)] if len(named) < len(sources) else []
    last.append(turn.sentence(Sentence.NO_PROMISE))
    blocks, rest = within([_block(turn, one) for one in named], MOST_WORDS - sum(map(count_words, last)))
    shown = named[: len(named) - len(rest)]
    turn.send("\n\n".join([*blocks, *last]), _buttons(turn, shown), title=turn.sentence(Sentence.MONEY))
    return named[len(shown) :]


def _name(turn: TurnContext, sentence: Sentence, sources: Sequence[Source]) -> None:
    """Only the names; each button tells more."""
    some = [one for one in sources if not one.money.hangs_on_benefit][:MOST_NAMES]
    if some:
        names = [turn.title_of(one.money.subsidy.id) for one in some]
        turn.say(sentence, *_buttons(turn, some), names=say_lines(names))


def _buttons(turn: TurnContext, sources: Iterable[Source]) -> tuple[Button, ...]:
    return tuple(item_button(turn, one.money.subsidy, "search") for one in sources)


def item_button(turn: TurnContext, item: Offerable | Subsidy, command: str) -> Button:
    """A button with a name, as long as a phone shows whole."""
    return Button(shorten(turn.title_of(item.id), LABEL_LETTERS), CommandButton(command, item.id).data)


def _block(turn: TurnContext, source: Source) -> str:
    """One way to pay: what it is, whether someone seems to qualify, who asks for it."""
    knowledge, language, subsidy = turn.compiled.content.knowledge, turn.state.language, source.money.subsidy
    assert knowledge.advice is not None
    likely = turn.sentence(Sentence.MONEY_LIKELY if source.likely else Sentence.MONEY_MAYBE)
    asker = turn.sentence(Sentence.ASK_EMPLOYER if subsidy.employer_decides else Sentence.YOU_APPLY)
    parts = [f"{turn.title_of(subsidy.id)}: {likely} {asker}", *_terms(turn, subsidy)]
    # What it hangs on, when nobody will ask them for that.
    hinges = (rule for rule in source.money.judgement.manual if wanting(rule) & source.money.unknown)
    parts += dict.fromkeys(rule.because[language] for rule in hinges)
    if subsidy.must_say:
        parts.append(turn.sentence(Sentence.MIND, warning=subsidy.must_say[language]))
    age = age_of(subsidy, knowledge.advice, knowledge.freshness.old_after, turn.today)
    return "\n".join([*parts, *([age.in_short[language]] if age else [])])


def _terms(turn: TurnContext, subsidy: Subsidy) -> Iterator[str]:
    """How much it is or what it pays for, until when, and how to apply; what it is, where none of that is known."""
    knowledge, language = turn.compiled.content.knowledge, turn.state.language
    assert knowledge.advice is not None
    facts = {fact.name: fact.text[language] for fact in known_facts(subsidy, knowledge.fact_words, turn.today)}
    told = [facts[name] for name in TERMS if name in facts]
    until = when_to_apply(subsidy, knowledge.advice, turn.today)
    yield from told or [subsidy.summary[language]]
    if until:
        yield until[language]


TERMS = ("amount", "covers", "apply")
