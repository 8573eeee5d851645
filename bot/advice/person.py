"""A person as advice sees them: what they answered, and what follows from their own words. Made once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.catalogue import Work
from bot.content.conditions import Value
from bot.library import Library

FREE_TEXT = ("current_job", "desired_work", "vacancy")


@dataclass(frozen=True, slots=True)
class Person:
    """`facts`: the answers, and what follows from them (docs/knowledge.md, "Facts"); an unknown fact is absent.

    `wish` and `job` are None when nobody asked; a wish that we recognise nothing in has no sectors and no occupations.
    `home`: a municipality. `asked_for`: programmes whose name or occupation stands in the wish, word for word.
    """

    facts: Mapping[str, Value]
    wish: Work | None
    job: Work | None
    home: str | None
    asked_for: frozenset[str]

    def to_json(self) -> dict[str, Any]:
        """What was understood of their own words."""
        derived = ("municipality", "province", "region", "current_sectors", "desired_sectors", "mentions")
        return {
            name: sorted(value) if isinstance(value, frozenset) else value
            for name in derived
            if (value := self.facts.get(name)) is not None
        }


def to_person(library: Library, answers: Mapping[str, Any]) -> Person:
    """Read raw answers: lists become sets, empty answers become unknown, free texts become sectors, places and cues."""
    facts: dict[str, Value] = {
        name: frozenset(value) if isinstance(value, list | tuple | set) else value
        for name, value in answers.items()
        if value is not None and value != ""
    }
    wish = library.work(str(facts["desired_work"]), "desired_work") if "desired_work" in facts else None
    job = library.work(str(facts["current_job"]), "current_job") if "current_job" in facts else None
    for prefix, work in (("desired", wish), ("current", job)):
        if work and work.sectors:
            facts[f"{prefix}_sectors"] = frozenset(work.sectors)
        if work and work.occupations:
            facts[f"{prefix}_occupations"] = frozenset(work.occupations)
    place = library.places.read(str(facts.get("place", "")))
    for name, value in (("municipality", place.municipality), ("province", place.province), ("region", place.region)):
        if value:
            facts[name] = value
    mentions = frozenset().union(*(library.cues.read(str(facts[name])) for name in FREE_TEXT if name in facts))
    if mentions:
        facts["mentions"] = mentions
    asked_for = library.names.read(str(facts["desired_work"])) if "desired_work" in facts else frozenset()
    return Person(facts, wish, job, place.municipality, asked_for)
