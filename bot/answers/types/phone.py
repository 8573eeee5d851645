from collections.abc import Iterator

from bot.answers.contact_details import read_phone, sample_phones
from bot.answers.question_type import answer_type
from bot.answers.reachable import Reachable
from bot.answers.reading import Context, Reading
from bot.compiled import Compiled
from bot.content.flow import Collect


@answer_type
class Phone(Reachable):
    """A phone number."""

    name = "phone"

    def read(self, question: Collect, text: str, context: Context) -> Reading:
        return read_phone(text, context.compiled.content.country)

    def samples(self, question: Collect, compiled: Compiled) -> Iterator[str]:
        yield from sample_phones(compiled.content.country)
