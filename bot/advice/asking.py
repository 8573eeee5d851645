"""What to ask of an offer in a few words, because nobody knows whether it goes with what somebody told of themselves.

A limit, a wish or a need is met by what an offer says, clashes with it, or is asked. It is passed over in silence only
where the question makes no sense of the work (`bot.advice.work_demands`).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.advice.context import AdviceContext
from bot.advice.learning_line import pays
from bot.advice.lessons import level_on_card, on_card, still_learns
from bot.advice.limit_facts import Looked
from bot.advice.own_limits import AT_HOME, Course, open_limits, wanted_of
from bot.advice.practical_fit import PAID_FORMS, only_lessons
from bot.advice.relevance import HELP
from bot.advice.schooling import to_call
from bot.advice.scoring import Fit
from bot.advice.travel import How
from bot.content.exploring import Trait, WorkRow
from bot.content.knowledge import Earning, FactRole, Offerable, Route, RouteKind
from bot.content.limits import LimitKind
from bot.text import Text

ROADS = frozenset({How.BY_ROAD, How.FAR, How.TOO_FAR, How.TOO_FAR_FOR_YOU})
A_BEGINNER = "a2"  # of the language of the country: below, or at it, one asks of any work
ALL_DAY = 2  # of a trait
WORD = re.compile(r"\w+")
# Who works for themselves decides when, and what comes in.
OWN_AFFAIR = frozenset(
    {
        Looked.HOURS,
        Looked.SCHOOL_HOURS,
        Looked.EVENINGS,
        Looked.WEEKENDS,
        Looked.NIGHTS,
        Looked.SHIFTS,
        Looked.DAYS,
        Looked.PAY,
    }
)


class Question(NamedTuple):
    """`text` asks about a limit, or says of one that all know the answer to what this work mostly is."""

    kind: LimitKind
    text: Text


def questions_of(fit: Fit, context: AdviceContext) -> tuple[Question, ...]:
    """What to ask about the limits of theirs of which an offer says nothing."""
    item = fit.profile.item
    if item.kind in HELP:
        return ()
    editors = frozenset(one.id for one in _told(context) if one.ask and _is_asked_by_editors(one.ask, item))
    work = work_of(fit, context) | _done_meanwhile(fit)
    limits = open_limits(Course.of(fit.profile), work, editors, context)
    asked = [Question(kind, kind.ask) for kind in limits if kind.ask]
    found = (*asked, *_of_the_road(fit, context), *_of_pay(item, context), *_of_home(fit, context))
    return tuple(one for one in found if not (_is_own_boss(item) and one.kind.id in OWN_AFFAIR))


def asks_which_language(fit: Fit, context: AdviceContext) -> bool:
    """Whether who learns the language of the country asks how much of it is needed, because nobody says.

    Work that anybody may begin with, not among people and not at a screen, is begun with little.
    """
    item = fit.profile.item
    if item.kind in HELP or not still_learns(context):
        return False
    if isinstance(item, Route) and item.first_call.registers:
        return False  # who begins for themselves has nobody to ask
    if level_on_card(item, context) or on_card(item, fit.candidate.journey.nearby, context):
        return False
    if item.kind is not RouteKind.OPEN or str(context.told(FactRole.LANGUAGE)) <= A_BEGINNER:
        return True
    rows = _rows(fit, context)
    return any(row is None or max(row.traits[Trait.PEOPLE], row.traits[Trait.SCREEN]) == ALL_DAY for row in rows)


def work_of(fit: Fit, context: AdviceContext) -> frozenset[str]:
    """The work that an offer is for; of a first step that which the way ends at."""
    above = fit.towards.occupations if fit.towards else ()
    return wanted_of(frozenset(above) or fit.profile.occupations, context)


def _done_meanwhile(fit: Fit) -> frozenset[str]:
    """The work that somebody does while they learn: who becomes a garden designer by way of a gardener's job stands.

    It is what a route names first; of work without lessons that is where one begins.
    """
    item = fit.profile.item
    if not isinstance(item, Route) or item.earns or fit.towards:
        return frozenset()
    return frozenset(item.occupations[:1] if item.paid or PAID_FORMS & set(item.forms) else ())


def _told(context: AdviceContext) -> Iterator[LimitKind]:
    kinds = context.knowledge.limit_kinds
    return (kinds[one] for one in context.person.limits if one in kinds)


def _is_asked_by_editors(question: Text, item: Offerable) -> bool:
    return any(says_more(one[language], question[language]) for one in item.ask for language in one)


def says_more(question: str, other: str) -> bool:
    """Whether a question asks all that another does: "Vraag of je een rijbewijs B nodig hebt." """
    return set(WORD.findall(other.casefold())) <= set(WORD.findall(question.casefold()))


def _rows(fit: Fit, context: AdviceContext) -> list[WorkRow | None]:
    """What the table of work has of it."""
    occupations, rows = context.knowledge.occupations, context.knowledge.exploring.work
    return [rows.get(occupations[one].isco) for one in sorted(work_of(fit, context))]


def _of_the_road(fit: Fit, context: AdviceContext) -> Iterator[Question]:
    """How far it is, for who will not travel far, where no place is known."""
    kinds, limits = context.knowledge.limit_kinds, context.person.limits
    told = next((kinds[one] for one in (Looked.TRAVEL, Looked.NEAR) if one in limits and one in kinds), None)
    if told and told.ask and not _is_placed(fit, context):
        yield Question(told, told.ask)


def _is_placed(fit: Fit, context: AdviceContext) -> bool:
    item, journey = fit.profile.item, fit.candidate.journey
    if _is_own_boss(item) or _is_at_home(item):
        return True
    if isinstance(item, Route):
        desk = to_call(journey.nearby, item, context)
        return bool(desk.place) if desk else item.first_call.place is not None
    return journey.how in ROADS or journey.how is How.ONLINE


def _of_pay(item: Offerable, context: AdviceContext) -> Iterator[Question]:
    """Whether there is a wage, for who needs one; of lessons and nothing else it is known that there is none."""
    kind = context.knowledge.limit_kinds.get(Looked.PAY)
    is_needed = context.told(FactRole.PAY) is True
    if kind and kind.ask and is_needed and pays(item, context) is None and not only_lessons(item.forms):
        yield Question(kind, kind.ask)


def _of_home(fit: Fit, context: AdviceContext) -> Iterator[Question]:
    """Whether it can be done at home, for who said that they need that."""
    kind = context.knowledge.limit_kinds.get(Looked.ONLINE)
    if kind is None or Looked.ONLINE not in context.person.limits or _is_at_home(fit.profile.item):
        return
    rows = _rows(fit, context)
    text = kind.clash if rows and all(row is not None and _is_bodily(row) for row in rows) else kind.ask
    if text:
        yield Question(kind, text)


def _is_bodily(row: WorkRow) -> bool:
    """Whether it is work with the hands or out of doors, and never at a screen."""
    traits = row.traits
    return not traits[Trait.SCREEN] and bool(traits[Trait.HEAVY] or traits[Trait.OUTDOORS])


def _is_at_home(item: Offerable) -> bool:
    return bool(item.forms) and set(item.forms) <= AT_HOME


def _is_own_boss(item: Offerable) -> bool:
    return isinstance(item, Route) and item.earns is Earning.OWN_BOSS
