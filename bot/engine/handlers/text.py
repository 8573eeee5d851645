"""Something was said: a command, a reply to what waits for a yes, an answer, or a question of theirs."""

import re
import unicodedata
from collections.abc import Iterator

from bot.answers import CERTAIN, Reading, Unclear, Understood, find_sensitive, read
from bot.answers.free import LONGEST
from bot.answers.reading import spaced
from bot.content.flow import Collect, Consent, Question
from bot.content.knowledge import SmallTalk
from bot.content.message_keys import Sentence
from bot.engine.commands import table as commands
from bot.engine.commands.navigation import begin, open_again
from bot.engine.flow.timers import end_wait, is_due
from bot.engine.handlers.answer import offer_change, take
from bot.engine.handlers.confirmation import IRREVERSIBLE, behind_no, put_once_more, reply_in, settle
from bot.engine.handlers.correction import rethought
from bot.engine.handlers.distress import goes_on, is_answer, rest
from bot.engine.handlers.language_offer import offer_language
from bot.engine.handlers.multi_select import is_picking, pick_typed
from bot.engine.state import Mode
from bot.engine.turn import TurnContext
from bot.engine.views.faq import answer_outside, answer_question, is_question
from bot.engine.views.question import CALLABLE, ask, name_of, overview
from bot.matching import closest
from bot.understanding.human_request import wants_person

LONGEST_READ = 5000  # Telegram sends at most 4096
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})  # Unicode's control, format, surrogate, private, unassigned
ASKING_MARKS = frozenset("?!. ¿")
GREETING = "greeting"  # the small talk with which somebody comes back

_CHANGE = re.compile(r"(?:verander|wijzig|change)\s*:?\s+(.{2,60})", re.IGNORECASE)


def clean(text: str) -> str:
    """A text without control characters and invisible marks."""
    visible = "".join(
        " " if unicodedata.category(character) in INVISIBLE else character for character in text[:LONGEST_READ]
    )
    return re.sub(r"\s+", " ", visible).strip()


def hear(turn: TurnContext, text: str) -> None:
    """Find out what a (clean) text is: each kind is surer than the next."""
    if text.startswith("/") and len(text) > 1:
        name, _, argument = text[1:].partition(" ")
        commands.obey(turn, name.partition("@")[0].casefold(), argument.strip())
        return
    if turn.state.mode is Mode.RESTING:
        _hear_resting(turn, text)
        return
    if turn.state.mode is Mode.NEW:
        _hear_first(turn, text)
        return
    if is_due(turn):
        # The question behind a wait was not put yet, so this is no answer to it.
        if text and is_question(text):
            answer_outside(turn, text)
        end_wait(turn)
        return
    waiting = turn.state.confirmation
    unsettled = waiting is not None and waiting.about in IRREVERSIBLE and reply_in(turn, text) is None
    if unsettled and is_question(text) and not commands.spoken_command(turn, text):
        turn.change(confirmation=None)
        answer_outside(turn, text)
    else:
        _hear_reply_or_more(turn, text)
    if waiting and unsettled:
        put_once_more(turn, waiting)


def _hear_reply_or_more(turn: TurnContext, text: str) -> None:
    question = turn.open_question()
    offer_language(turn, text)
    if not text:
        ask(turn, turn.sentence(Sentence.EMPTY))
    elif (reply := reply_in(turn, text)) is not None:
        turn.heard = None  # the answer that they say yes to came from another message
        settle(turn, reply, text)
    elif (spoken := commands.spoken_command(turn, text)) and not _fits_exactly(turn, question, text):
        commands.obey(turn, *spoken)
    elif "?" in text and set(text) <= ASKING_MARKS:
        commands.obey(turn, "why" if question else "help", "")
    elif (talk := small_talk(turn, text)) and not _answers(turn, question, text):
        _reply(turn, talk)
    elif changed := _asked_to_change(turn, text):
        open_again(turn, changed)
    elif len(text) > LONGEST:
        ask(turn, turn.sentence(Sentence.TOO_LONG))
    elif rethinking := rethought(turn, question, text):
        turn.change(mode=Mode.RUNNING, confirmation=None)
        offer_change(turn, rethinking[0], text, rethinking[1])
    elif question is None:
        answer_outside(turn, text)
    else:
        _hear_answer(turn, question, text)


def _hear_resting(turn: TurnContext, text: str) -> None:
    """Nothing has to be done now: only what asks for something, or surely answers the question that waits, goes on."""
    question = turn.open_question()
    if goes_on(turn, text):
        commands.obey(turn, "continue", "")
    elif spoken := commands.spoken_command(turn, text):
        commands.obey(turn, *spoken)
    elif question is not None and is_answer(turn, text):
        turn.change(mode=Mode.RUNNING)
        take(turn, question, text)
    else:
        rest(turn)


def _hear_first(turn: TurnContext, text: str) -> None:
    """Somebody typed before /start: say what we are, answer if it was a question, and begin."""
    turn.say(Sentence.WELCOME)
    if wants_person(text):
        commands.obey(turn, "human", "")
        return
    if is_question(text):
        if talk := small_talk(turn, text):
            turn.send(talk.answer[turn.state.language])
        else:
            answer_question(turn, text)
    begin(turn, turn.state.flow)


def _hear_answer(turn: TurnContext, question: Question, text: str) -> None:
    turn.change(mode=Mode.RUNNING)
    if turn.is_put_off():
        # The open question was not put yet, so this is no answer to it.
        answered = is_question(text) and not find_sensitive(text) and answer_question(turn, text)
        turn.change(confirmation=None)
        ask(turn, None if answered else turn.sentence(Sentence.NOTED))
        return
    if pick_typed(turn, question, text):
        return
    if not is_picking(turn, question):
        text = behind_no(turn, text)
        turn.change(confirmation=None)
    take(turn, question, text)


def small_talk(turn: TurnContext, text: str) -> SmallTalk | None:
    """What is said to the bot itself, and is no answer and no question about training or money."""
    known = turn.compiled.content.knowledge.small_talk
    found = turn.compiled.small_talk.look_up(text)
    if found is None and not turn.state.answers:
        said = spaced(text)
        return next(
            (talk for talk in known.values() if any(said.startswith(spaced(one)) for one in _begins(talk))), None
        )
    return known[found] if found else None


def _begins(talk: SmallTalk) -> Iterator[str]:
    return (one for phrases in talk.begins.values() for one in phrases)


def _reply(turn: TurnContext, talk: SmallTalk) -> None:
    """Say something back, and put the same question again; it does not count as a try."""
    if turn.state.mode is Mode.PAUSED and talk.id == GREETING:
        commands.obey(turn, "start", "")
        return
    turn.send(talk.answer[turn.state.language])
    if turn.state.mode is not Mode.PAUSED:
        ask(turn)


def _answers(turn: TurnContext, question: Question | None, text: str) -> bool:
    """Whether a courtesy answers the open question: "ok" to a yes or no, "goed" to "how good is your Dutch?"."""
    reading = _reading(turn, question, text)
    return isinstance(question, Consent) or isinstance(reading, Understood | Unclear)


def _fits_exactly(turn: TurnContext, question: Question | None, text: str) -> bool:
    reading = _reading(turn, question, text)
    return isinstance(reading, Understood) and reading.certainty == CERTAIN


def _reading(turn: TurnContext, question: Question | None, text: str) -> Reading | None:
    """What a text says to the open question; None where any words would answer it, and prove nothing."""
    if question is None or (isinstance(question, Collect) and question.in_own_words):
        return None
    return read(question, text, turn.context)


def _asked_to_change(turn: TurnContext, text: str) -> str | None:
    """ "Verander: Opleiding", typed: the button of an overview."""
    found = _CHANGE.match(text)
    names = {name_of(turn, step): step.id for step, _ in overview(turn)} if found else {}
    near = closest(found[1], names, limit=1) if found else []
    return names[near[0].name] if near else None


# ------------------------------------------------------------------ what is no text
def take_contact(turn: TurnContext, phone: str, own: bool) -> None:
    """A number from the address book: taken only when it was asked for, and only when it is their own."""
    question = turn.open_question()
    if not isinstance(question, Collect) or question.type not in CALLABLE:
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
