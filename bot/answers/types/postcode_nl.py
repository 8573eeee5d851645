from collections.abc import Iterator

from bot.answers.contact_details import read_postcode
from bot.answers.question_type import QuestionType, answer_type
from bot.answers.reading import Context, Reading
from bot.compiled import Compiled
from bot.content.flow import Collect


@answer_type
class PostcodeNl(QuestionType):
    """A Dutch postcode: "3511 LX", or its four digits."""

    name = "postcode_nl"

    def read(self, question: Collect, text: str, context: Context) -> Reading:
        return read_postcode(text, context.compiled.content.country.postcode)

    def samples(self, question: Collect, compiled: Compiled) -> Iterator[str]:
        yield compiled.content.country.postcode.example
