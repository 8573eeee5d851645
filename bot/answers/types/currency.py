from bot.answers.number_type import Numeric
from bot.answers.question_type import answer_type
from bot.content.flow import Collect
from bot.content.knowledge import FactKind
from bot.text import say_euros


@answer_type
class Currency(Numeric):
    """An amount in EUR: an estimate is fine, and "niets" is 0."""

    name = "currency"
    gives = FactKind.AMOUNT
    is_amount = True

    def show_number(self, question: Collect, number: float, language: str) -> str:
        return say_euros(number, language)
