"""Numbers in a text: in figures and in words, what they count, whose they are, and how surely they are said."""

from bot.recognisers.numbers.counting import Counted, Counting, Measure
from bot.recognisers.numbers.measures import without

__all__ = ["Counted", "Counting", "Measure", "without"]
