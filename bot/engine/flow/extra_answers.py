"""Somebody answers more than was asked: they are asked whether we read that well; nothing is taken without a yes."""

from collections.abc import Iterator

from bot.answers import Understood, show
from bot.answers.beside import read_beside
from bot.content.flow import Collect, Question
from bot.content.sentence_keys import Sentence
from bot.engine.state import About, Answer
from bot.engine.turn import TurnContext
from bot.engine.views.question import confirm, name_of
from bot.engine.walk import holds, walk


def offer(turn: TurnContext, taken: Question) -> bool:
    """Ask once whether what they said beside their answer is right; False when they said no more than that."""
    if not isinstance(taken, Collect) or taken.vocabulary is None or turn.state.detour:
        return False
    heard = list(_overheard(turn, turn.state.answers[taken.id].raw))
    if not heard:
        return False
    lines = (
        f"{name_of(turn, question)}: "
        f"{reading.shown or show(question, reading.value, turn.compiled, turn.state.language)}"
        for question, reading in heard
    )
    options = tuple(Answer(reading.raw or "", reading.value) for _, reading in heard)
    said = turn.sentence(Sentence.OVERHEARD, answers="\n".join(lines))
    confirm(turn, About.OVERHEARD, said, taken.id, options, tuple(question.id for question, _ in heard))
    turn.change(asked=taken.id)  # the next question was not put yet: what they type now is no answer to it
    return True


def _overheard(turn: TurnContext, text: str) -> Iterator[tuple[Collect, Understood]]:
    """The questions to come that a text surely answers; not those of which the flow would first say something."""
    state = turn.state
    whole = walk(
        turn.flows,
        turn.flow.id,
        state.answers,
        on=turn.on,
        deciding=lambda question: question not in state.settled,
        to_the_end=True,
    )
    ahead = {passed.step.id: passed.step for passed in whole.path if isinstance(passed.step, Collect)}
    for question in ahead.values():
        if question.id in state.answers or not (reading := read_beside(question, text, turn.context)):
            continue
        facts = {**turn.position().facts, question.id: reading.value}
        if not any(holds(rejection.condition, facts) for rejection in question.rejections):
            yield question, reading
