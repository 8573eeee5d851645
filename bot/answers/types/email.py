from collections.abc import Iterator

from bot.answers.contact_details import SAMPLE_ADDRESS, read_email
from bot.answers.question_type import QuestionType, answer_type
from bot.answers.reading import Context, Reading
from bot.compiled import Compiled
from bot.content.flow import Collect


@answer_type
class Email(QuestionType):
    """An e-mail address."""

    name = "email"
    stands_out = True
    is_personal = True

    def read(self, question: Collect, text: str, context: Context) -> Reading:
        return read_email(text, context.compiled.content.country)

    def samples(self, question: Collect, compiled: Compiled) -> Iterator[str]:
        yield SAMPLE_ADDRESS
