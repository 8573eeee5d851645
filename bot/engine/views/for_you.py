"""What we know of an item, as the answer to a question about it; and how a way to pay stands for this person."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from bot.advice.freshness import age_of
from bot.advice.known_facts import known_facts
from bot.advice.model import Money, MoneyStatus, RuleOutcome, provenance
from bot.advice.money import has_ended, when_to_apply
from bot.advice.own_limits import asked_of_a_body
from bot.content.knowledge import Offerable, Programme, ProgrammeStatus, Subsidy
from bot.content.sentence_keys import Sentence
from bot.engine.buttons import CommandButton
from bot.engine.effects import Button
from bot.engine.trace import Traced
from bot.engine.turn import TurnContext
from bot.engine.views.item import fact_name, source_line
from bot.recognisers.item_questions import Aspect, ItemQuestion
from bot.text import say_list

TELLS: Mapping[Aspect, tuple[str, ...]] = {
    Aspect.UNTIL: ("rounds", "rounds_expected", "term", "valid_until"),
    Aspect.AMOUNT: ("amount", "amount_max", "amount_more", "covers", "amount_example"),
    Aspect.APPLY: ("apply", "applicant", "permission", "contact"),
    Aspect.DURATION: ("duration", "hours", "term"),
    Aspect.START: ("start", "rounds", "rounds_expected"),
    Aspect.COST: ("cost", "cost_eur", "funding"),
    Aspect.WHERE: ("where", "coverage"),
    Aspect.LANGUAGE: ("language", "language_from"),
    Aspect.CONTACT: ("contact", "apply"),
    Aspect.DEMANDS: ("background", "demands", "work", "papers", "restrictions", "ages"),
    Aspect.BODY: (),  # the table of work tells it
    Aspect.DIFFERENCE: ("level", "duration", "cost"),
}
"""The facts that answer a question about an item, the best first."""
MOST_FACTS = 3
MOST_REASONS = 2


def show_aspect(turn: TurnContext, asked: ItemQuestion) -> None:
    """One thing of an item: what sources say, how it stands for this person, and where it was read."""
    knowledge, language = turn.compiled.content.knowledge, turn.state.language
    item = knowledge.item(asked.item)
    assert item is not None, "only names of items are found"
    source = [source_line(turn, *provenance(item))]
    if has_stopped(item, turn.today):
        lines = [say_ended(turn, item)]
    elif asked.aspect is Aspect.BODY and isinstance(item, Offerable):
        of_work = asked_of_a_body(turn.compiled.catalogue[item.id], turn.advice_context())
        lines = [one[language] for one in of_work[:MOST_FACTS]] or [turn.sentence(Sentence.FACT_UNKNOWN)]
        source = []  # each says its own: what work asks was not read where the course stands
    else:
        told = list(_told(turn, item, asked.aspect))
        schemes = [item] if isinstance(item, Subsidy) else []
        lines = [*(told or [turn.sentence(Sentence.FACT_UNKNOWN)]), *for_you(turn, schemes)]
        assert knowledge.advice is not None
        age = age_of(item, knowledge.advice, knowledge.freshness.old_after, turn.today)
        lines += [age.in_full[language]] if age and age.ask_first else []
    turn.note(Traced.DID, f"fact:{asked.aspect}")
    about = Button(turn.sentence(Sentence.BUTTON_ABOUT), CommandButton("search", item.id).data)
    turn.send("\n\n".join([*lines, *source]), (about,), title=turn.title_of(item.id))


def _told(turn: TurnContext, item: Offerable | Subsidy, aspect: Aspect) -> Iterator[str]:
    """What is known of it. The last day of a scheme is said once."""
    knowledge, language = turn.compiled.content.knowledge, turn.state.language
    assert knowledge.advice is not None
    facts = {one.name: one.text[language] for one in known_facts(item, knowledge.fact_words, turn.today)}
    is_asked = aspect is Aspect.UNTIL and isinstance(item, Subsidy)
    until = when_to_apply(item, knowledge.advice, turn.today) if isinstance(item, Subsidy) and is_asked else None
    if until:
        yield until[language]
        facts.pop("valid_until", None)
    yield from [facts[name] for name in TELLS[aspect] if name in facts][:MOST_FACTS]


def is_told_by_a_fact(turn: TurnContext, asked: ItemQuestion) -> bool:
    """Whether a date or a number answers it better than a text that somebody wrote: until when, how to reach them."""
    item = turn.compiled.content.knowledge.item(asked.item)
    return asked.aspect is Aspect.UNTIL or (
        asked.aspect is Aspect.CONTACT and item is not None and "contact" in item.facts
    )


# ------------------------------------------------------------------ what has ended
def has_stopped(item: Offerable | Subsidy, on: date) -> bool:
    if isinstance(item, Subsidy):
        return has_ended(item, on)
    return isinstance(item, Programme) and item.status is ProgrammeStatus.ENDED


def say_ended(turn: TurnContext, item: Offerable | Subsidy) -> str:
    """That it has ended, and what there is instead."""
    lines = [turn.sentence(Sentence.HAS_ENDED, name=turn.title_of(item.id))]
    if not isinstance(item, Programme | Subsidy):
        return lines[0]
    if names := [turn.title_of(one) for one in item.replaced_by if turn.compiled.content.knowledge.item(one)]:
        lines.append(turn.sentence(Sentence.LOOK_AT, names=say_list(names, turn.state.language)))
    return " ".join(lines)


# ------------------------------------------------------------------ for this person
def for_you(turn: TurnContext, schemes: Sequence[Subsidy]) -> list[str]:
    """How these stand for somebody of whom we know something: yes, no and why, or what it still hangs on."""
    if not turn.main_position().facts:
        return []
    money = {one.subsidy.id: one for one in turn.advice().money}
    verdicts = ((scheme, _verdict(turn, money[scheme.id])) for scheme in schemes)
    return [_named(turn, scheme, verdict, alone=len(schemes) == 1) for scheme, verdict in verdicts if verdict]


def _named(turn: TurnContext, scheme: Subsidy, verdict: str, *, alone: bool) -> str:
    if alone:
        return turn.sentence(Sentence.FOR_YOU, verdict=verdict)
    return turn.sentence(Sentence.FOR_YOU_OF, name=turn.title_of(scheme.id), verdict=verdict)


def _verdict(turn: TurnContext, money: Money) -> str:
    """Never that it depends on what we know: only what is unknown is named."""
    language = turn.state.language
    match money.status:
        case MoneyStatus.ELIGIBLE:
            return turn.sentence(Sentence.MONEY_LIKELY)
        case MoneyStatus.NOT_ELIGIBLE | MoneyStatus.CLOSED | MoneyStatus.NOT_FOR_YOU:
            against = [one.text[language] for one in money.reasons if one.outcome is RuleOutcome.NOT_MET]
            return " ".join([turn.sentence(Sentence.MONEY_NOT), *against[:MOST_REASONS]])
        case MoneyStatus.MAYBE:
            decided = dict.fromkeys(rule.because[language] for rule in money.judgement.manual)
            return " ".join([*list(decided)[:1], *_hangs_on(turn, money.unknown)])
        case MoneyStatus.ENDED:
            return ""


def _hangs_on(turn: TurnContext, unknown: Iterable[str]) -> Iterator[str]:
    names = [fact_name(turn, fact) for fact in sorted(unknown)]
    if names:
        yield turn.sentence(Sentence.HANGS_ON, facts=say_list(names, turn.state.language))
