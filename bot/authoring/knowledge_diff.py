"""What is other in the meaning of programmes, routes and ways to pay, in lines for an editor, and whom it concerns.

Rules, limits, amounts and windows are told; other words, a new day on which one looked, and comments mean the same.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from pathlib import Path

from bot.advice.seeker import to_person
from bot.authoring.mermaid import in_words
from bot.compiled import Compiled
from bot.content.conditions import All, AnyOf, Comparison, Condition, Not
from bot.content.knowledge import FactValue, Knowledge, Programme, Route, Rule, Subsidy
from bot.content.knowledge.course import Costs, Where
from bot.content.knowledge.route import Months
from bot.content.knowledge.subsidy import Validity, Window
from bot.content.load import read_knowledge
from bot.content.problems import BrokenContent, Severity
from bot.content.reader import Reader
from bot.eligibility import Truth, weigh
from bot.engine import State
from bot.engine.state import Mode
from bot.store.lead_model import Lead
from bot.text import Text, shorten

Item = Programme | Route | Subsidy

COURSE = {
    "kind": "it is",
    "forms": "it is followed as",
    "hours": "hours a week",
    "paid": "pay while learning",
    "costs": "what the person pays",
    "leads_to": "it leads to",
    "taught_in": "the lessons are in",
    "asks_language": "the level of the language that is asked",
    "sectors": "its sectors",
}
FIELDS: Mapping[type[Item], Mapping[str, str]] = {
    Programme: {
        "status": "its status",
        "audience": "it is for",
        **COURSE,
        "where": "where",
        "occupations": "the work it trains for",
        "replaced_by": "what came instead",
    },
    Route: {
        **COURSE,
        "months": "how many months it takes",
        "occupations": "the occupations it leads to",
        "qualification": "its qualification",
        "pays": "the ways to pay that may be for it",
        "stairs": "the routes that come after it",
        "given_by": "who gives it",
        "earns": "what there is in place of a wage",
        "tries": "whether it proposes to join without a wage",
        "usual_for": "the work that most adults get into in this way",
        "same_as": "the programmes that are this very way",
    },
    Subsidy: {
        "status": "its status",
        "applicants": "who can apply",
        "form": "what one gets",
        "valid": "it is there",
        "windows": "one can apply",
        "employer_decides": "the own employer decides",
        "excludes": "what cannot be combined with it",
        "requires": "what is needed first",
        "replaced_by": "what came instead",
        "pays_for": "the courses it pays for",
        "by_name": "a route that it is for names it",
        "only_allows": "it only lets somebody keep a benefit",
    },
}
"""What has a meaning to rules, lists and cards, with what editors read of it."""
LONGEST = 160  # characters of a value
_FIGURES = re.compile(r"\d[\d.,]*")


def read_side(path: Path) -> Knowledge | None:
    """The knowledge of a folder; None for one without, and for a file. Raises BrokenContent when it cannot be read."""
    if not (path / "knowledge").is_dir():
        return None
    reader = Reader(path)
    knowledge = read_knowledge(reader)
    if any(problem.severity is Severity.ERROR for problem in reader.problems):
        raise BrokenContent(reader.problems)
    return knowledge


def items_of(knowledge: Knowledge) -> dict[str, Item]:
    return {**knowledge.programmes, **knowledge.routes, **knowledge.subsidies}


# ------------------------------------------------------------------ the files
@dataclass(frozen=True, slots=True)
class Changed:
    """What is other of one item. `rules`: whether that decides whom it fits."""

    id: str
    lines: tuple[str, ...]
    rules: bool


def changes(old: Knowledge, new: Knowledge) -> list[Changed]:
    """Each item that means something else now, in the order of their ids."""
    before, after = items_of(old), items_of(new)
    found = [Changed(one, ("it is gone: nobody is shown it any more.",), False) for one in before.keys() - after.keys()]
    found += [Changed(one, ("it is new.",), False) for one in after.keys() - before.keys()]
    for name in before.keys() & after.keys():
        rules = list(_rules(before[name], after[name]))
        if lines := (*rules, *_fields(before[name], after[name]), *_facts(before[name], after[name])):
            found.append(Changed(name, lines, bool(rules)))
    return sorted(found, key=lambda one: one.id)


def _rules(old: Item, new: Item) -> Iterator[str]:
    yield from _each_rule(old.rules, new.rules, "")
    if isinstance(old, Subsidy) and isinstance(new, Subsidy):
        was, now = (one.company.rules if one.company else () for one in (old, new))
        yield from _each_rule(was, now, " of a company")
        yield from _each_rule(old.course_rules, new.course_rules, " of a course")
        if (old.company is None) != (new.company is None):
            yield "companies are told of it now." if new.company else "no company is told of it any more."


def _each_rule(old: tuple[Rule, ...], new: tuple[Rule, ...], of: str) -> Iterator[str]:
    before, after = {rule.id: rule for rule in old}, {rule.id: rule for rule in new}
    for name in sorted(before.keys() - after.keys()):
        yield f"the rule {name!r}{of} is gone: it asked {in_words(before[name].condition)} ({before[name].kind})."
    for name in sorted(after.keys() - before.keys()):
        yield f"the rule {name!r}{of} is new: it asks {in_words(after[name].condition)} ({after[name].kind})."
    for name in (name for name in after if name in before):
        was, now = before[name], after[name]
        if _meaning(was.condition) != _meaning(now.condition):
            yield f"the rule {name!r}{of} asks {in_words(now.condition)}, and asked {in_words(was.condition)}."
        if was.kind != now.kind:
            yield f"the rule {name!r}{of} is {now.kind}, and was {was.kind}."


def _meaning(condition: Condition) -> object:
    """A condition without the order in which its parts stand."""
    match condition:
        case All(parts) | AnyOf(parts):
            return type(condition).__name__, frozenset(map(_meaning, parts))
        case Not(part):
            return "not", _meaning(part)
        case Comparison():
            return condition


def _fields(old: Item, new: Item) -> Iterator[str]:
    if type(old) is not type(new):
        yield f"it is a {type(new).__name__.casefold()}, and was a {type(old).__name__.casefold()}."
        return
    for name, what in FIELDS[type(new)].items():
        was, now = _said(getattr(old, name)), _said(getattr(new, name))
        if was != now:
            yield f"{what}: {now}, and was: {was}."


def _facts(old: Item, new: Item) -> Iterator[str]:
    """Amounts, days and numbers of sources; a text that has the same numbers in other words says the same."""
    for name in sorted(old.facts.keys() | new.facts.keys()):
        was, now = (side.facts[name].value if name in side.facts else None for side in (old, new))
        if name != "status" and _figures(was) != _figures(now):
            yield f"its fact {name!r} is {_value(now)}, and was {_value(was)}."


def _figures(value: FactValue) -> object:
    match value:
        case Text():
            return tuple(sorted(_FIGURES.findall(value.fallback)))
        case tuple():
            return tuple((_figures(one.value), one.from_, one.until) for one in value)
        case str():
            return tuple(sorted(_FIGURES.findall(value))) or value.casefold()
        case _:
            return value


# ------------------------------------------------------------------ in words
def _value(value: FactValue) -> str:
    if isinstance(value, tuple):
        return "; ".join(f"{_value(one.value)} ({_span(one.from_, one.until)})" for one in value) or "nothing"
    return _said(value)


def _said(value: object) -> str:
    return shorten(_whole(value), LONGEST)


def _whole(value: object) -> str:
    match value:
        case None | ():
            return "nothing"
        case bool():
            return "yes" if value else "no"
        case Text():
            return repr(" ".join(value.fallback.split()))
        case Comparison() | All() | AnyOf() | Not():
            return in_words(value)
        case Mapping():
            return _whole(tuple(str(word) for words in value.values() for word in words))
        case tuple() | frozenset():
            return ", ".join(sorted(map(_whole, value)))
        case Enum():
            return str(value.value)
        case float():
            return f"{value:g}"
        case _:
            return _record(value)


def _record(value: object) -> str:
    match value:
        case Costs(from_, to):
            return f"EUR {_range(from_, to)}"
        case Months(from_, to):
            return _range(from_, to)
        case Validity(from_, until):
            return _span(from_, until)
        case Window(opens, closes, exhausted_on):
            gone = f", and the money was gone on {exhausted_on}" if exhausted_on else ""
            return f"{_span(opens, closes)}{gone}"
        case Where():
            return _place(value)
        case _:
            return str(value)


def _range(least: float | None, most: float | None) -> str:
    if least == most:
        return "not known" if least is None else f"{least:g}"
    return f"{'?' if least is None else f'{least:g}'} to {'?' if most is None else f'{most:g}'}"


def _span(first: date | None, last: date | None) -> str:
    if first is None and last is None:
        return "without a known begin or end"
    return " ".join(filter(None, [f"from {first}" if first else "", f"until {last}" if last else ""]))


def _place(where: Where) -> str:
    named = [*where.municipalities, *where.provinces, *where.regions]
    also = ["online"] if where.online else []
    return ", ".join([*(["the whole country"] if where.national else sorted(named)), *also]) or "nowhere that is known"


# ------------------------------------------------------------------ whom it concerns
@dataclass(slots=True)
class Concerned:
    """How many people have to do with an item, and for how many its rules come to something else now."""

    seen: int = 0  # open conversations in which it stood on the last list
    leads: int = 0  # open leads who were shown it
    verdicts: Counter[tuple[Truth, Truth]] = field(default_factory=Counter)  # of open conversations: before, and now


WAS = {Truth.YES: "fitted", Truth.NO: "did not fit", Truth.UNKNOWN: "could fit"}
IS = {Truth.YES: "fits", Truth.NO: "does not fit", Truth.UNKNOWN: "may fit"}


def concerned(
    changed: Iterable[Changed],
    old: Knowledge,
    new: Knowledge,
    states: Iterable[State],
    leads: Iterable[Lead],
    compiled: Compiled,
) -> dict[str, Concerned]:
    """By item: the open conversations and leads that have to do with it. `compiled` reads their own words."""
    found = {one.id: Concerned() for one in changed}
    judged = {one.id: _judges(items_of(old)[one.id], items_of(new)[one.id]) for one in changed if one.rules}
    for state in states:
        if state.mode in (Mode.NEW, Mode.ENDED, Mode.EXPIRED) or not state.answers:
            continue
        for item in found.keys() & set(state.listed):
            found[item].seen += 1
        facts = to_person(compiled, _told(state)).facts if judged else {}
        for item, (before, after) in judged.items():
            was, now = before(facts), after(facts)
            if was is not now:
                found[item].verdicts[was, now] += 1
    for lead in leads:
        shown = lead.advice
        ids = {each.id for each in shown.offers} | {each.id for each in shown.money} if shown else set()
        for item in found.keys() & ids:
            found[item].leads += 1
    return found


def _judges(
    old: Item, new: Item
) -> tuple[Callable[[Mapping[str, object]], Truth], Callable[[Mapping[str, object]], Truth]]:
    def by(item: Item) -> Callable[[Mapping[str, object]], Truth]:
        return lambda facts: weigh(item.rules, facts).verdict  # type: ignore[arg-type]

    return by(old), by(new)


def _told(state: State) -> dict[str, object]:
    return {name: answer.value for name, answer in state.answers.items() if answer.value is not None}


def lines(changed: Iterable[Changed], people: Mapping[str, Concerned] | None = None) -> Iterator[str]:
    """What is other, item by item, each with whom it concerns; `people` is None where nobody looked."""
    for one in changed:
        yield from (f"{one.id}: {line}" for line in one.lines)
        for line in _of_people(people[one.id]) if people else ():
            yield f"    {line}"


def _of_people(them: Concerned) -> Iterator[str]:
    if them.seen:
        yield f"{_number(them.seen, 'open conversation')} had it on the last list: the next list goes by what is new."
    for (was, now), count in them.verdicts.most_common():
        yield f"{_number(count, 'open conversation')}: it {WAS[was]}, and {IS[now]} now."
    if them.leads:
        yield f"{_number(them.leads, 'open lead')} was shown it: what an adviser reads there stays as it was shown."


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"
