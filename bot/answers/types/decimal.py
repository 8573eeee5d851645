from bot.answers.number_type import Numeric
from bot.answers.question_type import answer_type
from bot.content.knowledge import FactKind


@answer_type
class Decimal(Numeric):
    """A number, with a fraction or without."""

    name = "decimal"
    gives = FactKind.AMOUNT
