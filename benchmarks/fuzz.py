"""A million turns of people who do anything, and no exception: in pieces, over processes, as long as there is time.

    python benchmarks/fuzz.py --seconds 600 --processes 2 --out fuzz.jsonl    # goes on where the file ends
    python benchmarks/fuzz.py --seed 4711                                     # one walk again, with its traceback

A walk is up to sixty turns of one person, drawn from its seed: good answers, buttons old and new, commands, edits,
waits, attachments, other content in between, the messages of `knowledge/messages` as they are, cut, joined and
misspelt, and hostile strings. One in three walks is through the real flows, the others through one with all in it.
`tests/walks.py` says what must hold after each turn; the first breach ends the walk and is written down with its seed.
"""

import argparse
import json
import multiprocessing
import random
import re
import sys
import time
import traceback
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from libraries import flows_in, library_with, real_library  # noqa: E402
from walks import ACTIONS, ODD, Walker, changed_flows  # noqa: E402

from bot.compiled import Compiled  # noqa: E402
from bot.engine import State  # noqa: E402
from bot.engine.events import Event, Said, Started  # noqa: E402

PIECE = 50  # walks: what one process does before it says what came of it
LONGEST = 60  # turns of one walk
MARKED = re.compile(r"\[([^\]]*)\]\([^)]*\)")
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789 '?!,.-€\u0301\u202e🙂"


@cache
def messages() -> list[str]:
    """What people type: the labelled messages without their labels."""
    found = []
    for file in sorted((ROOT / "knowledge" / "messages").glob("*.yaml")):
        every = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        found += [MARKED.sub(r"\1", each["said"]) for each in every if isinstance(each.get("said"), str)]
    return found


@cache
def changing() -> list[Compiled]:
    flows = flows_in(ROOT / "tests" / "engine")
    return [library_with(each, str(number)) for number, each in enumerate(changed_flows(flows, "every_type"))]


def spoilt(text: str, chance: random.Random) -> str:
    """A message with some letters changed, left out or put in."""
    letters = list(text)
    for _ in range(chance.randrange(6)):
        place = chance.randrange(len(letters) + 1)
        letters[place : place + chance.randrange(3)] = chance.sample(LETTERS, chance.randrange(3))
    return "".join(letters)


def say(chance: random.Random) -> Event:
    """A message of people, or what came of several."""
    text = chance.choice(messages())
    match chance.randrange(6):
        case 0:
            text = spoilt(text, chance)
        case 1:
            text = chance.choice((" ", ". ", "\n", ", ", " en ", "? ")).join((text, chance.choice(messages())))
        case 2:
            text = text[: chance.randrange(1, len(text) + 1)]
        case 3:
            text = chance.choice(("", "ja, ", "nee ", "yes but ", "/")) + text + chance.choice(("", "?", "!!", *ODD))
    return Said(text, edited=chance.randrange(15) == 0, message=chance.randrange(30))


def walk(seed: int) -> tuple[int, Event | None, Exception | None]:
    """One walk: its turns; and when something was wrong, at which event and what."""
    chance = random.Random(seed)
    real = seed % 3 == 0
    walker = Walker([real_library()] if real else changing(), State.new(chance.choice(("nl", "en"))))
    if not real:
        walker.state = replace(walker.state, flow="every_type")
    event: Event = Started(None if real else "every_type", "nl")
    for turn in range(chance.randrange(2, LONGEST)):
        try:
            walker.take(event)
            said = chance.randrange(10 if real else 4) < 3
            event = say(chance) if said else chance.choice(ACTIONS)(walker, chance.randrange(10**6))
        except Exception as error:  # noqa: BLE001  # whatever it is, it is what we look for
            return turn, event, error
    return turn + 1, None, None


def piece(first: int) -> dict[str, Any]:
    """The walks of some seeds, as a line of the report."""
    start, turns, wrong = time.process_time(), 0, []
    for seed in range(first, first + PIECE):
        taken, event, error = walk(seed)
        turns += taken
        if error is not None:
            frame = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{type(error).__name__}: {error} at {Path(frame.filename).name}:{frame.lineno}"
            wrong.append({"seed": seed, "turn": taken, "event": ascii(event)[:300], "error": ascii(where)[:500]})
    return {"first": first, "turns": turns, "cpu_s": round(time.process_time() - start, 1), "wrong": wrong}


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--seconds", type=float, default=60)
    reader.add_argument("--processes", type=int, default=1)
    reader.add_argument("--out", type=Path, help="where each piece is written down; goes on after what is there")
    reader.add_argument("--seed", type=int, help="this walk only")
    given = reader.parse_args()
    if given.seed is not None:
        turns, event, error = walk(given.seed)
        print(f"{turns} turns", ascii(event) if error else "")
        if error is not None:
            raise error
        return
    kept = given.out.read_text(encoding="utf-8").splitlines() if given.out and given.out.exists() else []
    done = [json.loads(line) for line in kept]
    begin = max((each["first"] + PIECE for each in done), default=0)
    real_library(), changing(), messages()  # before the processes part: they share the memory
    until = time.monotonic() + given.seconds
    pieces = iter(range(begin, sys.maxsize, PIECE))
    with multiprocessing.get_context("fork").Pool(given.processes) as pool:
        while time.monotonic() < until:
            for line in pool.map(piece, [next(pieces) for _ in range(given.processes)], chunksize=1):
                done.append(line)
                if given.out:
                    with given.out.open("a", encoding="utf-8") as out:
                        out.write(f"{json.dumps(line)}\n")
    wrong = [each for line in done for each in line["wrong"]]
    turns, cost = (sum(line[name] for line in done) for name in ("turns", "cpu_s"))
    print(f"{len(done) * PIECE} walks, {turns} turns, {cost:.0f} s of processor time: {len(wrong)} wrong")
    for each in wrong:
        print(json.dumps(each))
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
