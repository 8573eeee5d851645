"""A message that was edited: nothing when it says the same, another answer when it gave one, else perhaps a new try.

Telegram brings edits that nobody made, of a message of any age (github.com/tdlib/telegram-bot-api/issues/388). So what
an edit may do hangs on the message that it changes, never on what is open now; and it is never a yes to anything.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.answers import CLEAR, Sensitive, Understood, find_sensitive, read, show
from bot.answers.beside import read_beside
from bot.content.flow import AnswerType, Collect, Consent, Review, Submit
from bot.content.message_keys import Sentence
from bot.engine.effects import FileLead, Forget, RecordConsent, WithdrawConsent
from bot.engine.flow.accept import holds_back, keep
from bot.engine.flow.timers import expired
from bot.engine.handlers.answer import REFUSED, offer_change
from bot.engine.handlers.text import hear
from bot.engine.state import About, Answer, Heard, Mode, State
from bot.engine.turn import Turning
from bot.engine.views.faq import is_question
from bot.engine.views.question import CALLABLE, ask, name_of
from bot.engine.walk import holds

NOTHING_SAID = frozenset({Mode.NEW, Mode.EXPIRED})
ASKS_BACK = frozenset({About.UNDERSTOOD, About.WHICH, About.CHANGE, About.ANSWER_AFTER_ALL})


def remember(turning: Turning, before: State) -> None:
    """Keep which message was said last, while nothing came of it but words: then an edit of it is a new try."""
    now, waiting = turning.state, turning.state.confirmation
    same = (before.revision, before.asked, before.mode, before.flow, before.detour)
    stood_still = same == (now.revision, now.asked, now.mode, now.flow, now.detour)
    about_it = waiting is None or (
        waiting.about in ASKS_BACK and all(option.heard == turning.heard for option in waiting.options)
    )
    turning.change(heard=turning.heard if stood_still and about_it else None)


def take_edit(turning: Turning, text: str, message: int | None) -> None:
    """Act on an edited message. `text` is clean; without a number, or of a message unknown to us, nothing is done."""
    state = turning.state
    if message is None or state.mode in NOTHING_SAID or expired(turning):
        return
    now = Heard.of(message, text)
    given = _given_by(turning, message)
    known = state.answers[given[0].id].heard if given else state.heard
    if known is None or known.message != message or known == now:
        return
    turning.heard = now
    turning.change(seen=turning.on, reminded=0)
    if given:
        # Also when it changes nothing: the same edit once more is no news.
        marked = {question.id: replace(turning.state.answers[question.id], heard=now) for question in given}
        turning.change(answers={**turning.state.answers, **marked})
        _without_a_yes(turning, lambda: _change(turning, given, text))
    else:
        turning.change(heard=now)
        _without_a_yes(turning, lambda: _try_again(turning, text))


def _given_by(turning: Turning, message: int) -> list[Collect]:
    """The questions that a message answered: first the one that it was said to, then what it said beside that.

    The first stands on the path, or the message counts no more; the others may be questions to come.
    """
    gave = [name for name, answer in turning.state.answers.items() if answer.heard and answer.heard.message == message]
    passed = [one.step.id for one in (*turning.main_position().answered, *turning.answered())]
    questions = [turning.find_question(name) for name in sorted(gave, key=[*passed, *gave].index)]
    found = [question for question in questions if isinstance(question, Collect)]
    return found if found and found[0].id in passed else []


def _try_again(turning: Turning, text: str) -> None:
    before = turning.state
    turning.change(confirmation=None)
    hear(turning, text)
    remember(turning, before)


def _change(turning: Turning, given: list[Collect], text: str) -> None:
    """Change the answer that the message gave, and say so; what does not surely answer that question leaves it."""
    question, *beside = given
    sensitive = find_sensitive(text)
    if sensitive and not (question.type in CALLABLE and sensitive is not Sensitive.HEALTH):
        _leave(turning, question, turning.sentence(REFUSED[sensitive]))
        return
    reading = read(question, text, turning.context)
    no_answer = is_question(text) or holds_back(turning, question, text)
    if not isinstance(reading, Understood) or no_answer or text.startswith("/"):
        _leave(turning, question, turning.sentence(Sentence.EDIT_NOT_READ))
        return
    facts = {**turning.main_position().facts, **turning.position().facts, question.id: reading.value}
    against = [one for one in question.rejections if holds(one.condition, facts)]
    if hard := next((one for one in against if not one.soft), None):
        _leave(turning, question, hard.text[turning.state.language])
        return
    guessed = question.type is AnswerType.LOOKUP and reading.shown is not None and reading.certainty < CLEAR
    if against or guessed or reading.certainty < question.confirm_below:
        offer_change(turning, question, text, reading)
        return
    shown = reading.shown or show(question, reading.value, turning.library, turning.state.language)
    turning.say(Sentence.ANSWER_CHANGED, question=name_of(turning, question), answer=shown)
    _ask_again_what_it_said_beside(turning, beside, text)
    turning.change(editing=question.id)
    keep(turning, question, Answer(reading.raw if reading.raw is not None else text, reading.value))


def _ask_again_what_it_said_beside(turning: Turning, beside: list[Collect], text: str) -> None:
    """What was taken from the message after a yes, and reads otherwise now, waits for a yes again."""
    readings = {one.id: read_beside(one, text, turning.context) for one in beside}
    answers = turning.state.answers
    changed = {name for name, reading in readings.items() if reading and reading.value != answers[name].value}
    if changed:
        turning.change(answers={name: answer for name, answer in answers.items() if name not in changed})


def _leave(turning: Turning, question: Collect, because: str) -> None:
    """Say why the answer stays what it is, and which one that is."""
    answer = turning.state.answers[question.id]
    shown = show(question, answer.value, turning.library, turning.state.language)
    turning.say(Sentence.ANSWER_STAYS, because=because, question=name_of(turning, question), answer=shown)
    ask(turning)


def _without_a_yes(turning: Turning, act: Callable[[], None]) -> None:
    """Let an edit act, unless a consent, a first lead, a withdrawal or a yes to a review comes of it: then nothing."""
    before, effects = turning.state, len(turning.effects)
    filed = turning.main_position().has(Submit) or turning.position().has(Submit)
    act()
    done = turning.effects[effects:]
    files = any(isinstance(effect, FileLead) for effect in done) and not filed
    agrees = any(isinstance(effect, RecordConsent | WithdrawConsent | Forget) for effect in done)
    if files or agrees or _said_yes(turning, before):
        del turning.effects[effects:]
        turning.state = before
        turning.change(answers=before.answers)  # looks anew at what can still change the result
        ask(turning, turning.sentence(Sentence.EDIT_IS_NO_YES))


def _said_yes(turning: Turning, before: State) -> bool:
    """Whether a consent or a review has an answer that it did not have."""
    fresh = (name for name, answer in turning.state.answers.items() if answer != before.answers.get(name))
    return any(isinstance(turning.find_question(name), Consent | Review) for name in fresh)
