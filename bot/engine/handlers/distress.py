"""Somebody cries out: they are heard before anything else is read, and the conversation rests until they go on.

What they wrote reaches no answer, no lead, no list of questions and no log; the state says that the conversation
rests, and not why. The rules behind this are in `knowledge/care.yaml`.
"""

from bot.answers import CLEAR, Understood, bare, read, type_of
from bot.answers.polarity import read_reply
from bot.content.flow import Collect
from bot.content.sentence_keys import Sentence
from bot.engine.state import Mode
from bot.engine.trace import Traced
from bot.engine.turn import TurnContext
from bot.engine.views.rest import ways_on
from bot.recognisers.distress import Cry

ELSEWHERE = "en"  # what is said where nobody can say it in a language; the fallback, when that is not spoken here


def care(turn: TurnContext, cry: Cry, language: str | None) -> None:
    """Answer a cry, in the language that it was clearly typed in.

    Nothing is asked; what waited for a yes no longer does, because a yes is now said to this.
    """
    if language and not cry.language:
        turn.change(language=language)
    text = _answer(turn, cry)
    turn.change(mode=Mode.RESTING, confirmation=None, attempts=0, played_back=None)
    turn.note(Traced.CARED, cry.kind)
    turn.send(text, ways_on(turn, erase=turn.compiled.content.knowledge.care[cry.kind].erasable))


def _answer(turn: TurnContext, cry: Cry) -> str:
    """What is said; who of the centre itself helps stands behind the national lines."""
    knowledge = turn.compiled.content.knowledge
    known = knowledge.care[cry.kind]
    text = known.again if turn.state.mode is Mode.RESTING else known.first
    if cry.language:
        foreign = knowledge.foreign_cries[cry.language].cries
        return next((one.answer for one in foreign if one.id == cry.kind and one.answer), None) or text[ELSEWHERE]
    *lines, kept = text[turn.state.language].split("\n\n")
    own = (one.text[turn.state.language] for one in knowledge.own_help if cry.kind in one.cries)
    return "\n\n".join((*lines, *own, kept))


def rest(turn: TurnContext) -> None:
    """Something was said that is no cry, no answer and no request: it need not be anything."""
    turn.say(Sentence.RESTING_ON if turn.state.attempts else Sentence.RESTING, *ways_on(turn))
    turn.change(attempts=turn.state.attempts + 1)


def goes_on(turn: TurnContext, text: str) -> bool:
    """Whether a text says to go on, to who was told that nothing has to be done now."""
    asked_for = turn.compiled.consent_words.asked_for["go_on"]
    return (
        bare(text) in turn.labels(Sentence.BUTTON_GO_ON) or read_reply(text, turn.reply_words, asked_for).is_plain_yes
    )


def is_answer(turn: TurnContext, text: str) -> bool:
    """Whether a text surely answers the question that waits. Where any words would do, only work that we know does."""
    question = turn.open_question()
    if not isinstance(question, Collect) or question.pii or question.id != turn.state.asked:
        return False
    reading = read(question, text, turn.context)
    if not isinstance(reading, Understood) or reading.certainty < CLEAR:
        return False
    return reading.shown is not None or not type_of(question).in_own_words
