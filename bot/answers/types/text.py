from collections.abc import Iterator

from bot.answers.free_text import read_text
from bot.answers.question_type import QuestionType, answer_type
from bot.answers.reading import Context, Reading
from bot.compiled import Compiled
from bot.content.flow import Collect


@answer_type
class Text(QuestionType):
    """Any words, taken as they are. A constraint limits their length, in characters."""

    name = "text"
    in_own_words = True
    has_limits = True
    takes_choices = True

    def read(self, question: Collect, text: str, context: Context) -> Reading:
        return read_text(question.constraint, text)

    def samples(self, question: Collect, compiled: Compiled) -> Iterator[str]:
        yield "Overstap"
