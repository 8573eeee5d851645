"""How quick advice is: all rules for one person, 431 rules, 10,000 programmes: `.venv/bin/python benchmarks/advice.py`.

The 10,000 are the real programmes, over and over under other names and in other towns. Times are of the processor:
all of this is pure, and whatever else runs on the machine is no part of it.
"""

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

from bot.advice import advise
from bot.advice.context import AdviceContext
from bot.advice.ranking import rank
from bot.advice.scoring import Scorer
from bot.advice.seeker import to_person
from bot.catalogue import Catalogue, Profile
from bot.cli.content import load
from bot.compiled import Compiled
from bot.content.knowledge import Programme, Route
from bot.eligibility import weigh
from bot.recognisers.recent import Recent

if TYPE_CHECKING:
    from bot.content.knowledge import Rule

ROOT = Path(__file__).parent.parent
ON = date(2026, 11, 21)
SOMEBODY = {
    "current_job": "verkoper in een telefoonwinkel",
    "desired_work": "iets met computers, programmeur",
    "education": "mbo4",
    "employment": "employed",
    "benefit": "none",
    "age": 34,
    "place": "Utrecht",
    "hours": 32,
    "earn_while_learning": True,
    "dutch": "native",
    "budget": 1000,
}


def main() -> None:
    compiled = Compiled.of(load(ROOT))
    person = to_person(compiled, SOMEBODY)
    knowledge = compiled.content.knowledge
    items = list(knowledge.items)
    rules = [rule for item in items for rule in item.rules]
    many: list[Rule] = list(itertools.islice(itertools.cycle(rules), 431))
    catalogue = Catalogue(copies(compiled, 10_000), knowledge.occupations, knowledge.sectors)
    situation = AdviceContext.of(compiled, person, on=ON)
    print(f"{len(knowledge.programmes)} programmes, {len(knowledge.routes)} routes")
    print(f"{len(knowledge.subsidies)} ways to pay, {len(rules)} rules")
    say(f"all {len(rules)} rules for one person", lambda: [weigh(item.rules, person.facts) for item in items], 5)
    say("431 rules", lambda: weigh(many, person.facts), 50)
    say("read the answers of one person", lambda: to_person(compiled, SOMEBODY))
    anew = itertools.count(20)  # another age each time: advice is made once for the same answers
    say("the whole advice for one person", lambda: advise(compiled, {**SOMEBODY, "age": next(anew)}, on=ON), 2)
    say("the same again", lambda: advise(compiled, SOMEBODY, on=ON))
    larger = tenfold(compiled)
    say("ten times as many programmes, routes", lambda: advise(larger, {**SOMEBODY, "age": next(anew)}, on=ON), 20)
    say("10,000 programmes", lambda: rank(Scorer(situation), catalogue.near(person.wish, person.asked_for)), 50)


def tenfold(compiled: Compiled) -> Compiled:
    """Ten of each programme, in other towns, and ten of each route."""
    knowledge = compiled.content.knowledge
    routes = [one for one in compiled.catalogue.profiles.values() if isinstance(one.item, Route)]
    several = [replace(one, item=replace(one.item, id=f"{one.item.id}-{at}")) for at in range(9) for one in routes]
    profiles = (*copies(compiled, 10 * len(knowledge.programmes)), *routes, *several)
    names = {one.item.id: one.item.id.rsplit("-", 1)[0] for one in profiles if one.item.id not in compiled.titles}
    return replace(
        compiled,
        catalogue=Catalogue(profiles, knowledge.occupations, knowledge.sectors),
        titles={**compiled.titles, **{copy: compiled.titles[original] for copy, original in names.items()}},
        payers={**compiled.payers, **{copy: compiled.payers[original] for copy, original in names.items()}},
        recent=Recent(100),
    )


def copies(compiled: Compiled, number: int) -> list[Profile]:
    towns = itertools.cycle(compiled.content.knowledge.municipalities)
    programmes = [one for one in compiled.catalogue.programmes if isinstance(one.item, Programme)]
    originals = itertools.cycle(programmes)
    made = []
    for at, profile in enumerate(itertools.islice(originals, number)):
        assert isinstance(profile.item, Programme)
        where = profile.item.where
        moved = replace(where, municipalities=(next(towns),)) if where.municipalities else where
        name = f"{profile.item.id}-{at}" if at >= len(programmes) else profile.item.id
        made.append(replace(profile, item=replace(profile.item, id=name, where=moved)))
    return made


def say(what: str, work: Callable[[], object], goal: float | None = None) -> None:
    times = []
    for _ in range(20):
        begun = process_time()
        work()
        times.append((process_time() - begun) * 1000)
    print(f"{what:40} {median(times):8.2f} ms" + (f"   (goal <= {goal:g} ms)" if goal else ""))


if __name__ == "__main__":
    main()
