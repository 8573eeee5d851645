"""Ways on from a result, in words: nearer, cheaper, other work."""

from collections.abc import Callable, Sequence

from bot.advice.model import Offer
from bot.content.flow import MatchStep
from bot.content.sentence_keys import Sentence
from bot.engine.commands.exploring import is_choosing, other_jobs, wish_of
from bot.engine.commands.lookup import search
from bot.engine.commands.navigation import open_again
from bot.engine.trace import Traced
from bot.engine.turn import TurnContext
from bot.engine.views.question import ask
from bot.engine.views.results import show_how_long, show_offers, show_others

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
        to_ask = [one.km for one in offer.schools.ask] if offer.schools else []
        return offer.distance_km if offer.distance_km is not None else min(to_ask, default=NOT_KNOWN)

    _steer(turn, Sentence.FROM_NEAR_TO_FAR, near)


def cheaper(turn: TurnContext, _: str) -> None:
    """The same results in the order of what the person pays."""

    def costs(offer: Offer) -> float:
        costs = offer.plan.own_costs
        return next((one for one in (costs.least, costs.most) if one is not None), NOT_KNOWN)

    _steer(turn, Sentence.FROM_CHEAP_TO_DEAR, costs)


def faster(turn: TurnContext, _: str) -> None:
    """How long each of the results takes, those of which a source says it first."""
    _steer(turn, Sentence.HOW_LONG_EACH, lambda offer: float("duration" not in offer.item.facts), show_how_long)


def with_pay(turn: TurnContext, _: str) -> None:
    """The same results, those with pay first."""
    _steer(turn, Sentence.PAY_FIRST, lambda offer: {True: 0.0, None: 1.0, False: 2.0}[offer.item.paid])


def other_work(turn: TurnContext, _: str) -> None:
    """What else was found, and the wish anew; while exploring, three other jobs."""
    if is_choosing(turn):
        other_jobs(turn, "")
        return
    wish = wish_of(turn)
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


def who(turn: TurnContext, _: str) -> None:
    """What the bot is."""
    talk = turn.compiled.content.knowledge.small_talk.get(ROBOT)
    turn.note(Traced.DID, f"smalltalk:{ROBOT}")
    turn.send(talk.answer[turn.state.language] if talk else turn.sentence(Sentence.WELCOME))
    ask(turn)


ROBOT = "robot"  # the small talk about what the bot is


def _steer(
    turn: TurnContext,
    heading: Sentence,
    key: Callable[[Offer], float],
    show: Callable[[TurnContext, str, Sequence[Offer]], None] = show_offers,
) -> None:
    if any(one.kind is Traced.SHOWN for one in turn.trace):
        ask(turn)  # the same message changed what fits, and that was shown: the same cards twice tell nothing
    elif offers := turn.advice().offers if turn.main_position().has(MatchStep) else ():
        show(turn, turn.sentence(heading), sorted(offers, key=key))
        ask(turn)
    else:
        _not_yet(turn)


def _not_yet(turn: TurnContext) -> None:
    ask(turn, turn.sentence(Sentence.NO_RESULTS_YET))
