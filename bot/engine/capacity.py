"""A flow with a number of places: what somebody hears when there are none left, before they begin and on the way."""

from bot.content.flow import Flow, Review, Submit
from bot.content.sentence_keys import Sentence
from bot.engine.state import About, Mode
from bot.engine.turn import TurnContext
from bot.engine.views.question import confirm


def is_refused(turn: TurnContext, flow: Flow) -> bool:
    """Say of a flow without places that it has none, and ask whether they want it all the same; once."""
    if flow.id not in turn.full or turn.state.full == flow.id:
        return False
    if turn.state.mode in (Mode.NEW, Mode.EXPIRED):
        turn.change(mode=Mode.ENDED)  # they were welcomed, and nothing is asked yet
    turn.change(full=flow.id, confirmation=None)
    said = turn.sentence(Sentence.FLOW_IS_FULL, flow=flow.title[turn.state.language])
    confirm(turn, About.WITHOUT_PLACE, said, answering=(flow.id,))
    return True


def say_when_full(turn: TurnContext) -> bool:
    """Say to who is on the way that the places went meanwhile; True when that was said now."""
    if turn.state.full not in turn.full:
        turn.change(full=None)
    flow = turn.flows.get(turn.state.flow)
    on_the_way = turn.state.mode is Mode.RUNNING and turn.state.detour is None
    if flow is None or flow.id not in turn.full or turn.state.full == flow.id or not on_the_way:
        return False
    position = turn.main_position()
    if position.open is None or position.has(Submit):
        return False
    turn.change(full=flow.id)
    turn.say(Sentence.FULL_MEANWHILE, flow=flow.title[turn.state.language])
    return True


def agrees(turn: TurnContext) -> bool:
    """Whether what they say now may send on what they saw before."""
    return isinstance(turn.open_question(), Review)
