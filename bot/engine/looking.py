"""Looking things up in between: a name, a reason, the money, the plan, a question of the FAQ."""

from collections.abc import Mapping

from bot.content.flow import Collect, Consent
from bot.content.sentences import Sentence
from bot.engine.asking import ask
from bot.engine.buttons import CommandButton
from bot.engine.effects import Button
from bot.engine.questions import show_answer
from bot.engine.results import advice_of, show_money, show_offer, show_plan, show_why, show_why_not
from bot.engine.turning import Turning
from bot.matching import closest, fold


def search(turning: Turning, argument: str) -> None:
    """A programme or a way to pay by its name, with typing errors."""
    knowledge = turning.library.content.knowledge
    if not argument:
        turning.say(Sentence.SEARCH_FOR_WHAT)
    elif argument in knowledge.programmes:
        offer = next((one for one in advice_of(turning).offers if one.programme.id == argument), None)
        if offer:
            show_offer(turning, offer)
        else:
            show_why(turning, argument)
    elif argument in knowledge.subsidies:
        show_why(turning, argument)
    else:
        names = {one.id: (one.name, *one.aliases) for one in knowledge.programmes.values()}
        names |= {one.id: (one.name, *one.aliases) for one in knowledge.subsidies.values()}
        _search_by_name(turning, argument, names)
    ask(turning)


def _search_by_name(turning: Turning, argument: str, names: Mapping[str, tuple[str, ...]]) -> None:
    typed = fold(argument)
    owners = {fold(name): key for key, known_as in names.items() for name in known_as}
    inside = [owner for name, owner in owners.items() if typed in name] if len(typed) > 2 else []
    near = [owners[one.name] for one in closest(typed, owners, limit=5)]
    found = list(dict.fromkeys([*near, *inside]))[:5]
    if len(found) == 1:
        show_why(turning, found[0])
    elif found:
        buttons = tuple(Button(names[key][0], CommandButton("search", key).data) for key in found)
        turning.say(Sentence.WHICH, *buttons)
    else:
        turning.say(Sentence.NOTHING_FOUND, name=argument)


def why(turning: Turning, argument: str) -> None:
    """Why a programme or a way to pay fits; without a name: why we ask what we ask."""
    question = turning.open_question()
    if argument:
        show_why(turning, argument)
        ask(turning)
    elif isinstance(question, Collect | Consent) and question.why:
        ask(turning, question.why[turning.state.language])
    else:
        ask(turning, turning.sentence(Sentence.WHY_WE_ASK))


def why_not(turning: Turning, _: str) -> None:
    show_why_not(turning)
    ask(turning)


def money(turning: Turning, argument: str) -> None:
    advice = advice_of(turning)
    offer = next((one for one in advice.offers if one.programme.id == argument), None)
    show_money(turning, advice, frozenset(step.money.subsidy.id for step in offer.plan.money) if offer else None)
    ask(turning)


def plan(turning: Turning, argument: str) -> None:
    show_plan(turning, argument)
    ask(turning)


def faq(turning: Turning, argument: str) -> None:
    """A question of the FAQ that was suggested."""
    if argument in turning.library.content.knowledge.questions:
        show_answer(turning, argument)
    else:
        turning.say(Sentence.CANNOT_ANSWER)
    ask(turning)
