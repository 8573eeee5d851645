"""Choosing several of some choices, one press or one word after the other, until "done"."""

from bot.answers import Understood, bare, read, type_of
from bot.answers.choices import SAYS_NO
from bot.content.flow import Collect, Question
from bot.content.message_keys import Sentence
from bot.engine.buttons import DONE
from bot.engine.flow.accept import keep, pass_over
from bot.engine.state import About, Answer, Confirmation
from bot.engine.turn import TurnContext
from bot.engine.views.faq import is_question
from bot.engine.views.question import ask


def is_picking(turn: TurnContext, question: Question) -> bool:
    """Say whether some choices of this question were picked, and there may be more."""
    waiting = turn.state.confirmation
    return waiting is not None and waiting.about is About.PICKING and waiting.question == question.id


def pick(turn: TurnContext, question: Collect, value: str) -> None:
    """One more choice; "done" ends it, and so does a choice that goes alone. Raises KeyError when there is none."""
    waiting = turn.state.confirmation
    so_far = waiting.options if waiting and is_picking(turn, question) else ()
    choices = {choice.value: choice for choice in question.choices}
    if value == DONE:
        if so_far:
            turn.heard = None  # "klaar" says that they are done: edited, it is no other choice
            picked = [option.raw for option in so_far]
            keep(turn, question, Answer(", ".join(picked), frozenset(picked)))
        else:
            pass_over(turn, question)
    elif choices[value].exclusive:
        keep(turn, question, Answer(value, frozenset({value})))
    else:
        options = (*(option for option in so_far if option.raw != value), Answer(value, value))
        turn.change(confirmation=Confirmation(About.PICKING, question.id, options))
        picked = [choices[option.raw].label[turn.state.language] for option in options if option.raw in choices]
        ask(turn, turn.sentence(Sentence.PICKED, choices=", ".join(picked)))


def pick_typed(turn: TurnContext, question: Question, text: str) -> bool:
    """After a first press, typing goes on with choosing: a name is one more, "klaar" is the end.

    False when nothing was picked before, or when this is a question of theirs.
    """
    waiting = turn.state.confirmation
    if not isinstance(question, Collect) or waiting is None or not is_picking(turn, question):
        return False
    if bare(text) in SAYS_NO | turn.labels(Sentence.DONE):
        pick(turn, question, DONE)
        return True
    reading = read(question, text, turn.context)
    if isinstance(reading, Understood) and isinstance(reading.value, frozenset):
        *first, last = sorted(reading.value)
        picked = sorted({*(option.raw for option in waiting.options), *first})
        options = tuple(Answer(value, value) for value in picked)
        turn.change(confirmation=Confirmation(About.PICKING, question.id, options))
        pick(turn, question, last)
        return True
    if is_question(text, turn.spoken):
        return False
    ask(turn, turn.sentence(Sentence.NO_CHOICE))
    return True


def is_of_several(question: Question) -> bool:
    return isinstance(question, Collect) and type_of(question).is_of_several
