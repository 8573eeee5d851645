"""Exploring, for who does not know what they want: begin, see what was found, three others, none of these, compare."""

from bot.content.flow import Collect, FlowRole
from bot.content.knowledge import FactRole
from bot.content.sentence_keys import Sentence
from bot.engine.buttons import CommandButton
from bot.engine.commands.navigation import begin
from bot.engine.effects import Button
from bot.engine.flow.steps import go_on
from bot.engine.state import LIMITS, Answer
from bot.engine.turn import TurnContext
from bot.engine.views.exploring import note, show_compared, show_jobs
from bot.engine.views.question import ask


def explore(turn: TurnContext, said: str) -> None:
    """Begin to explore, or go on where it was left. `said`: the words that asked for it, of which the likings count."""
    flow = turn.compiled.content.flow_for(FlowRole.EXPLORE)
    if flow is None:
        turn.say(Sentence.EXPLORE, Button(turn.sentence(Sentence.BUTTON_HUMAN), CommandButton("human").data))
        return
    if wish_of(turn) is None:
        begin(turn, turn.first_flow, quietly=True)
    overhear(turn, said)
    _put_wish_aside(turn)
    turn.change(noted=_without(turn, FactRole.SEEN_ENOUGH), listed=())
    begin(turn, flow)


def stop_exploring(turn: TurnContext) -> None:
    """Go back to where exploring began, with the wish of then: the message that began it was changed."""
    wish, name = wish_of(turn), turn.compiled.content.knowledge.fact_of(FactRole.EARLIER_WISH)
    earlier = turn.state.noted.get(name)
    if wish and earlier and wish.id not in turn.state.answers:
        turn.change(answers={**turn.state.answers, wish.id: earlier}, noted=_without(turn, FactRole.EARLIER_WISH))
    turn.change(detour=turn.state.paused, paused=None, listed=(), confirmation=None)


def enough(turn: TurnContext, _: str) -> None:
    """Put no more cards: what follows from those that were answered."""
    if not is_exploring(turn):
        ask(turn)
        return
    before = turn.position()
    name = turn.compiled.content.knowledge.fact_of(FactRole.SEEN_ENOUGH)
    turn.change(noted={**turn.state.noted, name: Answer("", True)})
    go_on(turn, before)


def other_jobs(turn: TurnContext, _: str) -> None:
    """Three others; those on the screen were looked at."""
    if is_choosing(turn):
        turn.change(listed=())
        show_jobs(turn, Sentence.EXPLORED_OTHERS)
    ask(turn)


def no_job(turn: TurnContext, reason: str) -> None:
    """None of these: ask why, or take the reason into account for the next three."""
    refusals = {one.id: one for one in turn.compiled.content.knowledge.exploring.likings.refusals}
    if not is_choosing(turn):
        ask(turn)
    elif reason not in refusals:
        language = turn.state.language
        why = [Button(one.label[language], CommandButton("no_job", one.id).data) for one in refusals.values()]
        turn.say(Sentence.WHY_NONE, *why)
    else:
        note(turn, FactRole.REFUSED, frozenset({reason}))
        if limit := refusals[reason].limit:
            turn.change(noted={**turn.state.noted, f"{LIMITS}{limit}": Answer("", True)})
        other_jobs(turn, "")


def compare(turn: TurnContext, places: str) -> None:
    """Two of the three side by side; `places`: their numbers, the first two when they are not given."""
    numbers = [int(one) - 1 for one in places if one in "123"][:2]
    first, second = numbers if len(numbers) == 2 else (0, 1)
    if is_choosing(turn):
        show_compared(turn, first, second)
    ask(turn)


# ------------------------------------------------------------------ what it works with
def wish_of(turn: TurnContext) -> Collect | None:
    """The question of the flow that they are in that asks which work they want."""
    knowledge = turn.compiled.content.knowledge
    steps = (step for step in turn.flows[turn.state.flow].steps if isinstance(step, Collect))
    return next((one for one in steps if (one.role or knowledge.role_of(one.id)) is FactRole.WISH), None)


def is_exploring(turn: TurnContext) -> bool:
    return turn.state.detour is not None and turn.flow.role is FlowRole.EXPLORE


def is_choosing(turn: TurnContext) -> bool:
    """Whether jobs are on the screen, and they are asked which."""
    wish, question = wish_of(turn), turn.open_question()
    return is_exploring(turn) and wish is not None and question is not None and question.id == wish.id


def overhear(turn: TurnContext, text: str) -> frozenset[str]:
    """Keep what somebody says by themselves that they like, as ids; gives what is new of it."""
    found = turn.compiled.likings.read(text)
    name = turn.compiled.content.knowledge.fact_of(FactRole.INTERESTS)
    before = turn.state.noted.get(name)
    new = found - (before.value if before and isinstance(before.value, frozenset) else frozenset())
    note(turn, FactRole.INTERESTS, found)
    return new


def _put_wish_aside(turn: TurnContext) -> None:
    """Who explores has no wish now; the one that they had is kept for the adviser."""
    wish = wish_of(turn)
    answers = dict(turn.state.answers)
    before = answers.pop(wish.id, None) if wish else None
    if before is None:
        return
    noted = dict(turn.state.noted)
    if before.value is not None:
        noted[turn.compiled.content.knowledge.fact_of(FactRole.EARLIER_WISH)] = before
    turn.change(answers=answers, noted=noted, revision=turn.state.revision + 1)


def _without(turn: TurnContext, role: FactRole) -> dict[str, Answer]:
    name = turn.compiled.content.knowledge.fact_of(role)
    return {fact: answer for fact, answer in turn.state.noted.items() if fact != name}
