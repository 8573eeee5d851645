"""Which municipality a town is in. Many villages share a name, and some the name of a larger town elsewhere."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from bot.content.knowledge import Municipality

_WRITTEN_SO = re.compile(r"(?P<town>.+?)\s*\((?P<municipality>.+)\)")
_LETTERS = re.compile(r"[^a-z0-9]+")


def plain(name: str) -> str:
    """A name without capitals, accents and signs: "'s-Gravenhage" and "s Gravenhage" are one."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    return _LETTERS.sub(" ", "".join(letter for letter in bare if not unicodedata.combining(letter))).strip()


class Towns:
    """The municipalities by the names of their towns."""

    def __init__(self, municipalities: Iterable[Municipality]) -> None:
        municipalities = tuple(municipalities)
        # A town that gave its municipality the name is meant before a village of that name ("Rijswijk", "Hoorn").
        self._main = {plain(one.name): one.name for one in municipalities}
        by_name: dict[str, dict[str, None]] = defaultdict(dict)
        for one in municipalities:
            for name in (*one.aliases, *one.places):
                by_name[plain(name)][one.name] = None
        self._by_name = {name: tuple(found) for name, found in by_name.items()}
        self.names = sorted({name for one in municipalities for name in (one.name, *one.aliases, *one.places)})
        self._spelled = {plain(name): name for name in (*self.names, *self._main.values())}
        self._postcodes = sorted((first, last, one.name) for one in municipalities for first, last in one.pc4)

    def municipalities(self, place: str) -> tuple[str, ...]:
        """The municipality of a town; several when they share the name, none when nobody knows it.

        Of "Velp (Rheden)" the one between brackets, when it has such a town.
        """
        written = _WRITTEN_SO.fullmatch(place)
        if written and (one := self._main.get(plain(written["municipality"]))):
            return (one,) if one in self._all(written["town"]) else ()
        main = self._main.get(plain(place))
        return (main,) if main else self._by_name.get(plain(place), ())

    def spelled(self, place: str) -> str:
        """A town as we write it: "AMSTERDAM" is Amsterdam, and "Den Haag" stays that."""
        return self._spelled.get(plain(place), place)

    def at_postcode(self, postcode: str) -> str | None:
        """The municipality of a postcode, of which the digits are enough; None when none has it."""
        digits = postcode.strip()[:4]
        return next((name for first, last, name in self._postcodes if first <= digits <= last), None)

    def _all(self, town: str) -> tuple[str, ...]:
        main = self._main.get(plain(town))
        return (*([main] if main else []), *self._by_name.get(plain(town), ()))
