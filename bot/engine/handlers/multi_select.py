"""Choosing several of some choices, one press or one word after the other, until "done"."""

from bot.answers import Understood, bare, read
from bot.answers.question_form import is_question
from bot.content.flow import Collect, Question
from bot.content.sentence_keys import Sentence
from bot.engine.buttons import DONE
from bot.engine.flow.accept import keep, pass_over
from bot.engine.state import Answer, Picked
from bot.engine.turn import TurnContext
from bot.engine.views.question import ask, picked


def pick(turn: TurnContext, question: Collect, value: str) -> None:
    """One more choice; "done" ends it, and so does a choice that goes alone. Raises KeyError when there is none."""
    so_far = picked(turn, question)
    choices = {choice.value: choice for choice in question.choices}
    if value == DONE:
        if so_far:
            turn.heard = None  # "klaar" says that they are done: edited, it is no other choice
            keep(turn, question, Answer(", ".join(so_far), frozenset(so_far)))
        else:
            pass_over(turn, question)
    elif choices[value].exclusive:
        keep(turn, question, Answer(value, frozenset({value})))
    else:
        now = (*(one for one in so_far if one != value), value)
        turn.change(picked=Picked(question.id, now), confirmation=None)
        labels = [choices[one].label[turn.state.language] for one in now if one in choices]
        ask(turn, turn.sentence(Sentence.PICKED, choices=", ".join(labels)))


def pick_typed(turn: TurnContext, question: Question, text: str) -> bool:
    """After a first press, typing goes on with choosing: a name is one more, "klaar" is the end.

    False when nothing was picked before, or when this is a question of theirs.
    """
    so_far = picked(turn, question)
    if not isinstance(question, Collect) or not so_far:
        return False
    if bare(text) in turn.reply_words.says_no | turn.labels(Sentence.DONE):
        pick(turn, question, DONE)
        return True
    reading = read(question, text, turn.context)
    if isinstance(reading, Understood) and isinstance(reading.value, frozenset):
        *first, last = sorted(reading.value)
        turn.change(
            picked=Picked(question.id, (*so_far, *(one for one in first if one not in so_far))), confirmation=None
        )
        pick(turn, question, last)
        return True
    if is_question(text, turn.spoken):
        return False
    ask(turn, turn.sentence(Sentence.NO_CHOICE))
    return True
