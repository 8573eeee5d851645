"""The whole reasoning about one programme or one way to pay, as a tree: why, why not, and what is unknown."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.advice.context import AdviceContext
from bot.advice.model import MoneyStatus, Reason, ScorePart, Verdict
from bot.advice.money import assess
from bot.advice.ranking import shown_to
from bot.advice.scoring import Fit, Scorer
from bot.advice.seeker import Seeker, to_person
from bot.compiled import Compiled
from bot.content.conditions import All, AnyOf, Comparison, Condition, Not, Operator, Value
from bot.content.knowledge import Rule, Subsidy
from bot.content.language import ExplainingWords
from bot.content.problems import did_you_mean
from bot.eligibility import Truth, judge
from bot.errors import BotError
from bot.matching import words
from bot.text import Text, in_each, say_list

MOST_NAMED = 5  # ids, when an id is not known and a name is


@dataclass(frozen=True, slots=True)
class Explanation:
    """A thought, and the thoughts that it rests on."""

    text: Text
    because: tuple["Explanation", ...] = ()

    def lines(self, language: str, depth: int = 0) -> Iterator[str]:
        yield "  " * depth + self.text[language]
        for one in self.because:
            yield from one.lines(language, depth + 1)


def explain(compiled: Compiled, answers: Mapping[str, Any], item_id: str, *, on: date) -> Explanation:
    """Why, and why not, for a programme, a route or a way to pay. Raises BotError when there is none with that id."""
    knowledge = compiled.content.knowledge
    explainer = _Explainer(compiled, to_person(compiled, answers), on)
    if subsidy := knowledge.subsidies.get(item_id):
        return explainer.money(subsidy)
    if item_id in compiled.catalogue.profiles:
        return explainer.offer(item_id)
    known = [*knowledge.programmes, *knowledge.routes, *knowledge.subsidies]
    hint = did_you_mean(item_id, known) or _named_so(compiled, item_id)
    raise BotError(f"There is no programme, route or scheme {item_id!r}. {hint or ''}".strip())


def _named_so(compiled: Compiled, typed: str) -> str:
    """The ids of what has these words in its name: "novi" is no id, and is a name."""
    asked = words(typed)
    near = [
        item.id
        for item in compiled.content.knowledge.items
        if set(asked) <= {word for name in item.names for word in words(name)}
    ]
    return f"Its id may be {say_list(list(map(repr, near[:MOST_NAMED])), 'en', 'or')}." if asked and near else ""


@dataclass(frozen=True, slots=True)
class _Explainer:
    """Puts the reasoning for one person into words, in every language that the content speaks."""

    compiled: Compiled
    person: Seeker
    on: date

    def money(self, subsidy: Subsidy) -> Explanation:
        money = assess(subsidy, self.person.facts, self.compiled.content.knowledge, on=self.on)
        title = self._titled(subsidy.title, self._money(money.status))
        because = (*self._reasons(money.reasons), *self._miss(money.nearest_miss), *self._rules(subsidy.rules))
        return Explanation(title, because)

    def offer(self, item_id: str) -> Explanation:
        """Of a programme or a route."""
        scorer = Scorer(AdviceContext.of(self.compiled, self.person, on=self.on))
        profile = self.compiled.catalogue.profiles[item_id]
        rules = self._rules(profile.item.rules)
        not_shown = self._titled(profile.item.title, self._verdict(Verdict.DOES_NOT_FIT))
        fit = scorer.take(profile)
        if fit is None:
            found = scorer.obstacles(profile)
            return Explanation(not_shown, (*self._reasons(found.reasons), *self._miss(found.nearest_miss), *rules))
        if any(one.profile.item.id == item_id for one in shown_to(scorer, self.compiled.catalogue)):
            title = self._titled(profile.item.title, self._verdict(fit.verdict))
            return Explanation(title, (*rules, self._score(fit)))
        return Explanation(not_shown, (*self._reasons((scorer.outranked,)), *rules, self._score(fit)))

    # ------------------------------------------------------------------ words
    def _word(self, of: Callable[[ExplainingWords], Mapping[str, str]], code: str) -> Text:
        """The word for a code; the code itself in a language that has none."""
        content = self.compiled.content
        spoken = {one: content.languages.get(one) for one in content.country.languages}
        words = {one: of(language.explaining) if language else {} for one, language in spoken.items()}
        return Text({one: said.get(code, code.replace("_", " ")) for one, said in words.items()})

    def _verdict(self, verdict: Verdict) -> Text:
        return self._word(lambda said: said.verdicts, verdict)

    def _money(self, status: MoneyStatus) -> Text:
        return self._word(lambda said: said.money, status)

    def _truth(self, truth: Truth) -> Text:
        return self._word(lambda said: said.truths, truth)

    def _head(self, code: str) -> Text:
        return self._word(lambda said: said.heads, code)

    def _titled(self, title: Text, verdict: Text) -> Text:
        return in_each([title, verdict], lambda language: f"{title[language]}: {verdict[language]}")

    # ------------------------------------------------------------------ reasons and scores
    def _reasons(self, reasons: Iterable[Reason]) -> tuple[Explanation, ...]:
        return tuple(Explanation(self._said(reason)) for reason in reasons)

    def _said(self, reason: Reason) -> Text:
        outcome = self._word(lambda said: said.outcomes, reason.outcome)
        return in_each([reason.text], lambda language: f"{reason.text[language]} [{outcome[language]}]")

    def _miss(self, miss: Text | None) -> tuple[Explanation, ...]:
        if miss is None:
            return ()
        helps = self._head("helps")
        return (Explanation(in_each([miss], lambda language: f"{helps[language]}: {miss[language]}")),)

    def _score(self, fit: Fit) -> Explanation:
        order = self._head("order")
        text = in_each([order], lambda language: f"{order[language]}: {fit.score:.2f}")
        return Explanation(text, tuple(map(_part, fit.parts)))

    # ------------------------------------------------------------------ rules
    def _rules(self, rules: Iterable[Rule]) -> tuple[Explanation, ...]:
        told = tuple(Explanation(_with_kind(rule), (self._condition(rule.condition),)) for rule in rules)
        return (Explanation(self._head("demands"), told),) if told else ()

    def _condition(self, condition: Condition) -> Explanation:
        truth = self._truth(judge(condition, self.person.facts))
        match condition:
            case Comparison():
                return Explanation(self._comparison(condition, truth))
            case All(parts):
                return self._group("all", truth, parts)
            case AnyOf(parts):
                return self._group("any", truth, parts)
            case Not(part):
                return self._group("not", truth, (part,))

    def _group(self, kind: str, truth: Text, parts: tuple[Condition, ...]) -> Explanation:
        name = self._word(lambda said: said.groups, kind)
        text = in_each([name], lambda language: f"{name[language]}: {truth[language]}")
        return Explanation(text, tuple(map(self._condition, parts)))

    def _comparison(self, comparison: Comparison, truth: Text) -> Text:
        definition = self.compiled.content.knowledge.facts.get(comparison.fact)
        operator = self._word(lambda said: said.operators, comparison.operator)
        known = self.person.facts.get(comparison.fact)

        def line(language: str) -> str:
            name = definition.name[language] if definition else comparison.fact
            asked = "" if comparison.operator is Operator.KNOWN else f" {self._value(comparison.value, language)}"
            told = f" ({self._value(known, language)})" if known is not None else ""
            return f"{name} {operator[language]}{asked}: {truth[language]}{told}"

        return in_each([truth], line)

    def _value(self, value: Value, language: str) -> str:
        if isinstance(value, frozenset):
            return say_list(sorted(value), language)
        if isinstance(value, bool):
            return self._truth(Truth.YES if value else Truth.NO)[language]
        return str(value)


def _part(part: ScorePart) -> Explanation:
    value = "?" if part.value is None else f"{part.value:.2f}"
    head = f"{part.name}: {value} × {part.weight:g}"
    reason = part.reason
    said = reason.text if reason else None
    return Explanation(in_each([said], lambda language: f"{head}  {said[language]}") if said else Text.same(head))


def _with_kind(rule: Rule) -> Text:
    return in_each([rule.because], lambda language: f"{rule.because[language]} ({rule.kind})")
