"""A button was pressed: under the last message, or under one of weeks ago."""

from bot.answers import Misunderstood, Reading, Understood, read, type_of
from bot.content.flow import Collect, Question
from bot.content.sentence_keys import Sentence
from bot.engine.buttons import DONE, SKIP, AnswerButton, ChangeButton, CommandButton, ConfirmationButton, parse
from bot.engine.commands import registry as commands
from bot.engine.commands.navigation import open_again
from bot.engine.handlers.answer import not_known, offer_change, understood
from bot.engine.handlers.confirmation import settle
from bot.engine.handlers.multi_select import pick
from bot.engine.state import Mode
from bot.engine.turn import TurnContext
from bot.engine.views.question import ask


def press(turn: TurnContext, data: str) -> None:
    """Do what a button says; one that means nothing any more is answered with the open question."""
    match parse(data):
        case AnswerButton() as button:
            _answer(turn, button)
        case CommandButton(command, argument):
            commands.obey(turn, command, argument)
        case ChangeButton(question):
            open_again(turn, question)
        case ConfirmationButton(reply, revision):
            if turn.state.confirmation is None or revision != turn.state.revision:
                _say_it_is_old(turn)
            else:
                settle(turn, reply)
        case None:
            _say_it_is_old(turn)


def _answer(turn: TurnContext, button: AnswerButton) -> None:
    """A choice: of the open question it is the answer; of an earlier one it is a change, after a yes."""
    question = turn.open_question()
    if question is not None and question.id == button.question:
        turn.change(mode=Mode.RUNNING)
        _choose(turn, question, button.value)
        return
    earlier = turn.find_question(button.question)
    stored = turn.state.answers.get(button.question)
    reading = read(earlier, button.value, turn.context) if earlier else None
    if _said_that_it_is_over(turn, reading):
        return
    if earlier is None or stored is None or not isinstance(reading, Understood) or button.value in (SKIP, DONE):
        _say_it_is_old(turn)
    elif stored.value == reading.value:
        # Pressed twice: the first time counted.
        ask(turn, turn.sentence(Sentence.HAVE_THAT))
    else:
        offer_change(turn, earlier, button.value, reading)


def _choose(turn: TurnContext, question: Question, value: str) -> None:
    if value == SKIP:
        not_known(turn, question)
        return
    if isinstance(question, Collect) and type_of(question).is_of_several:
        known = {choice.value for choice in question.choices} | {DONE}
        if value not in known:
            _say_it_is_old(turn)
        elif value == DONE or not _said_that_it_is_over(turn, read(question, value, turn.context)):
            pick(turn, question, value)
        return
    reading = read(question, value, turn.context)
    if isinstance(reading, Understood):
        understood(turn, question, reading.shown or value, reading)
    elif not _said_that_it_is_over(turn, reading):
        _say_it_is_old(turn)


def _said_that_it_is_over(turn: TurnContext, reading: Reading | None) -> bool:
    """Say of a choice whose last day is over that it is, and put the open question; False of any other reading."""
    if not isinstance(reading, Misunderstood) or reading.because is not Sentence.CHOICE_IS_OVER:
        return False
    ask(turn, turn.sentence(reading.because, **reading.filled))
    return True


def _say_it_is_old(turn: TurnContext) -> None:
    ask(turn, turn.sentence(Sentence.OLD_BUTTON))
