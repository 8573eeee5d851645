"""Where people live."""

from dataclasses import dataclass
from typing import Annotated

from bot.content.annotations import Key
from bot.content.problems import Location


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality with the places in it."""

    name: Annotated[str, "Its name; the only one of that name."]
    province: Annotated[str, "The province it is in."]
    region: Annotated[str, "Its labour-market region."]
    coordinates: Annotated[tuple[float, float], Key("at"), "Latitude and longitude of its main town, in degrees."]
    pc4: Annotated[tuple[tuple[str, str], ...], "Its postcodes: ranges of their digits, both ends included."]
    at: Location
    places: Annotated[tuple[str, ...], "Towns, villages and districts in it."] = ()
    aliases: Annotated[tuple[str, ...], "Other spellings, and its name in other languages."] = ()
