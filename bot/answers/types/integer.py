from bot.answers.number_type import Numeric
from bot.answers.question_type import answer_type
from bot.content.knowledge import FactKind


@answer_type
class Integer(Numeric):
    """A whole number."""

    name = "integer"
    gives = FactKind.INTEGER
    is_whole = True
