"""All content, as the rest of the bot gets it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.content.flow import Flow
from bot.content.knowledge import Knowledge
from bot.text import Text


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that editors write. `version` changes with every change in any file."""

    flows: Mapping[str, Flow]
    sentences: Mapping[str, Text]
    knowledge: Knowledge
    version: str
