from collections.abc import Iterator

from bot.answers.places import read_place
from bot.answers.question_type import QuestionType, answer_type
from bot.answers.reading import Context, Reading, Understood
from bot.compiled import Compiled
from bot.content.conditions import Value
from bot.content.flow import Collect
from bot.content.knowledge import FactKind
from bot.recognisers.numbers import Measure, without
from bot.recognisers.tokens import tokens_of


@answer_type
class Place(QuestionType):
    """A Dutch municipality, a postcode, or at least a province."""

    name = "place"
    gives = FactKind.PLACE
    is_said_back = True
    is_exact = True
    takes_choices = True

    def read(self, question: Collect, text: str, context: Context) -> Reading:
        return read_place(_without_amounts(text, context), context)

    def recall(self, question: Collect, raw: str, value: Value, context: Context) -> str:
        # Its value is a municipality; they may know their town by another name.
        place = self.read(question, raw, context)
        if isinstance(place, Understood) and place.shown and str(value) in place.shown:
            return place.shown
        return super().recall(question, raw, value, context)

    def samples(self, question: Collect, compiled: Compiled) -> Iterator[str]:
        yield from list(compiled.content.knowledge.municipalities)[:2]


def _without_amounts(text: str, context: Context) -> str:
    """A text without amounts of money and the like: "1200 euro" is no postcode."""
    if not any(letter.isdigit() for letter in text):
        return text
    counted = context.compiled.counting.read(tokens_of(text))
    return without(text, (one for one in counted if one.measure not in (None, Measure.OTHER)))
