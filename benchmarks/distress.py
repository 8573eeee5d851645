"""How many cries are heard, and how many look-alikes are taken for one.

    .venv/bin/python benchmarks/distress.py [-v] [FILE ...]
    .venv/bin/python benchmarks/distress.py [-v] --by-writer

FILE: rows of {said, distress}, as in knowledge/messages; without one, the messages of a writer whose words the bot has
never learnt from (benchmarks/messages/distress.yaml). `--by-writer`: those of each writer in turn, learnt from all
others, without what another writer wrote in the same words. `-v` prints what was missed and what was mistaken.
"""

import sys
from collections import Counter
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bot.cli.content import load  # noqa: E402
from bot.compiled import Compiled, ordinary_texts  # noqa: E402
from bot.recognisers.distress import Distress  # noqa: E402

Rows = list[tuple[str, str | None]]
HELD_OUT = ROOT / "benchmarks/messages/distress.yaml"


def main() -> None:
    if "--by-writer" in sys.argv:
        by_writer()
        return
    files = [Path(name) for name in sys.argv[1:] if name != "-v"] or [HELD_OUT]
    rows = [(row["said"], row["distress"]) for file in files for row in yaml.safe_load(file.read_text("utf-8"))]
    measure(Compiled.of(load(ROOT)).distress, rows)


def by_writer() -> None:
    content = load(ROOT)
    knowledge, others = content.knowledge, list(ordinary_texts(content))
    labelled = [one for one in knowledge.messages if not one.parts]
    held_out = [(row["said"], row["distress"]) for row in yaml.safe_load(HELD_OUT.read_text("utf-8"))]
    written = {writer: [one for one in labelled if one.writer == writer] for writer in {one.writer for one in labelled}}
    rows_of: dict[str, Rows] = {writer: [(one.text, one.distress) for one in own] for writer, own in written.items()}
    for writer, rows in sorted({**rows_of, "b": held_out}.items()):
        learnt = [one for one in labelled if one.writer != writer]
        known = {plain(one.text) for one in learnt}
        foreign = knowledge.foreign_cries.values()
        distress = Distress(tuple(knowledge.care.values()), learnt, others, knowledge.meanings.values(), foreign)
        print(f"writer {writer}: ", end="")
        measure(distress, [row for row in rows if plain(row[0]) not in known], brief=True)


def plain(said: str) -> str:
    return said.casefold().strip(" .!?")


def measure(distress: Distress, rows: Rows, brief: bool = False) -> None:
    asked: Counter[str] = Counter()
    heard: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for said, kind in rows:
        found = distress.hear(said)
        asked[kind or "none of them"] += 1
        heard[kind or "none of them"] += found is not None
        right[kind or "none of them"] += found == kind
        if "-v" in sys.argv and (found is None) != (kind is None):
            print(f"{'missed' if kind else 'mistaken':9}{kind or found:10}{said}")
    if not brief:
        print(f"{'kind':14}{'rows':>6}{'heard':>7}{'of that kind':>14}")
        for name, count in asked.items():
            print(f"{name:14}{count:6}{heard[name]:7}{right[name] if name != 'none of them' else '-':>14}")
    mistaken = heard.pop("none of them", 0)
    others = asked.pop("none of them", 0)
    print(f"heard {heard.total()} of {asked.total()}; mistaken {mistaken} of {others}")


if __name__ == "__main__":
    main()
