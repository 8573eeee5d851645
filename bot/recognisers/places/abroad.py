"""Cities of other countries, each with what its country is called: "een diploma uit Homs".

The cities are those of GeoNames with a hundred thousand people or more, by the names they go by in Latin letters
(`scripts/build_cities.py`); what a country is called in a language is that of the Unicode CLDR, by way of Babel.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from bot.matching import fold, words
from bot.matching.word_vectors import word_table

FILE = Path(__file__).parent / "cities.json"
LONGEST = 3  # words of a name
ORDINARY = 5.0  # by Zipf: who comes "from here" is not from a city of that name


def cities_abroad(home: str, languages: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """The (folded) names of their countries, by the (folded) name of a city. `home`: the code of the own country."""
    # Needed while the content is compiled, and in no turn.
    from babel import Locale

    locales = [Locale.parse(code) for code in languages]
    found: dict[str, set[str]] = defaultdict(set)
    for code, cities in json.loads(FILE.read_text("utf-8")).items():
        if code == home:
            continue
        countries = {fold(locale.territories[code]) for locale in locales if code in locale.territories}
        for city in cities:
            found[city] |= countries
    return {city: frozenset(countries) for city, countries in found.items()}


class Origins:
    """Whether somebody says that they come from another country: "uit Homs", or the name of a country and no more."""

    def __init__(
        self,
        countries: Mapping[str, str],
        before: Iterable[tuple[str, str]],
        cities: Mapping[str, frozenset[str]],
        is_here: Callable[[str], bool],
    ) -> None:
        """`countries`: names, each with the cue that it is; `before`: words before a city, with the same."""
        self._countries = {" ".join(words(name)): cue for name, cue in countries.items()}
        self._before, self._cities, self._is_here = dict(before), cities, is_here

    def read(self, text: str) -> frozenset[str]:
        """The cues."""
        said = words(text)
        whole = self._countries.get(" ".join(said))
        return frozenset([whole]) if whole else frozenset(self._behind(said))

    def _behind(self, said: list[str]) -> Iterator[str]:
        for place, word in enumerate(said):
            behind = said[place + 1 : place + 1 + LONGEST] if word in self._before else []
            if any(self._is_abroad(" ".join(behind[:size])) for size in range(1, len(behind) + 1)):
                yield self._before[word]

    def _is_abroad(self, name: str) -> bool:
        table = word_table()
        return name in self._cities and table.zipf(table.row(name)) < ORDINARY and not self._is_here(name)
