"""Ways on from a result, in words (nearer, cheaper, other work), and help for who does not know what they want."""

from collections.abc import Callable

from bot.advice.model import Offer
from bot.content.flow import Collect, MatchStep
from bot.content.knowledge import FactRole
from bot.content.sentence_keys import Sentence
from bot.engine.buttons import AnswerButton, CommandButton
from bot.engine.commands.lookup import search
from bot.engine.commands.navigation import open_again
from bot.engine.effects import Button
from bot.engine.trace import Traced
from bot.engine.turn import TurnContext
from bot.engine.views.question import ask
from bot.engine.views.results import show_offers, show_others

MOST_IDEAS = 6
NOT_KNOWN = float("inf")


def repeat(turn: TurnContext, _: str) -> None:
    """The open question once more."""
    ask(turn)


def shorter(turn: TurnContext, _: str) -> None:
    """The results as names to press; before there are any, the question alone."""
    if offers := turn.listed_offers():
        show_offers(turn, turn.sentence(Sentence.IN_SHORT), offers, in_short=True)
    else:
        ask(turn)


def nearer(turn: TurnContext, _: str) -> None:
    """The same results in the order of their distance."""

    def near(offer: Offer) -> float:
        value = next((part.value for part in offer.parts if part.name == "place"), None)
        return NOT_KNOWN if value is None else -value

    _steer(turn, Sentence.FROM_NEAR_TO_FAR, near)


def cheaper(turn: TurnContext, _: str) -> None:
    """The same results in the order of what the person pays."""

    def costs(offer: Offer) -> float:
        least = offer.plan.own_costs.least
        return NOT_KNOWN if least is None else least

    _steer(turn, Sentence.FROM_CHEAP_TO_DEAR, costs)


def faster(turn: TurnContext, _: str) -> None:
    """The same results, those of which a source says how long they take first."""
    _steer(turn, Sentence.HOW_LONG_EACH, lambda offer: float("duration" not in offer.item.facts))


def with_pay(turn: TurnContext, _: str) -> None:
    """The same results, those with pay first."""
    _steer(turn, Sentence.PAY_FIRST, lambda offer: {True: 0.0, None: 1.0, False: 2.0}[offer.item.paid])


def other_work(turn: TurnContext, _: str) -> None:
    """What else was found, and the wish anew."""
    wish = _wish(turn)
    show_others(turn)
    if wish is not None:
        open_again(turn, wish.id)
    else:
        ask(turn)


def more(turn: TurnContext, item: str) -> None:
    """One of the results, whole."""
    if item:
        search(turn, item)
    elif offers := turn.listed_offers():
        show_offers(turn, turn.sentence(Sentence.WHICH), offers, in_short=True)
        ask(turn)
    else:
        _not_yet(turn)


def explore(turn: TurnContext, _: str) -> None:
    """Things that people like, to press, for who does not know which work they want."""
    wish = _wish(turn)
    if wish is None:
        turn.say(Sentence.EXPLORE, Button(turn.sentence(Sentence.BUTTON_HUMAN), CommandButton("human").data))
        return
    if wish.id in turn.state.answers and turn.state.answers[wish.id].value is not None:
        turn.change(editing=wish.id)
    turn.change(asked=wish.id, attempts=0, confirmation=None)
    language = turn.state.language
    ideas = [one.words[language][0] for one in turn.compiled.content.knowledge.wishes.values() if one.sectors]
    buttons = [Button(idea.capitalize(), AnswerButton(wish.id, idea, turn.state.revision).data) for idea in ideas]
    human = Button(turn.sentence(Sentence.BUTTON_HUMAN), CommandButton("human").data)
    turn.say(Sentence.EXPLORE, *buttons[:MOST_IDEAS], human)


def who(turn: TurnContext, _: str) -> None:
    """What the bot is."""
    talk = turn.compiled.content.knowledge.small_talk.get(ROBOT)
    turn.note(Traced.DID, f"smalltalk:{ROBOT}")
    turn.send(talk.answer[turn.state.language] if talk else turn.sentence(Sentence.WELCOME))
    ask(turn)


ROBOT = "robot"  # the small talk about what the bot is


def _wish(turn: TurnContext) -> Collect | None:
    knowledge = turn.compiled.content.knowledge
    steps = (step for step in turn.flows[turn.state.flow].steps if isinstance(step, Collect))
    return next((one for one in steps if (one.role or knowledge.role_of(one.id)) is FactRole.WISH), None)


def _steer(turn: TurnContext, heading: Sentence, key: Callable[[Offer], float]) -> None:
    if offers := turn.advice().offers if turn.main_position().has(MatchStep) else ():
        show_offers(turn, turn.sentence(heading), sorted(offers, key=key))
        ask(turn)
    else:
        _not_yet(turn)


def _not_yet(turn: TurnContext) -> None:
    ask(turn, turn.sentence(Sentence.NO_RESULTS_YET))
