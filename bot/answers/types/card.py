from collections.abc import Iterator

from bot.answers.choices import Label, read_one
from bot.answers.question_type import QuestionType, answer_type
from bot.answers.reading import Context, Option, Reading
from bot.compiled import Compiled
from bot.content.conditions import Value
from bot.content.exploring import Liking
from bot.content.flow import Collect
from bot.content.knowledge import FactKind
from bot.matching import fold


@answer_type
class Card(QuestionType):
    """Everyday work that one likes, does not mind, or would rather not; its answers are those of interests.yaml."""

    name = "card"
    gives = FactKind.CHOICE
    may_be_enough = True

    def read(self, question: Collect, text: str, context: Context) -> Reading:
        answers = context.compiled.content.knowledge.exploring.likings.answers
        labels = [
            Label(
                one.value,
                one.label[context.language],
                tuple(map(fold, (*one.label, one.value, *(word for words in one.words.values() for word in words)))),
            )
            for one in answers
        ]
        return read_one(labels, text, context.compiled.reply_words)

    def show(self, question: Collect, value: Value, compiled: Compiled, language: str) -> str:
        answers = compiled.content.knowledge.exploring.likings.answers
        return next((one.label[language] for one in answers if one.value == value), str(value))

    def offers(self, question: Collect, compiled: Compiled, language: str) -> tuple[Option, ...]:
        answers = compiled.content.knowledge.exploring.likings.answers
        return tuple(Option(one.value, one.label[language]) for one in answers)

    def accepts(self, question: Collect, value: Value) -> bool:
        return value in tuple(Liking)

    def classes(self, question: Collect, named: frozenset[Value]) -> Iterator[Value]:
        yield from (one.value for one in Liking)
