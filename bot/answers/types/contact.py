from bot.answers.question_type import QuestionType, answer_type
from bot.answers.reach import read_contact, show_phone
from bot.answers.reading import Context, Reading
from bot.content.flow import Collect


@answer_type
class Contact(QuestionType):
    """A phone number or an e-mail address, whichever they give."""

    name = "contact"
    is_said_back = True
    takes_number = True
    stands_out = True
    is_personal = True
    typical = ("06 12345678", "sam@voorbeeld.nl")

    def read(self, question: Collect, text: str, context: Context) -> Reading:
        return read_contact(text)

    def show_text(self, question: Collect, text: str, language: str) -> str:
        return show_phone(text) if text.startswith("+") else text

    def contact_kind(self, question: Collect, said: str) -> str:
        return "email" if "@" in said else "phone"
