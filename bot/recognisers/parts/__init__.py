"""The parts of a message, each with what it is: "Dordrecht." is a place, "maar wie betaalt dat" asks something."""

from bot.recognisers.parts.chosen import Chosen
from bot.recognisers.parts.parts import Part, Parts
from bot.recognisers.parts.typed import tokens

__all__ = ["Chosen", "Part", "Parts", "tokens"]
