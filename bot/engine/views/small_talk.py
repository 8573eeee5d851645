"""What is said to the bot itself, and needs no more than a word back."""

from bot.content.knowledge import SmallTalk
from bot.engine.turn import TurnContext


def small_talk(turn: TurnContext, text: str) -> SmallTalk | None:
    """What is said to the bot itself, and is no answer and no question about training or money."""
    found = turn.compiled.small_talk.look_up(text)
    return turn.compiled.content.knowledge.small_talk[found] if found else None
