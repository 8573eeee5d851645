"""Schemes as a company reads them: what it gets, for whom, when it can ask; and who helps it."""

from collections.abc import Iterable, Iterator

from bot.advice.filling import first_fact
from bot.advice.model import Money, MoneyStatus, RuleOutcome
from bot.advice.money import assess_for_company
from bot.advice.seeker import to_person
from bot.content.knowledge import Applicant, FactRole, RuleKind, SubsidyStatus
from bot.content.sentence_keys import Sentence
from bot.engine.turn import TurnContext
from bot.engine.views.item import source_line
from bot.engine.views.money import item_button
from bot.text import Text, count_words, say_lines

MOST_SCHEMES = 3
MOST_WORDS = 150
MOST_NAMES = 2
ROUNDS = "rounds"
WHEN = ("rounds_expected", ROUNDS, "term")  # what is known of the time to ask, best first
ORDER = (MoneyStatus.ELIGIBLE, MoneyStatus.MAYBE, MoneyStatus.CLOSED, MoneyStatus.ENDED)
AMOUNTS = ("amount", "amount_max")
DETAILS = ("amount_more", "restrictions", ROUNDS, "start", "term", "exception")


def asks_as_company(turn: TurnContext) -> bool:
    """Whether who asks does so for a company."""
    asker = turn.compiled.content.knowledge.fact_of(FactRole.ASKER)
    return turn.position().facts.get(asker) == Applicant.EMPLOYER.value


def show_schemes(turn: TurnContext) -> None:
    """The schemes that fit what a company told, best first, and who helps it for free."""
    found = _that_concern(turn)
    shown, more = found[:MOST_SCHEMES], found[MOST_SCHEMES : MOST_SCHEMES + MOST_NAMES]
    if not shown:
        turn.say(Sentence.NO_SCHEMES)
        return
    blocks = [scheme_block(turn, one, number) for number, one in enumerate(shown, start=1)]
    last = [turn.sentence(Sentence.SCHEMES_HELP)]
    if more:
        names = say_lines([turn.title_of(one.subsidy.id) for one in more])
        last.insert(0, turn.sentence(Sentence.MONEY_ALSO, names=names))
    # Who helps is always said, and one scheme in full; what else there is has a button.
    while len(blocks) > 1 and count_words("\n".join([*blocks, *last])) > MOST_WORDS:
        del blocks[-1]
    blocks += last
    buttons = tuple(item_button(turn, one.subsidy, "search") for one in (*shown, *more))
    turn.send("\n\n".join(blocks), buttons, title=turn.sentence(Sentence.SCHEMES))


def show_scheme(turn: TurnContext, item_id: str) -> bool:
    """One scheme to a company, with all that is known; False when it is none for companies."""
    money = next((one for one in weighed(turn) if one.subsidy.id == item_id), None)
    if money is None:
        return False
    subsidy, language = money.subsidy, turn.state.language
    facts = [_fact(turn, money, name) for name in DETAILS]
    against = [reason.text[language] for reason in money.reasons if reason.outcome is not RuleOutcome.MET]
    status = subsidy.facts.get("status")
    source = source_line(turn, status.source, status.checked) if status else ""
    lines = [_amount(turn, money), subsidy.company.says[language] if subsidy.company else "", *facts, *against]
    turn.send("\n".join([*dict.fromkeys(filter(None, lines)), "", source]), title=turn.title_of(item_id))
    return True


def weighed(turn: TurnContext) -> Iterator[Money]:
    """Every scheme for companies, as it is to this one."""
    facts = to_person(turn.compiled, {**turn.told_facts(), **turn.position().facts}).facts
    knowledge = turn.compiled.content.knowledge
    for subsidy in knowledge.subsidies.values():
        money = assess_for_company(subsidy, facts, knowledge, on=turn.today)
        if money is not None:
            yield money


def _that_concern(turn: TurnContext) -> list[Money]:
    """What may fit, best first. One that ended is named only to who asks for just that group of workers."""
    fitting = [
        one
        for one in weighed(turn)
        if one.status in ORDER and not one.judgement.for_others and not one.judgement.failed
    ]
    named = [one for one in fitting if one.status is not MoneyStatus.ENDED or one.judgement.satisfied]
    return best_first(named)


def best_first(schemes: Iterable[Money]) -> list[Money]:
    return sorted(schemes, key=_place)


def _place(money: Money) -> tuple[bool, bool, bool, bool, int]:
    """What surely exists comes first, then what we know an amount of, then what is for just whom they look for, then
    what can be asked for now."""
    subsidy = money.subsidy
    is_for_them = any(rule.kind is RuleKind.TARGET for rule in money.judgement.satisfied)
    runs = subsidy.status in (SubsidyStatus.OPEN, SubsidyStatus.PERIODIC)
    has_amount = not subsidy.facts.keys().isdisjoint(AMOUNTS)
    return money.status is MoneyStatus.ENDED, not runs, not has_amount, not is_for_them, ORDER.index(money.status)


def scheme_block(turn: TurnContext, money: Money, number: int) -> str:
    """One scheme in three lines: its name and the amount, what for, and when."""
    language, subsidy = turn.state.language, money.subsidy
    title = f"{number}. {turn.title_of(subsidy.id)}"
    says = subsidy.company.says[language] if subsidy.company else ""
    when = [reason.text[language] for reason in money.reasons if reason.outcome is RuleOutcome.NOT_MET]
    known = {MoneyStatus.CLOSED: WHEN, MoneyStatus.ENDED: ()}.get(money.status, (ROUNDS,))
    when += filter(None, [next(filter(None, (_fact(turn, money, name) for name in known)), "")])
    return "\n".join(filter(None, [title, _amount(turn, money), says, " ".join(when)]))


def _amount(turn: TurnContext, money: Money) -> str:
    """How much, or nothing: what it covers is written for the person that it pays for."""
    subsidy = money.subsidy
    amount = first_fact(subsidy.facts, AMOUNTS, turn.today, subsidy.summary.languages)
    return _sentence(amount, turn.state.language) if amount else ""


def _fact(turn: TurnContext, money: Money, name: str) -> str:
    """What is known of one thing, as a sentence; empty when nothing is."""
    language, subsidy = turn.state.language, money.subsidy
    text = first_fact(subsidy.facts, (name,), turn.today, subsidy.summary.languages)
    if text is None:
        return ""
    return (
        turn.sentence(Sentence.SCHEME_ROUND, when=text[language].rstrip("."))
        if name == ROUNDS
        else _sentence(text, language)
    )


def _sentence(text: Text, language: str) -> str:
    """A fact as a sentence of its own."""
    said = text[language].strip()
    return said[:1].upper() + said[1:] + ("" if said.endswith((".", "!", "?")) else ".")
