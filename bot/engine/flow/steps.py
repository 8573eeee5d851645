"""After an answer: do what is new on the path, then put the next question."""

from dataclasses import replace

from bot.content.flow import Call, Collect, Consent, End, Goto, Handoff, Match, Question, Review, Say, Set, Submit, Wait
from bot.content.message_keys import Sentence
from bot.engine.effects import FileLead, HandOver, Keyboard, Message, Send
from bot.engine.flow.extra_answers import offer
from bot.engine.flow.lead_draft import draft
from bot.engine.state import Answer, Mode
from bot.engine.turn import Turning
from bot.engine.views.question import CALLABLE, ask, fill_in
from bot.engine.views.results import show_results
from bot.engine.walk import Passed, Position

NOWHERE = Position(None, (), {}, ())
"""Where a conversation is before its flow begins."""


def go_on(
    turning: Turning,
    before: Position,
    since: str | None = None,
    lead_in: str | None = None,
    taken: Question | None = None,
) -> None:
    """Act on every step that is on the path now and was not `before`, then ask what is open.

    `since`: a question that was met a second time; everything behind it is new again. `taken`: the question that was
    just answered; what else was said there is asked about before the open one is put.
    """
    turning.change(editing=None, attempts=0, confirmation=None)
    position = turning.position()
    known = {passed.name for passed in before.path if passed is not before.open}
    if since is not None:
        known -= {passed.name for passed in _behind(position, since)}
    for passed in position.path:
        if passed is not position.open and (passed.name not in known or _stale(passed, before)):
            _do(turning, passed, before)
    _arrive(turning, position, lead_in, taken)


def _behind(position: Position, question: str) -> tuple[Passed, ...]:
    for index, passed in enumerate(position.path):
        if passed.step.id == question:
            return position.path[index + 1 :]
    return ()


def _stale(passed: Passed, before: Position) -> bool:
    """Whether a step that was done before hangs on facts that have changed since: a result, or a filed lead."""
    if not isinstance(passed.step, Match | Submit):
        return False
    earlier = next((one for one in before.path if one.name == passed.name), None)
    return earlier is None or passed.known != earlier.known


def _do(turning: Turning, passed: Passed, before: Position) -> None:
    """What a step that was reached brings about."""
    language = turning.state.language
    match passed.step:
        case Say(text=text, title=title):
            turning.send(fill_in(turning, text[language]), title=title[language] if title else None)
        case Match():
            show_results(turning, passed, before)
        case Submit(text=text):
            turning.do(FileLead(draft(turning)))
            if any(one.name == passed.name for one in before.path):
                turning.say(Sentence.LEAD_CHANGED)
            elif turning.state.reference and turning.state.told:
                turning.say(Sentence.LEAD_ADDED_TO)
            else:
                turning.send(fill_in(turning, text[language]))
            turning.change(told=True)
        case Handoff(id=reason, text=text):
            turning.do(HandOver(reason))
            turning.send(fill_in(turning, text[language]))
        case End(text=text) if text:
            turning.send(fill_in(turning, text[language]))
        case End() | Collect() | Consent() | Review() | Set() | Call() | Goto() | Wait():
            pass


def _arrive(turning: Turning, position: Position, lead_in: str | None, taken: Question | None) -> None:
    """Put the open question; or wait, end, or come back from a detour."""
    waiting = position.open
    _take_keyboard_away(turning, waiting)
    if waiting is None:
        if turning.state.detour:
            turning.change(detour=None, asked=None)
            if turning.position().open is not None:
                ask(turning)
                return
        turning.change(mode=Mode.ENDED, asked=None)
        return
    turning.change(mode=Mode.RUNNING)
    if isinstance(waiting.step, Wait):
        if waiting.step.id not in turning.state.answers:
            since = Answer(turning.on.isoformat(), None)
            turning.change(answers={**turning.state.answers, waiting.step.id: since})
        turning.change(asked=None)
        return
    if taken is None or not offer(turning, taken):
        ask(turning, lead_in)


def _take_keyboard_away(turning: Turning, waiting: Passed | None) -> None:
    """A reply keyboard (to share a phone number) stays on the screen until a message takes it away."""
    asked = turning.find_question(turning.state.asked) if turning.state.asked else None
    if not isinstance(asked, Collect) or asked.type not in CALLABLE:
        return
    if waiting is not None and isinstance(waiting.step, Collect) and waiting.step.type in CALLABLE:
        return
    for index, effect in enumerate(turning.effects):
        if isinstance(effect, Send) and effect.message.keyboard is Keyboard.NONE:
            turning.effects[index] = Send(replace(effect.message, keyboard=Keyboard.REMOVE))
            return
    turning.do(Send(Message(turning.sentence(Sentence.NOTED), keyboard=Keyboard.REMOVE)))
