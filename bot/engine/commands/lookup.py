"""Looking things up in between: a name, a reason, the money, the plan, a question of the FAQ."""

from bot.answers.choices import place_in_list
from bot.answers.reading import bare
from bot.content.flow import Collect, Consent
from bot.content.sentence_keys import Sentence
from bot.engine.turn import MOST_CARDS, TurnContext
from bot.engine.views.faq import show_answer
from bot.engine.views.for_company import show_work
from bot.engine.views.item import show_details, show_item, show_why
from bot.engine.views.money import item_button, show_all_money, show_money_of
from bot.engine.views.plan import show_plan
from bot.engine.views.question import ask
from bot.engine.views.results import show_why_not
from bot.engine.views.schemes import asks_as_company, show_scheme, show_schemes
from bot.matching import called

MOST_FOUND = 5  # names that are offered as buttons


def search(turn: TurnContext, argument: str) -> None:
    """A programme or a way to pay by its name, with typing errors."""
    knowledge = turn.compiled.content.knowledge
    if not argument:
        turn.say(Sentence.SEARCH_FOR_WHAT)
    elif knowledge.item(argument):
        _show(turn, argument)
    elif not (asks_as_company(turn) and show_work(turn, argument)):
        _search_by_name(turn, argument)
    ask(turn)


def _search_by_name(turn: TurnContext, argument: str) -> None:
    names = _names(turn)
    found = called(names, argument, MOST_FOUND)
    if len(found) == 1:
        _show(turn, found[0])
    elif found:
        knowledge = turn.compiled.content.knowledge
        buttons = tuple(item_button(turn, item, "search") for key in found if (item := knowledge.item(key)))
        turn.say(Sentence.WHICH, *buttons)
    else:
        turn.say(Sentence.NOTHING_FOUND, name=argument)


def _show(turn: TurnContext, item_id: str) -> None:
    """To a company as a company reads it, else as it is to the person."""
    if not (asks_as_company(turn) and show_scheme(turn, item_id)):
        show_item(turn, item_id)


def _names(turn: TurnContext) -> dict[str, tuple[str, ...]]:
    """Every programme and way to pay by its id, with the names it goes by; its own name comes first."""
    knowledge = turn.compiled.content.knowledge
    names = {one.id: (one.name, *one.aliases) for one in knowledge.programmes.values()}
    return names | {one.id: (one.name, *one.aliases) for one in knowledge.subsidies.values()}


def item_called(turn: TurnContext, name: str) -> str | None:
    """The programme or way to pay that a name means without doubt, or the result that "2" or "de tweede" means."""
    cards = turn.cards()
    if (place := place_in_list(bare(name), turn.reply_words, len(cards))) >= 0:
        return cards[place].item.id if place < len(cards) else None
    names = _names(turn)
    found = [name] if name in names else called(names, name, MOST_FOUND)
    return found[0] if len(found) == 1 else None


def why(turn: TurnContext, argument: str) -> None:
    """Why a programme or a way to pay fits; without a name: why we ask what we ask, or why the result is this."""
    question = turn.open_question()
    if argument:
        show_why(turn, item_called(turn, argument) or argument)
        ask(turn)
    elif isinstance(question, Collect | Consent) and question.why:
        ask(turn, question.why[turn.state.language])
    elif cards := [one.item.id for one in turn.cards()]:
        show_why(turn, turn.state.viewed if turn.state.viewed in cards else cards[0])
        ask(turn)
    else:
        ask(turn, turn.sentence(Sentence.WHY_WE_ASK))


def why_not(turn: TurnContext, _: str) -> None:
    show_why_not(turn)
    ask(turn)


def money(turn: TurnContext, argument: str) -> None:
    if asks_as_company(turn):
        show_schemes(turn)
        ask(turn)
        return
    advice, item = turn.advice(), item_called(turn, argument) if argument else None
    offer = next((one for one in advice.offers if one.item.id == item), None)
    if offer:
        show_money_of(turn, [offer])
    else:
        show_all_money(turn, advice, turn.cards() or advice.offers[:MOST_CARDS])
    ask(turn)


def details(turn: TurnContext, argument: str) -> None:
    """All that we know of an item: "ID", or "ID 2" for the second page."""
    item, _, page = argument.partition(" ")
    show_details(turn, item, int(page) if page.isdecimal() and len(page) < 3 else 1)
    ask(turn)


def plan(turn: TurnContext, argument: str) -> None:
    """The plan of a person; a company has none, and reads its schemes and who helps."""
    if asks_as_company(turn):
        show_schemes(turn)
    else:
        show_plan(turn, item_called(turn, argument) if argument else None)
    ask(turn)


def faq(turn: TurnContext, argument: str) -> None:
    """A question of the FAQ that was suggested."""
    if argument in turn.compiled.content.knowledge.questions:
        show_answer(turn, argument)
    else:
        turn.say(Sentence.CANNOT_ANSWER)
    ask(turn)
