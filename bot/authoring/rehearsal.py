"""A conversation without a store: the engine, and as much of the shell as its words depend on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.compiled import Compiled
from bot.engine import State, Turn, advance
from bot.engine.effects import Button, Effect, FileLead, Forget, Send, WithdrawConsent
from bot.engine.events import Event, Said
from bot.engine.state import CONTACT
from bot.engine.transcript import pressable, to_event
from bot.text import fill, fill_paragraph

REFERENCE = "L-2026-0001"  # of every lead in a rehearsal

Watch = Callable[[State, Turn, datetime], None]
"""Hears of every turn: the state before it, what came of it, and when."""


class Rehearsal:
    """One person. `watch` hears of every turn, for coverage."""

    def __init__(self, compiled: Compiled, on: datetime, language: str = "nl", watch: Watch | None = None) -> None:
        self.compiled, self.on, self.watch = compiled, on, watch
        self.state = State.new(language)
        self.buttons: tuple[Button, ...] = ()
        self.typed = 0  # messages: the number of the last one

    def take(self, event: Event) -> tuple[Effect, ...]:
        """One turn; raises whatever the engine raises."""
        # As in the store: a state that is not what it was after writing and reading loses answers at night only.
        before = State.from_json(self.state.to_json())
        turn = advance(self.compiled, before, event, on=self.on)
        if self.watch:
            self.watch(before, turn, self.on)
        self.state = turn.state
        for effect in turn.effects:
            match effect:
                case FileLead():
                    self.state = replace(self.state, reference=REFERENCE)
                case WithdrawConsent(purpose) if purpose == CONTACT:
                    self.state = replace(self.state, reference=None)
                case Forget():
                    self.state = State.new(self.state.language)
                case _:
                    pass
        effects = tuple(map(self._filled, turn.effects))
        messages = [effect.message for effect in effects if isinstance(effect, Send)]
        if messages:
            self.buttons = pressable(messages)
        return effects

    def said(self, text: str) -> Event:
        """What a line means, as in a terminal."""
        event = to_event(text, self.buttons)
        if isinstance(event, Said):
            self.typed += 1
            return replace(event, message=self.typed)
        return event

    def edited(self, text: str) -> Said:
        """The last thing that they typed, changed into this."""
        return Said(text, edited=True, message=self.typed)

    def _filled(self, effect: Effect) -> Effect:
        """With what the shell fills in: the number of a lead, and nothing for a channel, since there is none here."""
        if not isinstance(effect, Send) or "{" not in effect.message.text:
            return effect
        text = fill_paragraph(effect.message.text, "channel", None)
        return Send(replace(effect.message, text=fill(text, {"reference": self.state.reference or "{reference}"})))
