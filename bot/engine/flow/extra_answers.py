"""Somebody answers more than was asked: they are asked whether we read that well; nothing is taken without a yes."""

from collections.abc import Iterator

from bot.answers import Understood
from bot.answers.beside import read_beside
from bot.content.flow import Collect, Question
from bot.content.sentence_keys import Sentence
from bot.engine.state import About, Answer
from bot.engine.turn import TurnContext
from bot.engine.views.question import as_understood, confirm, name_of


def offer(turn: TurnContext, taken: Question) -> bool:
    """Ask once whether what they said beside their answer is right; False when they said no more than that."""
    if not isinstance(taken, Collect) or taken.vocabulary is None or turn.state.detour:
        return False
    heard = list(_overheard(turn, turn.state.answers[taken.id].raw))
    if not heard:
        return False
    lines = (f"{name_of(turn, question)}: {as_understood(turn, question, reading)}" for question, reading in heard)
    options = tuple(Answer(reading.raw or "", reading.value) for _, reading in heard)
    said = turn.sentence(Sentence.OVERHEARD, answers="\n".join(lines))
    confirm(turn, About.OVERHEARD, said, taken.id, options, tuple(question.id for question, _ in heard))
    turn.change(asked=taken.id)  # the next question was not put yet: what they type now is no answer to it
    return True


def _overheard(turn: TurnContext, text: str) -> Iterator[tuple[Collect, Understood]]:
    """The questions to come that a text surely answers; not those of which the flow would first say something."""
    ahead = {passed.step.id: passed.step for passed in turn.to_the_end().path if isinstance(passed.step, Collect)}
    for question in ahead.values():
        if question.id in turn.state.answers or not (reading := read_beside(question, text, turn.context)):
            continue
        if not turn.rejections_of(question, reading.value):
            yield question, reading
