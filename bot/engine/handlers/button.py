"""A button was pressed: under the last message, or under one of weeks ago."""

from bot.answers import Understood, read
from bot.content.flow import Collect, Question
from bot.content.message_keys import Sentence
from bot.engine.buttons import DONE, SKIP, AnswerButton, ChangeButton, CommandButton, ConfirmationButton, parse
from bot.engine.commands import table as commands
from bot.engine.commands.navigation import open_again
from bot.engine.flow.accept import pass_over
from bot.engine.handlers.answer import offer_change, understood
from bot.engine.handlers.confirmation import settle
from bot.engine.handlers.multi_select import is_of_several, pick
from bot.engine.state import Mode
from bot.engine.turn import Turning
from bot.engine.views.question import ask


def press(turning: Turning, data: str) -> None:
    """Do what a button says; one that means nothing any more is answered with the open question."""
    match parse(data):
        case AnswerButton() as button:
            _answer(turning, button)
        case CommandButton(command, argument):
            commands.obey(turning, command, argument)
        case ChangeButton(question):
            open_again(turning, question)
        case ConfirmationButton(reply, revision):
            if turning.state.confirmation is None or revision != turning.state.revision:
                _say_it_is_old(turning)
            else:
                settle(turning, reply)
        case None:
            _say_it_is_old(turning)


def _answer(turning: Turning, button: AnswerButton) -> None:
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
        _say_it_is_old(turning)
    elif stored.value == reading.value:
        # Pressed twice: the first time counted.
        ask(turning, turning.sentence(Sentence.HAVE_THAT))
    else:
        offer_change(turning, earlier, button.value, reading)


def _choose(turning: Turning, question: Question, value: str) -> None:
    if value == SKIP:
        pass_over(turning, question)
        return
    if isinstance(question, Collect) and is_of_several(question):
        known = {choice.value for choice in question.choices} | {DONE}
        pick(turning, question, value) if value in known else _say_it_is_old(turning)
        return
    reading = read(question, value, turning.context)
    if isinstance(reading, Understood):
        understood(turning, question, reading.shown or value, reading)
    else:
        _say_it_is_old(turning)


def _say_it_is_old(turning: Turning) -> None:
    ask(turning, turning.sentence(Sentence.OLD_BUTTON))
