"""Steering: begin, stop, back, again, another language, a person; and what one may do with one's data."""

from bot.answers import show
from bot.content.flow import Collect, Consent, Flow
from bot.content.message_keys import Sentence
from bot.engine.buttons import ERASE_NOW
from bot.engine.effects import Forget, HandOver, ShowMyData
from bot.engine.flow.accept import decline, leave_as_it_was, pass_over, reaches_them
from bot.engine.flow.lead_draft import file_unfinished
from bot.engine.flow.steps import NOWHERE, go_on
from bot.engine.state import CONTACT, REMIND, About, Mode, State
from bot.engine.turn import Turning
from bot.engine.views.question import ask, confirm, show_answers
from bot.matching import fold
from bot.text import LANGUAGES

HUMAN_FLOW = "human"


def end_rest(turning: Turning) -> None:
    """Where the conversation was before it rested."""
    if not turning.state.answers and turning.state.asked is None:
        turning.change(mode=Mode.NEW)
    elif turning.position().open is None:
        turning.change(mode=Mode.ENDED)
    else:
        turning.change(mode=Mode.RUNNING)


def go_on_again(turning: Turning, _: str) -> None:
    """Put the open question again, because they want it; begin, when nothing was begun."""
    if turning.state.mode is Mode.RESTING:
        end_rest(turning)
    if turning.state.mode is Mode.NEW:
        start(turning, "")
        return
    turning.change(mode=Mode.RUNNING if turning.state.mode is Mode.PAUSED else turning.state.mode)
    if turning.open_question() is None:
        turning.say(Sentence.NOTHING_OPEN)
    else:
        ask(turning, turning.sentence(Sentence.AT_YOUR_PACE))


def start(turning: Turning, source: str) -> None:
    """Say what we are, and begin; or go on where they were. A source can open a flow: `/start employer`."""
    if turning.state.mode is Mode.RESTING:
        end_rest(turning)
    opened = opening_words(turning).get(fold(source)) if source else None
    over = turning.state.mode in (Mode.NEW, Mode.ENDED, Mode.EXPIRED)
    if over:
        turning.say(Sentence.WELCOME)
    if opened or over:
        begin(turning, opened or turning.state.flow)
    elif turning.open_question():
        if turning.state.mode is Mode.PAUSED and not turning.effects:
            turning.say(Sentence.GOING_ON)
        turning.change(mode=Mode.RUNNING)
        ask(turning)


def help_me(turning: Turning, _: str) -> None:
    turning.say(Sentence.HELP)
    ask(turning)


def stop(turning: Turning, _: str) -> None:
    """Pause: answers stay. Whoever agreed to be contacted and left a number is a lead, even half-way."""
    rested = turning.state.mode is Mode.RESTING
    turning.change(mode=Mode.PAUSED, editing=None)
    if turning.position().open is None:
        turning.change(detour=None)
    file_unfinished(turning)
    turning.say(Sentence.PAUSED, days=turning.flow.expire_after.days)
    if not rested and turning.flow.remind_after and REMIND not in turning.state.consents and turning.open_question():
        confirm(turning, About.REMIND, turning.sentence(Sentence.MAY_WE_REMIND))


def back(turning: Turning, _: str) -> None:
    """Open the question before this one; its answer stays until there is a new one."""
    answered = [passed.step.id for passed in turning.answered() if isinstance(passed.step, Collect | Consent)]
    if turning.state.editing in answered:
        answered = answered[: answered.index(turning.state.editing)]
    if not answered:
        ask(turning, turning.sentence(Sentence.NO_WAY_BACK))
        return
    open_again(turning, answered[-1])


def open_again(turning: Turning, question_id: str) -> None:
    """Ask a question that has an answer; going on without a new one is possible."""
    question = turning.find_question(question_id)
    if question is None or question_id not in turning.state.answers:
        ask(turning)
        return
    turning.change(editing=question_id, attempts=0, confirmation=None, mode=Mode.RUNNING)
    said = ""
    if isinstance(question, Collect | Consent):
        said = show(question, turning.state.answers[question_id].value, turning.library, turning.state.language)
    ask(turning, turning.sentence(Sentence.YOU_SAID, answer=said))


def review(turning: Turning, _: str) -> None:
    if not any(isinstance(passed.step, Collect | Consent) for passed in turning.answered()):
        ask(turning, turning.sentence(Sentence.NOTHING_TO_REVIEW))
        return
    show_answers(turning, None)
    ask(turning)


def restart(turning: Turning, _: str) -> None:
    if not turning.state.answers:
        begin(turning, turning.state.flow)
        return
    confirm(turning, About.RESTART, turning.sentence(Sentence.SURE_TO_RESTART))


def begin(turning: Turning, flow_id: str) -> None:
    """Start a flow. What was answered before counts here too: nobody is asked a thing twice.

    Two exceptions: who said no to being contacted may have changed their mind, and what an aside asks by itself
    is what it is opened for.
    """
    flow = turning.flows[flow_id]
    turning.change(editing=None, confirmation=None, attempts=0, mode=Mode.RUNNING)
    if flow.aside:
        turning.change(detour=flow_id)
    else:
        if flow_id != turning.state.flow:
            # The lead was of the other flow; this one files its own.
            turning.change(reference=None, told=False)
        turning.change(flow=flow_id, detour=None)
    _forget_refusals(turning)
    if flow.aside and (anew := _asked_anew(turning, flow)):
        turning.change(editing=anew)
        ask(turning)
        return
    go_on(turning, NOWHERE)


def _forget_refusals(turning: Turning) -> None:
    steps = [step for flow in turning.flows.values() for step in flow.steps]
    contact = {step.id for step in steps if isinstance(step, Consent) and step.purpose == CONTACT}
    answers = turning.state.answers
    kept = {name: answer for name, answer in answers.items() if name not in contact or answer.value}
    if len(kept) < len(answers):
        turning.change(answers=kept)


def _asked_anew(turning: Turning, flow: Flow) -> str | None:
    """The question of the flow's own, not of one that it calls, that was answered before."""
    own = {step.id for step in flow.steps if isinstance(step, Collect)}
    return next((passed.step.id for passed in turning.answered() if passed.step.id in own), None)


def switch_language(turning: Turning, argument: str) -> None:
    wanted = fold(argument)[:2]
    other = next(language for language in LANGUAGES if language != turning.state.language)
    turning.change(language=wanted if wanted in LANGUAGES else other)
    turning.say(Sentence.LANGUAGE_IS)
    ask(turning)


def human(turning: Turning, _: str) -> None:
    """A person instead of us. Their name and number are asked first, when there is a flow for that."""
    state = turning.state
    if state.reference and CONTACT in state.consents:
        turning.do(HandOver("asked"))
        turning.say(Sentence.PASSED_ON, reference=state.reference)
        ask(turning)
    elif state.detour == HUMAN_FLOW:
        ask(turning, turning.sentence(Sentence.NEEDED_TO_REACH_YOU))
    elif HUMAN_FLOW not in turning.flows:
        turning.do(HandOver("asked"))
        turning.say(Sentence.ADVISER_WILL_HELP)
        ask(turning)
    else:
        begin(turning, HUMAN_FLOW)


def privacy(turning: Turning, _: str) -> None:
    turning.say(Sentence.PRIVACY)
    ask(turning)


def skip(turning: Turning, _: str) -> None:
    question = turning.open_question()
    if question is None:
        turning.say(Sentence.NOTHING_OPEN)
    elif turning.state.editing and turning.state.editing in turning.state.answers:
        leave_as_it_was(turning)
    elif question.id != turning.state.asked:
        ask(turning)  # they have not seen it yet
    else:
        pass_over(turning, question)


def no_contact(turning: Turning, _: str) -> None:
    """The way out where a name or a number is asked; anywhere else it is a consent that is taken back."""
    if reaches_them(turning.open_question()):
        decline(turning)
    else:
        withdraw(turning, "")


def my_data(turning: Turning, _: str) -> None:
    """What we know: the answers here, and what else is stored, which only the store knows."""
    if turning.state.answers:
        show_answers(turning, None)
    turning.do(ShowMyData())
    ask(turning)


def withdraw(turning: Turning, _: str) -> None:
    if not turning.state.consents:
        ask(turning, turning.sentence(Sentence.NOTHING_TO_WITHDRAW))
        return
    confirm(turning, About.WITHDRAW, turning.sentence(Sentence.SURE_TO_WITHDRAW))


def forget(turning: Turning, argument: str) -> None:
    """Erase everything after a yes; at once when we have just offered that, because somebody may read along."""
    if argument == ERASE_NOW or turning.state.mode is Mode.RESTING:
        forget_all(turning)
        return
    confirm(turning, About.FORGET, turning.sentence(Sentence.SURE_TO_FORGET))


def forget_all(turning: Turning) -> None:
    """The store erases the rest, this state too; what is sent is the last we say."""
    turning.do(Forget())
    turning.say(Sentence.FORGOTTEN)
    turning.state = State.new(turning.state.language)


def opening_words(turning: Turning) -> dict[str, str]:
    """The commands that open a flow: its id, and the words in its header."""
    return {fold(word): flow.id for flow in turning.flows.values() for word in flow.opening_words}
