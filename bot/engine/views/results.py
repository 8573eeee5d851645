"""The result as cards that one can read on a phone: what fits and why, the money and who asks for it, a first step."""

from collections.abc import Iterator, Sequence

from bot.advice import advise, reject
from bot.advice.model import Advice, Money, Offer, Reason, Rejection, RuleOutcome, Verdict, provenance
from bot.advice.relevance import HELP
from bot.content.flow import MatchStep
from bot.content.knowledge import FactRole, MoneyForm, Offerable, Programme, Route, Subsidy
from bot.content.sentence_keys import Sentence
from bot.engine.buttons import CommandButton
from bot.engine.effects import Button, Document, Message, Send
from bot.engine.trace import Traced
from bot.engine.turn import TurnContext
from bot.engine.views.money import counted_on, item_button, show_money_of
from bot.engine.walk import Passed, Position
from bot.text import say_date, say_list

MOST_CARDS = 3  # a phone shows one card at a time; the rest is one button away
MOST_REASONS = 3
MOST_MISSES = 3

REASONS = (
    (Sentence.IS_SO, "+", frozenset({RuleOutcome.MET})),
    (Sentence.IS_NOT_SO, "−", frozenset({RuleOutcome.NOT_MET})),
    (Sentence.NOT_CERTAIN, "?", frozenset({RuleOutcome.UNKNOWN, RuleOutcome.ASK_FIRST})),
)
WHAT_IT_IS = {
    MoneyForm.SERVICE: Sentence.IS_HELP,
    MoneyForm.INFORMATION: Sentence.IS_INFORMATION,
}


def show_results(turn: TurnContext, passed: Passed, before: Position) -> None:
    """The best programmes, the money, and honestly what did not fit; when the programmes are the same as the last time,
    only what is new in the money."""
    advice = turn.advice()
    shown = advice.offers[:MOST_CARDS]
    earlier = _advice_before(turn, passed, before)
    if earlier and [one.item.id for one in earlier.offers] == [one.item.id for one in advice.offers]:
        turn.say(Sentence.SAME_RESULTS)
        if counted_on(shown) and _money_said(earlier.offers[:MOST_CARDS]) != _money_said(shown):
            show_money_of(turn, shown)
        return
    _introduce(turn, advice)
    for number, offer in enumerate(shown, start=1):
        show_offer(turn, offer, number)
    if rest := advice.offers[MOST_CARDS:]:
        names = [turn.title_of(offer.item.id) for offer in rest]
        buttons = [item_button(turn, offer.item, "search") for offer in rest]
        for offer in rest:
            turn.note(Traced.SHOWN, offer.item.id)
        turn.say(Sentence.MORE_RESULTS, *buttons, names=say_list(names, turn.state.language))
    if not advice.nothing_fits:
        show_money_of(turn, shown)
    turn.say(Sentence.ASK_WHY_NOT, Button(turn.sentence(Sentence.WHY_NOT), CommandButton("whynot").data))


def _introduce(turn: TurnContext, advice: Advice) -> None:
    if not advice.nothing_fits:
        turn.say(Sentence.RESULTS, number=min(len(advice.offers), MOST_CARDS))
    elif advice.offers and turn.main_position().facts.get(_wish(turn)) is None:
        turn.say(Sentence.WISH_UNKNOWN)
    else:
        turn.say(Sentence.NOTHING_FITS)


def _advice_before(turn: TurnContext, passed: Passed, before: Position) -> Advice | None:
    """What was shown the last time: here before an answer was changed, else earlier on the path with fewer answers."""
    reached = [one for one in before.path if isinstance(one.step, MatchStep) and one is not before.open]
    shown = [one for one in reached if one.name == passed.name] or reached
    return advise(turn.compiled, shown[-1].known, on=turn.today) if shown else None


def _money_said(offers: Sequence[Offer]) -> list[tuple[str, bool]]:
    return [(one.money.subsidy.id, one.likely) for one in counted_on(offers)]


def show_offer(turn: TurnContext, offer: Offer, number: int | None = None) -> None:
    """One programme: what it is, why it is shown, what to watch, and the first step."""
    language, programme = turn.state.language, offer.item
    lines = [programme.summary[language]]
    for heading, sign, outcomes in _headings(offer):
        told = [
            f"{sign} {reason.text[language]}"
            for reason in offer.reasons
            if reason.outcome in outcomes and not _is_said_elsewhere(reason, offer, _wish(turn))
        ]
        if told:
            lines += ["", turn.sentence(heading), *told[:MOST_REASONS]]
    if programme.must_say:
        lines += ["", turn.sentence(Sentence.MIND, warning=programme.must_say[language])]
    if programme.kind not in HELP:
        lines += ["", turn.sentence(Sentence.COSTS, costs=offer.plan.own_costs.text[language])]
    lines += ["", turn.sentence(Sentence.FIRST_STEP, step=offer.plan.first_step[language])]
    lines += [source_line(turn, *provenance(programme))]
    buttons = (
        Button(turn.sentence(Sentence.BUTTON_WHY), CommandButton("why", programme.id).data),
        Button(turn.sentence(Sentence.BUTTON_MONEY), CommandButton("money", programme.id).data),
        Button(turn.sentence(Sentence.BUTTON_PLAN), CommandButton("plan", programme.id).data),
    )
    name = turn.title_of(programme.id)
    turn.note(Traced.SHOWN, programme.id)
    turn.send("\n".join(lines), buttons, title=name if number is None else f"{number}. {name}")


def _headings(offer: Offer) -> tuple[tuple[Sentence, str, frozenset[RuleOutcome]], ...]:
    """What speaks for it, what against, and what is not certain: each sign under the words that explain it."""
    fits = Sentence.FITS if offer.verdict is Verdict.FITS else Sentence.MAYBE_FITS
    return (
        (Sentence.CAN_HELP if offer.item.kind in HELP else fits, "+", frozenset({RuleOutcome.MET})),
        (Sentence.FITS_LESS, "−", frozenset({RuleOutcome.NOT_MET})),
        (Sentence.NOT_CERTAIN, "?", frozenset({RuleOutcome.UNKNOWN, RuleOutcome.ASK_FIRST})),
    )


def _wish(turn: TurnContext) -> str:
    return turn.compiled.content.knowledge.fact_of(FactRole.WISH)


def _is_said_elsewhere(reason: Reason, offer: Offer, wish: str) -> bool:
    """What is said of the source in general stands in the warning; that the wish is not known, above all cards."""
    wish_unknown = reason.fact == wish and reason.outcome is RuleOutcome.UNKNOWN
    of_source = _is_in_warning(reason, offer.item) and reason.outcome is not RuleOutcome.MET
    return wish_unknown or of_source


def _is_in_warning(reason: Reason, item: Offerable | Subsidy) -> bool:
    """That the source of a programme is old: its warning says so, two lines below."""
    is_of_source = reason.fact is None and reason.outcome is RuleOutcome.ASK_FIRST
    return is_of_source and isinstance(item, Programme) and item.must_say is not None


def source_line(turn: TurnContext, source: str | None, checked: object) -> str:
    """Where it was read, and when somebody of us checked it."""
    if source is None:
        return turn.sentence(Sentence.NO_SOURCE)
    day = say_date(str(checked), turn.state.language) if checked else "?"
    shown = source if source.startswith("http") else turn.sentence(Sentence.OWN_DOCUMENT)
    return turn.sentence(Sentence.SOURCE, source=shown, day=day)


# ------------------------------------------------------------------ why, and why not
def show_why(turn: TurnContext, item_id: str) -> None:
    """Why a programme or a way to pay fits or does not, and the one change that would make it fit."""
    found = _find(turn, item_id)
    if found is None:
        turn.say(Sentence.NOTHING_FOUND, name=item_id)
        return
    item = found.subsidy if isinstance(found, Money) else found.item
    if isinstance(item, Programme | Route):
        turn.note(Traced.SHOWN, item.id)
    lines = [*_what_it_is(turn, item), *_for_and_against(turn, found, item), *_what_to_mind(turn, found, item)]
    lines += ["", source_line(turn, *provenance(item))]
    turn.send("\n".join(lines), title=turn.title_of(item.id))


def _find(turn: TurnContext, item_id: str) -> Offer | Rejection | Money | None:
    advice = turn.advice()
    programmes: list[Offer | Rejection] = [*advice.offers, *reject(turn.compiled, advice)]
    found: Offer | Rejection | Money | None = next((one for one in programmes if one.item.id == item_id), None)
    return found or next((one for one in advice.money if one.subsidy.id == item_id), None)


def _what_it_is(turn: TurnContext, item: Offerable | Subsidy) -> Iterator[str]:
    yield item.summary[turn.state.language]
    if isinstance(item, Subsidy) and item.form in WHAT_IT_IS:
        yield turn.sentence(WHAT_IT_IS[item.form])


def _for_and_against(turn: TurnContext, found: Offer | Rejection | Money, item: Offerable | Subsidy) -> Iterator[str]:
    for heading, sign, outcomes in REASONS:
        told = [
            f"{sign} {reason.text[turn.state.language]}"
            for reason in found.reasons
            if reason.outcome in outcomes and not _is_in_warning(reason, item)
        ]
        if told:
            yield from ("", turn.sentence(heading), *told)


def _what_to_mind(turn: TurnContext, found: Offer | Rejection | Money, item: Offerable | Subsidy) -> Iterator[str]:
    """Conditions, warnings, what would make it fit, and what we would have to know."""
    language = turn.state.language
    if isinstance(item, Subsidy) and item.conditions:
        yield from ("", turn.sentence(Sentence.GOOD_TO_KNOW), *(f"- {one[language]}" for one in item.conditions))
    if item.must_say:
        yield from ("", turn.sentence(Sentence.MIND, warning=item.must_say[language]))
    if not isinstance(found, Offer) and found.nearest_miss:
        yield from ("", turn.sentence(Sentence.NEAREST_MISS, change=found.nearest_miss[language]))
    missing = [fact_name(turn, fact) for fact in sorted(() if isinstance(found, Rejection) else found.unknown)]
    if missing:
        yield from ("", turn.sentence(Sentence.STILL_UNKNOWN, facts=say_list(missing, language)))


def show_why_not(turn: TurnContext) -> None:
    """The programmes that came nearest and did not fit, each with what stands in the way and what would help."""
    advice, language = turn.advice(), turn.state.language
    near = [one for one in reject(turn.compiled, advice) if one.nearness > 0][:MOST_MISSES]
    if not near:
        turn.say(Sentence.NO_MISSES)
        return
    lines = []
    for one in near:
        against = [reason.text[language] for reason in one.reasons if reason.outcome is RuleOutcome.NOT_MET][:2]
        lines.append("\n".join([turn.title_of(one.item.id), *(f"− {reason}" for reason in against)]))
        if one.nearest_miss:
            lines[-1] += "\n" + turn.sentence(Sentence.NEAREST_MISS, change=one.nearest_miss[language])
    buttons = tuple(item_button(turn, one.item, "why") for one in near)
    turn.send("\n\n".join(lines), buttons, title=turn.sentence(Sentence.WHY_NOT))


def fact_name(turn: TurnContext, fact: str) -> str:
    """A fact in a sentence: "je opleiding"."""
    known = turn.compiled.content.knowledge.facts.get(fact)
    return known.name[turn.state.language] if known else fact


# ------------------------------------------------------------------ the plan
def show_plan(turn: TurnContext, programme_id: str) -> None:
    """A document to keep: per programme the first step, the money, the questions to ask."""
    advice = turn.advice()
    offers = [one for one in advice.offers if not programme_id or one.item.id == programme_id][:MOST_CARDS]
    if not offers:
        turn.say(Sentence.NO_PLAN)
        return
    text = "\n".join(_plan_lines(turn, offers))
    document = Document(turn.sentence(Sentence.PLAN_FILE), text, turn.state.language)
    turn.do(Send(Message(turn.sentence(Sentence.PLAN), document=document)))


def _plan_lines(turn: TurnContext, offers: list[Offer]) -> Iterator[str]:
    """The plan in the least of Markdown, as `bot.channels.pdf.document` prints it."""
    language = turn.state.language
    yield f"# {turn.sentence(Sentence.PLAN_TITLE)}"
    yield ""
    yield turn.sentence(Sentence.PLAN_MADE_ON, day=say_date(turn.today, language))
    for offer in offers:
        yield from ("", f"## {turn.title_of(offer.item.id)}", "", offer.item.summary[language], "")
        if offer.item.must_say:
            yield from (turn.sentence(Sentence.MIND, warning=offer.item.must_say[language]), "")
        yield from (turn.sentence(Sentence.FIRST_STEP, step=offer.plan.first_step[language]), "")
        yield from (offer.plan.own_costs.text[language], "")
        if offer.plan.money:
            yield from (turn.sentence(Sentence.PLAN_MONEY), "")
            for step in offer.plan.money:
                if not step.money.hangs_on_benefit:
                    yield f"- {step.text[language]}"
            if any(step.money.hangs_on_benefit for step in offer.plan.money):
                yield f"- {turn.sentence(Sentence.MONEY_WITH_BENEFIT)}"
            yield ""
        if offer.plan.ask:
            yield from (turn.sentence(Sentence.PLAN_ASK), "")
            yield from (f"- {question[language]}" for question in offer.plan.ask)
            yield ""
        yield source_line(turn, *provenance(offer.item))
    yield from ("", turn.sentence(Sentence.NO_PROMISE))
