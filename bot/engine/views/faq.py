"""A question of theirs in the middle of one of ours: answered from the FAQ, and then ours comes back."""

from bot.answers.question_form import is_question
from bot.content.knowledge import Personal
from bot.content.sentence_keys import Sentence
from bot.engine.buttons import CommandButton
from bot.engine.effects import Button, NoteUnansweredQuestion
from bot.engine.trace import Traced
from bot.engine.turn import TurnContext
from bot.engine.views.item import source_line


def answer_question(turn: TurnContext, text: str, at_least: float = 0.0) -> bool:
    """Answer from the FAQ; False when it has no answer that we are sure of. `at_least`: how sure, 0..1."""
    found = turn.compiled.faq.look_up(text)
    if found.id is None or found.score < at_least:
        return False
    show_answer(turn, found.id)
    return True


def suggest_questions(turn: TurnContext, text: str) -> bool:
    """Ask which question of the FAQ they mean; False when none comes near."""
    suggestions = turn.compiled.faq.look_up(text).suggestions
    questions, language = turn.compiled.content.knowledge.questions, turn.state.language
    buttons = [Button(questions[one].question[language], CommandButton("faq", one).data) for one in suggestions]
    for one in suggestions:
        turn.note(Traced.OFFERED, one)
    if buttons:
        note_unanswered(turn, text)
        turn.say(Sentence.WHICH_QUESTION if len(buttons) > 1 else Sentence.THIS_QUESTION, *buttons)
    return bool(buttons)


def show_answer(turn: TurnContext, question_id: str) -> None:
    """The answer to a question of the FAQ, with its source; and that it depends on the person, when it does."""
    question, language = turn.compiled.content.knowledge.questions[question_id], turn.state.language
    lines = [question.answer[language]]
    if question.personal is not Personal.NEVER:
        lines.append(turn.sentence(Sentence.DEPENDS_ON_YOU))
    if question.sources:
        lines.append(source_line(turn, question.sources[0].url, question.sources[0].checked))
    turn.note(Traced.ANSWERED, question_id)
    turn.send("\n\n".join(lines), title=question.question[language])


def note_unanswered(turn: TurnContext, text: str) -> None:
    """Keep a question for the editors, unless something stands in it that we may not keep."""
    if turn.compiled.private.find(text) is None:
        turn.do(NoteUnansweredQuestion(text))


def answer_outside(turn: TurnContext, text: str) -> None:
    """Answer someone to whom nothing was asked: from the FAQ, or with what we can do."""
    if answer_question(turn, text) or (is_question(text, turn.spoken) and suggest_questions(turn, text)):
        return
    if is_question(text, turn.spoken):
        note_unanswered(turn, text)
    human = Button(turn.sentence(Sentence.BUTTON_HUMAN), CommandButton("human").data)
    restart = Button(turn.sentence(Sentence.BUTTON_RESTART), CommandButton("restart").data)
    turn.say(Sentence.CANNOT_ANSWER if is_question(text, turn.spoken) else Sentence.NOTHING_OPEN, human, restart)
