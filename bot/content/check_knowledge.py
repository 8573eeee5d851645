"""Checks across the files of `knowledge/`: ids that must exist, facts and values that rules may ask for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.content.check_conditions import misfits
from bot.content.conditions import Comparison, Condition, Operator, comparisons
from bot.content.country import Country
from bot.content.derive import pointers
from bot.content.knowledge import (
    CERTIFICATE,
    LEVELS,
    LOOKED_AT,
    PART,
    FactDefinition,
    FactKind,
    FactRole,
    Form,
    Knowledge,
    Occupation,
    Offerable,
    PartKind,
    ProgrammeKind,
    Sector,
    Subsidy,
    Wish,
)
from bot.content.problems import Location, Problem, Severity, did_you_mean
from bot.content.shapes import Ids
from bot.text import Text


def absent(knowledge: Knowledge) -> Iterator[Problem]:
    """Files that are not there while others name something in them: each such name would be a problem of its own."""
    places = [one.where for one in knowledge.programmes.values()]
    in_sectors: list[Offerable | Occupation | Wish] = [
        *knowledge.offerables,
        *knowledge.occupations.values(),
        *knowledge.wishes.values(),
    ]
    needed = {
        "facts": not knowledge.facts and any(item.rules for item in knowledge.items),
        "sectors": not knowledge.sectors and any(one.sectors for one in in_sectors),
        "places": not knowledge.municipalities
        and any(where.municipalities or where.provinces or where.regions for where in places),
    }
    for kind in (kind for kind, is_needed in needed.items() if is_needed):
        at = Location(f"knowledge/{kind}.yaml", 1, 1)
        yield Problem(at, "the file is missing, and other files need it", "Copy the one that Overstap ships.", "C009")


def ids(knowledge: Knowledge) -> Ids:
    """What there is to point at, by kind."""
    places = knowledge.municipalities.values()
    return {
        "sector": {one.id: one.name.fallback for one in knowledge.sectors.values()},
        "fact": {one.id: one.name.fallback for one in knowledge.facts.values()},
        "programme or scheme": {one.id: one.name for one in knowledge.named_once},
        "scheme": {one.id: one.name for one in knowledge.subsidies.values()},
        "route": {one.id: one.name.fallback for one in knowledge.routes.values()},
        "municipality": dict.fromkeys(knowledge.municipalities, ""),
        "province": dict.fromkeys(sorted({one.province for one in places}), ""),
        "labour-market region": dict.fromkeys(sorted({one.region for one in places}), ""),
        "occupation": {one.id: one.name.fallback for one in knowledge.occupations.values()},
        "trade": {one.id: one.name.fallback for one in knowledge.schooling.trades.values()},
        "limit": {one.id: one.name.fallback for one in knowledge.limit_kinds.values()},
        "skill": {one.id: one.does.fallback for one in knowledge.exploring.skills.values()},
        "qualification": {one.id: one.name.fallback for one in knowledge.schooling.qualifications.values()},
        "school": {one.id: one.name for one in knowledge.schooling.schools.values()},
    }


def dangling(knowledge: Knowledge) -> Iterator[Problem]:
    """Names that point at nothing."""
    known = ids(knowledge)
    work: list[Sector | Occupation | Wish] = [
        *knowledge.sectors.values(),
        *knowledge.occupations.values(),
        *knowledge.wishes.values(),
    ]
    diplomas = knowledge.schooling.qualifications.values()
    for one in (*knowledge.items, *work, *diplomas, *knowledge.questions.values(), *knowledge.facts.values()):
        for kind, name, key in pointers(one):
            if name not in known[kind]:
                message, hint = f"there is no {kind} {name!r}", did_you_mean(name, known[kind])
                if key not in (kind, f"{kind}s"):
                    message = f"in {key!r}: {message}"
                yield Problem(one.at, message, hint, "K001", within=(key, name), lacks=name)
    taken: dict[str, Offerable | Subsidy] = {}
    for item in knowledge.items:
        if (owner := taken.setdefault(item.id, item)) is not item:
            message = f"the id {item.id!r} is taken by {owner.at}"
            yield Problem(item.at, message, "Give one of the two another id.", "K002")


def impossible(knowledge: Knowledge) -> Iterator[Problem]:
    """Rules, answers for some, and cues, over facts, values or operators that do not exist."""
    for item in knowledge.items:
        seen: set[str] = set()
        for rule in item.rules:
            if rule.id in seen:
                message = f"{item.id!r} has two rules {rule.id!r}"
                yield Problem(rule.at, message, "Give one another id.", "K003", within=("id",))
            seen.add(rule.id)
    for condition, at in _conditions(knowledge):
        for comparison in comparisons(condition):
            yield from misfits(comparison, at, knowledge.facts, knowledge)


def _conditions(knowledge: Knowledge) -> Iterator[tuple[Condition, Location]]:
    """Every condition over facts, with its place."""
    for item in knowledge.items:
        company = item.company if isinstance(item, Subsidy) else None
        for rule in (*item.rules, *(company.rules if company else ())):
            yield rule.condition, rule.at
    for question in knowledge.questions.values():
        yield from ((variant.condition, variant.at) for variant in question.variants)
    for cue in knowledge.cues.values():
        yield from ((Comparison(fact, Operator.IS, value), cue.at) for fact, value in cue.tells.items())
        spoken = knowledge.fact_of(FactRole.LANGUAGE)
        yield from ((Comparison(spoken, Operator.AT_LEAST, level), cue.at) for level in cue.speaks.values())
        yield from ((Comparison(fact, Operator.IN, frozenset(values)), cue.at) for fact, values in cue.said_by.items())


def mislabelled(knowledge: Knowledge) -> Iterator[Problem]:
    """Messages of which a part is something that we do not know, or that is no part of anything."""
    kinds = set(PartKind)
    for message in knowledge.messages:
        for _, kind in message.parts:
            if kind not in kinds:
                hint = did_you_mean(kind, kinds)
                yield Problem(message.at, f"{kind!r} is not known here", hint, "K050", within=("said",))
        rest = PART.sub("", message.said)
        if message.parts and any(letter.isalnum() for letter in rest):
            yield Problem(
                message.at, f"{rest.strip()!r} stands in no part", "Write it as [words](what they are).", "K051"
            )


def _of_course(name: str, kind: FactKind, values: Iterable[str] = ()) -> FactDefinition:
    return FactDefinition(name, kind, Text.same(name), Location("", 1, 1), values=tuple(values))


def misplaced_areas(knowledge: Knowledge) -> Iterator[Problem]:
    """Names of parts of the country under what is no province."""
    provinces = {place.province for place in knowledge.municipalities.values()}
    for name in knowledge.areas if provinces else ():
        if name not in provinces:
            message, hint = f"there is no province {name!r}", did_you_mean(name, provinces)
            at = Location("knowledge/areas.yaml", 1, 1)
            yield Problem(at, message, hint, "K120", within=(name,), lacks=name)


def of_courses(country: Country) -> Mapping[str, FactDefinition]:
    """What `pays_for` may ask of a course, as if they were facts of a person; `bot.advice.plan` gives their values."""
    return {
        "kind": _of_course("kind", FactKind.CHOICE, ProgrammeKind),
        "forms": _of_course("forms", FactKind.SOME_OF, Form),
        "level": _of_course("level", FactKind.CHOICE, leads_to(country)),
        "sectors": _of_course("sectors", FactKind.SOME_OF),
        "months": _of_course("months", FactKind.INTEGER),
    }


def leads_to(country: Country) -> tuple[str, ...]:
    """What a course may lead to."""
    return (*(level.id for level in country.levels), CERTIFICATE)


def elsewhere(knowledge: Knowledge, country: Country) -> Iterator[Problem]:
    """What is of another country: places outside it, postcodes and levels that it has not."""
    bounds, digits = country.bounds, country.postcode.digits
    for place in knowledge.municipalities.values():
        north, east = place.coordinates
        if not (bounds.south < north < bounds.north and bounds.west < east < bounds.east):
            message = f"{place.name!r} does not lie in {country.code}: [{north:g}, {east:g}]"
            where = "Latitude first: [52.09, 5.12]; the bounds are in country.yaml."
            yield Problem(place.at, message, where, "K043", within=("at",))
        for code in dict.fromkeys(one for first_last in place.pc4 for one in first_last):
            if not digits.fullmatch(code):
                example = f"For example: {country.postcode.example}; the pattern is in country.yaml."
                message = f"{place.name!r} has {code!r}, which is no postcode"
                yield Problem(place.at, message, example, "K044", within=("pc4",))
    yield from _waters(knowledge, country)
    for one in knowledge.offerables:
        if one.leads_to is not None and one.leads_to not in leads_to(country):
            message = f"there is no level {one.leads_to!r}"
            hint = did_you_mean(one.leads_to, leads_to(country))
            yield Problem(one.at, message, hint, "K042", within=("leads_to",), lacks=one.leads_to)


def _waters(knowledge: Knowledge, country: Country) -> Iterator[Problem]:
    """Water beside a municipality that there is not."""
    for water in country.waters:
        beside = (*water.one, *water.other)
        if knowledge.municipalities.keys().isdisjoint(beside):
            continue
        for name in beside:
            if name not in knowledge.municipalities:
                message = f"there is no municipality {name!r} beside {water.name}"
                hint = did_you_mean(name, knowledge.municipalities)
                # A warning: another organisation may keep the places of its own region only.
                yield Problem(water.at, message, hint, "K104", Severity.WARNING)


def with_levels(knowledge: Knowledge, country: Country) -> Knowledge:
    """The same facts, with the levels of the country where a fact has those as its values."""
    levels = tuple(level.id for level in country.levels)
    facts = {
        name: replace(fact, values=levels) if fact.values == LEVELS else fact for name, fact in knowledge.facts.items()
    }
    return replace(knowledge, facts=MappingProxyType(facts))


def unclear_roles(knowledge: Knowledge) -> Iterator[Problem]:
    """Two facts in one role, and, when there is something to advise, a role that no fact has."""
    first: dict[FactRole, FactDefinition] = {}
    for fact in knowledge.facts.values():
        if fact.role and (other := first.setdefault(fact.role, fact)) is not fact:
            if fact.id == fact.role.value:  # it is called so: the other one has what is not its own
                fact, other = other, fact
            message = f"{fact.id!r} has the role {fact.role}, and {other.id!r} has it too"
            yield Problem(fact.at, message, "Leave it with the one that it is.", "K007", within=("role",))
    if knowledge.programmes and knowledge.weights:
        for role in sorted(LOOKED_AT - first.keys()):
            at = next(iter(knowledge.facts.values())).at if knowledge.facts else Location("knowledge/facts.yaml", 1, 1)
            message = f"no fact has the role {role}: the advice looks at it"
            yield Problem(Location(at.file, 1, 1), message, f"Add to the fact that it is: role: {role}", "K008")


def pays_for_no_course(knowledge: Knowledge, country: Country) -> Iterator[Problem]:
    """`pays_for` and `course_rules` over what no course has."""
    courses = of_courses(country)
    for subsidy in knowledge.subsidies.values():
        for rule in subsidy.course_rules:
            for comparison in comparisons(rule.condition):
                for problem in misfits(comparison, rule.at, courses, knowledge):
                    yield replace(problem, message=f"in 'course_rules': {problem.message}")
        for comparison in comparisons(subsidy.pays_for) if subsidy.pays_for else ():
            for problem in misfits(comparison, subsidy.at, courses, knowledge):
                within = ("pays_for", *problem.within)
                yield replace(problem, message=f"in 'pays_for': {problem.message}", within=within)
