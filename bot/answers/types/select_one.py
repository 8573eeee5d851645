from collections.abc import Iterator

from bot.answers.choices import all_of, labels, read_one
from bot.answers.question_type import QuestionType, answer_type
from bot.answers.reading import CLEAR, Context, Option, Reading, Unclear, Understood
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
        reading = read_one(
            labels(question.choices, context.language), text, context.compiled.reply_words, context.compiled.counting
        )
        fact = context.compiled.content.knowledge.facts.get(question.id)
        if isinstance(reading, Unclear) and fact and fact.highest_counts:
            return _highest(question, text, context) or reading
        return reading

    def show_text(self, question: Collect, text: str, language: str) -> str:
        return next((choice.label[language] for choice in question.choices if choice.value == text), text)

    def offers(self, question: Collect, compiled: Compiled, language: str) -> tuple[Option, ...]:
        return tuple(Option(choice.value, choice.label[language]) for choice in question.choices)

    def accepts(self, question: Collect, value: Value) -> bool:
        return value in {choice.value for choice in question.choices}

    def classes(self, question: Collect, named: frozenset[Value]) -> Iterator[Value]:
        yield from (choice.value for choice in question.choices)


def _highest(question: Collect, text: str, context: Context) -> Understood | None:
    """The highest of several choices that all hold: "mavo en mbo 2"; None of "of", and of what is denied."""
    has = all_of(labels(question.choices, context.language), text, context.compiled.reply_words)
    values = [one.value for one in has]
    highest = [choice for choice in question.choices if choice.value in values][-1:]
    if not highest:
        return None
    return Understood(highest[0].value, CLEAR, raw=highest[0].value, shown=highest[0].label[context.language])
