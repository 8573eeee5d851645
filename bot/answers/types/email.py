from bot.answers.contact_details import read_email
from bot.answers.question_type import QuestionType, answer_type
from bot.answers.reading import Context, Reading
from bot.content.flow import Collect


@answer_type
class Email(QuestionType):
    """An e-mail address."""

    name = "email"
    stands_out = True
    is_personal = True
    typical = ("sam@voorbeeld.nl",)

    def read(self, question: Collect, text: str, context: Context) -> Reading:
        return read_email(text, context.compiled.content.country)
