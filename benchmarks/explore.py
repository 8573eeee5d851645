"""How good three jobs are for who does not know what they want: `.venv/bin/python benchmarks/explore.py [--people]`.

Perfect answers are the profile of a unit group, rounded to the three levels of the cards; its neighbours are the twelve
groups that ESCO's skills put nearest. `tests/exploring/people.yaml` holds thirty invented people, with jobs that an
adviser would accept and would never show; half of them was not looked at while the ranking was made.
Times are of the processor, for one whole turn of the chat.
"""

import argparse
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import yaml

from bot.advice import advise
from bot.advice.exploring.explore import explore
from bot.advice.exploring.ranking import is_one_family
from bot.authoring.rehearsal import Rehearsal
from bot.cli.content import load
from bot.compiled import Compiled
from bot.content.exploring import Interest, Liking, Trait
from bot.engine.events import Said, Started
from bot.work_profiles import WorkProfile

ROOT = Path(__file__).parent.parent
PEOPLE = ROOT / "tests" / "exploring" / "people.yaml"
ON = date(2026, 11, 27)
FEW, MUCH = 3.0, 5.0  # of O*NET's 1 to 7: below, and above, one says no and yes
FIRST, NEIGHBOURS, RANDOM_PEOPLE = 5, 12, 500
LEVELS = ("none", "vmbo", "mbo1", "mbo2", "mbo3", "mbo4", "havo_vwo", "hbo", "wo")


@dataclass(frozen=True)
class Bench:
    compiled: Compiled

    @property
    def groups(self) -> tuple[WorkProfile, ...]:
        return self.compiled.work_index.profiles

    def first(self, facts: Mapping[str, Any], most: int = FIRST) -> list[Any]:
        return list(explore(self.compiled, facts, on=ON, most=most).found)

    def cards(self) -> Iterator[tuple[Interest | Trait, str]]:
        likings = self.compiled.content.knowledge.exploring.likings
        yield from ((one.id, card) for one in likings.interests for card in one.cards)
        yield from ((one.id, one.card) for one in likings.traits)

    def perfect(self, group: WorkProfile, *, days: bool = True) -> dict[str, str]:
        """The cards as who likes just this work would answer them; `days`: those of a day too."""
        answers = {}
        for about, card in self.cards():
            if isinstance(about, Trait):
                answers[card] = (Liking.DISLIKE, Liking.FINE, Liking.LIKE)[group.row.traits[about]] if days else "fine"
            else:
                score = group.row.interests[about]
                answers[card] = Liking.LIKE if score > MUCH else Liking.DISLIKE if score < FEW else Liking.FINE
        return {card: str(answer) for card, answer in answers.items()}

    # -------------------------------------------------------------- figures
    def found_by_interest(self, *, days: bool) -> float:
        hits = 0
        for group in self.groups:
            near = {group.isco, *list(group.row.neighbours)[:NEIGHBOURS]}
            hits += any(found.job.work.isco in near for found in self.first(self.perfect(group, days=days)))
        return hits / len(self.groups)

    def found_by_job(self) -> float:
        hits, known = 0, {group.isco for group in self.groups}
        for group in self.groups:
            near = known & set(group.row.neighbours)
            found = self.first({"current_job": group.occupations[0].name["nl"]})
            hits += sum(one.job.work.isco in near for one in found) >= min(2, len(near))
        return hits / len(self.groups)

    def by_chance(self) -> float:
        chance, hits = random.Random(17), 0
        for group in self.groups:
            near = {group.isco, *list(group.row.neighbours)[:NEIGHBOURS]}
            hits += any(one.isco in near for one in chance.sample(self.groups, FIRST))
        return hits / len(self.groups)

    def strangers(self) -> Iterator[tuple[dict[str, Any], list[Any]]]:
        """Random people over the country, with what they are shown."""
        chance, knowledge = random.Random(27), self.compiled.content.knowledge
        towns, limits = (
            sorted(knowledge.municipalities),
            sorted({one for group in self.groups for one in group.not_for}),
        )
        for _ in range(RANDOM_PEOPLE):
            facts: dict[str, Any] = {card: chance.choice([one.value for one in Liking]) for _, card in self.cards()}
            facts |= {"place": chance.choice(towns), "education": chance.choice(LEVELS)}
            if chance.random() < 0.7:
                facts["current_job"] = chance.choice(self.groups).occupations[0].name["nl"]
            facts["limits"] = dict.fromkeys(chance.sample(limits, chance.choice([0, 0, 1, 2])), True)
            yield facts, self.first(facts, 3)


def shares(bench: Bench) -> Iterator[tuple[str, str, str]]:
    yield (
        "perfect answers, the group or a neighbour in the first five",
        "75 %",
        f"{bench.found_by_interest(days=True):.1%}",
    )
    yield "the same from the twelve cards of interests alone", "", f"{bench.found_by_interest(days=False):.1%}"
    yield "the same by chance", "", f"{bench.by_chance():.1%}"
    yield "only a job known, two neighbours in the first five", "80 %", f"{bench.found_by_job():.1%}"
    families = violations = shown = reached = nothing = 0
    for facts, found in bench.strangers():
        nothing += not found
        families += len(found) == 3 and is_one_family([one.job for one in found])
        violations += sum(not set(facts["limits"]).isdisjoint(one.job.work.not_for) for one in found)
        shown += len(found)
        reached += sum(_reaches(bench.compiled, facts, one) for one in found)
    yield "500 random people: three jobs of one family", "0", str(families)
    yield "... jobs against a limit", "0", str(violations)
    yield "... jobs with a way that `overstap match` shows", "90 %", f"{reached / shown:.1%}"
    yield "... people who are shown nothing (limits leave nothing)", "", str(nothing)


def _reaches(compiled: Compiled, facts: Mapping[str, Any], found: Any) -> bool:
    advice = advise(compiled, {**facts, "desired_work": found.job.occupation.name["nl"]}, on=ON)
    return any(one.trains_for_wish for one in advice.offers)


def people(bench: Bench, half: str, *, told: bool) -> tuple[str, str]:
    """For how many of a half one of the three is accepted, two of them, and how often one is never to be shown."""
    some = [one for one in yaml.safe_load(PEOPLE.read_text(encoding="utf-8")) if one["half"] == half]
    one_right = two_right = never = 0
    for person in some:
        facts = facts_of(bench, person)
        names = [one.job.occupation.id for one in bench.first(facts, 3)]
        right = [name in person["accepted"] or person["accepted"] == ["*"] for name in names]
        one_right, two_right = one_right + any(right), two_right + (sum(right) >= 2)
        never += sum(name in person["never"] for name in names)
        if told:
            print(
                f"   {person['id']:9}",
                *(f"{'+' if good else '-'}{name}" for name, good in zip(names, right, strict=True)),
            )
    return f"{one_right} and {two_right} of {len(some)}", f"{never} never"


def facts_of(bench: Bench, person: Mapping[str, Any]) -> dict[str, Any]:
    cards = {card for _, card in bench.cards()}
    answers = {
        card: "like" if card in person["like"] else "dislike" if card in person["dislike"] else "fine" for card in cards
    }
    beside = {name: person[name] for name in ("limits", "excluded") if person.get(name)}
    return {**person["facts"], **answers, **beside, "interests": sorted(bench.compiled.likings.read(person["says"]))}


def turns(bench: Bench) -> tuple[float, float, int]:
    """Milliseconds of a turn, and of that which shows three jobs (medians); how many questions come before it."""
    counts, each, shows = [], [], []
    for person in [*yaml.safe_load(PEOPLE.read_text(encoding="utf-8"))] * 2:
        facts = facts_of(bench, person)
        chat = Rehearsal(bench.compiled, datetime(2026, 11, 27, 10, tzinfo=UTC))
        chat.take(Started())
        chat.take(Said("/ontdek"))
        asked = 0
        while (question := chat.state.asked or "") != "desired_work":
            answer = {"like": "Leuk", "dislike": "Niets voor mij", "fine": "Gaat wel"}.get(str(facts.get(question)))
            answer = answer or {"skills": "alles"}.get(question) or str(facts.get(question, "weet ik niet"))
            begun = process_time()
            chat.take(Said(answer))
            each.append((process_time() - begun) * 1000)
            asked += 1
        counts.append(asked)
        shows.append(each[-1])
    half = len(counts) // 2  # the first round loads the words of months, once
    return median(each), median(shows[half:]), int(median(counts))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", action="store_true", help="show what each of the thirty people is shown")
    told = parser.parse_args().people
    bench = Bench(Compiled.of(load(ROOT)))
    print(f"{len(bench.groups)} unit groups")
    for what, bar, got in shares(bench):
        print(f"{what:62}{bar:>6}   {got}")
    for half in ("tune", "held"):
        right, never = people(bench, half, told=told)
        print(f"{'thirty people, ' + half + ': one of three accepted, and two':62}{'80 %':>6}   {right}; {never}")
    turn, slowest, questions = turns(bench)
    print(f"{'questions before three jobs, median':62}{'18':>6}   {questions}")
    print(f"{'one turn, median':62}{'5 ms':>6}   {turn:.1f} ms")
    print(f"{'the turn that shows three jobs, median':62}{'5 ms':>6}   {slowest:.1f} ms")


if __name__ == "__main__":
    main()
