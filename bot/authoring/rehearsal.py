"""A conversation without a store: the engine, and as much of the shell as its words depend on.

Everything that plays a person drives one of these: conversation files, walks, `overstap chat --jsonl`, the tests.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.compiled import Compiled
from bot.engine import State, Turn, advance
from bot.engine.effects import Button, Effect, FileLead, Forget, LeadDraft, Message, Send, WithdrawConsent
from bot.engine.events import Event, Pressed, Said
from bot.engine.state import CONTACT
from bot.engine.transcript import pressable, to_event
from bot.text import fill, fill_paragraph

REFERENCE = "L-2026-0001"  # of every lead in a rehearsal

Watch = Callable[[State, Turn, datetime], None]
"""Hears of every turn: the state before it, what came of it, and when."""


class Rehearsal:
    """One person. `watch` hears of every turn, for coverage."""

    def __init__(
        self,
        compiled: Compiled,
        on: datetime,
        language: str = "nl",
        watch: Watch | None = None,
        state: State | None = None,
    ) -> None:
        self.compiled, self.on, self.watch = compiled, on, watch
        self.state = state or State.new(language)
        self.last = Turn(self.state, ())  # as the person sees it: with the reference of the lead filled in
        self.lead: LeadDraft | None = None  # what an adviser has of them now
        self.buttons: tuple[Button, ...] = ()
        self.typed = 0  # messages: the number of the last one
        self.full: frozenset[str] = frozenset()  # the flows without a place for them, which only a store knows

    def take(self, event: Event) -> tuple[Effect, ...]:
        """One turn; raises whatever the engine raises."""
        # As in the store: a state that is not what it was after writing and reading loses answers at night only.
        before = State.from_json(self.state.to_json())
        turn = advance(self.compiled, before, event, on=self.on, full=self.full)
        if self.watch:
            self.watch(before, turn, self.on)
        return self.show(turn)

    def show(self, turn: Turn) -> tuple[Effect, ...]:
        """Do what the shell does with a turn."""
        self.state = turn.state
        for effect in turn.effects:
            match effect:
                case FileLead(draft):
                    self.lead = draft
                    self.state = replace(self.state, reference=REFERENCE)
                case WithdrawConsent(purpose) if purpose == CONTACT:
                    self.lead = None
                    self.state = replace(self.state, reference=None)
                case Forget():
                    self.lead = None
                    self.state = State.new(self.state.language)
                case _:
                    pass
        self.last = replace(turn, state=self.state, effects=tuple(map(self._filled, turn.effects)))
        if messages := self.messages:
            self.buttons = pressable(messages)
        return self.last.effects

    # ------------------------------------------------------------------ what a person does
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

    def say(self, *texts: str) -> str:
        """Type these, one after the other; gives what the bot says to the last."""
        for text in texts:
            self.typed += 1
            self.take(Said(text, message=self.typed))
        return self.text

    def until(self, question: str, *texts: str) -> "Rehearsal":
        """Type these, until a question is put; raises AssertionError when it never is."""
        for text in texts:
            if self.state.asked == question:
                break
            self.say(text)
        assert self.state.asked == question, f"{self.state.asked} is asked, and not {question}"
        return self

    def edit(self, message: int, text: str) -> str:
        """Change a message of theirs, by its number from 1."""
        self.take(Said(text, edited=True, message=message))
        return self.text

    def press(self, label: str) -> str:
        """Press a button under the last messages by its words."""
        self.take(Pressed(self.button(label)))
        return self.text

    # ------------------------------------------------------------------ what came of it
    @property
    def messages(self) -> Sequence[Message]:
        return [effect.message for effect in self.last.effects if isinstance(effect, Send)]

    @property
    def text(self) -> str:
        """All that the bot said in its last turn, titles included."""
        return "\n".join("\n".join(filter(None, [one.title, one.text])) for one in self.messages)

    @property
    def labels(self) -> list[str]:
        return [button.label for message in self.messages for button in message.buttons]

    def button(self, label: str) -> str:
        """What a button of the last turn carries."""
        return next(one.data for message in self.messages for one in message.buttons if one.label == label)

    def did(self, *kinds: type[Effect]) -> list[Effect]:
        """The effects of these kinds in the last turn."""
        return [effect for effect in self.last.effects if isinstance(effect, kinds)]

    def _filled(self, effect: Effect) -> Effect:
        """With what the shell fills in: the number of a lead, and nothing for a channel, since there is none here."""
        if not isinstance(effect, Send) or "{" not in effect.message.text:
            return effect
        text = fill_paragraph(effect.message.text, "channel", None)
        return Send(replace(effect.message, text=fill(text, {"reference": self.state.reference or "{reference}"})))
