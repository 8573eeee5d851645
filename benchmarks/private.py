"""How much of what we may not keep is found, how many look-alikes are taken for it, and what is left of a text.

    .venv/bin/python benchmarks/private.py [-v] [FILE ...]

FILE: rows of {said, private, never, keeps}; without one, benchmarks/messages/private.yaml. `-v` prints what went wrong.
"""

import sys
from collections import Counter
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bot.content.load import read_words  # noqa: E402
from bot.recognisers.private import Private  # noqa: E402


def main() -> None:
    files = [Path(name) for name in sys.argv[1:] if name != "-v"] or [ROOT / "benchmarks/messages/private.yaml"]
    private = Private(*read_words(ROOT))
    count: Counter[str] = Counter()
    for row in (row for file in files for row in yaml.safe_load(file.read_text("utf-8"))):
        said, kind = row["said"], row["private"]
        found = private.find(said)
        rest = private.without_health(said) if found == "health" else ""
        count[f"{kind or 'none'} rows"] += 1
        wrong = ""
        if kind is None:
            wrong = f"taken for {found}" if found else ""
        elif found != kind:
            wrong = "missed"
        elif row["never"].casefold() in rest.casefold():
            wrong = f"left: {rest}"
        elif row.get("keeps", "").casefold() not in rest.casefold():
            wrong = f"lost: {rest}"
        count[f"{kind or 'none'} {wrong.partition(':')[0] or 'right'}"] += 1
        if wrong and "-v" in sys.argv:
            print(f"{wrong:30} {said}")
    for name, times in sorted(count.items()):
        print(f"{name:24}{times:5}")


if __name__ == "__main__":
    main()
