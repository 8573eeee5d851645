"""Time: when to wake up, what to say then, and when a conversation is over."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.content.country import Country
from bot.content.flow import Review, Wait
from bot.content.sentence_keys import Sentence
from bot.engine.flow.steps import go_on
from bot.engine.state import REMIND, Mode
from bot.engine.turn import TurnContext
from bot.engine.views.question import ask, name_of
from bot.engine.walk import Position

DAY_BEGINS, DAY_ENDS = time(9), time(19)  # where the content is for; nobody is woken by a bot
AWAY = timedelta(hours=6)  # who comes back after this is told where we were


def in_daytime(moment: datetime, country: Country) -> datetime:
    """The moment itself when it is on a working day between nine and seven, else the next nine o'clock of one."""
    zone = ZoneInfo(country.time_zone)
    local = moment.astimezone(zone)
    if local.time() >= DAY_ENDS:
        local = datetime.combine(local.date() + timedelta(days=1), DAY_BEGINS, zone)
    elif local.time() < DAY_BEGINS:
        local = datetime.combine(local.date(), DAY_BEGINS, zone)
    while not country.calendar.is_workday(local.date()):
        local = datetime.combine(local.date() + timedelta(days=1), DAY_BEGINS, zone)
    return local.astimezone(moment.tzinfo)


def next_wake(turn: TurnContext) -> datetime | None:
    """When `Elapsed` is due: the end of a wait, a reminder, or the end of the conversation; the first of them."""
    state = turn.state
    if state.seen is None or not state.answers:
        return None
    flow = turn.flows[state.flow]
    moments = [state.seen + flow.expire_after]
    if state.mode is Mode.RESTING:
        return moments[0]  # nobody hears from us now: others may read the phone
    waiting = turn.position().open
    if waiting and isinstance(waiting.step, Wait) and waiting.step.id in state.answers:
        since = datetime.fromisoformat(state.answers[waiting.step.id].raw)
        moments.append(in_daytime(since + waiting.step.duration, turn.compiled.content.country))
    elif waiting and REMIND in state.consents and state.reminded < len(flow.remind_after):
        moments.append(in_daytime(state.seen + flow.remind_after[state.reminded], turn.compiled.content.country))
    return min(moments)


def wake(turn: TurnContext) -> None:
    """Something was due. A wake-up that comes too early, or at night, does nothing."""
    state = turn.state
    due = state.wake_at
    if due is None or turn.on < due:
        return
    if expired(turn):
        expire(turn)
        return
    if in_daytime(turn.on, turn.compiled.content.country) > turn.on:
        return
    if state.asked is None:
        end_wait(turn)
    elif turn.open_question() and REMIND in state.consents:
        turn.change(reminded=state.reminded + 1)
        turn.say(Sentence.REMINDER, stop="/stop")
        ask(turn)


def is_due(turn: TurnContext) -> bool:
    """Say whether a wait is over and nobody has gone on yet."""
    return turn.state.asked is None and turn.state.mode is Mode.RUNNING and turn.open_question() is not None


def end_wait(turn: TurnContext) -> None:
    """Go on behind a wait that is over; without one, the question that they saw is gone, and another is put."""
    position = turn.position()
    waits = [one for one in position.path if isinstance(one.step, Wait) and one is not position.open]
    if waits:
        before = Position(None, position.path[: position.path.index(waits[-1]) + 1], position.facts, ())
        go_on(turn, before)
    else:
        ask(turn)


def expired(turn: TurnContext) -> bool:
    seen, flow = turn.state.seen, turn.flows[turn.state.flow]
    return seen is not None and turn.on >= seen + flow.expire_after


def expire(turn: TurnContext) -> None:
    """Let go of the answers. Nothing is passed on that somebody has not looked over."""
    turn.change(
        flow=turn.first_flow,
        told=False,  # after so long they hear the number again
        answers={},
        noted={},
        beside=frozenset(),
        asked=None,
        editing=None,
        detour=None,
        paused=None,
        confirmation=None,
        played_back=None,
        heard=None,
        attempts=0,
        reminded=0,
        seen=None,
        mode=Mode.EXPIRED,
    )


def welcome_back(turn: TurnContext, is_answering: bool) -> None:
    """One line for who was away for some time.

    `is_answering`: what they do now may answer the question that is open, so it says which one that was; after
    anything else the question itself comes back.
    """
    question = turn.open_question()
    seen = turn.state.seen
    if turn.state.mode is Mode.RESTING or question is None or seen is None or turn.on - seen < AWAY:
        return
    if is_answering and not isinstance(question, Review):
        turn.say(Sentence.WELCOME_BACK, question=name_of(turn, question))
    else:
        turn.say(Sentence.GOING_ON)
