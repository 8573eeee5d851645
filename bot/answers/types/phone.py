from bot.answers.contact_details import read_phone
from bot.answers.question_type import answer_type
from bot.answers.reachable import Reachable
from bot.answers.reading import Context, Reading
from bot.content.flow import Collect


@answer_type
class Phone(Reachable):
    """A phone number."""

    name = "phone"
    typical = ("06 12345678",)

    def read(self, question: Collect, text: str, context: Context) -> Reading:
        return read_phone(text, context.compiled.content.country)
