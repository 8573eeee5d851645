"""Where someone lives: a postcode, a town, a district or a province, typed any way, read as a Dutch municipality."""

from bot.recognisers.places.abroad import Origins, cities_abroad
from bot.recognisers.places.reading import NOWHERE, PlaceRead, Places

__all__ = ["NOWHERE", "Origins", "PlaceRead", "Places", "cities_abroad"]
