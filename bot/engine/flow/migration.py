"""The content has changed since the last turn: read every answer again, and say what has to be asked again."""

from dataclasses import replace

from bot.answers import Misunderstood, Understood, Unknown, read
from bot.content.flow import Collect, OnUpgrade, Review, Submit
from bot.content.sentence_keys import Sentence
from bot.engine.state import READER, Answer
from bot.engine.turn import TurnContext
from bot.engine.views.question import name_of, show_answers


def upgrade(turn: TurnContext) -> None:
    """Carry the answers over to the content of now. What no longer reads is dropped, and the person is told."""
    state = turn.state
    flow_id = state.flow if state.flow in turn.flows else turn.first_flow
    turn.change(flow=flow_id, detour=state.detour if state.detour in turn.flows else None)
    turn.change(paused=state.paused if state.paused in turn.flows else None)
    turn.change(answers=_renamed(turn))
    answers: dict[str, Answer] = {}
    lost: list[Collect] = []
    for question_id, answer in turn.state.answers.items():
        question = turn.find_question(question_id)
        again = _read_again(turn, question, answer) if isinstance(question, Collect) else answer
        if again is not None:
            answers[question_id] = again
        elif isinstance(question, Collect):
            lost.append(question)
    on_path = {passed.step.id for passed in turn.answered()}
    waiting = state.confirmation
    about_nothing = waiting and waiting.question and turn.find_question(waiting.question) is None
    of_nothing = state.picked and turn.find_question(state.picked.question) is None
    turn.change(
        answers=answers,
        version=turn.compiled.content.version,
        editing=state.editing if state.editing in answers else None,
        confirmation=None if about_nothing else waiting,
        picked=None if of_nothing else state.picked,
        settled=frozenset(),  # other rules may ask for other facts
    )
    _keep_asking(turn)
    for question in lost:
        if question.id in on_path:
            turn.say(Sentence.ASKED_AGAIN, question=name_of(turn, question))
    if turn.flow.on_upgrade is OnUpgrade.REVIEW and lost:
        show_answers(turn, None)


def drop_what_is_over(turn: TurnContext) -> None:
    """Ask anew what somebody chose and can no longer have; what was filed stays as it was filed."""
    position = turn.position()
    if position.has(Submit):
        return
    answers = dict(turn.state.answers)
    for passed in position.answered:
        step, answer = passed.step, answers.get(passed.step.id)
        if not isinstance(step, Collect) or answer is None or not any(choice.until for choice in step.choices):
            continue
        reading = read(step, answer.raw, turn.context)
        if isinstance(reading, Misunderstood) and reading.because is Sentence.CHOICE_IS_OVER:
            del answers[step.id]
            turn.say(reading.because, **reading.filled)
    if len(answers) == len(turn.state.answers):
        return
    # What was agreed to in an overview is not what is sent now.
    reviews = [passed.step.id for passed in position.path if isinstance(passed.step, Review)]
    asked = None if turn.state.asked in reviews else turn.state.asked
    turn.change(answers={name: one for name, one in answers.items() if name not in reviews}, asked=asked)
    _keep_asking(turn)


def _keep_asking(turn: TurnContext) -> None:
    """What they say next answers the question that they saw, also when another one comes first by now."""
    asked, waiting = turn.state.asked, turn.open_question()
    if asked is None or waiting is None or waiting.id == asked:
        return
    if turn.find_question(asked) is None:
        turn.change(asked=None)
    elif turn.state.editing is None:
        turn.change(editing=asked)


def _renamed(turn: TurnContext) -> dict[str, Answer]:
    """The answers under the names that their questions have now."""
    answers = dict(turn.state.answers)
    for flow in turn.flows.values():
        for old, new in flow.renames.items():
            if old in answers and new not in answers:
                answers[new] = answers.pop(old)
    return answers


def _read_again(turn: TurnContext, question: Collect, answer: Answer) -> Answer | None:
    """The answer as it reads now; None when it no longer does. "I don't know" stays that."""
    if answer.value is None:
        return answer
    reading = read(question, answer.raw, turn.context)
    match reading:
        case Understood(value):
            return replace(answer, value=value, reader=READER)
        case Unknown():
            return replace(answer, value=None, reader=READER)
        case Misunderstood(Sentence.CHOICE_IS_OVER):
            return answer  # it was chosen in time
        case _:
            return None
