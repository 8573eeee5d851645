from bot.answers.free_text import read_name
from bot.answers.question_type import QuestionType, answer_type
from bot.answers.reading import Context, Reading
from bot.content.flow import Collect


@answer_type
class Name(QuestionType):
    """What someone is called, without what people put before it. A constraint limits its length, in characters."""

    name = "name"
    in_own_words = True
    is_name = True
    is_personal = True
    has_limits = True
    typical = ("Sam", "mijn naam is Sam")

    def read(self, question: Collect, text: str, context: Context) -> Reading:
        return read_name(question.constraint, text, context.compiled)
