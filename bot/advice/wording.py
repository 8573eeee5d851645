"""Sentences filled in, and what rules and facts come to in words, in both languages at once."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from bot.advice.model import Reason, RuleOutcome
from bot.content.advice_config import AdviceSentences
from bot.content.knowledge import Rule, RuleKind, SourcedFact
from bot.eligibility import OPEN_SETS, Judgement, wanting
from bot.text import LANGUAGES, Text, fill, say_date, say_euros, say_list

Filling = Text | str | int | float | list[str]


def say(sentence: Text, **filling: Filling) -> Text:
    """Fill `sentence` in both languages: a list and an amount (a float) as each language writes them."""
    dutch, english = (
        fill(sentence[language], {name: _word(value, language) for name, value in filling.items()})
        for language in LANGUAGES
    )
    return Text(dutch, english)


# Offices that every town, school or person has one of: in a sentence they want a word before them, and English.
OFFICES: Mapping[str, Text] = {
    "gemeente": Text("je gemeente", "your municipality (gemeente)"),
    "UWV of gemeente": Text("UWV of je gemeente", "UWV or your municipality (gemeente)"),
    "werkgever": Text("je werkgever", "your employer"),
    "hogeschool of universiteit": Text("je hogeschool of universiteit", "your university"),
}


def office(authority: str) -> Text:
    """Who decides, as it stands in a sentence."""
    return OFFICES.get(authority) or Text(authority, authority)


def in_full(day: date | str) -> Text:
    """A day, or a day as far as it is known ("2024-04")."""
    return Text(say_date(day, "nl"), say_date(day, "en"))


def _word(value: Filling, language: str) -> str:
    match value:
        case Text():
            return value[language]
        case float():
            return say_euros(value, language)
        case list():
            return say_list(value, language)
        case _:
            return str(value)


def of_rules(judgement: Judgement, sentences: AdviceSentences, language: str) -> tuple[Reason, ...]:
    """Every rule that concerns this person as a reason: what decides first.

    A rule says what is asked for. Of one that holds we add that it holds; one that holds because nobody said
    otherwise is no news. `language`: the fact of how well they speak Dutch.
    """
    return (
        *(_of_rule(rule, RuleOutcome.NOT_MET) for rule in judgement.failed),
        *(_of_rule(rule, RuleOutcome.UNKNOWN) for rule in judgement.unknown),
        # Two rules may stand for one demand.
        *dict.fromkeys(_of_rule(rule, RuleOutcome.ASK_FIRST) for rule in judgement.manual),
        *(_of_rule(rule, RuleOutcome.NOT_MET) for rule in judgement.missed),
        *(
            _of_met(rule, sentences, language)
            for rule in judgement.satisfied
            if rule.kind not in (RuleKind.MANUAL_CHECK, RuleKind.SOFT_EXCLUSION)
        ),
    )


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
    return Text(say_list([text.nl for text in texts], "nl"), say_list([text.en for text in texts], "en"))


def first_fact(facts: Mapping[str, SourcedFact], names: Iterable[str], on: date) -> Text | None:
    """The first of these facts that is known, in words, as it was on a day, or last before it."""
    return next((text for name in names if name in facts and (text := in_words(facts[name], on))), None)


def in_words(fact: SourcedFact, on: date) -> Text | None:
    value = fact.value
    if isinstance(value, tuple):
        begun = [period for period in value if period.from_ is None or period.from_ <= on]
        latest = max(begun, key=lambda period: period.from_ or date.min, default=None)
        if latest is None or not isinstance(latest.value, Text):
            return None
        if latest.until is None or on <= latest.until:
            return latest.value
        return Text(*(f"{latest.value[language]} ({latest.until.year})" for language in LANGUAGES))
    match value:
        case Text():
            return value
        case bool() | None:
            return None
        case int() | float():
            return Text(*(say_euros(value, language) for language in LANGUAGES))
        case str():
            return Text(value, value)


def joined(*texts: Text) -> Text:
    """Sentences one after the other."""
    return Text(" ".join(text.nl for text in texts), " ".join(text.en for text in texts))
