"""Cities of other countries, each with what its country is called: "een diploma uit Damascus".

From the Unicode CLDR, by way of Babel: the city after which every time zone is named, so the capitals and the largest.
"""

from collections.abc import Iterable, Mapping

from bot.matching import fold


def cities_abroad(home: str, languages: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """The (folded) names of their countries, by the (folded) name of a city. `home`: the code of the own country."""
    # Needed while the content is compiled, and in no turn.
    from babel import Locale
    from babel.core import get_global

    zones, aliases = get_global("zone_territories"), get_global("zone_aliases")
    in_zone = {**zones, **{alias: zones[zone] for alias, zone in aliases.items() if zone in zones}}
    found: dict[str, frozenset[str]] = {}
    locales = [Locale.parse(code) for code in languages]
    for zone, territory in in_zone.items():
        if territory == home or "/" not in zone:
            continue
        countries = frozenset(
            fold(locale.territories[territory]) for locale in locales if territory in locale.territories
        )
        called = {zone.rpartition("/")[2].replace("_", " ")}
        called |= {city for locale in locales if (city := locale.time_zones.get(zone, {}).get("city"))}
        found |= {fold(city): countries for city in called if countries}
    return found
