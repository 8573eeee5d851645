"""What the types of questions have in common whose answer is a number."""

from collections.abc import Iterator
from typing import ClassVar

from bot.answers.numbers import beyond, limits_of, read_number
from bot.answers.question_type import QuestionType, role_of
from bot.answers.reading import Context, Reading
from bot.content.conditions import Value
from bot.content.flow import Collect

ORDINARY = 30  # a number when nothing tells one from another


class Numeric(QuestionType):
    """`is_whole`: a fraction is no answer. `is_amount`: of money, where an estimate is fine."""

    is_number = True
    has_limits = True
    is_whole: ClassVar[bool] = False
    is_amount: ClassVar[bool] = False

    def lacks(self, question: Collect) -> Iterator[tuple[str, str | None]]:
        limits = question.constraint
        if limits and any(isinstance(end, str) for end in (limits.at_least, limits.at_most)):
            yield f"a limit of {self.name} is a number", None
        yield from super().lacks(question)

    def read(self, question: Collect, text: str, context: Context) -> Reading:
        role = role_of(question, context.compiled)
        return read_number(question, text, context, role=role, whole=self.is_whole, amount=self.is_amount)

    def accepts(self, question: Collect, value: Value) -> bool:
        return isinstance(value, int | float) and beyond(question.constraint, value) is None

    def classes(self, question: Collect, named: frozenset[Value]) -> Iterator[Value]:
        """Each named number and what lies next to it, within the limits."""
        edges = {value for value in named if isinstance(value, int | float) and not isinstance(value, bool)}
        step = 1 if self.is_whole else 0.5
        near = {edge + offset for edge in edges for offset in (-step, 0, step)}
        near |= {end for end in limits_of(question.constraint) if end is not None} or {ORDINARY}
        yield from (number for number in sorted(near) if beyond(question.constraint, number) is None)
