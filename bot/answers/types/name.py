from collections.abc import Iterator

from bot.answers.free_text import read_name
from bot.answers.question_type import QuestionType, answer_type
from bot.answers.reading import Context, Reading
from bot.compiled import Compiled
from bot.content.flow import Collect


@answer_type
class Name(QuestionType):
    """What someone is called, without what people put before it. A constraint limits its length, in characters."""

    name = "name"
    in_own_words = True
    is_name = True
    is_personal = True
    has_limits = True

    def read(self, question: Collect, text: str, context: Context) -> Reading:
        return read_name(question.constraint, text, context.compiled)

    def samples(self, question: Collect, compiled: Compiled) -> Iterator[str]:
        yield "Sam"
        yield from (f"{before} Sam" for before in compiled.spoken.names.introductions[:1])
