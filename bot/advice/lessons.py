"""In which languages the lessons of an offer are, as its entry or the register of its school says."""

from bot.advice.context import AdviceContext
from bot.advice.filling import say
from bot.advice.model import Reason, RuleOutcome
from bot.content.knowledge import FactRole, Offerable
from bot.schools import Nearby
from bot.text import Text, in_each, say_languages

STILL_LEARNS = frozenset({"a0", "a1", "a2", "b1"})
"""Levels of the language of the country with which lessons in it are hard."""
NATIVE = "native"  # the letters of levels are in order, and this is behind them all


def languages_of(item: Offerable, near: Nearby | None) -> tuple[str, ...]:
    """The codes of the languages of the lessons; none when nobody knows. `near`: the schools for a route."""
    if item.taught_in or near is None or not near.proven:
        return item.taught_in
    return tuple((near.proven[0].language or "").split())


def still_learns(context: AdviceContext) -> bool:
    return context.told(FactRole.LANGUAGE) in STILL_LEARNS


def reason_of_lessons(item: Offerable, near: Nearby | None, context: AdviceContext) -> Reason | None:
    """What is said of the language of the lessons: to who learns ours always, to others when it is another."""
    codes, ours = languages_of(item, near), context.first_language
    if not codes or (ours in codes and not still_learns(context)):
        return None
    outcome = RuleOutcome.ASK_FIRST if codes == (ours,) else RuleOutcome.MET
    text = say(context.sentences.lessons_in, languages=_named(codes, context.sentences.lessons_in))
    return Reason(text, outcome, context.fact_of(FactRole.LANGUAGE))


def reason_of_level(item: Offerable, context: AdviceContext) -> Reason | None:
    """The level that is asked, to who is not known to have been born with the language."""
    has = context.told(FactRole.LANGUAGE)
    if item.asks_language is None or not isinstance(has, str) or has == NATIVE:
        return None
    text = say(context.sentences.level_asked, level=item.asks_language.upper())
    outcome = RuleOutcome.MET if has >= item.asks_language else RuleOutcome.NOT_MET
    return Reason(text, outcome, context.fact_of(FactRole.LANGUAGE))


def level_on_card(item: Offerable, context: AdviceContext) -> Text | None:
    """The same in a few words, to who has less than that."""
    reason = reason_of_level(item, context)
    if item.asks_language is None or reason is None or reason.outcome is not RuleOutcome.NOT_MET:
        return None
    return say(context.sentences.card_level_asked, level=item.asks_language.upper())


def on_card(item: Offerable, near: Nearby | None, context: AdviceContext) -> Text | None:
    """The same in a few words, where it is another language: of their own it is asked how much it takes."""
    codes = languages_of(item, near)
    if not codes or codes == (context.first_language,):
        return None
    sentence = context.sentences.card_lessons_in
    return say(sentence, languages=_named(codes, sentence))


def _named(codes: tuple[str, ...], like: Text) -> Text:
    return in_each([like], lambda language: say_languages(codes, language))
