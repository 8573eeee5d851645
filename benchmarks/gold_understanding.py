"""How well places and wishes are read, on labelled texts: `python benchmarks/gold_understanding.py [FOLDER]`.

FOLDER holds `wishes.tsv` and `places.tsv` (default `../shared/gold`; its README.md says how they were labelled).
"""

import csv
import sys
import time
from pathlib import Path
from statistics import median

from bot.content.flow import Vocabulary
from bot.content.knowledge_schema import FORMATS
from bot.content.language import together
from bot.content.load import read_languages
from bot.content.reader import Reader
from bot.recognisers.places import Places
from bot.recognisers.work import Wishes

ROOT = Path(__file__).parent.parent
ALSO_KNOWN_AS = {"den haag": "'s-gravenhage", "den bosch": "'s-hertogenbosch", "fryslân": "friesland"}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def same(name: str | None) -> str:
    folded = (name or "none").casefold()
    return ALSO_KNOWN_AS.get(folded, folded)


def report(title: str, right: dict[str, list[bool]], seconds: list[float], wrong: list[str]) -> None:
    print(
        f"{title}: {len(seconds)} texts, {median(seconds) * 1000:.2f} ms median, {max(seconds) * 1000:.1f} ms at most"
    )
    for measure, outcomes in right.items():
        print(f"  {measure:<9} {sum(outcomes) / len(outcomes):.3f}")
    for line in wrong:
        print(f"  wrong: {line}")


def score_places(places: Places, texts: list[dict[str, str]]) -> None:
    right: dict[str, list[bool]] = {"place": [], "province": []}
    seconds, wrong = [], []
    for row in texts:
        started = time.perf_counter()
        read = places.read(row["text"])
        seconds.append(time.perf_counter() - started)
        expected = [same(name) for name in row["municipality"].split("|")]
        if len(expected) > 1:
            good = read.municipality is None and len({same(name) for name in read.candidates} & set(expected)) > 1
        else:
            good = same(read.municipality) == expected[0] and (expected[0] != "none" or not read.candidates)
        right["place"].append(good)
        if "|" not in row["province"]:
            right["province"].append(same(read.province) == same(row["province"]))
        if not good:
            wrong.append(f"{row['text']!r}: {row['municipality']}, read as {read}")
    report("places", right, seconds, wrong)


def score_wishes(wishes: Wishes, texts: list[dict[str, str]]) -> None:
    right: dict[str, list[bool]] = {"hit": [], "clean": []}
    seconds, wrong = [], []
    for row in texts:
        started = time.perf_counter()
        read = wishes.read(row["text"], Vocabulary(row["kind"]))
        seconds.append(time.perf_counter() - started)
        expected, sectors = set(row["sectors"].split(",")), set(read.sectors)
        right["hit"].append(bool(sectors & expected) or (not sectors and "NONE" in expected))
        right["clean"].append(sectors <= expected)
        if not (right["hit"][-1] and right["clean"][-1]):
            wrong.append(f"{row['text']!r} ({row['kind']}): {row['sectors']}, read as {read.sectors}")
    report("wishes", right, seconds, wrong)


def main() -> None:
    gold = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "gold"
    reader = Reader(ROOT)
    words = together(read_languages(reader).values())
    municipalities, areas = reader.by("name", FORMATS["places"]).values(), reader.only(FORMATS["areas"])
    places = Places(municipalities, reader.country.postcode, words.places, areas)
    wishes = Wishes(
        *(reader.by("id", FORMATS[kind]).values() for kind in ("sectors", "occupations", "wishes")), words.work
    )
    score_places(places, rows(gold / "places.tsv"))
    score_wishes(wishes, rows(gold / "wishes.tsv"))


if __name__ == "__main__":
    main()
