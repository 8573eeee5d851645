"""Sentences filled in, and what rules and facts come to in words, in all languages at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from bot.advice.model import Reason, RuleOutcome
from bot.content.advice_config import AdviceSentences
from bot.content.knowledge import Rule, RuleKind, SourcedFact
from bot.eligibility import OPEN_SETS, Judgement, wanting
from bot.text import Text, fill, in_each, say_date, say_euros, say_list


@dataclass(frozen=True, slots=True)
class Day:
    """A day to be filled in, or a day as far as it is known ("2024-04")."""

    said: date | str


@dataclass(frozen=True, slots=True)
class OneOf:
    """Names to be filled in of which one is enough: "a of b"."""

    names: tuple[str, ...]


FrozenFilling = Text | Day | OneOf | str | int | float | tuple[str, ...]
Filling = FrozenFilling | list[str]


def say(sentence: Text, **filling: Filling) -> Text:
    """Fill `sentence` in each language: a list and an amount (a float) as each language writes them."""
    return _said(sentence, tuple((name, _frozen(value), type(value)) for name, value in filling.items()))


def _frozen(value: Filling) -> FrozenFilling:
    return tuple(value) if isinstance(value, list) else value


# Most sentences of an advice are those of the one before: words are found faster than made. A type is in the key,
# because 1 and 1.0 are equal and not written the same.
@lru_cache(maxsize=20_000)
def _said(sentence: Text, filling: tuple[tuple[str, FrozenFilling, type], ...]) -> Text:
    return in_each(
        [sentence],
        lambda one: fill(sentence[one], {name: _word(value, one) for name, value, _ in filling}),
    )


def _word(value: FrozenFilling, language: str) -> str:
    match value:
        case Text():
            return value[language]
        case Day(day):
            return say_date(day, language)
        case OneOf(names):
            return say_list(names, language, "or")
        case float():
            return say_euros(value, language)
        case tuple():
            return say_list(value, language)
        case _:
            return str(value)


def of_rules(judgement: Judgement, sentences: AdviceSentences, language: str) -> tuple[Reason, ...]:
    """Every rule that concerns this person as a reason: what decides first.

    A rule says what is asked for. Of one that holds we add that it holds; one that holds because nobody said
    otherwise is no news. `language`: the fact of how well they speak Dutch.
    """
    return (
        *of_failed(judgement),
        *(_of_rule(rule, RuleOutcome.UNKNOWN) for rule in judgement.unknown),
        # Two rules may stand for one demand.
        *dict.fromkeys(_of_rule(rule, RuleOutcome.ASK_FIRST) for rule in judgement.manual),
        *(
            _of_rule(rule, RuleOutcome.ASK_FIRST if rule.only_asks else RuleOutcome.NOT_MET)
            for rule in judgement.missed
        ),
        *(
            _of_met(rule, sentences, language)
            for rule in judgement.satisfied
            if rule.kind not in (RuleKind.MANUAL_CHECK, RuleKind.SOFT_EXCLUSION)
            if not rule.only_asks or rule.facts == {language}
        ),
    )


def of_failed(judgement: Judgement) -> tuple[Reason, ...]:
    """The rules that stand in the way."""
    return tuple(_of_rule(rule, RuleOutcome.NOT_MET) for rule in judgement.failed)


def _of_met(rule: Rule, sentences: AdviceSentences, language: str) -> Reason:
    """What holds, said as such. Who speaks the language need not hear which language it is."""
    reason = _of_rule(rule, RuleOutcome.MET)
    is_language = rule.facts == {language}
    return replace(reason, text=sentences.dutch_is_enough if is_language else joined(reason.text, sentences.demand_met))


def _of_rule(rule: Rule, outcome: RuleOutcome) -> Reason:
    return Reason(rule.because, outcome, min(wanting(rule) or rule.facts - OPEN_SETS or rule.facts))


def changes(rules: Iterable[Rule]) -> Text | None:
    """What would have to change, all of it; None when nothing would help."""
    texts = [rule.change for rule in rules if rule.change]
    if not texts:
        return None
    return in_each(texts, lambda language: say_list([text[language] for text in texts], language))


def first_fact(
    facts: Mapping[str, SourcedFact], names: Iterable[str], on: date, languages: Iterable[str]
) -> Text | None:
    """The first of these facts that is known, in words, as it was on a day, or last before it."""
    return next((text for name in names if name in facts and (text := in_words(facts[name], on, languages))), None)


def in_words(fact: SourcedFact, on: date, languages: Iterable[str]) -> Text | None:
    """What a fact says on a day, in these languages."""
    value = fact.value
    if isinstance(value, tuple):
        begun = [period for period in value if period.from_ is None or period.from_ <= on]
        latest = max(begun, key=lambda period: period.from_ or date.min, default=None)
        if latest is None or not isinstance(latest.value, Text):
            return None
        if latest.until is None or on <= latest.until:
            return latest.value
        period, year = latest.value, latest.until.year
        return in_each([period], lambda language: f"{period[language].rstrip('.')} ({year})")
    match value:
        case Text():
            return value
        case bool() | None:
            return None
        case int() | float():
            return Text({language: say_euros(value, language) for language in languages})
        case str():
            return Text.same(value)


def one_of(texts: Sequence[Text]) -> Text:
    """Texts of which one is enough: "a of b"."""
    return in_each(texts, lambda language: say_list([text[language] for text in texts], language, "or"))


def joined(*texts: Text) -> Text:
    """Sentences one after the other."""
    return in_each(texts, lambda language: " ".join(text[language] for text in texts))
