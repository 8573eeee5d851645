"""The content has changed since the last turn: read every answer again, and say what has to be asked again."""

from dataclasses import replace

from bot.answers import Understood, Unknown, read
from bot.content.flow import Collect, OnUpgrade
from bot.content.message_keys import Sentence
from bot.engine.state import Answer
from bot.engine.turn import Turning
from bot.engine.views.question import name_of, show_answers


def upgrade(turning: Turning) -> None:
    """Carry the answers over to the content of now. What no longer reads is dropped, and the person is told."""
    state = turning.state
    flow_id = state.flow if state.flow in turning.flows else turning.first_flow
    turning.change(flow=flow_id, detour=state.detour if state.detour in turning.flows else None)
    turning.change(answers=_renamed(turning))
    answers: dict[str, Answer] = {}
    lost: list[Collect] = []
    for question_id, answer in turning.state.answers.items():
        question = turning.find_question(question_id)
        again = _read_again(turning, question, answer) if isinstance(question, Collect) else answer
        if again is not None:
            answers[question_id] = again
        elif isinstance(question, Collect):
            lost.append(question)
    on_path = {passed.step.id for passed in turning.answered()}
    waiting = state.confirmation
    about_nothing = waiting and waiting.question and turning.find_question(waiting.question) is None
    turning.change(
        answers=answers,
        version=turning.library.content.version,
        editing=state.editing if state.editing in answers else None,
        confirmation=None if about_nothing else waiting,
        settled=frozenset(),  # other rules may ask for other facts
    )
    _keep_asking(turning)
    for question in lost:
        if question.id in on_path:
            turning.say(Sentence.ASKED_AGAIN, question=name_of(turning, question))
    if turning.flow.on_upgrade is OnUpgrade.REVIEW and lost:
        show_answers(turning, None)


def _keep_asking(turning: Turning) -> None:
    """What they say next answers the question that they saw, also when another one comes first by now."""
    asked, waiting = turning.state.asked, turning.open_question()
    if asked is None or waiting is None or waiting.id == asked or turning.is_put_off():
        return
    if turning.find_question(asked) is None:
        turning.change(asked=None)
    elif turning.state.editing is None:
        turning.change(editing=asked)


def _renamed(turning: Turning) -> dict[str, Answer]:
    """The answers under the names that their questions have now."""
    answers = dict(turning.state.answers)
    for flow in turning.flows.values():
        for old, new in flow.renames.items():
            if old in answers and new not in answers:
                answers[new] = answers.pop(old)
    return answers


def _read_again(turning: Turning, question: Collect, answer: Answer) -> Answer | None:
    """The answer as it reads now; None when it no longer does. "I don't know" stays that."""
    if answer.value is None:
        return answer
    reading = read(question, answer.raw, turning.context)
    match reading:
        case Understood(value):
            return replace(answer, value=value)
        case Unknown():
            return replace(answer, value=None)
        case _:
            return None
