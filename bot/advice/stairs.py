"""The whole stair from a first step to the work that somebody wants: what comes after it, how long it all takes, and
what is a good end nearer by."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from bot.advice.context import AdviceContext
from bot.advice.filling import joined, say
from bot.advice.model import Offer
from bot.catalogue import MONTHS_A_YEAR
from bot.content.conditions import Comparison, Operator, comparisons, members
from bot.content.knowledge import FactRole, Offerable, Route, RouteKind, Rule, RuleKind
from bot.eligibility import Truth, judge
from bot.text import Text, count_words, in_each

SHORT_NAME = 3  # words of a way that is named on a first screen; a longer one is called by its level
MOST_NAMED = 9  # words of all names on a first screen; of more steps only their number is said
START = 2  # the rank of the least diploma that is called enough to work with (startkwalificatie: mbo 2)
SHORT_NOTE = 2  # words between brackets that stay with a name: "mbo 4"
NAME_ENDS = re.compile(r"\s*[(,:].*")
NOTE = re.compile(r"\(([^()]*)\)")
DEGREES = frozenset({RouteKind.AD, RouteKind.HBO, RouteKind.WO})
BACHELORS = DEGREES - {RouteKind.AD}


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long all steps take together, in months. `most` is None when nobody knows the most of one of them.

    `is_whole`: of every step somebody knows how long it takes at least; else there is no sum to say.
    """

    least: int
    most: int | None
    is_whole: bool = True

    @classmethod
    def of(cls, steps: Sequence[Offerable]) -> "Lasting":
        """A first degree takes its whole time; one after a bachelor of a step before it the least that it can take."""
        routes = [one for one in steps if isinstance(one, Route)]
        most = [one.months.to if one.months else None for one in routes]
        known = [one for one in most if one is not None]
        first = next((place for place, one in enumerate(routes) if one.kind in BACHELORS), len(routes))
        least = [_least(one, is_first=place <= first) for place, one in enumerate(routes)]
        is_whole = len(routes) == len(steps) and all(least)
        return cls(sum(least), sum(known) if len(known) == len(steps) else None, is_whole)


def _least(route: Route, *, is_first: bool) -> int:
    if route.months is None:
        return 0
    shortest, longest = route.months.from_, route.months.to
    return (longest or shortest or 0) if route.kind in DEGREES and is_first else (shortest or longest or 0)


def on_screen(offer: Offer, context: AdviceContext, *, named: bool = True) -> Text | None:
    """ "Daarna havo of vwo, hbo: samen 6 tot 8 jaar", of a first step; with no step `named` how long it all takes."""
    if not offer.after:
        return None
    sentences, lasting = context.sentences, Lasting.of((offer.item, *offer.after))
    long_way, time = is_long(lasting, context), _in_years(lasting, context)
    asked = [_asked_then(offer.unopened, context)] if offer.unopened else []
    if time and not named:
        return joined(say(sentences.stairs_total_long if long_way else sentences.stairs_total, time=time), *asked)
    names = _listed([_short(one, (offer.item, *offer.after), context) for one in offer.after], context)
    if count_words(names) > MOST_NAMED or (not named and len(offer.after) > 1):
        names = say(sentences.stairs_number, number=len(offer.after))
    if time is None:
        return joined(say(sentences.stairs_after, steps=names), *asked)
    after = say(sentences.stairs_after_long if long_way else sentences.stairs_after_years, steps=names, time=time)
    return joined(after, *asked)


def in_full(offer: Offer, context: AdviceContext) -> Iterator[Text]:
    """What it asks to enter, where a test may take the place of that; and of a first step the whole stair.

    That is each step with its years, what it comes to, whether that is a long way, and the test that may shorten it.
    """
    if isinstance(offer.item, Route) and (
        entry := entered_by_test(offer.item, context) or undecided(offer.item, context)
    ):
        yield entry.because
    if not offer.after:
        return
    sentences, lasting = context.sentences, Lasting.of((offer.item, *offer.after))
    names = _listed([_with_years(one, context) for one in offer.after], context)
    time = _in_years(lasting, context)
    all_together = (say(sentences.stairs_together, time=time),) if time else ()
    asked = (rule.because for one in offer.unopened for rule in _of_level(one, context))
    yield joined(say(sentences.stairs_steps, steps=names), *dict.fromkeys(asked), *all_together)
    if is_long(lasting, context):
        yield joined(*_long_way(offer, lasting, context))
    if not offer.unopened and (test := _test(offer.after, context)):
        yield test


def not_opened(first: Route, after: Sequence[Route], context: AdviceContext) -> tuple[Route, ...]:
    """Of what comes after a first step, what asks a level that neither they have nor a diploma on the way gives."""
    told, closed = context.told(FactRole.LEVEL), list[Route]()
    if not isinstance(told, str):
        return ()
    have = [told]
    for before, step in pairwise((first, *after)):
        have += [before.leads_to] if before.leads_to and before.leads_to in context.ranks else []
        if any(not any(_meets(level, rule, context) for level in have) for rule in _of_level(step, context)):
            closed.append(step)
    return tuple(closed)


def _of_level(route: Route, context: AdviceContext) -> list[Rule]:
    """What a route asks of the level of somebody, and of nothing else; a question to ask there is no demand."""
    level = context.fact_of(FactRole.LEVEL)
    return [one for one in route.rules if one.facts == {level} and one.kind is not RuleKind.MANUAL_CHECK]


def _asked_then(unopened: Sequence[Route], context: AdviceContext) -> Text:
    """What to ask of a step that no diploma opens: the test that takes its place, else which diploma that is."""
    ages = (_age_of_test(rule, context) for step in unopened for rule in step.rules)
    age = next((one for one in ages if one is not None), None)
    sentences = context.sentences
    return sentences.stairs_then_diploma if age is None else say(sentences.stairs_then_test, age=age)


def is_long(lasting: Lasting, context: AdviceContext) -> bool:
    """Whether it ends after the years that somebody works, or takes so long that we say so at any age."""
    return _is_late(lasting, context) or lasting.least >= context.weights.long_way_years.value * MONTHS_A_YEAR


def _is_late(lasting: Lasting, context: AdviceContext) -> bool:
    age = context.told(FactRole.AGE)
    return isinstance(age, int) and age + lasting.least / MONTHS_A_YEAR > context.weights.working_until.value


def _long_way(offer: Offer, lasting: Lasting, context: AdviceContext) -> Iterator[Text]:
    sentences, age = context.sentences, context.told(FactRole.AGE)
    if _is_late(lasting, context) and isinstance(age, int):
        yield say(sentences.stairs_late, age=age + lasting.least // MONTHS_A_YEAR)
    else:
        yield sentences.stairs_long
    if work := nearer(offer, context):
        yield say(sentences.stairs_nearer, work=work)


def nearer(offer: Offer, context: AdviceContext) -> Text | None:
    """Work that is a good end by itself; None when the knowledge has none.

    What one becomes first on the way; else by another way to the door of the last step; else what people begin with in
    its sector, the most like it by the code of the work.
    """
    top, knowledge = offer.after[-1], context.knowledge
    stairs = [one for one in (offer.item, *offer.after[:-1]) if isinstance(one, Route)]
    near = [one for one in stairs if context.ranks.get(one.leads_to or "", START) >= START]
    beside = [one for one in knowledge.routes.values() if top.id in one.stairs and one.leads_to in context.ranks]
    now = members(context.person.facts.get("current_occupations"))
    wish = now.union(top.occupations)  # whom it is said to works in it already, or wants to
    works = (one for one in (*near, *beside) if one.occupations and wish.isdisjoint(one.occupations))
    if first := next(works, None):
        return first.becomes
    begun = [one for sector in top.sectors for one in knowledge.sectors[sector].occupations if one not in wish]
    codes = [knowledge.occupations[one].isco for one in top.occupations]

    def alike(occupation: str) -> int:
        return max((_alike(knowledge.occupations[occupation].isco, code) for code in codes), default=0)

    most = max(begun, key=alike, default=None)
    return knowledge.occupations[most].name if most else None


def _alike(one: str, other: str) -> int:
    """The first digits that two codes of work have in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _test(after: Sequence[Route], context: AdviceContext) -> Text | None:
    """The test from some age that opens a later step without the diploma before it, to who is old enough."""
    for step in after:
        for rule in step.rules:
            if (age := _age_of_test(rule, context)) is not None and not _has_what_it_asks(rule, context):
                if step.kind is RouteKind.WO:
                    return say(context.sentences.stairs_test_university, age=age)
                return say(context.sentences.stairs_test, age=age, course=_listed([_plain(step.name)], context))
    return None


def by_test(offer: Offer, context: AdviceContext) -> Text | None:
    """ "toets vanaf 21 jaar", to who may enter by that alone."""
    if not isinstance(offer.item, Route) or not (rule := entered_by_test(offer.item, context)):
        return None
    age = _age_of_test(rule, context)
    return None if age is None else say(context.sentences.card_test, age=age)


def said_of_level(offer: Offer, context: AdviceContext) -> frozenset[Text]:
    """What is said of the level that a route asks: where there is no room for that, the test stands in its place."""
    asked = _of_level(offer.item, context) if isinstance(offer.item, Route) else []
    return frozenset(one.because for one in asked if one.because in offer.nearly)


def entered_by_test(route: Route, context: AdviceContext) -> Rule | None:
    """The rule that somebody meets by their age only, because a test is for who lacks the diploma that it asks."""
    if not isinstance(context.told(FactRole.LEVEL), str):
        return None
    by_age = (one for one in route.rules if _age_of_test(one, context) is not None)
    return next((one for one in by_age if not _has_what_it_asks(one, context)), None)


def _has_what_it_asks(rule: Rule, context: AdviceContext) -> bool:
    """Whether their diploma opens it, so that no test need."""
    level, fact = context.told(FactRole.LEVEL), context.fact_of(FactRole.LEVEL)
    asked = (one for one in comparisons(rule.condition) if one.fact == fact)
    return isinstance(level, str) and any(_is_met(level, one) for one in asked)


def undecided(route: Route, context: AdviceContext) -> Rule | None:
    """What a university asks, of who has a diploma of school: havo and vwo are one answer, and only vwo opens it."""
    level, fact = context.told(FactRole.LEVEL), context.fact_of(FactRole.LEVEL)
    degree = context.ranks.get(RouteKind.HBO, 0)
    if route.kind is not RouteKind.WO or not isinstance(level, str) or context.ranks.get(level, 0) >= degree:
        return None
    of_level = (rule for rule in route.rules if rule.kind is RuleKind.SOFT and rule.facts == {fact})
    asked = ((rule, one) for rule in of_level for one in comparisons(rule.condition))
    return next((rule for rule, one in asked if one.operator is Operator.IN and _is_met(level, one)), None)


def _is_met(level: str, one: Comparison) -> bool:
    return judge(one, {one.fact: level}) is Truth.YES


def _meets(level: str, rule: Rule, context: AdviceContext) -> bool:
    return judge(rule.condition, {context.fact_of(FactRole.LEVEL): level}) is Truth.YES


def _age_of_test(rule: Rule, context: AdviceContext) -> int | None:
    """From which age a test takes the place of a diploma; None when there is none, or for who is younger."""
    age, level = context.told(FactRole.AGE), context.fact_of(FactRole.LEVEL)
    asked = list(comparisons(rule.condition))
    from_age = next((one.value for one in asked if _is_least_age(one, context)), None)
    opens = rule.kind is RuleKind.HARD and any(one.fact == level for one in asked)
    is_old_enough = isinstance(age, int) and isinstance(from_age, int) and age >= from_age
    return from_age if opens and is_old_enough and isinstance(from_age, int) else None


def _is_least_age(one: Comparison, context: AdviceContext) -> bool:
    return one.fact == context.fact_of(FactRole.AGE) and one.operator is Operator.AT_LEAST


# ------------------------------------------------------------------ names and years
def _short(step: Route, stair: Sequence[Offerable], context: AdviceContext) -> Text:
    """The name of a way, or its level where that is long: two ways of one level keep their names."""
    name, level = _name(step.name), context.levels.get(step.leads_to or "")
    same = sum(one.leads_to == step.leads_to for one in stair) > 1
    is_short = ":" not in step.name.fallback and count_words(_plain(step.name)) <= SHORT_NAME
    return name if level is None or same or is_short else level


def _plain(name: Text) -> Text:
    """A name without what stands behind a comma, a colon or between brackets."""
    return in_each([name], lambda language: NAME_ENDS.sub("", name[language]))


def _name(name: Text, *notes: Text) -> Text:
    """A name with its level and other notes between one pair of brackets: "audicien (mbo 4, 3 tot 4 jaar)"."""

    def said(language: str) -> str:
        plain = _plain(name)[language]
        found = NOTE.search(name[language])
        own = [found[1]] if found and len(found[1].split()) <= SHORT_NOTE else []
        noted = ", ".join([*own, *(note[language] for note in notes)])
        return f"{plain} ({noted})" if noted else plain

    return in_each([name, *notes], said)


def _with_years(step: Route, context: AdviceContext) -> Text:
    time = _in_years(Lasting.of([step]), context)
    return _name(step.name, time) if time else _name(step.name)


def _in_years(lasting: Lasting, context: AdviceContext) -> Text | None:
    """ "6 tot 8 jaar", "6 jaar of meer"; None of less than a year."""
    least, sentences = lasting.least // MONTHS_A_YEAR, context.sentences
    if not least or not lasting.is_whole:
        return None
    if lasting.most is None:
        return say(sentences.stairs_years_from, least=least)
    most = -(-lasting.most // MONTHS_A_YEAR)
    if least == most:
        return sentences.stairs_year if least == 1 else say(sentences.card_years, years=least)
    return say(sentences.card_years_between, least=least, most=most)


def _listed(texts: Sequence[Text], context: AdviceContext) -> Text:
    """In a sentence: "hbo Verloskunde" and "timmerman", and "Finance & Control" as it is called."""
    levels = {word for level in context.levels.values() for _, name in level.words for word in name.split()}

    def said(words: str) -> str:
        first, *rest = words.split()
        is_title = any(word[:1].isupper() for word in rest) and first.casefold() not in levels
        return words if is_title or not first[1:2].islower() else words[:1].lower() + words[1:]

    return in_each(texts, lambda language: ", ".join(said(text[language]) for text in texts))
