"""Checks of `knowledge/routes/`: every occupation has one, stairs that end, numbers that somebody wrote down."""

from collections.abc import Iterator

from bot.content.knowledge import Knowledge, Route
from bot.content.problems import Problem

PROOF = {"months": ("duration",), "costs": ("cost_eur", "cost"), "hours": ("hours", "work", "demands", "forms")}
"""The facts one of which says where a number was read."""


def problems_of(knowledge: Knowledge) -> Iterator[Problem]:
    if not knowledge.routes:
        return  # content without routes advises on programmes alone
    for route in knowledge.routes.values():
        yield from _of(route, knowledge)
    yield from _circles(knowledge)
    yield from _called_the_same(knowledge)
    yield from _without_a_route(knowledge)


def _of(route: Route, knowledge: Knowledge) -> Iterator[Problem]:
    if route.months and _goes_down(route.months.from_, route.months.to):
        message = f"{route.id!r} takes {route.months.from_} to {route.months.to} months"
        yield Problem(route.at, message, "Turn the two round.", "K070", within=("months",))
    if route.costs and _goes_down(route.costs.from_, route.costs.to):
        message = f"{route.id!r} costs {route.costs.from_:g} to {route.costs.to:g} euros"
        yield Problem(route.at, message, "Turn the two round.", "K070", within=("costs",))
    for field, names in PROOF.items():
        if getattr(route, field) is not None and not any(name in route.facts for name in names):
            said = " or ".join(map(repr, names))
            message = f"nothing says where {field!r} of {route.id!r} was read"
            hint = f"Write it as a fact ({said}) with its source, or write null."
            yield Problem(route.at, message, hint, "K071", within=(field,))
    of_work = {sector for one in route.occupations for sector in _sectors(one, knowledge)}
    for sector in route.sectors:
        if of_work and sector in knowledge.sectors and sector not in of_work:
            message = f"{route.id!r} is in {sector!r}, and none of its occupations is"
            hint = f"Its occupations are in: {', '.join(sorted(of_work))}."
            yield Problem(route.at, message, hint, "K072", within=("sectors", sector))

    for occupation in route.usual_for:
        if occupation not in route.occupations:
            message = f"{route.id!r} is usual for {occupation!r}, and does not lead to it"
            yield Problem(route.at, message, "Add it to 'occupations' too.", "K076", within=("usual_for", occupation))


def _goes_down(first: float | None, last: float | None) -> bool:
    return first is not None and last is not None and last < first


def _sectors(occupation: str, knowledge: Knowledge) -> tuple[str, ...]:
    found = knowledge.occupations.get(occupation)
    return found.sectors if found else ()


def _called_the_same(knowledge: Knowledge) -> Iterator[Problem]:
    """One name for two ways: nobody who reads it knows which is meant."""
    owners: dict[str, Route] = {}
    for route in knowledge.routes.values():
        for name in dict.fromkeys(route.name):
            if (owner := owners.setdefault(name.casefold(), route)) is not route:
                message = f"{route.id!r} and {owner.id!r} are both called {name!r}"
                hint = "Say in the name how they differ: a level, a school, a form."
                yield Problem(route.at, message, hint, "K075", within=("name",))


def _circles(knowledge: Knowledge) -> Iterator[Problem]:
    """Stairs that come back to where they began: nobody gets to the top of those."""
    for route in knowledge.routes.values():
        above, seen = list(route.stairs), set[str]()
        while above:
            step = above.pop()
            if step not in seen and step in knowledge.routes:
                seen.add(step)
                above += knowledge.routes[step].stairs
        if route.id in seen:
            message = f"the stairs of {route.id!r} come back to it"
            hint = "'stairs' are the ways that come after this one."
            yield Problem(route.at, message, hint, "K073", within=("stairs",))


def _without_a_route(knowledge: Knowledge) -> Iterator[Problem]:
    for route in knowledge.routes.values():
        if not route.occupations and not route.stairs:
            hint = "Name the 'occupations' that it leads to, or as 'stairs' the ways that it is a first step of."
            yield Problem(route.at, f"{route.id!r} leads to no work", hint, "K074")
    reached = {occupation for route in knowledge.routes.values() for occupation in route.occupations}
    for occupation in knowledge.occupations.values():
        if occupation.id not in reached:
            hint = "Add its id to a route of its family, or write how one gets in, also when no training is needed."
            yield Problem(occupation.at, f"no route leads to {occupation.id!r}", hint, "K074")
