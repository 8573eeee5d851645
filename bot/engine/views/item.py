"""One programme, route or way to pay: a card of it, all that we know of it, and why it fits or does not."""

from collections.abc import Container, Iterator, Sequence

from bot.advice import reject
from bot.advice.asking import says_more
from bot.advice.card import to_card
from bot.advice.freshness import age_of
from bot.advice.known_facts import known_facts
from bot.advice.model import Money, Offer, Reason, Rejection, RuleOutcome, Verdict, provenance
from bot.advice.money import has_ended, when_to_apply
from bot.advice.plan import TRAINS_NOBODY, is_second_degree
from bot.advice.relevance import HELP
from bot.advice.stairs import in_full
from bot.content.knowledge import FactRole, MoneyForm, Offerable, Subsidy
from bot.content.sentence_keys import Sentence
from bot.engine.buttons import CommandButton
from bot.engine.effects import Button
from bot.engine.trace import Traced
from bot.engine.turn import TurnContext
from bot.text import count_words, say_date, say_list, within

MOST_WORDS = 150  # of a message with one item
MOST_REASONS = 3

Found = Offer | Rejection | Money

MET, AGAINST = frozenset({RuleOutcome.MET}), frozenset({RuleOutcome.NOT_MET})
NOT_SURE = frozenset({RuleOutcome.UNKNOWN, RuleOutcome.ASK_FIRST})
REASONS = (
    (Sentence.IS_NOT_SO, "−", AGAINST),
    (Sentence.IS_SO, "+", MET),
    (Sentence.NOT_CERTAIN, "?", NOT_SURE),
)
WHAT_IT_IS = {
    MoneyForm.SERVICE: Sentence.IS_HELP,
    MoneyForm.INFORMATION: Sentence.IS_INFORMATION,
}
SAID_ON_A_CARD = frozenset({"cost_eur"})  # in its price


A_PRICE = frozenset({"cost"})  # that of a first degree is none for who has one
A_NEXT_STEP = frozenset({"next"})  # of anybody; the stair to their own wish says it


# ------------------------------------------------------------------ the card
def show_item(turn: TurnContext, item_id: str) -> None:
    """What it is, what stands in the way, what we know of it, what it costs, and what to do first."""
    found = find(turn, item_id)
    if found is None:
        turn.say(Sentence.NOTHING_FOUND, name=item_id)
        return
    item = item_of(found)
    _note(turn, item)
    head, tail = list(_head(turn, found, item)), list(_tail(turn, found, item))
    read = "\n".join(head).casefold()
    where = list(_where_read(turn, item))
    context = turn.advice_context()
    stairs = [one[turn.state.language] for one in in_full(found, context)] if isinstance(found, Offer) else []
    of_stairs = A_NEXT_STEP if stairs else ()
    of_limits = list(_of_limits(turn, found))
    heading = [turn.sentence(Sentence.TO_ASK)] if of_limits else []
    beside = (*head, *tail, *where, *heading, *of_limits)
    stairs, _ = within(stairs, MOST_WORDS - sum(map(count_words, beside)))
    of_others = A_PRICE if isinstance(found, Offer) and is_second_degree(found.item, context) else ()
    facts = [
        line
        for line in _facts_of(turn, item, {*SAID_ON_A_CARD, *of_others, *of_stairs})
        if line.partition(": ")[2].casefold() not in read
    ]
    room = MOST_WORDS - sum(map(count_words, (*head, *stairs, *tail, *where)))
    said, rest = within(facts, room - sum(map(count_words, (*heading, *of_limits))))
    asked = _to_ask(turn, found, of_limits, room - sum(map(count_words, said)))
    buttons = [_button(turn, Sentence.BUTTON_WHY, "why", item.id)]
    if rest:
        buttons.append(_button(turn, Sentence.BUTTON_DETAILS, "details", item.id))
    if isinstance(found, Offer):
        buttons += [
            _button(turn, Sentence.BUTTON_MONEY, "money", item.id),
            _button(turn, Sentence.BUTTON_PLAN, "plan", item.id),
        ]
    lines = [*head, *(["", *stairs] if stairs else []), *(["", *said] if said else []), *tail, *asked, "", *where]
    turn.send("\n".join(lines), tuple(buttons), title=turn.title_of(item.id))


def _button(turn: TurnContext, label: Sentence, command: str, item_id: str) -> Button:
    return Button(turn.sentence(label), CommandButton(command, item_id).data)


def find(turn: TurnContext, item_id: str) -> Found | None:
    """What the advice says of an item."""
    advice = turn.advice()
    offer = next((one for one in advice.offers if one.item.id == item_id), None)
    if offer is not None or item_id not in turn.compiled.catalogue.profiles:
        return offer or next((one for one in advice.money if one.subsidy.id == item_id), None)
    return next((one for one in reject(turn.compiled, advice) if one.item.id == item_id), None)


def item_of(found: Found) -> Offerable | Subsidy:
    return found.subsidy if isinstance(found, Money) else found.item


def _note(turn: TurnContext, item: Offerable | Subsidy) -> None:
    turn.change(viewed=item.id)
    if not isinstance(item, Subsidy):
        turn.note(Traced.SHOWN, item.id)


def _head(turn: TurnContext, found: Found, item: Offerable | Subsidy) -> Iterator[str]:
    """What it is; how, how long and where; what stands in the way, and what would help."""
    language = turn.state.language
    yield item.summary[language]
    if isinstance(item, Subsidy) and item.form in WHAT_IT_IS:
        yield turn.sentence(WHAT_IT_IS[item.form])
    if isinstance(found, Offer):
        profile, context = turn.compiled.catalogue[item.id], turn.advice_context()
        card = to_card(found, profile, context, MOST_WORDS, beside_summary=True, beside_reasons=True)
        yield card.how[language]
    against = _signed(found.reasons, AGAINST, "−", language)[:MOST_REASONS]
    if against:
        fits_less = isinstance(found, Offer) and found.verdict is not Verdict.DOES_NOT_FIT
        yield from ("", turn.sentence(Sentence.FITS_LESS if fits_less else Sentence.IS_NOT_SO), *against)
    if not isinstance(found, Offer) and found.nearest_miss:
        yield turn.sentence(Sentence.NEAREST_MISS, change=found.nearest_miss[language])


def _signed(reasons: Sequence[Reason], outcomes: frozenset[RuleOutcome], sign: str, language: str) -> list[str]:
    return [f"{sign} {reason.text[language]}" for reason in reasons if reason.outcome in outcomes]


def _facts_of(turn: TurnContext, item: Offerable | Subsidy, but: Container[str] = ()) -> list[str]:
    """Until when one can apply, and every fact, each in a line. `but`: facts that stand there already."""
    knowledge, language = turn.compiled.content.knowledge, turn.state.language
    facts = known_facts(item, knowledge.fact_words, turn.today, but)
    lines = [fact.text[language] for fact in facts]
    assert knowledge.advice is not None
    if isinstance(item, Subsidy) and (until := when_to_apply(item, knowledge.advice, turn.today)):
        lines.insert(0, until[language])
    return lines


def _tail(turn: TurnContext, found: Found, item: Offerable | Subsidy) -> Iterator[str]:
    """What to mind, the price, and the first step."""
    language = turn.state.language
    if item.must_say:
        yield from ("", turn.sentence(Sentence.MIND, warning=item.must_say[language]))
    if isinstance(found, Offer):
        if found.item.kind not in TRAINS_NOBODY:
            yield from ("", turn.sentence(Sentence.COSTS, costs=found.plan.own_costs.text[language]))
        yield from ("", turn.sentence(Sentence.FIRST_STEP, step=found.plan.first_step[language]))


def _of_limits(turn: TurnContext, found: Found) -> Iterator[str]:
    """What to ask because nobody knows whether it goes with a limit of theirs, but what editors say to ask of it."""
    if isinstance(found, Offer):
        language = turn.state.language
        own = [one[language] for one in found.item.ask]
        asked = (one[language] for one in found.asks)
        yield from (f"- {one}" for one in asked if not any(says_more(other, one) for other in own))


def _to_ask(turn: TurnContext, found: Found, of_limits: Sequence[str], most_words: int) -> list[str]:
    """What to ask at the first call: of their limits, then as much as there is room for of what editors put there.

    That is what an employer or a school asks of most, and no source says of all. What may be asked of who is not like
    them comes first.
    """
    if not isinstance(found, Offer):
        return []
    heading = turn.sentence(Sentence.TO_ASK)
    room = most_words - sum(map(count_words, (heading, *of_limits)))
    told = {reason.text for reason in found.reasons if reason.outcome is RuleOutcome.ASK_FIRST}
    of_them = [rule.because for rule in found.item.rules if rule.only_asks and rule.because in told]
    questions = [f"- {one[turn.state.language]}" for one in dict.fromkeys((*of_them, *found.item.ask))]
    asked = [*of_limits, *within(questions, room)[0]]
    return ["", heading, *asked] if asked else []


def _where_read(turn: TurnContext, item: Offerable | Subsidy) -> Iterator[str]:
    """How old the source is, and where it is. Of what has ended, that is enough."""
    knowledge = turn.compiled.content.knowledge
    assert knowledge.advice is not None
    age = age_of(item, knowledge.advice, knowledge.freshness.old_after, turn.today)
    if age and age.ask_first and not (isinstance(item, Subsidy) and has_ended(item, turn.today)):
        yield age.in_full[turn.state.language]
    yield source_line(turn, *provenance(item))


def source_line(turn: TurnContext, source: str | None, checked: object) -> str:
    """Where it was read, and when somebody of us checked it."""
    if source is None:
        return turn.sentence(Sentence.NO_SOURCE)
    day = say_date(str(checked), turn.state.language) if checked else "?"
    shown = source if source.startswith("http") else turn.sentence(Sentence.OWN_DOCUMENT)
    return turn.sentence(Sentence.SOURCE, source=shown, day=day)


# ------------------------------------------------------------------ all that we know
def show_details(turn: TurnContext, item_id: str, page: int = 1) -> None:
    """Every fact that a card had no room for, a page at a time: nothing that we know is out of reach."""
    knowledge = turn.compiled.content.knowledge
    item = knowledge.item(item_id)
    if item is None:
        turn.say(Sentence.NOTHING_FOUND, name=item_id)
        return
    _note(turn, item)
    language = turn.state.language
    lines = _facts_of(turn, item)
    if isinstance(item, Subsidy) and item.terms:
        lines += [turn.sentence(Sentence.GOOD_TO_KNOW), *(f"- {one[language]}" for one in item.terms)]
    source = source_line(turn, *provenance(item))
    pages = list(_pages(lines, MOST_WORDS - count_words(source)))
    shown = pages[min(page, len(pages)) - 1] if pages else [turn.sentence(Sentence.NO_DETAILS)]
    on = (_button(turn, Sentence.BUTTON_DETAILS, "details", f"{item.id} {page + 1}"),) if page < len(pages) else ()
    turn.send("\n".join([*shown, "", source]), on, title=turn.title_of(item.id))


def _pages(lines: Sequence[str], most: int) -> Iterator[list[str]]:
    rest = list(lines)
    while rest:
        page, rest = within(rest, most)
        if not page:
            page, rest = rest[:1], rest[1:]
        yield page


# ------------------------------------------------------------------ why
def show_why(turn: TurnContext, item_id: str) -> None:
    """Why a programme or a way to pay fits or does not, and the one change that would make it fit."""
    found = find(turn, item_id)
    if found is None:
        turn.say(Sentence.NOTHING_FOUND, name=item_id)
        return
    item = item_of(found)
    _note(turn, item)
    last = list(_what_would_help(turn, found))
    said, _ = within(
        [*_for_and_against(turn, found), *_conditions(turn, item)], MOST_WORDS - sum(map(count_words, last))
    )
    while said and (not said[-1] or said[-1].endswith(":")):
        del said[-1]  # a heading over nothing
    lines = [*said, *last]
    button = _button(turn, Sentence.BUTTON_ABOUT, "search", item.id)
    turn.send("\n".join(lines).strip(), (button,), title=turn.title_of(item.id))


def _for_and_against(turn: TurnContext, found: Found) -> Iterator[str]:
    wish = turn.compiled.content.knowledge.fact_of(FactRole.WISH)
    told = [one for one in found.reasons if not (one.fact == wish and one.outcome is RuleOutcome.UNKNOWN)]
    told = told or list(found.reasons)  # nobody spoke of a wish yet, and that is all there is to say
    for heading, sign, outcomes in REASONS:
        if lines := _signed(told, outcomes, sign, turn.state.language):
            yield from ("", turn.sentence(_of_offer(heading, found)), *lines)


def _conditions(turn: TurnContext, item: Offerable | Subsidy) -> Iterator[str]:
    """What no rule can say, and the warning."""
    language = turn.state.language
    if isinstance(item, Subsidy) and item.terms:
        yield from ("", turn.sentence(Sentence.GOOD_TO_KNOW), *(f"- {one[language]}" for one in item.terms))
    if item.must_say:
        yield from ("", turn.sentence(Sentence.MIND, warning=item.must_say[language]))


def _of_offer(heading: Sentence, found: Found) -> Sentence:
    """What speaks for an offer speaks for more than that it is so."""
    if not isinstance(found, Offer):
        return heading
    match heading:
        case Sentence.IS_SO if found.item.kind in HELP:
            return Sentence.CAN_HELP
        case Sentence.IS_SO:
            return Sentence.FITS if found.verdict is Verdict.FITS else Sentence.MAYBE_FITS
        case Sentence.IS_NOT_SO:
            return Sentence.FITS_LESS
        case _:
            return heading


def _what_would_help(turn: TurnContext, found: Found) -> Iterator[str]:
    language = turn.state.language
    if not isinstance(found, Offer) and found.nearest_miss:
        yield from ("", turn.sentence(Sentence.NEAREST_MISS, change=found.nearest_miss[language]))
    missing = [fact_name(turn, fact) for fact in sorted(() if isinstance(found, Rejection) else found.unknown)]
    if missing:
        yield from ("", turn.sentence(Sentence.STILL_UNKNOWN, facts=say_list(missing, language)))


def fact_name(turn: TurnContext, fact: str) -> str:
    """A fact in a sentence: "je opleiding"."""
    known = turn.compiled.content.knowledge.facts.get(fact)
    return known.name[turn.state.language] if known else fact
