"""How many cries are heard, and how many look-alikes are taken for one.

    .venv/bin/python benchmarks/distress.py [-v] [FILE ...]

FILE: rows of {said, distress}, as in knowledge/messages; without one, the messages of a writer whose words the bot has
never learnt from (benchmarks/messages/distress.yaml). `-v` prints what was missed and what was mistaken.
"""

import sys
from collections import Counter
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bot.cli.content import load  # noqa: E402
from bot.compiled import Compiled  # noqa: E402


def main() -> None:
    files = [Path(name) for name in sys.argv[1:] if name != "-v"] or [ROOT / "benchmarks/messages/distress.yaml"]
    hear = Compiled.of(load(ROOT)).distress.hear
    rows = [(row["said"], row["distress"]) for file in files for row in yaml.safe_load(file.read_text("utf-8"))]
    asked, heard, right = Counter(), Counter(), Counter()
    for said, kind in rows:
        found = hear(said)
        asked[kind or "none of them"] += 1
        heard[kind or "none of them"] += found is not None
        right[kind or "none of them"] += found == kind
        if "-v" in sys.argv and (found is None) != (kind is None):
            print(f"{'missed' if kind else 'mistaken':9}{kind or found:10}{said}")
    print(f"{'kind':14}{'rows':>6}{'heard':>7}{'of that kind':>14}")
    for kind, count in asked.items():
        print(f"{kind:14}{count:6}{heard[kind]:7}{right[kind] if kind != 'none of them' else '-':>14}")
    mistaken = heard.pop("none of them", 0)
    others = asked.pop("none of them", 0)
    print(f"heard {heard.total()} of {asked.total()}; mistaken {mistaken} of {others}")


if __name__ == "__main__":
    main()
