"""A message that was edited: nothing when it says the same, another answer when it gave one, else perhaps a new try.

Telegram brings edits that nobody made, of a message of any age (github.com/tdlib/telegram-bot-api/issues/388). So what
an edit may do hangs on the message that it changes, never on what is open now; and it is never a yes to anything.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.answers import Understood, is_asked_back, read, show, type_of
from bot.answers.question_form import is_question
from bot.content.flow import Collect, Consent, FlowRole, Review, Submit
from bot.content.sentence_keys import Sentence
from bot.engine.commands import registry as commands
from bot.engine.commands.exploring import stop_exploring
from bot.engine.effects import FileLead, Forget, RecordConsent, WithdrawConsent
from bot.engine.flow.accept import holds_back, keep
from bot.engine.flow.timers import expired
from bot.engine.handlers.answer import REFUSED, offer_change
from bot.engine.handlers.text import hear
from bot.engine.handlers.told import facts_in
from bot.engine.reading import context_of
from bot.engine.state import About, Answer, Heard, Mode, State
from bot.engine.turn import TurnContext
from bot.engine.views.question import as_understood, ask, name_of
from bot.recognisers.private import Sensitive
from bot.understanding import understand

NOTHING_SAID = frozenset({Mode.NEW, Mode.EXPIRED})
ASKS_BACK = frozenset({About.UNDERSTOOD, About.WHICH, About.CHANGE, About.ANSWER_AFTER_ALL})


def remember(turn: TurnContext, before: State) -> None:
    """Keep which message was said last, while nothing came of it but words, or cards to find out what they want: then
    an edit of it is a new try."""
    now, waiting = turn.state, turn.state.confirmation
    if turn.heard and now.detour and now.detour != before.detour and turn.flow.role is FlowRole.EXPLORE:
        turn.change(heard=replace(turn.heard, explores=True))
        return
    same = (before.revision, before.asked, before.mode, before.flow, before.detour)
    stood_still = same == (now.revision, now.asked, now.mode, now.flow, now.detour)
    about_it = now.picked is None and (
        waiting is None
        or (waiting.about in ASKS_BACK and all(option.heard == turn.heard for option in waiting.options))
    )
    turn.change(heard=turn.heard if stood_still and about_it else None)


def take_edit(turn: TurnContext, text: str, message: int | None) -> None:
    """Act on an edited message. `text` is clean; without a number, or of a message unknown to us, nothing is done."""
    state = turn.state
    if message is None or state.mode in NOTHING_SAID or expired(turn):
        return
    now = Heard.of(message, text)
    given = _given_by(turn, message)
    known = state.answers[given[0].id].heard if given else state.heard
    if known is None or known.message != message or known == now:
        return
    turn.heard = now
    turn.change(seen=turn.on, reminded=0)
    if not given and known.explores:
        stop_exploring(turn)
    if given:
        # Also when it changes nothing: the same edit once more is no news.
        marked = {question.id: replace(turn.state.answers[question.id], heard=now) for question in given}
        turn.change(answers={**turn.state.answers, **marked})
        _without_a_yes(turn, lambda: _change(turn, given, text))
    else:
        turn.change(heard=now)
        _without_a_yes(turn, lambda: _try_again(turn, text))


def _given_by(turn: TurnContext, message: int) -> list[Collect]:
    """The questions that a message answered: first the one that it was said to, then what it said beside that.

    The first stands on the path, or the message counts no more; the others may be questions to come.
    """
    gave = [name for name, answer in turn.state.answers.items() if answer.heard and answer.heard.message == message]
    passed = [one.step.id for one in (*turn.main_position().answered, *turn.answered())]
    questions = [turn.find_question(name) for name in sorted(gave, key=[*passed, *gave].index)]
    found = [question for question in questions if isinstance(question, Collect)]
    return found if found and found[0].id in passed else []


def _try_again(turn: TurnContext, text: str) -> None:
    before = turn.state
    turn.change(confirmation=None)
    hear(turn, text)
    remember(turn, before)


def _change(turn: TurnContext, given: list[Collect], text: str) -> None:
    """Change the answer that the message gave, and say so; what does not surely answer that question leaves it."""
    question, *beside = given
    sensitive = turn.compiled.private.find(text)
    if sensitive and not (type_of(question).takes_number and sensitive is Sensitive.BSN):
        _leave(turn, question, turn.sentence(REFUSED[sensitive]))
        return
    reading = read(question, text, turn.context)
    no_answer = (
        is_question(text, turn.spoken) or holds_back(turn, question, text) or commands.spoken_command(turn, text)
    )
    if not isinstance(reading, Understood) or no_answer or text.startswith("/"):
        _leave(turn, question, turn.sentence(Sentence.EDIT_NOT_READ))
        return
    against = turn.rejections_of(question, reading.value)
    if hard := next((one for one in against if not one.soft), None):
        _leave(turn, question, hard.text[turn.state.language])
        return
    if against or is_asked_back(question, reading):
        offer_change(turn, question, text, reading)
        return
    if reading.value == turn.state.answers[question.id].value:
        return  # "utrecht" for "Utrecht" changes nothing
    shown = as_understood(turn, question, reading)
    turn.say(Sentence.ANSWER_CHANGED, question=name_of(turn, question), answer=shown)
    _change_what_it_said_beside(turn, beside, text)
    turn.change(editing=question.id)
    keep(turn, question, Answer(reading.raw if reading.raw is not None else text, reading.value))


def _change_what_it_said_beside(turn: TurnContext, beside: list[Collect], text: str) -> None:
    """What else the message told, and tells otherwise now."""
    acts = understand(text, context_of(turn)).acts
    told = {one.id: reading for one, reading in facts_in(turn, acts)}
    fresh = {one.id: Answer(told[one.id].raw or "", told[one.id].value) for one in beside if one.id in told}
    if fresh:
        turn.change(answers={**turn.state.answers, **fresh})


def _leave(turn: TurnContext, question: Collect, because: str) -> None:
    """Say why the answer stays what it is, and which one that is."""
    answer = turn.state.answers[question.id]
    shown = show(question, answer.value, turn.compiled, turn.state.language)
    turn.say(Sentence.ANSWER_STAYS, because=because, question=name_of(turn, question), answer=shown)
    ask(turn)


def _without_a_yes(turn: TurnContext, act: Callable[[], None]) -> None:
    """Let an edit act, unless a consent, a first lead, a withdrawal or a yes to a review comes of it: then nothing."""
    before, effects, traces = turn.state, len(turn.effects), len(turn.trace)
    filed = turn.main_position().has(Submit) or turn.position().has(Submit)
    act()
    done = turn.effects[effects:]
    files = any(isinstance(effect, FileLead) for effect in done) and not filed
    agrees = any(isinstance(effect, RecordConsent | WithdrawConsent | Forget) for effect in done)
    if files or agrees or _said_yes(turn, before):
        del turn.effects[effects:]
        del turn.trace[traces:]
        turn.state = before
        turn.change(answers=before.answers)  # looks again at what can still change the result
        ask(turn, turn.sentence(Sentence.EDIT_IS_NO_YES))


def _said_yes(turn: TurnContext, before: State) -> bool:
    """Whether a consent or a review has an answer that it did not have."""
    fresh = (name for name, answer in turn.state.answers.items() if answer != before.answers.get(name))
    return any(isinstance(turn.find_question(name), Consent | Review) for name in fresh)
