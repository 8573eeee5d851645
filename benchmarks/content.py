"""How long it takes to read all content, and to check it: `.venv/bin/python benchmarks/content.py`.

Bar (issue 4): loading and checking all content takes at most one second, median. Times are of the processor and on
the clock; the first round also imports what measures texts, and is left out.
"""

from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from bot.authoring.check import problems
from bot.cli.content import load

ROOT = Path(__file__).parent.parent
ON = date(2026, 11, 21)
ROUNDS = 9


def main() -> None:
    files = [path for kind in ("flows", "knowledge") for path in (ROOT / kind).glob("**/*.yaml")]
    print(f"{len(files)} files, {sum(path.stat().st_size for path in files) / 1e6:.1f} MB")
    for name, work in (("load", lambda: load(ROOT)), ("load and check", lambda: problems(ROOT, ON))):
        work()
        clock, processor = [], []
        for _ in range(ROUNDS):
            began, used = perf_counter(), process_time()
            work()
            clock.append(perf_counter() - began)
            processor.append(process_time() - used)
        print(f"{name:15} median {median(clock):.2f} s on the clock, {median(processor):.2f} s of the processor")


if __name__ == "__main__":
    main()
