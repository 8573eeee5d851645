"""Score advice on labelled people (gold/README.md): `.venv/bin/python benchmarks/gold_advice.py [personas.yaml] [-v]`.

hit@3, what is shown of the `never` lists, nothing-fits, and the status of every labelled way to pay, with the
confusion of each pair. `-v` names every miss.
"""

import sys
from collections import Counter
from datetime import date
from pathlib import Path
from time import perf_counter

import yaml

from bot.advice import MoneyStatus, advise
from bot.cli.content import load
from bot.compiled import Compiled
from bot.content.knowledge import ProgrammeKind, Route

ROOT = Path(__file__).parent.parent
GOLD = ROOT.parent / "shared" / "gold" / "personas.yaml"
ON = date(2026, 11, 21)


def main(path: Path, verbose: bool) -> None:
    people = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    compiled = Compiled.of(load(ROOT))
    hits, asked, violations, nothing_right, nothing_asked = 0, 0, [], 0, 0
    confusion: Counter[tuple[str, str]] = Counter()
    misses: list[str] = []
    times = []
    for person in people:
        begun = perf_counter()
        advice = advise(compiled, person["answers"], on=ON)
        times.append(perf_counter() - begun)
        # A route is there for nearly every wish: no list of programmes can name it, and it is left out of the count.
        shown = [offer.item.id for offer in advice.offers if not isinstance(offer.item, Route)]
        wanted = person["programmes"]["any_of_top3"]
        if wanted:
            asked += 1
            hit = bool(set(wanted) & set(shown[:3]))
            hits += hit
            if not hit:
                misses.append(f"{person['id']} shows {shown}, wanted one of {wanted}")
        if person["programmes"].get("nothing_fits"):
            nothing_asked += 1
            training = [o.item.id for o in advice.offers if o.item.kind is ProgrammeKind.RETRAINING]
            nothing_right += not training
            misses += [f"{person['id']} should show nothing, shows {training}"] * bool(training)
        violations += [f"{person['id']} shows {one}" for one in shown if one in person["programmes"]["never"]]
        status = {money.subsidy.id: money.status.value for money in advice.money}
        for subsidy, label in person["subsidies"].items():
            confusion[label, status[subsidy]] += 1
            if status[subsidy] != label:
                misses.append(f"{person['id']} {subsidy}: {status[subsidy]}, should be {label}")
    report(hits, asked, violations, nothing_right, nothing_asked, confusion)
    print(f"median {sorted(times)[len(times) // 2] * 1000:.1f} ms a person")
    if verbose:
        print(*misses, *violations, sep="\n")


def report(
    hits: int,
    asked: int,
    violations: list[str],
    nothing_right: int,
    nothing_asked: int,
    confusion: Counter[tuple[str, str]],
) -> None:
    right = sum(count for (label, said), count in confusion.items() if label == said)
    labels = sorted({label for label, _ in confusion})
    recall = {
        label: confusion[label, label] / sum(n for (one, _), n in confusion.items() if one == label) for label in labels
    }
    wrongly = sum(n for (label, said), n in confusion.items() if said == MoneyStatus.ELIGIBLE and label != said)
    print(f"hit@3                {hits}/{asked} = {hits / asked:.3f}   (goal >= 0.90)")
    print(f"never-violations     {len(violations)}   (goal 0)")
    print(f"nothing fits         {nothing_right}/{nothing_asked}")
    print(f"subsidy accuracy     {right}/{confusion.total()} = {right / confusion.total():.3f}   (goal >= 0.95)")
    print(f"subsidy macro        {sum(recall.values()) / len(recall):.3f}   (goal >= 0.93)   {recall}")
    print(f"wrongly eligible     {wrongly}   (goal 0)")
    for (label, said), count in sorted(confusion.items()):
        if label != said:
            print(f"    {label} said to be {said}: {count}")


if __name__ == "__main__":
    paths = [Path(one) for one in sys.argv[1:] if not one.startswith("-")]
    main(paths[0] if paths else GOLD, "-v" in sys.argv)
