"""What someone does or wants to do, in their own words, read as occupations and sectors."""

from bot.wishes.parts import Kind
from bot.wishes.reading import Wishes, WishRead

__all__ = ["Kind", "WishRead", "Wishes"]
