"""What somebody cannot do, will not do, or needs, found in any text: "niet tillen", "max 30 min reizen"."""

from bot.recognisers.limits.finding import FoundLimit, Limits

__all__ = ["FoundLimit", "Limits"]
