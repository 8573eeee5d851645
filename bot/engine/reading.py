"""What was going on when a message came, for who reads it: the open question, what waits, what is on the screen."""

from collections.abc import Iterator

from bot.content.flow import Call, Collect
from bot.engine.state import ASKS_YES_OR_NO, About
from bot.engine.turn import TurnContext
from bot.understanding import Context, Understanding, understand


def read_whole(turn: TurnContext, text: str, foreign: str | None = None) -> Understanding:
    """What a message says: worked out once, as long as the same was going on. `foreign` as `understand` has it."""
    asked = text, foreign, context_of(turn)
    if turn.read is None or turn.read[0] != asked:
        turn.read = asked, understand(text, asked[2], foreign)
    return turn.read[1]


def context_of(turn: TurnContext) -> Context:
    """What was going on."""
    question = turn.open_question()
    flows = (turn.flow, *(turn.flows[turn.state.flow],))
    questions = [step for flow in flows for step in _questions(turn, flow.id)]
    return Context(
        answers=turn.context,
        asked=question,
        moment=_moment(turn, question.id if question else None),
        questions=tuple({one.id: one for one in questions}.values()),
        known={name: answer.value for name, answer in turn.state.answers.items()},
        words={name: answer.raw for name, answer in turn.state.answers.items() if answer.value is not None},
        shown=_shown(turn),
        cards=len(turn.cards()),
        played_back=turn.state.played_back is not None,
    )


def _questions(turn: TurnContext, flow_id: str) -> Iterator[Collect]:
    for step in turn.flows[flow_id].steps:
        if isinstance(step, Collect):
            yield step
        elif isinstance(step, Call):
            yield from _questions(turn, step.flow)


def _moment(turn: TurnContext, asked: str | None) -> str:
    waiting = turn.state.confirmation
    if waiting is not None and waiting.about is About.FORGET:
        return "wipe"
    if waiting is not None and waiting.about in ASKS_YES_OR_NO:
        return "confirm"
    return asked or "done"


def _shown(turn: TurnContext) -> tuple[tuple[str, str], ...]:
    return tuple((one.item.id, turn.title_of(one.item.id)) for one in turn.listed_offers())
