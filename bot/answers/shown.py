"""An answer as the person would say it: in an overview, and when we say what we understood."""

from bot.answers.reach import show_phone
from bot.compiled import Compiled
from bot.content.conditions import Value
from bot.content.flow import AnswerType, Collect, Consent
from bot.content.message_keys import Sentence
from bot.text import say_date, say_euros, say_list, say_number


def show(question: Collect | Consent, value: Value | None, compiled: Compiled, language: str) -> str:
    """The value of an answer in words; None is "I don't know"."""
    sentences = compiled.content.sentences
    match value:
        case None if isinstance(question, Collect) and question.skip:
            return question.skip[language]
        case None:
            return sentences[Sentence.NOT_KNOWN][language]
        case bool():
            return sentences[Sentence.YES if value else Sentence.NO][language]
        case frozenset():
            assert isinstance(question, Collect)
            labels = [choice.label[language] for choice in question.choices if choice.value in value]
            return say_list(labels, language)
        case int() | float():
            return _show_number(question, value, language)
        case str():
            return _show_text(question, value, language)


def _show_number(question: Collect | Consent, number: float, language: str) -> str:
    if isinstance(question, Collect) and question.type is AnswerType.CURRENCY:
        return say_euros(number, language)
    unit = question.unit if isinstance(question, Collect) else None
    said = say_number(number, language)
    return f"{said} {unit[language]}" if unit else said


def _show_text(question: Collect | Consent, text: str, language: str) -> str:
    if not isinstance(question, Collect):
        return text
    match question.type:
        case AnswerType.SELECT_ONE:
            return next((choice.label[language] for choice in question.choices if choice.value == text), text)
        case AnswerType.DATE:
            return say_date(text, language)
        case AnswerType.PHONE | AnswerType.CONTACT if text.startswith("+"):
            return show_phone(text)
        case _:
            return text
