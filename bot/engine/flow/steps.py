"""After an answer: do what is new on the path, then put the next question."""

from dataclasses import replace

from bot.answers import type_of
from bot.content.flow import (
    Call,
    Collect,
    Consent,
    End,
    Goto,
    Handoff,
    Jobs,
    MatchStep,
    Review,
    Say,
    Schemes,
    Set,
    Submit,
    Wait,
)
from bot.content.knowledge import FactRole, Knowledge
from bot.content.sentence_keys import Sentence
from bot.engine.effects import FileLead, HandOver, Keyboard, Message, Send
from bot.engine.flow.lead_draft import draft
from bot.engine.state import Answer, Mode
from bot.engine.turn import TurnContext
from bot.engine.views.exploring import show_jobs
from bot.engine.views.question import ask, fill_in
from bot.engine.views.results import show_results
from bot.engine.views.schemes import show_schemes
from bot.engine.walk import Passed, Position

NOWHERE = Position(None, (), {}, ())
"""Where a conversation is before its flow begins."""


def go_on(
    turn: TurnContext,
    before: Position,
    since: str | None = None,
    lead_in: str | None = None,
    *,
    quietly: bool = False,
) -> None:
    """Act on every step that is on the path now and was not `before`, then ask what is open.

    `since`: a question that was met a second time; everything behind it is new again.
    `quietly`: do not put it, because the message that brought us here is still to be heard, and it is put after that.
    """
    turn.change(editing=None, attempts=0, confirmation=None)
    position = turn.position()
    known = {passed.name for passed in before.path if passed is not before.open}
    if since is not None:
        known -= {passed.name for passed in _behind(position, since)}
    due = [
        passed
        for passed in position.path
        if passed is not position.open and (passed.name not in known or _stale(passed, before))
    ]
    results = [passed for passed in due if isinstance(passed.step, MatchStep)]
    for passed in due:
        if passed not in results[:-1]:  # each would show the advice of now
            _do(turn, passed, before)
    question = turn.open_question() if quietly else None
    if question is not None:
        turn.change(mode=Mode.RUNNING, asked=question.id)
    else:
        _arrive(turn, position, lead_in)


def _behind(position: Position, question: str) -> tuple[Passed, ...]:
    for index, passed in enumerate(position.path):
        if passed.step.id == question:
            return position.path[index + 1 :]
    return ()


def _stale(passed: Passed, before: Position) -> bool:
    """Whether a step that was done before hangs on facts that have changed since: a result, or a filed lead."""
    if not isinstance(passed.step, MatchStep | Schemes | Submit):
        return False
    earlier = next((one for one in before.path if one.name == passed.name), None)
    return earlier is None or passed.known != earlier.known


def _do(turn: TurnContext, passed: Passed, before: Position) -> None:
    """What a step that was reached brings about."""
    language = turn.state.language
    match passed.step:
        case Say(text=text, title=title):
            turn.send(fill_in(turn, text[language]), title=title[language] if title else None)
        case MatchStep() | Schemes() | Jobs():
            _show(turn, passed, before)
        case Submit(text=text):
            turn.do(FileLead(draft(turn)))
            if any(one.name == passed.name for one in before.path):
                turn.say(Sentence.LEAD_CHANGED)
            elif turn.state.reference and turn.state.told:
                turn.say(Sentence.LEAD_ADDED_TO)
            else:
                turn.send(fill_in(turn, text[language]))
            turn.change(told=True)
        case Handoff(id=reason, text=text):
            turn.do(HandOver(reason))
            turn.send(fill_in(turn, text[language]))
        case End(text=text) if text:
            turn.send(fill_in(turn, text[language]))
        case End() | Collect() | Consent() | Review() | Set() | Call() | Goto() | Wait():
            pass


def _show(turn: TurnContext, passed: Passed, before: Position) -> None:
    """A result, of whatever kind."""
    match passed.step:
        case MatchStep():
            show_results(turn, passed, before)
        case Schemes():
            show_schemes(turn)
        case _:
            show_jobs(turn)


def _arrive(turn: TurnContext, position: Position, lead_in: str | None) -> None:
    """Put the open question; or wait, end, or come back from a detour."""
    waiting = position.open
    _take_keyboard_away(turn, waiting)
    if waiting is None:
        if turn.state.detour:
            chosen = _asked_in_both(turn, position)
            turn.change(detour=turn.state.paused, paused=None, asked=None)
            if chosen is not None:
                # What stands behind it in the main flow was said of another answer, or of none.
                here = turn.position()
                until = next(number for number, passed in enumerate(here.path) if passed.step.id == chosen)
                go_on(turn, Position(None, here.path[: until + 1], {}, ()))
                return
            if turn.position().open is not None:
                ask(turn)
                return
        turn.change(mode=Mode.ENDED, asked=None)
        return
    turn.change(mode=Mode.RUNNING)
    if isinstance(waiting.step, Wait):
        if waiting.step.id not in turn.state.answers:
            since = Answer(turn.on.isoformat(), None)
            turn.change(answers={**turn.state.answers, waiting.step.id: since})
        turn.change(asked=None)
        return
    ask(turn, lead_in)


def _asked_in_both(turn: TurnContext, detour: Position) -> str | None:
    """The question that the flow in between asked in place of the main one: which work they want."""
    knowledge, main = turn.compiled.content.knowledge, turn.main_position()
    own = [passed.step for passed in detour.answered if passed.flow.id == turn.state.detour]
    asked = {one.id for one in own if isinstance(one, Collect) and role_is(one, FactRole.WISH, knowledge)}
    return next((passed.step.id for passed in main.answered if passed.step.id in asked), None)


def role_is(question: Collect, role: FactRole, knowledge: Knowledge) -> bool:
    return (question.role or knowledge.role_of(question.id)) is role


def _take_keyboard_away(turn: TurnContext, waiting: Passed | None) -> None:
    """A reply keyboard (to share a phone number) stays on the screen until a message takes it away."""
    asked = turn.find_question(turn.state.asked) if turn.state.asked else None
    if not isinstance(asked, Collect) or not type_of(asked).takes_number:
        return
    if waiting is not None and isinstance(waiting.step, Collect) and type_of(waiting.step).takes_number:
        return
    for index, effect in enumerate(turn.effects):
        if isinstance(effect, Send) and effect.message.keyboard is Keyboard.NONE:
            turn.effects[index] = Send(replace(effect.message, keyboard=Keyboard.REMOVE))
            return
    turn.do(Send(Message(turn.sentence(Sentence.NOTED), keyboard=Keyboard.REMOVE)))
