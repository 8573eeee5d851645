"""Work that a company looks for: how somebody in its service becomes that, at which school, and who pays and helps."""

from bot.advice.context import AdviceContext
from bot.advice.learning_line import how_long
from bot.advice.model import MoneyStatus
from bot.advice.practical_fit import PAID_FORMS
from bot.advice.schooling import locate, where_it_is
from bot.advice.seeker import to_person
from bot.content.flow import Vocabulary
from bot.content.knowledge import Form, Route, RouteKind
from bot.content.sentence_keys import Sentence
from bot.engine.turn import TurnContext
from bot.engine.views.money import item_button
from bot.engine.views.schemes import MOST_WORDS, best_first, scheme_block, weighed
from bot.text import count_words

MOST_WAYS = 2
MAY_PAY = frozenset({MoneyStatus.ELIGIBLE, MoneyStatus.MAYBE, MoneyStatus.CLOSED})
MOST_SCHEMES = 2


def show_work(turn: TurnContext, text: str) -> bool:
    """The ways to the work in a text, as a company reads them; False when it names none that we know a way to."""
    work = turn.compiled.work(text, Vocabulary.DESIRED_WORK)
    profiles = turn.compiled.catalogue.routes_to(work if work.occupations else None)
    routes = [profile.item for profile in profiles if isinstance(profile.item, Route)]
    # Who works and learns is in their service: those come first, in the order of the work that was understood. To a
    # company it is no news that people may begin with them without training.
    taught = [one for one in routes if one.kind is not RouteKind.OPEN]
    beside_work = [one for one in taught if PAID_FORMS.intersection(one.forms)]
    ways = (beside_work or routes)[:MOST_WAYS]
    if not ways:
        return False
    # Where the company is stands for where somebody lives: that is how far the school may be.
    company = to_person(turn.compiled, {**turn.told_facts(), **turn.position().facts})
    context = AdviceContext.of(turn.compiled, company, on=turn.today)
    head, last = [turn.sentence(Sentence.COMPANY_WAYS)], [turn.sentence(Sentence.SCHEMES_HELP)]
    if any(Form.BBL in one.forms for one in ways):
        last.insert(0, turn.sentence(Sentence.COMPANY_RECOGNISED))
    paying = {scheme for one in ways for scheme in one.pays}
    # For whom they look they say by what they search: a scheme for learners is one, also before they named a learner.
    schemes = best_first(
        one for one in weighed(turn) if one.subsidy.id in paying and one.status in MAY_PAY and not one.judgement.failed
    )[:MOST_SCHEMES]
    told = [_way(turn, one, context) for one in ways]
    money = [scheme_block(turn, one, number) for number, one in enumerate(schemes, start=1)]
    # Who pays is worth more than a second way to the same work, and a second scheme less.
    for block in (told[0], *money[:1], *told[1:], *money[1:]):
        if count_words("\n".join([*head, block, *last])) <= MOST_WORDS:
            head.append(block)
    blocks = [*sorted(head, key=lambda one: one in money), *last]
    buttons = tuple(item_button(turn, one.subsidy, "search") for one in schemes)
    turn.send("\n\n".join(blocks), buttons, title=_title(turn, ways[0]))
    return True


def _way(turn: TurnContext, route: Route, context: AdviceContext) -> str:
    """A route in three lines: its name; how, and how long; and the school near the company."""
    language = turn.state.language
    how, school = how_long(route, context), where_it_is(locate(route, context), context)
    said = how[language] if how else ""
    lines = [route.name[language], f"{said[:1].upper()}{said[1:]}." if said else "", school.text[language]]
    return "\n".join(filter(None, lines))


def _title(turn: TurnContext, route: Route) -> str:
    name = route.becomes[turn.state.language]
    return name[:1].upper() + name[1:]
