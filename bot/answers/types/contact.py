from bot.answers.contact_details import read_contact, show_phone
from bot.answers.question_type import QuestionType, answer_type
from bot.answers.reading import Context, Reading
from bot.compiled import Compiled
from bot.content.conditions import Value
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
        return read_contact(text, context.compiled.content.country)

    def show(self, question: Collect, value: Value, compiled: Compiled, language: str) -> str:
        if isinstance(value, str) and value.startswith("+"):
            return show_phone(value, compiled.content.country)
        return super().show(question, value, compiled, language)

    def contact_kind(self, question: Collect, said: str) -> str:
        return "email" if "@" in said else "phone"
