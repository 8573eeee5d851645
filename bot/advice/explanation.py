"""The whole reasoning about one programme or one way to pay, as a tree: why, why not, and what is unknown."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.advice.context import AdviceContext
from bot.advice.model import MoneyStatus, Reason, RuleOutcome, ScorePart, Verdict
from bot.advice.money import assess
from bot.advice.ranking import shown_to
from bot.advice.scoring import Fit, Scorer
from bot.advice.seeker import to_person
from bot.compiled import Compiled
from bot.content.conditions import All, AnyOf, Comparison, Condition, Not, Operator, Value
from bot.content.knowledge import FactDefinition, Rule
from bot.content.problems import did_you_mean
from bot.eligibility import Facts, Truth, judge
from bot.errors import BotError
from bot.matching import words
from bot.text import Text, in_each, say_list

MOST_NAMED = 5  # ids, when an id is not known and a name is

VERDICTS: Mapping[Verdict | MoneyStatus, Text] = {
    Verdict.FITS: Text(nl="past", en="fits"),
    Verdict.MAYBE: Text(nl="past misschien", en="may fit"),
    Verdict.DOES_NOT_FIT: Text(nl="past niet", en="does not fit"),
    MoneyStatus.ELIGIBLE: Text(nl="kun je aanvragen", en="you can ask for it"),
    MoneyStatus.MAYBE: Text(nl="misschien", en="maybe"),
    MoneyStatus.NOT_ELIGIBLE: Text(nl="niet voor jou", en="not for you"),
    MoneyStatus.ENDED: Text(nl="gestopt", en="has stopped"),
    MoneyStatus.CLOSED: Text(nl="nu dicht", en="closed now"),
    MoneyStatus.NOT_FOR_YOU: Text(nl="een ander vraagt dit aan", en="somebody else asks for it"),
}
TRUTHS = {
    Truth.YES: Text(nl="ja", en="yes"),
    Truth.NO: Text(nl="nee", en="no"),
    Truth.UNKNOWN: Text(nl="nog niet bekend", en="not known yet"),
}
OUTCOMES = {
    RuleOutcome.MET: Text(nl="ja", en="yes"),
    RuleOutcome.NOT_MET: Text(nl="nee", en="no"),
    RuleOutcome.UNKNOWN: Text(nl="nog niet bekend", en="not known yet"),
    RuleOutcome.ASK_FIRST: Text(nl="vraag het na", en="ask first"),
}
OPERATORS = {
    Operator.IS: Text(nl="is", en="is"),
    Operator.IN: Text(nl="is een van", en="is one of"),
    Operator.NOT_IN: Text(nl="is geen van", en="is none of"),
    Operator.AT_LEAST: Text(nl="is minstens", en="is at least"),
    Operator.AT_MOST: Text(nl="is hoogstens", en="is at most"),
    Operator.LESS_THAN: Text(nl="is minder dan", en="is less than"),
    Operator.MORE_THAN: Text(nl="is meer dan", en="is more than"),
    Operator.ANY_OF: Text(nl="heeft een van", en="has one of"),
    Operator.ALL_OF: Text(nl="heeft alle van", en="has all of"),
    Operator.NONE_OF: Text(nl="heeft geen van", en="has none of"),
    Operator.KNOWN: Text(nl="is bekend", en="is known"),
}
ALL_OF, ANY_OF, NOT_THIS = (
    Text(nl="alles hiervan", en="all of these"),
    Text(nl="iets hiervan", en="any of these"),
    Text(nl="niet", en="not"),
)
CONDITIONS = Text(nl="voorwaarden", en="demands")
SCORE = Text(nl="volgorde", en="order")
HELPS = Text(nl="dit zou helpen", en="this would help")


@dataclass(frozen=True, slots=True)
class Explanation:
    """A thought, and the thoughts that it rests on."""

    text: Text
    because: tuple["Explanation", ...] = ()

    def lines(self, language: str, depth: int = 0) -> Iterator[str]:
        yield "  " * depth + self.text[language]
        for one in self.because:
            yield from one.lines(language, depth + 1)


def _named_so(compiled: Compiled, typed: str) -> str:
    """The ids of what has these words in its name: "novi" is no id, and is a name."""
    asked = words(typed)
    near = [
        item.id
        for item in compiled.content.knowledge.items
        if set(asked) <= {word for name in item.names for word in words(name)}
    ]
    return f"Its id may be {say_list(list(map(repr, near[:MOST_NAMED])), 'en', 'or')}." if asked and near else ""


def explain(compiled: Compiled, answers: Mapping[str, Any], item_id: str, *, on: date) -> Explanation:
    """Why, and why not, for a programme, a route or a way to pay. Raises BotError when there is none with that id."""
    knowledge = compiled.content.knowledge
    person = to_person(compiled, answers)
    if subsidy := knowledge.subsidies.get(item_id):
        money = assess(subsidy, person.facts, knowledge, on=on)
        return Explanation(
            _titled(subsidy.title, VERDICTS[money.status]),
            (
                *_reasons(money.reasons),
                *_miss(money.nearest_miss),
                *_rules(subsidy.rules, person.facts, knowledge.facts),
            ),
        )
    if item_id not in compiled.catalogue.profiles:
        known = [*knowledge.programmes, *knowledge.routes, *knowledge.subsidies]
        hint = did_you_mean(item_id, known) or _named_so(compiled, item_id)
        raise BotError(f"There is no programme, route or scheme {item_id!r}. {hint or ''}".strip())
    measure = Scorer(AdviceContext.of(compiled, person, on=on))
    profile = compiled.catalogue.profiles[item_id]
    rules = _rules(profile.item.rules, person.facts, knowledge.facts)
    fit = measure.take(profile)
    if fit is None:
        found = measure.obstacles(profile)
        title = _titled(profile.item.title, VERDICTS[Verdict.DOES_NOT_FIT])
        return Explanation(title, (*_reasons(found.reasons), *_miss(found.nearest_miss), *rules))
    shown = [one.profile for one in shown_to(measure, compiled.catalogue)]
    if profile in shown:
        return Explanation(_titled(profile.item.title, VERDICTS[fit.verdict]), (*rules, *_score(fit)))
    title = _titled(profile.item.title, VERDICTS[Verdict.DOES_NOT_FIT])
    return Explanation(title, (*_reasons((measure.outranked,)), *rules, *_score(fit)))


def _titled(title: Text, verdict: Text) -> Text:
    return in_each([title, verdict], lambda language: f"{title[language]}: {verdict[language]}")


def _reasons(reasons: Iterable[Reason]) -> tuple[Explanation, ...]:
    return tuple(Explanation(_said(reason)) for reason in reasons)


def _said(reason: Reason) -> Text:
    outcome = OUTCOMES[reason.outcome]
    return in_each([reason.text], lambda language: f"{reason.text[language]} [{outcome[language]}]")


def _miss(miss: Text | None) -> tuple[Explanation, ...]:
    return (Explanation(in_each([miss], lambda language: f"{HELPS[language]}: {miss[language]}")),) if miss else ()


def _score(fit: Fit) -> tuple[Explanation, ...]:
    return (
        Explanation(
            in_each([SCORE], lambda language: f"{SCORE[language]}: {fit.score:.2f}"), tuple(map(_part, fit.parts))
        ),
    )


def _part(part: ScorePart) -> Explanation:
    value = "?" if part.value is None else f"{part.value:.2f}"
    head = f"{part.name}: {value} × {part.weight:g}"
    reason = part.reason
    said = reason.text if reason else None
    return Explanation(in_each([said], lambda language: f"{head}  {said[language]}") if said else Text.same(head))


# ------------------------------------------------------------------ rules
def _rules(rules: Iterable[Rule], facts: Facts, names: Mapping[str, FactDefinition]) -> tuple[Explanation, ...]:
    told = tuple(
        Explanation(
            _with_kind(rule),
            (_condition(rule.condition, facts, names),),
        )
        for rule in rules
    )
    return (Explanation(CONDITIONS, told),) if told else ()


def _with_kind(rule: Rule) -> Text:
    return in_each([rule.because], lambda language: f"{rule.because[language]} ({rule.kind})")


def _condition(condition: Condition, facts: Facts, names: Mapping[str, FactDefinition]) -> Explanation:
    truth = TRUTHS[judge(condition, facts)]
    match condition:
        case Comparison():
            return Explanation(_comparison(condition, facts, names, truth))
        case All(parts):
            return _group(ALL_OF, truth, parts, facts, names)
        case AnyOf(parts):
            return _group(ANY_OF, truth, parts, facts, names)
        case Not(part):
            return _group(NOT_THIS, truth, (part,), facts, names)


def _group(
    name: Text, truth: Text, parts: tuple[Condition, ...], facts: Facts, names: Mapping[str, FactDefinition]
) -> Explanation:
    because = tuple(_condition(part, facts, names) for part in parts)
    return Explanation(in_each([name], lambda language: f"{name[language]}: {truth[language]}"), because)


def _comparison(comparison: Comparison, facts: Facts, names: Mapping[str, FactDefinition], truth: Text) -> Text:
    def line(language: str) -> str:
        definition = names.get(comparison.fact)
        name = definition.name[language] if definition else comparison.fact
        asked = "" if comparison.operator is Operator.KNOWN else f" {_value(comparison.value, language)}"
        known = facts.get(comparison.fact)
        told = f" ({_value(known, language)})" if known is not None else ""
        return f"{name} {OPERATORS[comparison.operator][language]}{asked}: {truth[language]}{told}"

    return in_each([truth], line)


def _value(value: Value, language: str) -> str:
    if isinstance(value, frozenset):
        return say_list(sorted(value), language)
    if isinstance(value, bool):
        return TRUTHS[Truth.YES if value else Truth.NO][language]
    return str(value)
