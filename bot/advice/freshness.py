"""How old what we know of an item is, said from the date of its source: no editor writes a year by hand."""

from dataclasses import dataclass
from datetime import date

from bot.advice.filling import Day, say
from bot.advice.model import evidence
from bot.advice.money import is_old
from bot.content.advice_config import AdviceSentences
from bot.content.knowledge import Offerable, Programme, ProgrammeStatus, Route, Subsidy
from bot.text import Text

YEAR = len("2021")


@dataclass(frozen=True, slots=True)
class Age:
    """`in_full`: a sentence or two; `in_short`: the word or two that fit on a card."""

    ask_first: bool
    in_full: Text
    in_short: Text


def age_of(item: Offerable | Subsidy, sentences: AdviceSentences, old_after: int, on: date) -> Age | None:
    """`old_after`: in days; a page that is older proves that something existed, not that it runs.

    None of a route without dated facts: no page says whether it runs, for it is there as long as the work is.
    """
    if isinstance(item, Programme) and item.status is ProgrammeStatus.ANNOUNCED:
        return Age(True, sentences.is_announced, sentences.card_announced)
    status = item.facts.get("status")
    dated = status.dated if status else None
    newest = dated or max((fact.dated for fact in evidence(item) if fact.dated), default=None)
    if newest is None and isinstance(item, Route):
        return None
    if newest is None:
        return Age(True, sentences.is_undated, sentences.card_undated)
    year = newest[:YEAR]
    if is_old(newest if isinstance(item, Route) else dated, old_after, on):
        return Age(True, say(sentences.is_old, date=Day(newest)), say(sentences.card_old, year=year))
    return Age(False, say(sentences.is_current, date=Day(newest)), say(sentences.card_current, year=year))
