from bot.answers.question_type import QuestionType, answer_type
from bot.answers.reach import read_phone, show_phone
from bot.answers.reading import Context, Reading
from bot.content.flow import Collect


@answer_type
class Phone(QuestionType):
    """A phone number, kept as E.164 ("+31612345678")."""

    name = "phone"
    is_said_back = True
    takes_number = True
    stands_out = True
    is_personal = True
    typical = ("06 12345678",)

    def read(self, question: Collect, text: str, context: Context) -> Reading:
        return read_phone(text)

    def show_text(self, question: Collect, text: str, language: str) -> str:
        return show_phone(text) if text.startswith("+") else text

    def contact_kind(self, question: Collect, said: str) -> str:
        return self.name
