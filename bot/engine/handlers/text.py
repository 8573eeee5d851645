"""Something was said: a command, a reply to what waits for a yes, an answer, or a question of theirs."""

import re
import unicodedata
from collections.abc import Callable

from bot.answers import CERTAIN, Misunderstood, Reading, Unclear, Understood, bare, type_of
from bot.answers.free_text import LONGEST
from bot.answers.polarity import read_reply
from bot.answers.question_form import is_question
from bot.content.flow import Collect, Consent, Question, Review, Vocabulary
from bot.content.knowledge import SmallTalk
from bot.content.sentence_keys import Sentence
from bot.engine.buttons import ERASE_NOW
from bot.engine.commands import registry as commands
from bot.engine.commands.navigation import begin, open_again
from bot.engine.effects import Message, Send
from bot.engine.flow.accept import holds_back, pass_over, read_answer
from bot.engine.flow.timers import end_wait, is_due
from bot.engine.handlers.answer import (
    bare_answer,
    is_open_wish,
    not_understood,
    take,
    without_what_we_may_not_keep,
)
from bot.engine.handlers.confirmation import IRREVERSIBLE, put_once_more, reply_in, settle
from bot.engine.handlers.consent import take_in_facts, take_reply
from bot.engine.handlers.distress import goes_on, is_answer, rest
from bot.engine.handlers.exploring import take_choice, take_short_likings
from bot.engine.handlers.heard import LOUD, SURE_TO_LEAVE
from bot.engine.handlers.language import language_of, speak
from bot.engine.handlers.multi_select import pick_typed
from bot.engine.handlers.policy import take_message
from bot.engine.reading import read_whole
from bot.engine.state import Mode
from bot.engine.trace import Traced
from bot.engine.turn import TurnContext
from bot.engine.views.faq import answer_outside, asked_of_cards
from bot.engine.views.question import ask, name_of, overview, picked
from bot.engine.views.small_talk import small_talk
from bot.matching import closest
from bot.understanding import Fill, Request

LONGEST_READ = 5000  # Telegram sends at most 4096
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})  # Unicode's control, format, surrogate, private, unassigned
ASKING_MARKS = frozenset("?!. ¿")
WORDS_TO_THE_LETTER = 6  # longer ones are worth the look at what else they may be
HUMAN = ("human", "")  # the command, of nothing in particular
GREETING = "greeting"  # the small talk with which somebody comes back


def clean(text: str) -> str:
    """A text without control characters and invisible marks."""
    visible = "".join(
        " " if unicodedata.category(character) in INVISIBLE else character for character in text[:LONGEST_READ]
    )
    return re.sub(r"\s+", " ", visible).strip()


Handler = Callable[[TurnContext, str], bool]
"""Hears a (clean) text: True when it was what this handler is for, and is done."""


def hear(turn: TurnContext, text: str) -> None:
    """Let the first handler that knows what a (clean) text is deal with it."""
    taken = any(handle(turn, text) for handle in HANDLERS)
    assert taken, "the last handler takes every text"


# ------------------------------------------------------------------ whatever is open
def _command(turn: TurnContext, text: str) -> bool:
    if not text.startswith("/") or len(text) == 1:
        return False
    name, _, argument = text[1:].partition(" ")
    commands.obey(turn, name.partition("@")[0].casefold(), argument.strip())
    return True


def _at_rest(turn: TurnContext, text: str) -> bool:
    """Nothing has to be done now: only what asks for something, or surely answers the question that waits, goes on."""
    if turn.state.mode is not Mode.RESTING:
        return False
    question, read = turn.open_question(), language_of(turn, text)
    if read.sure and read.code in turn.compiled.content.country.languages:
        turn.change(language=read.code)
    spoken = commands.spoken_command(turn, text)
    if goes_on(turn, text):
        commands.obey(turn, "continue", "")
    elif spoken == ("forget", "") and not is_question(text, turn.spoken):
        commands.obey(turn, "forget", ERASE_NOW)  # we said that it would be enough to type it
    elif spoken:
        commands.obey(turn, *spoken)
    elif question is not None and is_answer(turn, text):
        turn.change(mode=Mode.RUNNING)
        take(turn, question, text)
    else:
        rest(turn)
    return True


def _before_the_start(turn: TurnContext, text: str) -> bool:
    """Somebody typed before /start: say what we are, and begin; a message that says something is heard as any other."""
    if turn.state.mode is not Mode.NEW:
        return False
    turn.say(Sentence.WELCOME)
    more = read_whole(turn, text).says_something
    begin(turn, turn.state.flow, quietly=more)
    return not more


def _after_a_wait(turn: TurnContext, text: str) -> bool:
    """The question behind a wait was not put yet, so this is no answer to it."""
    if not is_due(turn):
        return False
    if text and is_question(text, turn.spoken):
        answer_outside(turn, text)
    end_wait(turn)
    return True


def _while_a_yes_is_needed(turn: TurnContext, text: str) -> bool:
    """What was said instead of a yes or a no to "shall I erase everything?" is taken in; then it is asked once more."""
    waiting = turn.state.confirmation
    if waiting is None or waiting.about not in IRREVERSIBLE or reply_in(turn, text) is not None:
        return False
    if spoken := commands.spoken_command(turn, text):
        commands.obey(turn, *spoken)  # they went elsewhere
        return True
    turn.change(confirmation=None)
    if is_question(text, turn.spoken) or is_question(read_reply(text, turn.reply_words).rest, turn.spoken):
        answer_outside(turn, text)
    elif not take_in_facts(turn, text) and waiting.again:
        ask(turn, turn.sentence(Sentence.NOTHING_CHANGED))
        return True
    put_once_more(turn, waiting)
    return True


# ------------------------------------------------------------------ said beside the open question
def _nothing(turn: TurnContext, text: str) -> bool:
    if text:
        return False
    ask(turn, turn.sentence(Sentence.EMPTY))
    return True


def _other_language(turn: TurnContext, text: str) -> bool:
    """From here on in the language that they typed; what they said in it is heard all the same."""
    speak(turn, language_of(turn, text))
    return False


def _reply_to_what_waits(turn: TurnContext, text: str) -> bool:
    reply = reply_in(turn, text) if turn.state.confirmation is not None else None
    if reply is None:
        return False
    turn.heard = None  # the answer that they say yes to came from another message
    settle(turn, reply, text)
    return True


def _to_the_letter(turn: TurnContext, text: str) -> bool:
    """An answer as the open question offers it, or a plain number or date: nothing that follows is surer."""
    few = len(text.split()) <= WORDS_TO_THE_LETTER
    return few and _fits_exactly(turn, turn.open_question(), text) and _bare(turn, text)


def _command_in_words(turn: TurnContext, text: str) -> bool:
    spoken = commands.spoken_command(turn, text)
    if spoken is None or _fits_exactly(turn, turn.open_question(), text):
        return False
    if spoken == HUMAN and turn.flow.id == turn.first_flow and turn.compiled.companies.speak(text):
        return False  # who they are is heard first: an adviser for companies is another one
    commands.obey(turn, *spoken)
    return True


def _question_marks(turn: TurnContext, text: str) -> bool:
    if "?" not in text or not set(text) <= ASKING_MARKS:
        return False
    commands.obey(turn, "why" if turn.open_question() else "help", "")
    return True


def _small_talk(turn: TurnContext, text: str) -> bool:
    talk = small_talk(turn, text)
    if talk is None or _answers(turn, turn.open_question(), text) or asked_of_cards(turn, text):
        return False
    if _tells(turn, text):
        turn.send(talk.answer[turn.state.language])
        return False
    _reply(turn, talk)
    return True


def _change_by_name(turn: TurnContext, text: str) -> bool:
    changed = _asked_to_change(turn, text)
    if changed is None:
        return False
    open_again(turn, changed)
    return True


def _too_long(turn: TurnContext, text: str) -> bool:
    if len(text) <= LONGEST:
        return False
    ask(turn, turn.sentence(Sentence.TOO_LONG))
    return True


# ------------------------------------------------------------------ an answer, or more than that
def _picking(turn: TurnContext, text: str) -> bool:
    question = turn.open_question()
    return question is not None and bool(picked(turn, question)) and pick_typed(turn, question, text)


def _bare(turn: TurnContext, text: str) -> bool:
    """An answer and nothing else; and a reply to what asks for a consent, which is read with more care."""
    question = turn.open_question()
    if question is None or turn.state.confirmation is not None or picked(turn, question):
        return False
    if isinstance(question, Consent | Review) and take_reply(turn, question, text):
        return True
    if holds_back(turn, question, text):
        pass_over(turn, question)
        return True
    return not turn.compiled.private.find(text) and bare_answer(turn, question, text)


def _open_wish(turn: TurnContext, text: str) -> bool:
    """A wish that may be any work, and is no more than like a request to begin anew: "een nieuwe start"."""
    question = turn.open_question()
    if not isinstance(question, Collect) or question.vocabulary is not Vocabulary.DESIRED_WORK:
        return False
    acts = read_whole(turn, text).acts if is_open_wish(turn, text) else ()
    is_like_a_request = bool(acts) and all(
        isinstance(act, Request) and act.command in LOUD and act.certainty < SURE_TO_LEAVE for act in acts
    )
    if is_like_a_request:
        not_understood(turn, question, text)
    return is_like_a_request


def _whole(turn: TurnContext, text: str) -> bool:
    question = turn.open_question()
    kept = without_what_we_may_not_keep(turn, question, text)
    if kept is None:
        return True
    if kept != text and isinstance(question, Consent | Review) and take_reply(turn, question, kept):
        return True
    over = _over(turn, question, kept)
    take_message(turn, kept)
    if over and not any(over in effect.message.text for effect in turn.effects if isinstance(effect, Send)):
        # The rest of the message was an answer: that a part of it cannot be had is said before what comes of it.
        turn.effects.insert(0, Send(Message(over)))
    return True


def _over(turn: TurnContext, question: Question | None, text: str) -> str | None:
    """What is said to who names a choice whose last day is over; None when they name none, or do not want it."""
    reading = _reading(turn, question, text)
    if not isinstance(reading, Misunderstood) or reading.because is not Sentence.CHOICE_IS_OVER:
        return None
    return None if turn.reply_words.negates(bare(text)) else turn.sentence(reading.because, **reading.filled)


HANDLERS: tuple[Handler, ...] = (
    _command,
    _at_rest,
    _before_the_start,
    _after_a_wait,
    _while_a_yes_is_needed,
    _nothing,
    _other_language,
    _reply_to_what_waits,
    _to_the_letter,
    take_choice,
    take_short_likings,
    _command_in_words,
    _question_marks,
    _small_talk,
    _change_by_name,
    _too_long,
    _picking,
    _bare,
    _open_wish,
    _whole,
)
"""The order in which a text is heard, once it is no cry: each is surer than the next, and the last takes the rest."""


def _reply(turn: TurnContext, talk: SmallTalk) -> None:
    """Say something back, and put the same question again; it does not count as a try."""
    if turn.state.mode is Mode.PAUSED and talk.id == GREETING:
        commands.obey(turn, "start", "")
        return
    turn.note(Traced.DID, f"smalltalk:{talk.id}")
    turn.send(talk.answer[turn.state.language])
    if turn.state.mode is not Mode.PAUSED and not talk.closes:
        ask(turn)


def _answers(turn: TurnContext, question: Question | None, text: str) -> bool:
    """Whether a courtesy answers the open question: "ok" to a yes or no, "goed" to "how good is your Dutch?"."""
    reading = _reading(turn, question, text)
    if isinstance(question, Review) and read_reply(text, turn.reply_words).is_plain_yes:
        return True
    return isinstance(question, Consent) or isinstance(reading, Understood | Unclear)


def _tells(turn: TurnContext, text: str) -> bool:
    """Whether small talk tells a fact too: "mijn Nederlands is niet zo goed"."""
    fills = (act for act in read_whole(turn, text).acts if isinstance(act, Fill))
    asked = (turn.find_question(act.question) for act in fills)
    return any(isinstance(one, Collect) and not type_of(one).in_own_words for one in asked)


def _fits_exactly(turn: TurnContext, question: Question | None, text: str) -> bool:
    reading = _reading(turn, question, text)
    return isinstance(reading, Understood) and reading.certainty == CERTAIN


def _reading(turn: TurnContext, question: Question | None, text: str) -> Reading | None:
    """What a text says to the open question; None where any words would answer it, and prove nothing."""
    if question is None or (isinstance(question, Collect) and type_of(question).in_own_words):
        return None
    return read_answer(turn, question, text)


def _asked_to_change(turn: TurnContext, text: str) -> str | None:
    """ "Verander: Opleiding", typed: the button of an overview."""
    found = turn.reply_words.change.match(text)
    names = {name_of(turn, step): step.id for step, _ in overview(turn)} if found else {}
    near = closest(found[1], names, limit=1) if found else []
    return names[near[0].name] if near else None


# ------------------------------------------------------------------ what is no text
def take_contact(turn: TurnContext, phone: str, own: bool) -> None:
    """A number from the address book: taken only when it was asked for, and only when it is their own."""
    question = turn.open_question()
    if not isinstance(question, Collect) or not type_of(question).takes_number:
        ask(turn, turn.sentence(Sentence.NO_CONTACT_NEEDED))
    elif not own:
        ask(turn, turn.sentence(Sentence.NOT_YOUR_NUMBER))
    else:
        number = phone if phone.startswith(("+", "0")) else f"+{phone}"  # Telegram leaves the plus away
        take(turn, question, number)


_ATTACHMENTS = {
    "voice": Sentence.NO_VOICE,
    "audio": Sentence.NO_VOICE,
    "video_note": Sentence.NO_VOICE,
    "location": Sentence.NO_LOCATION,
}


def refuse_attachment(turn: TurnContext, kind: str) -> None:
    """A picture, a voice: we can only read."""
    ask(turn, turn.sentence(_ATTACHMENTS.get(kind, Sentence.NO_ATTACHMENT)))
