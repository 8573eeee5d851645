"""The FAQ on gold: does it find the question that people mean, and keep silent when there is none?

    python benchmarks/gold_faq.py [--gold ../shared/gold/faq_queries.tsv]

Scores as `gold/README.md` defines them. The queries are never trained on: the FAQ knows only knowledge/.
"""

import argparse
import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.cli.wiring import open_compiled
from bot.recognisers.faq import SURE, Found
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
NONE = "NONE"


@dataclass(frozen=True, slots=True)
class Asked:
    query: str
    expected: str
    language: str
    found: Found

    @property
    def ranked(self) -> list[str]:
        return [match.label for match in self.found.candidates]


def share(truths: Iterable[bool]) -> float:
    found = list(truths)
    return sum(found) / len(found) if found else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--gold", type=Path, default=ROOT.parent / "shared" / "gold" / "faq_queries.tsv")
    gold = parser.parse_args().gold

    faq = open_compiled(Settings.read({}, root=ROOT)).faq
    with gold.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    asked = [Asked(row["query"], row["faq_id"], row["lang"], faq.look_up(row["query"])) for row in rows]
    inside = [one for one in asked if one.expected != NONE]
    outside = [one for one in asked if one.expected == NONE]

    print(f"{len(inside)} questions that the FAQ answers, {len(outside)} that it does not")
    print(f"first right    {share(one.ranked[:1] == [one.expected] for one in inside):.3f}   goal 0.80")
    print(f"among three    {share(one.expected in one.ranked[:3] for one in inside):.3f}   goal 0.93")
    for language in sorted({one.language for one in inside}):
        own = [one for one in inside if one.language == language]
        print(f"  {language:4} {len(own):4} {share(one.ranked[:1] == [one.expected] for one in own):.3f} first right")
    right = share(one.found.id == one.expected for one in inside)
    wrong = share(one.found.id not in (None, one.expected) for one in inside)
    print(f"by itself, from a score of {SURE}")
    print(f"  right        {right:.3f}   goal 0.65")
    print(f"  wrong        {wrong:.3f}   goal at most 0.08")
    print(f"  refused      {share(one.found.id is None for one in outside):.3f}   goal 0.90, of what has no answer")
    print(f"  suggested    {share(one.expected in one.found.suggestions for one in inside):.3f}   right among them")


if __name__ == "__main__":
    main()
