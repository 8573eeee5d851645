"""One turn of a conversation: an event comes in, a new state and what to do come out."""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from bot.content.message_keys import Sentence
from bot.engine.commands import table as commands
from bot.engine.commands.navigation import begin
from bot.engine.effects import Effect, Send
from bot.engine.events import Elapsed, Event, Pressed, Said, SentAttachment, SharedContact, Started
from bot.engine.flow.migration import upgrade
from bot.engine.flow.timers import expire, expired, next_wake, wake, welcome_back
from bot.engine.handlers.button import press
from bot.engine.handlers.distress import care, rest
from bot.engine.handlers.edit import remember, take_edit
from bot.engine.handlers.language_offer import clearly_in
from bot.engine.handlers.text import clean, hear, refuse_attachment, take_contact
from bot.engine.state import Heard, Mode, State
from bot.engine.turn import Turning
from bot.library import Library
from bot.text import language_of


@dataclass(frozen=True, slots=True)
class Turn:
    state: State
    effects: tuple[Effect, ...]


def advance(library: Library, state: State, event: Event, *, on: datetime) -> Turn:
    """Take one turn. `on`: now, with a time zone.

    Pure, and without exceptions whatever people send: the same state, event and moment give the same turn.
    """
    turning = Turning(library, state, on)
    if state.version != library.content.version:
        upgrade(turning)
    if isinstance(event, Elapsed):
        wake(turning)
    else:
        _answer(turning, event)
    turning.change(wake_at=next_wake(turning))
    return Turn(turning.state, tuple(turning.effects))


def _answer(turning: Turning, event: Started | Said | Pressed | SharedContact | SentAttachment) -> None:
    """Whatever a person does gets an answer; a message that was edited and says the same is nothing that they did."""
    if isinstance(event, Said) and (cry := turning.library.distress.hear(clean(event.text))):
        # Before all else, also what was said before a flow began or after it is long over.
        turning.change(seen=turning.on, reminded=0)
        care(turning, cry, clearly_in(event.text))
        return
    if isinstance(event, Said) and event.edited:
        take_edit(turning, clean(event.text), event.message)
        return
    before = turning.state
    if turning.state.answers and expired(turning):
        expire(turning)
    if turning.state.mode is Mode.EXPIRED and not isinstance(event, Started):
        turning.say(Sentence.EXPIRED)
        if not (isinstance(event, Said) and event.text.startswith("/")):
            # What they said answers a question of weeks ago; only a command still means the same.
            turning.change(seen=turning.on)
            begin(turning, turning.first_flow)
            return
    is_command = isinstance(event, Said) and event.text.startswith("/")
    welcome_back(turning, is_answering=not (isinstance(event, Started) or is_command))
    turning.change(seen=turning.on, reminded=0)
    match event:
        case Started(source, language):
            _start(turning, source, language)
        case Said(text, message=message):
            said = clean(text)
            turning.heard = Heard.of(message, said) if message is not None else None
            hear(turning, said)
        case Pressed(data):
            press(turning, data)
        case SharedContact(phone, _, own):
            take_contact(turning, phone, own)
        case SentAttachment() if turning.state.mode is Mode.RESTING:
            rest(turning)
        case SentAttachment(kind):
            refuse_attachment(turning, kind)
        case _:
            assert_never(event)
    remember(turning, before)
    if not any(isinstance(effect, Send) for effect in turning.effects):
        # Between questions (during a wait, after the end) there is nothing to put again.
        turning.say(Sentence.NOTHING_OPEN)


def _start(turning: Turning, source: str | None, language: str | None) -> None:
    """The first time, what the channel believes of their language counts."""
    if turning.state.mode is Mode.NEW:
        turning.change(language=language_of(language), source=source)
    commands.obey(turning, "start", source or "")
