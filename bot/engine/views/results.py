"""The result on one screen of a phone: three offers of three lines, and ways on; what did not fit, and why."""

from collections.abc import Sequence

from bot.advice import advise, reject
from bot.advice.card import Card, questions, to_card
from bot.advice.context import AdviceContext
from bot.advice.learning_line import how_long_in_full
from bot.advice.model import Advice, Offer, RuleOutcome
from bot.advice.relevance import HELP, SAME_WORK
from bot.advice.stairs import on_screen
from bot.content.flow import MatchStep
from bot.content.knowledge import FactRole, Route
from bot.content.sentence_keys import Sentence
from bot.engine.buttons import CommandButton
from bot.engine.effects import Button, Message, Send
from bot.engine.trace import Traced
from bot.engine.turn import MOST_CARDS, TurnContext
from bot.engine.views.money import counted_on, item_button, show_money_of
from bot.engine.walk import Passed, Position
from bot.text import Text, count_words, fill, say_list

MOST_MISSES = 3
FIRST_SCREEN = 120  # words, with the question below it
A_QUESTION = 12  # words of that

WAYS_ON = (
    (Sentence.BUTTON_OTHER_WORK, "other_work"),
    (Sentence.BUTTON_NEARER, "nearer"),
    (Sentence.BUTTON_CHEAPER, "cheaper"),
    (Sentence.BUTTON_NOT_RIGHT, "correct"),
    (Sentence.BUTTON_PLAN, "plan"),
    (Sentence.BUTTON_HUMAN, "human"),
)
"""What one may want after a result, each with the command that it is; typing it in one's own words does the same."""


def show_results(turn: TurnContext, passed: Passed, before: Position) -> None:
    """The best offers in short; when they are the same as the last time, only what is new in the money."""
    advice = turn.advice()
    _note_what_is_far(turn, advice)
    earlier = _advice_before(turn, passed, before)
    if earlier and [one.item.id for one in earlier.offers] == [one.item.id for one in advice.offers]:
        shown = advice.offers[:MOST_CARDS]
        turn.say(Sentence.SAME_RESULTS)
        if counted_on(shown) and _money_said(earlier.offers[:MOST_CARDS]) != _money_said(shown):
            show_money_of(turn, shown)
        return
    heading = _heading(turn, advice)
    first = [Button(turn.sentence(Sentence.BUTTON_EXPLORE), CommandButton("explore").data)]
    why = _what_stands_in_the_way(turn, advice) if heading is Sentence.NOTHING_FITS else []
    examples = _why_these_examples(turn, advice) if heading is Sentence.RESULTS else None
    text = "\n\n".join([*_just_said(turn), examples or turn.sentence(heading), *why])
    is_unknown = heading is Sentence.WISH_UNKNOWN or examples is not None
    show_offers(turn, text, advice.offers, first=first if is_unknown else ())


def _note_what_is_far(turn: TurnContext, advice: Advice) -> None:
    """Note, for the editors, work for which nobody near them is known to train."""
    wish = advice.person.wish
    if wish is None or advice.person.home is None:
        return
    near = any(offer.trains_for_wish and offer.proven for offer in advice.offers)
    if not near and (work := next(iter((*wish.occupations, *wish.sectors)), None)):
        turn.note(Traced.FAR, work)


def _just_said(turn: TurnContext) -> list[str]:
    """What was played back in this turn, taken out of the messages: a result is one message, and one question."""
    match turn.effects[-1:]:
        case [Send(Message(text, title=None, buttons=(), document=None))]:
            del turn.effects[-1]
            return [text]
        case _:
            return []


def _heading(turn: TurnContext, advice: Advice) -> Sentence:
    if not advice.nothing_fits:
        return Sentence.RESULTS
    return Sentence.WISH_UNKNOWN if advice.offers and _may_be_any_work(turn, advice) else Sentence.NOTHING_FITS


def _why_these_examples(turn: TurnContext, advice: Advice) -> str | None:
    """What stands above examples of work to who said how it should be, and not which work: "meer verdienen"."""
    wish = advice.person.wish
    said = turn.compiled.content.knowledge.wishes[wish.examples_of].heading if wish and wish.examples_of else None
    return said[turn.state.language] if said else None


def _what_stands_in_the_way(turn: TurnContext, advice: Advice) -> list[str]:
    """Why not even the way to the very work fits, where there is one: "LVNL takes people up to 30"."""
    if advice.person.wish is None or not advice.person.wish.chosen:
        return []
    ways = (one for one in reject(turn.compiled, advice) if isinstance(one.item, Route) and one.nearness >= SAME_WORK)
    first = next(ways, None)
    against = (
        [one.text[turn.state.language] for one in first.reasons if one.outcome is RuleOutcome.NOT_MET] if first else []
    )
    return [f"{turn.title_of(first.item.id)}: {against[0]}"] if first and against else []


def _may_be_any_work(turn: TurnContext, advice: Advice) -> bool:
    """Whether they said no work, or what is no work: "iets anders", "meer verdienen"."""
    wish, said = advice.person.wish, turn.compiled.content.knowledge.fact_of(FactRole.WISH)
    return wish.is_open if wish else turn.main_position().facts.get(said) is None


def _advice_before(turn: TurnContext, passed: Passed, before: Position) -> Advice | None:
    """What was shown the last time: here before an answer was changed, else earlier on the path with fewer answers."""
    reached = [one for one in before.path if isinstance(one.step, MatchStep) and one is not before.open]
    shown = [one for one in reached if one.name == passed.name] or reached
    return advise(turn.compiled, shown[-1].known, on=turn.today) if shown else None


def _money_said(offers: Sequence[Offer]) -> list[tuple[str, bool]]:
    return [(one.money.subsidy.id, one.likely) for one in counted_on(offers)]


def show_offers(
    turn: TurnContext, heading: str, offers: Sequence[Offer], *, in_short: bool = False, first: Sequence[Button] = ()
) -> None:
    """The first three of these, each in three lines or `in_short` in one, with ways on, of which `first` come first.

    "The second" is the second of these from now on.
    """
    shown, language, context = offers[:MOST_CARDS], turn.state.language, turn.advice_context()
    ask_which = turn.sentence(Sentence.WHICH_WAY_ON) if shown else ""
    of_all = [] if in_short else _asked_of_all(shown, context)
    below = _said_below(of_all, context, language)
    room = FIRST_SCREEN - A_QUESTION - sum(map(count_words, (heading, ask_which, below))) - len(shown)
    cards = _cards(turn, shown, room, of_all, in_short=in_short)
    said = ["\n".join(filter(None, (line[language] for line in lines))) for lines in cards]
    _show(turn, offers, [heading, ("\n" if in_short else "\n\n").join(_numbered(said)), below, ask_which], first)


def show_how_long(turn: TurnContext, heading: str, offers: Sequence[Offer]) -> None:
    """How long each of the first three takes, and nothing else: on a whole card there may be no room for it."""
    context, language = turn.advice_context(), turn.state.language
    said = []
    for offer in offers[:MOST_CARDS]:
        way, behind = how_long_in_full(offer.item, context), on_screen(offer, context)
        lines = [way[language] if way else turn.sentence(Sentence.ASK_HOW_LONG), behind[language] if behind else ""]
        said.append(f"{turn.title_of(offer.item.id)}\n{' '.join(filter(None, lines))}")
    _show(turn, offers, [heading, "\n\n".join(_numbered(said)), turn.sentence(Sentence.WHICH_WAY_ON)])


def _numbered(said: Sequence[str]) -> list[str]:
    return [f"{number}. {one}" for number, one in enumerate(said, start=1)]


def _show(turn: TurnContext, offers: Sequence[Offer], said: Sequence[str], first: Sequence[Button] = ()) -> None:
    """Say something of the first three of these offers, with a button for each and the ways on."""
    shown = offers[:MOST_CARDS]
    for offer in shown:
        turn.note(Traced.SHOWN, offer.item.id)
    turn.change(listed=tuple(offer.item.id for offer in offers))
    numbers = [
        Button(str(number), CommandButton("more", offer.item.id).data) for number, offer in enumerate(shown, start=1)
    ]
    turn.send("\n\n".join(filter(None, said)), (*first, *numbers, *ways_on(turn, any_offer=bool(shown))))


def _cards(
    turn: TurnContext, shown: Sequence[Offer], room: int, of_all: Sequence[Text], *, in_short: bool
) -> list[list[Text]]:
    """The lines of each of these offers, in `room` words together.

    First what each asks, so that nothing is passed over in silence on a screen that has room for it; what is left then
    is for what is good to know. What one leaves goes to those before it.
    """
    language, context, last_first = turn.state.language, turn.advice_context(), range(len(shown), 0, -1)

    def card(number: int, words: int, *, lean: bool = False) -> Card:
        offer = shown[number - 1]
        profile = turn.compiled.catalogue[offer.item.id]
        return to_card(offer, profile, context, words, asked_below=of_all, lean=lean)

    def lines(card: Card) -> list[Text]:
        return [card.becomes] if in_short else [card.becomes, card.how, card.costs]

    def words(card: Card) -> int:
        return sum(count_words(line[language]) for line in lines(card))

    cards: dict[int, Card] = {}
    for number in last_first:
        cards[number] = card(number, room // number, lean=True)
        room -= words(cards[number])
    for number in (one for one in reversed(last_first) if cards[one].lost):
        wider = card(number, cards[number].size + cards[number].lost, lean=True)
        if (more := words(wider) - words(cards[number])) <= room:
            cards[number], room = wider, room - more
    # Each gets its part of what is left, and who has more to say the rest.
    for number, parts in (*((one, one) for one in last_first), *((one, 1) for one in last_first)):
        wider = card(number, cards[number].size + max(0, room) // parts)
        cards[number], room = wider, room - words(wider) + words(cards[number])
    return [lines(cards[number]) for number in sorted(cards)]


def _asked_of_all(shown: Sequence[Offer], context: AdviceContext) -> list[Text]:
    """What each of these offers is to be asked: it stands once under them."""
    asked = [questions(offer, context) for offer in shown if offer.item.kind not in HELP]
    return [one for one in asked[0] if all(one in others for others in asked)] if len(asked) > 1 else []


def _said_below(of_all: Sequence[Text], context: AdviceContext, language: str) -> str:
    if not of_all:
        return ""
    said = [one[language] for one in of_all]
    first, *rest = [f"{one}." for one in said]
    listed = " ".join([first[:1].lower() + first[1:], *(one[:1].upper() + one[1:] for one in rest)])
    return fill(context.sentences.card_ask_each[language], {"questions": listed})


def ways_on(turn: TurnContext, *, any_offer: bool) -> tuple[Button, ...]:
    """The ways on from a result; without an offer nothing is nearer or cheaper, and there is no plan."""
    of_offers = {"nearer", "cheaper", "plan"}
    return tuple(
        Button(turn.sentence(label), CommandButton(command).data)
        for label, command in WAYS_ON
        if any_offer or command not in of_offers
    )


def show_others(turn: TurnContext) -> bool:
    """The names of what was found beside the first three; False when there is nothing more."""
    rest = turn.listed_offers()[MOST_CARDS:]
    if rest:
        names = [turn.title_of(offer.item.id) for offer in rest]
        buttons = [item_button(turn, offer.item, "more") for offer in rest]
        for offer in rest:
            turn.note(Traced.SHOWN, offer.item.id)
        buttons.append(Button(turn.sentence(Sentence.WHY_NOT), CommandButton("whynot").data))
        turn.say(Sentence.MORE_RESULTS, *buttons, names=say_list(names, turn.state.language))
    return bool(rest)


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
    buttons = tuple(item_button(turn, one.item, "search") for one in near)
    turn.send("\n\n".join(lines), buttons, title=turn.sentence(Sentence.WHY_NOT))
