from bot.answers.contact_details import read_contact
from bot.answers.question_type import answer_type
from bot.answers.reachable import Reachable
from bot.answers.reading import Context, Reading
from bot.content.flow import Collect


@answer_type
class Contact(Reachable):
    """A phone number or an e-mail address, whichever they give."""

    name = "contact"
    typical = ("06 12345678", "sam@voorbeeld.nl")

    def read(self, question: Collect, text: str, context: Context) -> Reading:
        return read_contact(text, context.compiled.content.country)

    def contact_kind(self, question: Collect, said: str) -> str:
        return "email" if "@" in said else "phone"
