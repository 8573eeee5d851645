from collections.abc import Iterator

from bot.answers.number_type import Numeric
from bot.answers.question_type import answer_type
from bot.answers.reading import Option
from bot.compiled import Compiled
from bot.content.flow import Collect
from bot.content.knowledge import FactKind

MOST_OF_RANGE = 12  # more numbers than this are typed, not pressed


@answer_type
class Range(Numeric):
    """A whole number on a scale, shown as buttons."""

    name = "range"
    gives = FactKind.INTEGER
    is_whole = True

    def lacks(self, question: Collect) -> Iterator[tuple[str, str | None]]:
        limits = question.constraint
        if limits is None or None in (limits.at_least, limits.at_most):
            yield "range needs both ends", "constraint: {at_least: 1, at_most: 10}"
        yield from super().lacks(question)

    def offers(self, question: Collect, compiled: Compiled, language: str) -> tuple[Option, ...]:
        assert question.constraint is not None, "flows are refused without it"
        least, most = int(question.constraint.at_least or 0), int(question.constraint.at_most or 0)
        if most - least >= MOST_OF_RANGE:
            return ()
        return tuple(Option(str(number), str(number)) for number in range(least, most + 1))
