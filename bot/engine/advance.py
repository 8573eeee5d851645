"""One turn of a conversation: an event comes in, a new state and what to do come out."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from bot.answers import CERTAIN, Understood, read
from bot.content.flow import AnswerType, Collect, Question
from bot.content.sentences import Sentence
from bot.engine import commands
from bot.engine.answering import confirm, keep, pass_over, take, understood
from bot.engine.asking import CALLABLE, ask, name_of
from bot.engine.buttons import DONE, SKIP, AnswerButton, ChangeButton, CommandButton, ConfirmationButton, parse
from bot.engine.clock import end_wait, expire, expired, is_due, next_wake, wake, welcome_back
from bot.engine.confirming import reply_in, settle
from bot.engine.effects import Effect, Send
from bot.engine.events import Elapsed, Event, Pressed, Said, SentAttachment, SharedContact, Started
from bot.engine.questions import answer_outside, is_question
from bot.engine.state import About, Answer, Confirmation, Mode, State
from bot.engine.turning import Turning
from bot.engine.upgrading import upgrade
from bot.library import Library

LONGEST = 1000  # characters that we look at; nobody answers a question in more, and reading takes time


@dataclass(frozen=True, slots=True)
class Turn:
    state: State
    effects: tuple[Effect, ...]


def advance(library: Library, state: State, event: Event, *, on: datetime) -> Turn:
    """Take one turn. `on`: now, with a time zone.

    Pure, and without exceptions whatever people send: the same state, event and moment give the same turn.
    """
    turning = Turning(library, state, on)
    if state.flow not in library.content.flows or state.version != library.content.version:
        upgrade(turning)
    if isinstance(event, Elapsed):
        wake(turning)
    else:
        _by_person(turning, event)
    turning.change(wake_at=next_wake(turning))
    return Turn(turning.state, tuple(turning.effects))


def _by_person(turning: Turning, event: Started | Said | Pressed | SharedContact | SentAttachment) -> None:
    if turning.state.answers and expired(turning):
        expire(turning)
    if turning.state.mode is Mode.EXPIRED and not isinstance(event, Started):
        # What they said answers a question of weeks ago; only a command still means the same.
        turning.say(Sentence.EXPIRED)
        if not (isinstance(event, Said) and event.text.startswith("/")):
            turning.change(seen=turning.on)
            commands.begin(turning, turning.first_flow)
            return
    welcome_back(turning)
    turning.change(seen=turning.on, reminded=0)
    match event:
        case Started(source, language):
            _start(turning, source, language)
        case Said(text, edited):
            _hear(turning, clean(text), edited)
        case Pressed(data):
            _press(turning, data)
        case SharedContact(phone, _, own):
            _take_contact(turning, phone, own)
        case SentAttachment(kind):
            _refuse_attachment(turning, kind)
        case _:
            assert_never(event)
    if not any(isinstance(effect, Send) for effect in turning.effects):
        # Between questions (during a wait, after the end) there is nothing to put again.
        turning.say(Sentence.NOTHING_OPEN)


def clean(text: str) -> str:
    """A text without control characters and invisible marks, no longer than we look at."""
    visible = "".join(
        letter if unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn") else " " for letter in text[:5000]
    )
    return re.sub(r"\s+", " ", visible).strip()


# ------------------------------------------------------------------ start
def _start(turning: Turning, source: str | None, language: str | None) -> None:
    """Say what we are, and begin; or go on where they were. A link can open a flow: `?start=employer`."""
    first = turning.state.mode is Mode.NEW
    if first:
        spoken = (language or "nl").casefold()[:2]
        turning.change(language="nl" if spoken == "nl" else "en", source=source)
    opened = commands.opening_words(turning).get((source or "").casefold())
    over = turning.state.mode in (Mode.ENDED, Mode.EXPIRED)
    if first or opened or over:
        if first or over:
            turning.say(Sentence.WELCOME)
        commands.begin(turning, opened or turning.state.flow)
        return
    question = turning.open_question()
    turning.change(mode=Mode.RUNNING, confirmation=None)
    if question is None:
        turning.say(Sentence.NOTHING_OPEN)
    else:
        turning.say(Sentence.GOING_ON, question=name_of(turning, question))
        ask(turning)


# ------------------------------------------------------------------ text
def _hear(turning: Turning, text: str, edited: bool) -> None:
    """Text, in the order of bot.engine.answering: commands, what waits for a yes, the open question, the rest."""
    if turning.state.mode is Mode.NEW:
        turning.change(mode=Mode.RUNNING)
        if not text.startswith("/"):
            # Somebody typed before /start: say what we are first; their words come after the first question.
            turning.change(mode=Mode.NEW)
            _start(turning, None, turning.state.language)
            return
    if text.startswith("/") and len(text) > 1:
        name, _, argument = text[1:].partition(" ")
        _command(turning, name.partition("@")[0].casefold(), argument.strip())
        return
    if is_due(turning):
        # The question behind a wait was not put yet, so this is no answer to it.
        if text and is_question(text):
            answer_outside(turning, text)
        end_wait(turning)
        return
    question = turning.open_question()
    if not text:
        ask(turning, turning.sentence(Sentence.EMPTY))
        return
    if edited and question is not None and _is_correction(turning, text):
        return
    if (reply := reply_in(turning, text)) is not None:
        settle(turning, reply)
        return
    spoken = commands.spoken_command(text)
    if spoken and not (question and _fits_exactly(turning, question, text)):
        _command(turning, *spoken)
        return
    if len(text) > LONGEST:
        turning.say(Sentence.TOO_LONG)
        ask(turning)
    elif question is None:
        answer_outside(turning, text)
    else:
        turning.change(mode=Mode.RUNNING)
        if _picks(turning, question, text):
            return
        if not is_picking(turning, question):
            turning.change(confirmation=None)
        take(turning, question, text)


def _command(turning: Turning, name: str, argument: str) -> None:
    if name == "start":
        _start(turning, argument or None, turning.state.language)
        return
    if commands.NAMES.get(name) != "stop":
        turning.change(mode=Mode.RUNNING if turning.state.mode is Mode.PAUSED else turning.state.mode)
    turning.change(confirmation=None)
    commands.run(turning, name, argument)


def _fits_exactly(turning: Turning, question: Question, text: str) -> bool:
    if isinstance(question, Collect) and question.type in (AnswerType.TEXT, AnswerType.LOOKUP):
        return False
    reading = read(question, text, turning.context)
    return isinstance(reading, Understood) and reading.certainty == CERTAIN


def _is_correction(turning: Turning, text: str) -> bool:
    """An edited message mends the last answer, unless the open question was tried already: then it is a new try."""
    answered = turning.answered()
    last = answered[-1].step if answered else None
    if not isinstance(last, Collect) or turning.state.attempts:
        return False
    reading = read(last, text, turning.context)
    if not isinstance(reading, Understood):
        return False
    turning.change(editing=last.id, confirmation=None)
    understood(turning, last, text, reading)
    return True


# ------------------------------------------------------------------ buttons
def _press(turning: Turning, data: str) -> None:
    button = parse(data)
    match button:
        case AnswerButton():
            _press_answer(turning, button)
        case CommandButton(command, argument):
            _command(turning, command, argument)
        case ChangeButton(question):
            commands.open_again(turning, question)
        case ConfirmationButton(reply, revision):
            waiting = turning.state.confirmation
            if waiting is None or revision != turning.state.revision:
                _say_too_late(turning)
            else:
                settle(turning, reply)
        case None:
            _say_too_late(turning)


def _say_too_late(turning: Turning) -> None:
    ask(turning, turning.sentence(Sentence.OLD_BUTTON))


def _press_answer(turning: Turning, button: AnswerButton) -> None:
    """A choice: of the open question it is the answer; of an earlier one it is a change, after a yes."""
    question = turning.open_question()
    if question is not None and question.id == button.question:
        turning.change(mode=Mode.RUNNING)
        _choose(turning, question, button.value)
        return
    earlier = turning.find_question(button.question)
    stored = turning.state.answers.get(button.question)
    reading = read(earlier, button.value, turning.context) if earlier and stored else None
    if earlier is None or stored is None or not isinstance(reading, Understood) or button.value in (SKIP, DONE):
        _say_too_late(turning)
    elif stored.value == reading.value:
        # Pressed twice: the first time counted.
        ask(turning, turning.sentence(Sentence.HAVE_THAT))
    else:
        shown = reading.shown or button.value
        said = turning.sentence(Sentence.SURE_TO_CHANGE, question=name_of(turning, earlier), answer=shown)
        raw = reading.raw if reading.raw is not None else button.value
        confirm(turning, About.CHANGE, said, earlier.id, (Answer(raw, reading.value),))


def _choose(turning: Turning, question: Question, value: str) -> None:
    if value == SKIP:
        pass_over(turning, question)
        return
    if isinstance(question, Collect) and question.type is AnswerType.SELECT_MULTIPLE:
        _pick(turning, question, value)
        return
    reading = read(question, value, turning.context)
    if isinstance(reading, Understood):
        understood(turning, question, reading.shown or value, reading)
    else:
        _say_too_late(turning)


def _pick(turning: Turning, question: Collect, value: str) -> None:
    """One more of several choices; "done" ends it, and so does a choice that goes alone."""
    waiting = turning.state.confirmation
    so_far = waiting.options if waiting and waiting.about is About.PICKING and waiting.question == question.id else ()
    chosen = next((choice for choice in question.choices if choice.value == value), None)
    if value == DONE:
        values = frozenset(option.raw for option in so_far)
        if values:
            keep(turning, question, Answer(", ".join(option.raw for option in so_far), values))
        else:
            pass_over(turning, question)
    elif chosen is None:
        _say_too_late(turning)
    elif chosen.exclusive:
        keep(turning, question, Answer(value, frozenset({value})))
    else:
        options = (*(option for option in so_far if option.raw != value), Answer(value, value))
        turning.change(confirmation=Confirmation(About.PICKING, question.id, options))
        names = [
            choice.label[turning.state.language]
            for choice in question.choices
            if choice.value in {o.raw for o in options}
        ]
        ask(turning, turning.sentence(Sentence.PICKED, choices=", ".join(names)))


def is_picking(turning: Turning, question: Question) -> bool:
    waiting = turning.state.confirmation
    return waiting is not None and waiting.about is About.PICKING and waiting.question == question.id


def _picks(turning: Turning, question: Question, text: str) -> bool:
    """After a first press, typing goes on with choosing: a name is one more, "klaar" is the end."""
    waiting = turning.state.confirmation
    if not isinstance(question, Collect) or waiting is None or not is_picking(turning, question):
        return False
    if text.casefold().strip(" .!") in {turning.sentence(Sentence.DONE).casefold(), "klaar", "done", "nee", "no"}:
        _pick(turning, question, DONE)
        return True
    reading = read(question, text, turning.context)
    if not isinstance(reading, Understood) or not isinstance(reading.value, frozenset):
        if is_question(text):
            return False
        ask(turning, turning.sentence(Sentence.NO_CHOICE))
        return True
    so_far = {option.raw for option in waiting.options}
    *first, last = sorted(reading.value)
    turning.change(
        confirmation=Confirmation(
            About.PICKING, question.id, tuple(Answer(one, one) for one in sorted({*so_far, *first}))
        )
    )
    _pick(turning, question, last)
    return True


# ------------------------------------------------------------------ what is no text
def _take_contact(turning: Turning, phone: str, own: bool) -> None:
    """A number from the address book: taken only when it was asked for, and only when it is their own."""
    question = turning.open_question()
    if not isinstance(question, Collect) or question.type not in CALLABLE:
        ask(turning, turning.sentence(Sentence.NO_CONTACT_NEEDED))
    elif not own:
        ask(turning, turning.sentence(Sentence.NOT_YOUR_NUMBER))
    else:
        number = phone if phone.startswith(("+", "0")) else f"+{phone}"  # Telegram leaves the plus away
        take(turning, question, number)


_ATTACHMENTS = {
    "voice": Sentence.NO_VOICE,
    "audio": Sentence.NO_VOICE,
    "video_note": Sentence.NO_VOICE,
    "location": Sentence.NO_LOCATION,
}


def _refuse_attachment(turning: Turning, kind: str) -> None:
    ask(turning, turning.sentence(_ATTACHMENTS.get(kind, Sentence.NO_ATTACHMENT)))
