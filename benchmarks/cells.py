"""What people would read, for an adviser to judge: a wish, a town and a person drawn at random, and the whole answer.

    .venv/bin/python benchmarks/cells.py --seed 1 [--cells 100] [--lang nl]

Every wish that the product knows can be drawn: the names of its occupations, what people type for them, and vague
wishes. Printed is the first screen, and of its first offer what stands behind its button. The same seed draws the same.
"""

import argparse
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.authoring.moment import put
from bot.authoring.rehearsal import Rehearsal
from bot.cli.content import load
from bot.compiled import Compiled
from bot.content.knowledge import Knowledge
from bot.engine.effects import Message, Send
from bot.engine.turn import TurnContext
from bot.engine.views.item import show_item

ROOT = Path(__file__).parent.parent
ON = datetime(2026, 11, 27, 10, tzinfo=UTC)
JOBS = (
    "caissière",
    "magazijnmedewerker",
    "kok",
    "administratief medewerker",
    "verkoper in een winkel",
    "schoonmaker",
    "vrachtwagenchauffeur",
    "verzorgende",
    "accountmanager",
    "leraar",
    "metselaar",
    "programmeur",
)
LEVELS = {"none": 12, "vmbo": 22, "mbo1": 3, "mbo2": 15, "mbo3": 10, "mbo4": 15, "havo_vwo": 8, "hbo": 10, "wo": 5}
SITUATIONS = (
    ("job_seeker", "ww"),
    ("job_seeker", "bijstand"),
    ("job_seeker", "other"),
    ("job_seeker", "none"),
    ("employed", "none"),
    ("employed", "none"),
    ("self_employed", "none"),
)
LIMITS: tuple[dict[str, Any], ...] = (
    {"lifting": True},
    {"standing": True},
    {"heights": True},
    {"no_school": True},
    {"licence": "none"},
    {"travel": 20},
    {"hours": 24},
    {"pay": True},
)


def wishes(knowledge: Knowledge) -> list[str]:
    """The name of each occupation, or one of the words for it, and the vague wishes."""
    named = [one.name["nl"] for one in knowledge.occupations.values()]
    typed = [one.words["nl"][0] for one in knowledge.occupations.values() if one.words.get("nl")]
    vague = [one.words["nl"][0] for one in knowledge.wishes.values() if one.words.get("nl")]
    return [*named, *typed, *vague]


def draw(compiled: Compiled, seed: int, cells: int) -> Iterator[dict[str, Any]]:
    """The facts of that many people."""
    lot, knowledge = random.Random(seed), compiled.content.knowledge
    all_wishes, towns = wishes(knowledge), sorted(knowledge.municipalities)
    for _ in range(cells):
        employment, benefit = lot.choice(SITUATIONS)
        facts: dict[str, Any] = {
            "desired_work": lot.choice(all_wishes),
            "current_job": lot.choice(JOBS),
            "place": lot.choice(towns),
            "education": lot.choices(list(LEVELS), list(LEVELS.values()))[0],
            "employment": employment,
            "benefit": benefit,
            "age": lot.randint(19, 63),
            "hours": lot.choice((16, 24, 32, 36, 40)),
            "dutch": lot.choices(("native", "b2", "b1", "a2"), (80, 6, 8, 6))[0],
        }
        if lot.random() < 0.25:
            facts["limits"] = lot.choice(LIMITS)
        yield facts


def answer(compiled: Compiled, facts: dict[str, Any], language: str) -> Iterator[Message]:
    """The first screen, and what stands behind the button of the first offer."""
    person = Rehearsal(compiled, ON, language)
    put(person, "results", facts)
    yield from person.messages
    if offers := TurnContext(compiled, person.state, ON).listed_offers():
        turn = TurnContext(compiled, person.state, ON)
        show_item(turn, offers[0].item.id)
        yield from (effect.message for effect in turn.effects if isinstance(effect, Send))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--seed", type=int, required=True)
    options.add_argument("--cells", type=int, default=100)
    options.add_argument("--lang", default="nl")
    chosen = options.parse_args()
    compiled = Compiled.of(load(ROOT))
    for number, facts in enumerate(draw(compiled, chosen.seed, chosen.cells), start=1):
        print(f"======== {number}. " + ", ".join(f"{name}: {value}" for name, value in facts.items()))
        for message in answer(compiled, facts, chosen.lang):
            print("-- " + (message.title or ""))
            print(message.text)


if __name__ == "__main__":
    main()
