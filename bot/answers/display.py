"""An answer as the person would say it: in an overview, and when we say what we understood."""

from bot.answers.question_type import type_of
from bot.compiled import Compiled
from bot.content.conditions import Value
from bot.content.flow import Collect, Consent
from bot.content.sentence_keys import Sentence


def show(question: Collect | Consent, value: Value | None, compiled: Compiled, language: str) -> str:
    """The value of an answer in words; None is "I don't know"."""
    sentences = compiled.content.sentences
    if value is None:
        skip = question.skip if isinstance(question, Collect) else None
        return skip[language] if skip else sentences[Sentence.NOT_KNOWN][language]
    if isinstance(question, Collect):
        return type_of(question).show(question, value, compiled, language)
    return sentences[Sentence.YES if value else Sentence.NO][language]
