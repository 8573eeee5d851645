"""Looking things up in between: a name, a reason, the money, the plan, a question of the FAQ."""

from collections.abc import Mapping

from bot.content.flow import Collect, Consent, Match
from bot.content.message_keys import Sentence
from bot.engine.turn import Turning
from bot.engine.views.faq import show_answer
from bot.engine.views.money import item_button, show_all_money, show_money_of
from bot.engine.views.question import ask
from bot.engine.views.results import MOST_CARDS, show_offer, show_plan, show_why, show_why_not
from bot.matching import closest, fold, words

MOST_FOUND = 5  # names that are offered as buttons


def search(turning: Turning, argument: str) -> None:
    """A programme or a way to pay by its name, with typing errors."""
    knowledge = turning.library.content.knowledge
    if not argument:
        turning.say(Sentence.SEARCH_FOR_WHAT)
    elif argument in knowledge.programmes:
        offer = next((one for one in turning.advice().offers if one.programme.id == argument), None)
        if offer:
            show_offer(turning, offer)
        else:
            show_why(turning, argument)
    elif argument in knowledge.subsidies:
        show_why(turning, argument)
    else:
        _search_by_name(turning, argument)
    ask(turning)


def _search_by_name(turning: Turning, argument: str) -> None:
    names = _names(turning)
    found = _called(names, argument)
    if len(found) == 1:
        show_why(turning, found[0])
    elif found:
        knowledge = turning.library.content.knowledge
        items = [knowledge.programmes.get(key) or knowledge.subsidies[key] for key in found]
        buttons = tuple(item_button(turning, item, "search") for item in items)
        turning.say(Sentence.WHICH, *buttons)
    else:
        turning.say(Sentence.NOTHING_FOUND, name=argument)


def _names(turning: Turning) -> dict[str, tuple[str, ...]]:
    """Every programme and way to pay by its id, with the names it goes by; its own name comes first."""
    knowledge = turning.library.content.knowledge
    names = {one.id: (one.name, *one.aliases) for one in knowledge.programmes.values()}
    return names | {one.id: (one.name, *one.aliases) for one in knowledge.subsidies.values()}


def _called(names: Mapping[str, tuple[str, ...]], typed: str) -> list[str]:
    """What may be called so, likeliest first: one whose whole name or first word it is, else names that are like it."""
    asked = words(typed)
    named = {key: [words(name) for name in known_as] for key, known_as in names.items()}
    for size in (None, len(asked)):
        exact = [key for key, all_of in named.items() if any(name[:size] == asked for name in all_of)]
        if len(exact) == 1:
            return exact
    folded = fold(typed)
    owners = {fold(name): key for key, known_as in names.items() for name in known_as}
    inside = [owner for name, owner in owners.items() if folded in name] if len(folded) > 2 else []
    near = [owners[one.name] for one in closest(folded, owners, limit=MOST_FOUND)]
    return list(dict.fromkeys([*near, *inside]))[:MOST_FOUND]


def item_called(turning: Turning, name: str) -> str | None:
    """The programme or way to pay that a name means without doubt, or the result card that a number means."""
    if name.isdecimal():
        offers = turning.advice().offers[:MOST_CARDS] if turning.main_position().has(Match) else ()
        return offers[int(name) - 1].programme.id if 0 < int(name) <= len(offers) else None
    names = _names(turning)
    found = [name] if name in names else _called(names, name)
    return found[0] if len(found) == 1 else None


def why(turning: Turning, argument: str) -> None:
    """Why a programme or a way to pay fits; without a name: why we ask what we ask."""
    question = turning.open_question()
    if argument:
        show_why(turning, item_called(turning, argument) or argument)
        ask(turning)
    elif isinstance(question, Collect | Consent) and question.why:
        ask(turning, question.why[turning.state.language])
    else:
        ask(turning, turning.sentence(Sentence.WHY_WE_ASK))


def why_not(turning: Turning, _: str) -> None:
    show_why_not(turning)
    ask(turning)


def money(turning: Turning, argument: str) -> None:
    advice = turning.advice()
    offer = next((one for one in advice.offers if one.programme.id == argument), None)
    if offer:
        show_money_of(turning, [offer])
    else:
        show_all_money(turning, advice, advice.offers[:MOST_CARDS])
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
