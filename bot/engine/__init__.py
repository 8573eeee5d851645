"""The conversation as a pure state machine: `advance(compiled, state, event, on=now) -> Turn(state, effects)`."""

from bot.engine.advance import Turn, advance
from bot.engine.state import State

__all__ = ["State", "Turn", "advance"]
