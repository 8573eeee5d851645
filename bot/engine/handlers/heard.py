"""A message that is being dealt with, and what deals with a part of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from bot.engine.handlers.told import KeptFacts
from bot.engine.turn import TurnContext
from bot.engine.walk import Position
from bot.recognisers.language import LanguageRead
from bot.understanding import COMPANY, Act

A = TypeVar("A")

SURE_OF_REQUEST = 0.3  # probability; a request that is less sure is none
SURE_TO_LEAVE = 0.55
HUMAN = "human"
LOUD = frozenset({HUMAN, "forget", "stop", "restart", COMPANY, "language"})
EXPLORE = "explore"


@dataclass
class Heard:
    """A message that is being dealt with. `kept`: what was kept of it; `said`: whether anything but a play-back was."""

    turn: TurnContext
    text: str
    acts: tuple[Act, ...]
    before: Position
    language: LanguageRead
    told: str = ""
    cues: frozenset[str] = frozenset()  # what was said in passing, and not before
    kept: KeptFacts = field(default_factory=KeptFacts)
    said: bool = False
    sorry: bool = False  # we said that we are
    passed: bool = False  # the open question was passed over, or asked back: it is not put again

    def of(self, kind: type[A]) -> list[A]:
        """The acts of one kind, in their order."""
        return [act for act in self.acts if isinstance(act, kind)]

    def has(self, *kinds: type) -> bool:
        return any(isinstance(act, kinds) for act in self.acts)


Handler = Callable[[Heard], bool]
"""Deals with the acts of one kind: True when the turn ends with it."""
