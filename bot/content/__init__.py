"""`flows/` and `knowledge/` as frozen models, or everything that is wrong with them, with line and column.

`content.py` says what there is. `load.py` reads it; a bot that has it in its cache never imports that.
"""

from bot.content.content import Content

__all__ = ["Content"]
