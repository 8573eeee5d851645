"""A question of theirs in the middle of one of ours: answered from the FAQ, and then ours comes back."""

import re

from bot.answers import ends_as_question, find_sensitive
from bot.content.knowledge import Personal
from bot.content.message_keys import Sentence
from bot.engine.buttons import CommandButton
from bot.engine.effects import Button, NoteUnansweredQuestion
from bot.engine.turn import Turning
from bot.matching import fold
from bot.text import say_date

_OPENINGS = (
    "wat|hoe|hoeveel|hoelang|waar|waarom|waarvoor|wanneer|wie|welke|welk|kan ik|kun je|kan je|mag ik|moet ik|krijg ik|"
    "heb ik|ben ik|bestaat|bestaan|is er|is het|is dit|is dat|zijn er|kost|kosten|betaal|betaalt|klopt het dat|"
    "weet jij|weten jullie|what|how|where|why|when|who|which|can i|can you|may i|do i|do you|does|did|am i|is it|"
    "is there|is this|are there|are you|should i|must i|will i|would i|could i"
)
_QUESTION = re.compile(rf"^(?:en |maar |and |but |hoi |hallo |hi |hey |even |sorry )*(?:{_OPENINGS})\b")


def is_question(text: str) -> bool:
    """Say whether a text is a question by its form: a question mark, or the word that it begins with."""
    return ends_as_question(text) or _QUESTION.match(fold(text)) is not None


def answer_question(turning: Turning, text: str, at_least: float = 0.0) -> bool:
    """Answer from the FAQ; False when it has no answer that we are sure of. `at_least`: how sure, 0..1."""
    found = turning.library.faq.look_up(text)
    if found.id is None or found.score < at_least:
        return False
    show_answer(turning, found.id)
    return True


def suggest_questions(turning: Turning, text: str) -> bool:
    """Ask which question of the FAQ they mean; False when none comes near."""
    suggestions = turning.library.faq.look_up(text).suggestions
    questions, language = turning.library.content.knowledge.questions, turning.state.language
    buttons = [Button(questions[one].question[language], CommandButton("faq", one).data) for one in suggestions]
    if buttons:
        note_unanswered(turning, text)
        turning.say(Sentence.WHICH_QUESTION if len(buttons) > 1 else Sentence.THIS_QUESTION, *buttons)
    return bool(buttons)


def show_answer(turning: Turning, question_id: str) -> None:
    """The answer to a question of the FAQ, with its source; and that it depends on the person, when it does."""
    question, language = turning.library.content.knowledge.questions[question_id], turning.state.language
    lines = [question.answer[language]]
    if question.personal is not Personal.NEVER:
        lines.append(turning.sentence(Sentence.DEPENDS_ON_YOU))
    if question.sources:
        source = question.sources[0]
        day = say_date(source.checked, language)
        lines.append(turning.sentence(Sentence.SOURCE, source=source.url, day=day))
    turning.send("\n\n".join(lines), title=question.question[language])


def note_unanswered(turning: Turning, text: str) -> None:
    """Keep a question for the editors, unless something stands in it that we may not keep."""
    if find_sensitive(text) is None:
        turning.do(NoteUnansweredQuestion(text))


def answer_outside(turning: Turning, text: str) -> None:
    """Answer someone to whom nothing was asked: from the FAQ, or with what we can do."""
    if answer_question(turning, text) or (is_question(text) and suggest_questions(turning, text)):
        return
    if is_question(text):
        note_unanswered(turning, text)
    human = Button(turning.sentence(Sentence.BUTTON_HUMAN), CommandButton("human").data)
    restart = Button(turning.sentence(Sentence.BUTTON_RESTART), CommandButton("restart").data)
    turning.say(Sentence.CANNOT_ANSWER if is_question(text) else Sentence.NOTHING_OPEN, human, restart)
