from collections.abc import Iterator

from bot.answers.choices import Label, read_yes_no, yes_or_no
from bot.answers.question_type import QuestionType, answer_type
from bot.answers.reading import Context, Option, Reading
from bot.compiled import Compiled
from bot.content.conditions import Value
from bot.content.flow import Collect
from bot.content.knowledge import FactKind
from bot.content.sentence_keys import Sentence


@answer_type
class YesNo(QuestionType):
    """A yes or a no: true or false."""

    name = "yes_no"
    gives = FactKind.YES_NO
    is_yes_or_no = True

    def read(self, question: Collect, text: str, context: Context) -> Reading:
        return read_yes_no(yes_and_no(context), text, context.compiled.reply_words)

    def offers(self, question: Collect, compiled: Compiled, language: str) -> tuple[Option, ...]:
        sentences = compiled.content.sentences
        return Option("yes", sentences[Sentence.YES][language]), Option("no", sentences[Sentence.NO][language])

    def accepts(self, question: Collect, value: Value) -> bool:
        return isinstance(value, bool)

    def classes(self, question: Collect, named: frozenset[Value]) -> Iterator[Value]:
        yield from (True, False)


def yes_and_no(context: Context, label: Sentence = Sentence.YES) -> tuple[Label, ...]:
    """The two answers, as the buttons of this conversation say them."""
    sentences = context.compiled.content.sentences
    yes, no = sentences[label][context.language], sentences[Sentence.NO][context.language]
    return yes_or_no(context.compiled.reply_words, yes, no)
