"""One turn of a conversation: an event comes in, a new state and what to do come out."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from bot.compiled import Compiled
from bot.content.flow import Collect
from bot.content.sentence_keys import Sentence
from bot.engine.capacity import agrees, say_when_full
from bot.engine.commands import registry as commands
from bot.engine.commands.navigation import begin
from bot.engine.effects import Effect, Send
from bot.engine.events import Elapsed, Event, Pressed, Said, SentAttachment, SharedContact, Started
from bot.engine.flow.migration import drop_what_is_over, upgrade
from bot.engine.flow.timers import expire, expired, next_wake, wake, welcome_back
from bot.engine.handlers.button import press
from bot.engine.handlers.distress import care, rest
from bot.engine.handlers.edit import remember, take_edit
from bot.engine.handlers.language import language_of
from bot.engine.handlers.text import clean, hear, refuse_attachment, take_contact
from bot.engine.state import Heard, Mode, State
from bot.engine.trace import Trace
from bot.engine.turn import TurnContext
from bot.engine.views.question import ask
from bot.understanding import Understanding


@dataclass(frozen=True, slots=True)
class Turn:
    state: State
    effects: tuple[Effect, ...]
    trace: tuple[Trace, ...] = ()
    understood: Understanding | None = None  # what was read in a message that was more than a bare answer


def advance(
    compiled: Compiled, state: State, event: Event, *, on: datetime, full: frozenset[str] = frozenset()
) -> Turn:
    """Take one turn. `on`: now, with a time zone. `full`: the flows that have no place left for this person.

    Pure, and without exceptions whatever people send: the same state, event and moment give the same turn.
    """
    turn = TurnContext(compiled, state, on, full)
    if state.version != compiled.content.version:
        upgrade(turn)
    if isinstance(event, Elapsed):
        wake(turn)
    else:
        _answer(turn, event)
    turn.change(wake_at=next_wake(turn))
    return Turn(turn.state, tuple(turn.effects), turn.traced(), turn.understood)


def _answer(turn: TurnContext, event: Started | Said | Pressed | SharedContact | SentAttachment) -> None:
    """Whatever a person does gets an answer; an edit that says the same or the rest of an album is nothing."""
    album = event.album if isinstance(event, Said | SentAttachment) else None
    if isinstance(event, SentAttachment) and album and album == turn.state.album:
        return
    if album != turn.state.album:
        turn.change(album=album)
    if isinstance(event, Said):
        event = replace(event, text=clean(event.text))
    if isinstance(event, Said) and (cry := turn.compiled.cry(event.text)):
        # Before all else, also what was said before a flow began or after it is long over.
        turn.change(seen=turn.on, reminded=0)
        read = language_of(turn, event.text)
        care(turn, cry, read.code if read.sure else None)
        return
    if isinstance(event, Said) and event.edited:
        take_edit(turn, event.text, event.message)
        return
    before = turn.state
    if _comes_too_late(turn, event):
        # What they said answers a question of weeks ago.
        turn.change(seen=turn.on)
        begin(turn, turn.first_flow)
        return
    _ask_anew_what_ended(turn)
    welcome_back(turn, is_answering=not (isinstance(event, Started) or _is_command(event)))
    turn.change(seen=turn.on, reminded=0)
    if _fills_up(turn) and isinstance(event, Said | Pressed) and not _is_command(event) and agrees(turn):
        ask(turn)  # it was a yes to something that had changed by then
    else:
        _take(turn, event)
    if turn.state.played_back is before.played_back:
        turn.change(played_back=None)  # only what was played back just now can be taken back by a bare word
    remember(turn, before)
    if not any(isinstance(effect, Send) for effect in turn.effects):
        # Between questions (during a wait, after the end) there is nothing to put again.
        turn.say(Sentence.NOTHING_OPEN)


def _ask_anew_what_ended(turn: TurnContext) -> None:
    """Ask anew what they chose and can no longer have; most people chose nothing that ends on a day."""
    asked = [passed.step for passed in turn.answered()] if turn.state.answers else []
    if any(choice.until for one in asked if isinstance(one, Collect) for choice in one.choices):
        drop_what_is_over(turn)


def _fills_up(turn: TurnContext) -> bool:
    """Whether the places of their flow went meanwhile, and that was said now."""
    return bool(turn.full or turn.state.full) and say_when_full(turn)


def _comes_too_late(turn: TurnContext, event: Event) -> bool:
    """Let a conversation expire that had its term, and say so. A command means the same as it did before."""
    if turn.state.answers and expired(turn):
        expire(turn)
    if turn.state.mode is not Mode.EXPIRED or isinstance(event, Started):
        return False
    turn.say(Sentence.EXPIRED)
    return not _is_command(event)


def _is_command(event: Event) -> bool:
    return isinstance(event, Said) and event.text.startswith("/")


def _take(turn: TurnContext, event: Started | Said | Pressed | SharedContact | SentAttachment) -> None:
    match event:
        case Started(source, language):
            _start(turn, source, language)
        case Said(said, message=message):
            turn.heard = Heard.of(message, said) if message is not None else None
            hear(turn, said)
        case Pressed(data):
            press(turn, data)
        case SharedContact(phone, _, own):
            take_contact(turn, phone, own)
        case SentAttachment() if turn.state.mode is Mode.RESTING:
            rest(turn)
        case SentAttachment(kind):
            refuse_attachment(turn, kind)
        case _:
            assert_never(event)


def _start(turn: TurnContext, source: str | None, language: str | None) -> None:
    """The first time, what the channel believes of their language counts."""
    if turn.state.mode is Mode.NEW:
        turn.change(language=turn.compiled.content.language_for(language), source=source)
    commands.obey(turn, "start", source or "")
