"""Questions that real people put on the internet: answered rightly, wrongly, or not at all?

    .venv/bin/python benchmarks/real_questions.py [questions.tsv] [-v]

A row of gold/real/questions_dev.tsv names the entries that answer it, as people who had read both saw it: `[q78|q79]`.
With `idk` among them "I don't know" is right too, and so is an entry newer than q100, which they could not know: `-v`
names those, to be read by a person. Bar: right 0.75, wrong 0.04.
"""

import argparse
import csv
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bot.cli.wiring import open_compiled
from bot.recognisers.faq import Found
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
GOLD = ROOT.parent / "shared" / "gold" / "real" / "questions_dev.tsv"
UNKNOWN = "idk"
LABELLED = frozenset(f"q{number:02}" for number in range(1, 101))  # the FAQ when the rows were labelled


@dataclass(frozen=True, slots=True)
class Asked:
    question: str
    expected: frozenset[str]
    found: Found

    @property
    def verdict(self) -> str:
        answer = self.found.id
        if answer is None:
            return "honest" if UNKNOWN in self.expected else "nothing"
        if answer in self.expected:
            return "answered"
        return "newer" if answer not in LABELLED and UNKNOWN in self.expected else "wrong"


def ids(expected: str) -> frozenset[str]:
    """The ids at the end of what is expected: "te oud [q44]"."""
    listed = re.search(r"\[([^]]+)\]\s*$", expected)
    return frozenset(listed[1].split("|")) if listed else frozenset()


def main(path: Path, verbose: bool) -> None:
    faq = open_compiled(Settings.read({}, root=ROOT)).faq
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    asked = [Asked(row["question"], ids(row["expected"]), faq.look_up(row["question"])) for row in rows]
    count = Counter(one.verdict for one in asked)
    right = count["answered"] + count["newer"] + count["honest"]
    print(f"{len(asked)} questions")
    print(f"right    {right / len(asked):.3f}   goal 0.75")
    print(f"  {count['answered']} answered, {count['newer']} by a newer entry, {count['honest']} rightly not known")
    print(f"wrong    {count['wrong'] / len(asked):.3f}   goal at most 0.04")
    print(f"nothing  {count['nothing'] / len(asked):.3f}   though the FAQ has it")
    offered = sum(bool(one.expected & set(one.found.suggestions)) for one in asked if one.verdict == "nothing")
    print(f"  the right one was offered {offered} times")
    if verbose:
        for one in asked:
            best = " ".join(f"{match.label} {match.score:.2f}" for match in one.found.candidates[:3])
            print(f"{one.verdict:9}{'|'.join(sorted(one.expected)):18}{best:30}{one.question}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", nargs="?", type=Path, default=GOLD)
    parser.add_argument("-v", action="store_true", dest="verbose", help="every question with what was found")
    given = parser.parse_args()
    main(given.questions, given.verbose)
