"""`flows/` and `knowledge/` as frozen models, or everything that is wrong with them, with line and column."""

from bot.content.load import Content, load

__all__ = ["Content", "load"]
