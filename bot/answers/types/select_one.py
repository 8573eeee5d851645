from collections.abc import Iterator

from bot.answers.choices import all_of, inside, labels, read_one
from bot.answers.question_type import QuestionType, answer_type
from bot.answers.reading import CLEAR, Context, Misunderstood, Option, Reading, Unclear, Understood
from bot.answers.unfinished import without_unfinished
from bot.compiled import Compiled
from bot.content.conditions import Value
from bot.content.flow import Collect
from bot.content.knowledge import FactKind
from bot.content.sentence_keys import Sentence
from bot.matching import folded


@answer_type
class SelectOne(QuestionType):
    """One of some choices."""

    name = "select_one"
    gives = FactKind.CHOICE
    chooses = True
    takes_choices = True

    def read(self, question: Collect, text: str, context: Context) -> Reading:
        fact = context.compiled.content.knowledge.facts.get(question.id)
        if fact and fact.highest_counts:
            return _highest_of(question, text, context)
        return _read(question, text, context)

    def show_text(self, question: Collect, text: str, language: str) -> str:
        return next((choice.label[language] for choice in question.choices if choice.value == text), text)

    def offers(self, question: Collect, compiled: Compiled, language: str) -> tuple[Option, ...]:
        return tuple(Option(choice.value, choice.label[language]) for choice in question.choices)

    def accepts(self, question: Collect, value: Value) -> bool:
        return value in {choice.value for choice in question.choices}

    def classes(self, question: Collect, named: frozenset[Value]) -> Iterator[Value]:
        yield from (choice.value for choice in question.choices)


def _read(question: Collect, text: str, context: Context) -> Reading:
    options = labels(question.choices, context.language, context.today, question.name)
    return read_one(options, text, context.compiled.reply_words, context.compiled.counting)


def _highest_of(question: Collect, text: str, context: Context) -> Reading:
    """Of a ladder of choices the highest that they reached: "mavo, en hbo niet afgemaakt" is mavo."""
    options = labels(question.choices, context.language, context.today, question.name)
    replies = context.compiled.spoken.replies
    finished = without_unfinished(options, text, folded(replies.unfinished), folded(replies.begun))
    if finished is not None and not inside(options, finished):
        return Misunderstood(Sentence.NOT_FINISHED)
    said = text if finished is None else finished
    reading = _read(question, said, context)
    return (_highest(question, said, context) or reading) if isinstance(reading, Unclear) else reading


def _highest(question: Collect, text: str, context: Context) -> Understood | None:
    """The highest of several choices that all hold: "mavo en mbo 2"; None of "of", and of what is denied."""
    offered = question.offered(context.today)
    has = all_of(labels(offered, context.language, context.today, question.name), text, context.compiled.reply_words)
    values = [one.value for one in has]
    highest = [choice for choice in question.choices if choice.value in values][-1:]
    if not highest:
        return None
    return Understood(highest[0].value, CLEAR, raw=highest[0].value, shown=highest[0].label[context.language])
