"""What someone does or wants to do, in their own words, read as occupations and sectors."""

from bot.recognisers.work.lexicon import inflected
from bot.recognisers.work.reading import Wishes, WishRead

__all__ = ["WishRead", "Wishes", "inflected"]
