"""Steering: begin, stop, back, again, another language, a person; and what one may do with one's data."""

from bot.answers import show
from bot.content.flow import Collect, Consent, Flow, FlowRole
from bot.content.sentence_keys import Sentence
from bot.engine.buttons import ERASE_NOW
from bot.engine.capacity import is_refused
from bot.engine.effects import Forget, HandOver, ShowMyData
from bot.engine.flow.accept import decline, leave_as_it_was, pass_over, reaches_them
from bot.engine.flow.lead_draft import unfinished
from bot.engine.flow.steps import NOWHERE, go_on
from bot.engine.state import CONTACT, REMIND, About, Mode, State
from bot.engine.trace import Traced
from bot.engine.turn import TurnContext
from bot.engine.views.question import ask, confirm, name_of, overview, show_answers
from bot.engine.views.rest import ways_on
from bot.matching import fold


def end_rest(turn: TurnContext) -> None:
    """Where the conversation was before it rested."""
    turn.change(attempts=0)
    if not turn.state.answers and turn.state.asked is None:
        turn.change(mode=Mode.NEW)
    elif turn.position().open is None:
        turn.change(mode=Mode.ENDED)
    else:
        turn.change(mode=Mode.RUNNING)


def go_on_again(turn: TurnContext, _: str) -> None:
    """Put the open question again, because they want it; begin, when nothing was begun."""
    if turn.state.mode is Mode.RESTING:
        end_rest(turn)
    if turn.state.mode is Mode.NEW:
        start(turn, "")
        return
    turn.change(mode=Mode.RUNNING if turn.state.mode is Mode.PAUSED else turn.state.mode)
    if turn.open_question() is None:
        turn.say(Sentence.NOTHING_OPEN)
    else:
        ask(turn, turn.sentence(Sentence.AT_YOUR_PACE))


def start(turn: TurnContext, source: str) -> None:
    """Say what we are, and begin; or go on where they were. A source can open a flow: `/start employer`."""
    opened = opening_words(turn).get(fold(source)) if source else None
    if turn.state.mode is Mode.RESTING:
        if not opened:
            # Habit, or a link that was pressed again: it does not say that they want to go on with questions.
            turn.say(Sentence.RESTING_START, *ways_on(turn))
            return
        end_rest(turn)
    over = turn.state.mode in (Mode.NEW, Mode.ENDED, Mode.EXPIRED)
    if over:
        turn.say(Sentence.WELCOME)
    if opened or over:
        begin(turn, opened or turn.state.flow)
    elif turn.open_question():
        if turn.state.mode is Mode.PAUSED and not turn.effects:
            turn.say(Sentence.GOING_ON)
        turn.change(mode=Mode.RUNNING)
        ask(turn)


def help_me(turn: TurnContext, _: str) -> None:
    """What one can always type, and the other flows that a word opens: made from their headers."""
    turn.say(Sentence.HELP)
    language = turn.state.language
    full = f" ({turn.sentence(Sentence.HELP_FULL)})"
    others = [
        f"/{flow.opens_with[language][0]}: {(flow.in_help or flow.title)[language]}{full * (flow.id in turn.full)}"
        for flow in sorted(turn.flows.values(), key=lambda flow: flow.aside)
        if flow.id != turn.state.flow and flow.opens_with.get(language)
    ]
    if others:
        turn.say(Sentence.HELP_FLOWS, flows="\n".join(others))
    ask(turn)


def stop(turn: TurnContext, _: str) -> None:
    """Pause: answers stay. Whoever agreed to be contacted and said how is asked whether that is passed on as it is."""
    rested = turn.state.mode is Mode.RESTING
    turn.change(mode=Mode.PAUSED, editing=None)
    if turn.position().open is None:
        turn.change(detour=None)
    turn.say(Sentence.PAUSED, days=turn.flow.expire_after.days)
    if not rested and unfinished(turn):
        answers = (f"{name_of(turn, step)}: {said}" for step, said in overview(turn) if isinstance(step, Collect))
        confirm(turn, About.PASS_ON, "\n".join([*answers, "", turn.sentence(Sentence.PASS_ON_SO_FAR)]))
    elif not rested and turn.flow.remind_after and REMIND not in turn.state.consents and turn.open_question():
        confirm(turn, About.REMIND, turn.sentence(Sentence.MAY_WE_REMIND))


def back(turn: TurnContext, _: str) -> None:
    """Open the question before this one; its answer stays until there is a new one."""
    answered = [passed.step.id for passed in turn.answered() if isinstance(passed.step, Collect | Consent)]
    if turn.state.editing in answered:
        answered = answered[: answered.index(turn.state.editing)]
    if not answered:
        ask(turn, turn.sentence(Sentence.NO_WAY_BACK))
        return
    open_again(turn, answered[-1])


def open_again(turn: TurnContext, question_id: str) -> None:
    """Ask a question that has an answer; going on without a new one is possible."""
    question = turn.find_question(question_id)
    if question is None or question_id not in turn.state.answers:
        ask(turn)
        return
    turn.note(Traced.DID, "open_again")
    turn.change(editing=question_id, attempts=0, confirmation=None, mode=Mode.RUNNING)
    said = ""
    if isinstance(question, Collect | Consent):
        said = show(question, turn.state.answers[question_id].value, turn.compiled, turn.state.language)
    ask(turn, turn.sentence(Sentence.YOU_SAID, answer=said))


def review(turn: TurnContext, _: str) -> None:
    if not any(isinstance(passed.step, Collect | Consent) for passed in turn.answered()):
        ask(turn, turn.sentence(Sentence.NOTHING_TO_REVIEW))
        return
    show_answers(turn, None)
    ask(turn)


def restart(turn: TurnContext, _: str) -> None:
    if not turn.state.answers:
        begin(turn, turn.state.flow)
        return
    confirm(turn, About.RESTART, turn.sentence(Sentence.SURE_TO_RESTART))


def begin(turn: TurnContext, flow_id: str, *, quietly: bool = False) -> None:
    """Start a flow. What was answered before counts here too: nobody is asked a thing twice.

    `quietly`: its first question is not put yet.

    Two exceptions: who said no to being contacted may have changed their mind, and what an aside asks by itself
    is what it is opened for.
    """
    flow = turn.flows[flow_id]
    if is_refused(turn, flow):
        return
    turn.note(Traced.DID, f"flow:{flow_id}")
    turn.change(editing=None, confirmation=None, attempts=0, mode=Mode.RUNNING)
    if flow.aside:
        # Who asks for a person while exploring goes on with the card that they were at.
        left = turn.state.detour if turn.state.detour != flow_id and turn.flow.keeps_answers else None
        turn.change(detour=flow_id, paused=left)
    else:
        if flow_id != turn.state.flow:
            # The lead was of the other flow; this one files its own.
            turn.change(reference=None, told=False)
        turn.change(flow=flow_id, detour=None, paused=None)
    _forget_refusals(turn)
    if flow.aside and not flow.keeps_answers and (anew := _asked_anew(turn, flow)):
        turn.change(editing=anew)
        ask(turn)
        return
    go_on(turn, NOWHERE, quietly=quietly)


def _forget_refusals(turn: TurnContext) -> None:
    steps = [step for flow in turn.flows.values() for step in flow.steps]
    contact = {step.id for step in steps if isinstance(step, Consent) and step.purpose == CONTACT}
    answers = turn.state.answers
    kept = {name: answer for name, answer in answers.items() if name not in contact or answer.value}
    if len(kept) < len(answers):
        turn.change(answers=kept)


def _asked_anew(turn: TurnContext, flow: Flow) -> str | None:
    """The question of the flow's own, not of one that it calls, that was answered before."""
    own = {step.id for step in flow.steps if isinstance(step, Collect)}
    return next((passed.step.id for passed in turn.answered() if passed.step.id in own), None)


def switch_language(turn: TurnContext, argument: str) -> None:
    spoken = turn.compiled.content.country.languages
    wanted = fold(argument)[:2]
    after = (
        spoken[(spoken.index(turn.state.language) + 1) % len(spoken)] if turn.state.language in spoken else spoken[0]
    )
    turn.change(language=wanted if wanted in spoken else after)
    turn.note(Traced.DID, f"language:{turn.state.language}")
    turn.say(Sentence.LANGUAGE_IS)
    ask(turn)


def human(turn: TurnContext, _: str) -> None:
    """A person instead of us. Their name and number are asked first, when there is a flow for that."""
    state, flow = turn.state, turn.compiled.content.flow_for(FlowRole.HUMAN)
    if state.reference and CONTACT in state.consents:
        turn.do(HandOver("asked"))
        turn.say(Sentence.PASSED_ON, reference=state.reference)
        ask(turn)
    elif flow is None:
        turn.do(HandOver("asked"))
        turn.say(Sentence.ADVISER_WILL_HELP)
        ask(turn)
    elif state.detour == flow:
        ask(turn, turn.sentence(Sentence.NEEDED_TO_REACH_YOU))
    else:
        begin(turn, flow)


def privacy(turn: TurnContext, _: str) -> None:
    turn.say(Sentence.PRIVACY)
    ask(turn)


def skip(turn: TurnContext, _: str) -> None:
    question = turn.open_question()
    if question is None:
        turn.say(Sentence.NOTHING_OPEN)
    elif turn.state.editing and turn.state.editing in turn.state.answers:
        leave_as_it_was(turn)
    elif question.id != turn.state.asked:
        ask(turn)  # they have not seen it yet
    else:
        pass_over(turn, question)


def no_contact(turn: TurnContext, _: str) -> None:
    """The way out where a name or a number is asked; anywhere else it is a consent that is taken back."""
    if reaches_them(turn.open_question()):
        decline(turn)
    else:
        withdraw(turn, "")


def my_data(turn: TurnContext, _: str) -> None:
    """What we know: the answers here, and what else is stored, which only the store knows."""
    if turn.state.answers:
        show_answers(turn, None)
    turn.do(ShowMyData())
    ask(turn)


def withdraw(turn: TurnContext, _: str) -> None:
    if not turn.state.consents:
        ask(turn, turn.sentence(Sentence.NOTHING_TO_WITHDRAW))
        return
    confirm(turn, About.WITHDRAW, turn.sentence(Sentence.SURE_TO_WITHDRAW))


def forget(turn: TurnContext, argument: str) -> None:
    """Erase everything after a yes; at once when we have just offered that, because somebody may read along."""
    if argument == ERASE_NOW:
        forget_all(turn)
        return
    confirm(turn, About.FORGET, turn.sentence(Sentence.SURE_TO_FORGET))


def forget_all(turn: TurnContext) -> None:
    """The store erases the rest, this state too; what is sent is the last we say."""
    turn.do(Forget())
    turn.say(Sentence.FORGOTTEN)
    turn.state = State.new(turn.state.language)


def opening_words(turn: TurnContext) -> dict[str, str]:
    """The commands that open a flow: its id, and the words in its header."""
    return {fold(word): flow.id for flow in turn.flows.values() for word in flow.opening_words}
