"""How many companies are heard as one, and how many people are taken for one.

    .venv/bin/python benchmarks/company.py [FILE] [-v]

Each line of the file is a message: "+ " before what a company wrote, "- " before what a person did. Nothing in it was
learnt from (`knowledge/company.yaml` and `knowledge/messages/` are), and nothing may be tuned to a single line of it.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bot.cli.wiring import open_compiled  # noqa: E402
from bot.recognisers.companies import IS_ONE  # noqa: E402
from bot.settings import Settings  # noqa: E402

FILE = ROOT / "benchmarks" / "messages" / "companies.txt"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=FILE)
    parser.add_argument("-v", action="store_true", help="print what was missed or mistaken")
    given = parser.parse_args()
    companies = open_compiled(Settings.read({}, root=ROOT)).companies
    lines = [line.partition(" ") for line in given.file.read_text("utf-8").splitlines() if line]
    said = [(mark == "+", companies.likely(text), text) for mark, _, text in lines]
    for is_one, name in ((True, "companies heard"), (False, "people mistaken")):
        some = [(likely, text) for mark, likely, text in said if mark is is_one]
        print(f"{name}: {sum(likely >= IS_ONE for likely, _ in some)} of {len(some)}")
        for likely, text in sorted(some) if given.v else ():
            if (likely >= IS_ONE) is not is_one:
                print(f"  {likely:.2f} {text}")


if __name__ == "__main__":
    main()
