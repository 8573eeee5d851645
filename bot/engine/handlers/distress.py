"""Somebody cries out: they are heard before anything else is read, and the conversation rests until they go on.

What they wrote reaches no answer, no lead, no list of questions and no log; the state says that the conversation
rests, and not why. The rules behind this are in `knowledge/care.yaml`.
"""

from bot.answers import CLEAR, Understood, bare, read, type_of
from bot.answers.polarity import read_reply
from bot.content.flow import Collect
from bot.content.knowledge import DistressKind
from bot.content.sentence_keys import Sentence
from bot.engine.buttons import ERASE_NOW, CommandButton
from bot.engine.effects import Button
from bot.engine.state import Mode
from bot.engine.trace import Traced
from bot.engine.turn import TurnContext

GOING_ON = frozenset("verder door doorgaan gaan ga go on continue".split())


def care(turn: TurnContext, kind: DistressKind, language: str | None) -> None:
    """Answer a cry, in the language that it was clearly typed in.

    Nothing is asked; what waited for a yes no longer does, because a yes is now said to this.
    """
    if language:
        turn.change(language=language)
    known = turn.compiled.content.knowledge.care[kind]
    text = known.again if turn.state.mode is Mode.RESTING else known.first
    turn.change(mode=Mode.RESTING, confirmation=None, attempts=0)
    turn.note(Traced.CARED, kind)
    turn.send(text[turn.state.language], _ways_on(turn, erase=known.erasable))


def rest(turn: TurnContext) -> None:
    """Something was said that is no cry, no answer and no request: it need not be anything."""
    turn.say(Sentence.RESTING_ON if turn.state.attempts else Sentence.RESTING, *_ways_on(turn))
    turn.change(attempts=turn.state.attempts + 1)


def _ways_on(turn: TurnContext, erase: bool = False) -> tuple[Button, ...]:
    erased = (Button(turn.sentence(Sentence.BUTTON_ERASE), CommandButton("forget", ERASE_NOW).data),)
    return (
        *(erased if erase else ()),
        Button(turn.sentence(Sentence.BUTTON_HUMAN), CommandButton("human").data),
        Button(turn.sentence(Sentence.BUTTON_PAUSE), CommandButton("stop").data),
        Button(turn.sentence(Sentence.BUTTON_GO_ON), CommandButton("continue").data),
    )


def goes_on(turn: TurnContext, text: str) -> bool:
    """Whether a text says to go on, to who was told that nothing has to be done now."""
    return bare(text) in turn.labels(Sentence.BUTTON_GO_ON) or read_reply(text, GOING_ON).is_plain_yes


def is_answer(turn: TurnContext, text: str) -> bool:
    """Whether a text surely answers the question that waits. Where any words would do, only work that we know does."""
    question = turn.open_question()
    if not isinstance(question, Collect) or question.pii or question.id != turn.state.asked:
        return False
    reading = read(question, text, turn.context)
    if not isinstance(reading, Understood) or reading.certainty < CLEAR:
        return False
    return reading.shown is not None or not type_of(question).in_own_words
