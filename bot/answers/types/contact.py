from collections.abc import Iterator

from bot.answers.contact_details import SAMPLE_ADDRESS, read_contact, sample_phones
from bot.answers.question_type import answer_type
from bot.answers.reachable import Reachable
from bot.answers.reading import Context, Reading
from bot.compiled import Compiled
from bot.content.flow import Collect


@answer_type
class Contact(Reachable):
    """A phone number or an e-mail address, whichever they give."""

    name = "contact"

    def read(self, question: Collect, text: str, context: Context) -> Reading:
        return read_contact(text, context.compiled.content.country)

    def contact_kind(self, question: Collect, said: str) -> str:
        return "email" if "@" in said else "phone"

    def samples(self, question: Collect, compiled: Compiled) -> Iterator[str]:
        yield from (*sample_phones(compiled.content.country), SAMPLE_ADDRESS)
