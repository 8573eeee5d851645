from collections.abc import Iterator

from bot.answers.choices import labels, read_one
from bot.answers.question_type import QuestionType, answer_type
from bot.answers.reading import Context, Option, Reading
from bot.compiled import Compiled
from bot.content.conditions import Value
from bot.content.flow import Collect
from bot.content.knowledge import FactKind


@answer_type
class SelectOne(QuestionType):
    """One of some choices."""

    name = "select_one"
    gives = FactKind.CHOICE
    chooses = True
    takes_choices = True

    def read(self, question: Collect, text: str, context: Context) -> Reading:
        return read_one(labels(question.choices, context.language), text, context.compiled.counting)

    def show_text(self, question: Collect, text: str, language: str) -> str:
        return next((choice.label[language] for choice in question.choices if choice.value == text), text)

    def offers(self, question: Collect, compiled: Compiled, language: str) -> tuple[Option, ...]:
        return tuple(Option(choice.value, choice.label[language]) for choice in question.choices)

    def accepts(self, question: Collect, value: Value) -> bool:
        return value in {choice.value for choice in question.choices}

    def classes(self, question: Collect, named: frozenset[Value]) -> Iterator[Value]:
        yield from (choice.value for choice in question.choices)
