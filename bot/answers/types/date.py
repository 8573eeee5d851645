from collections.abc import Iterator
from datetime import date, timedelta

from bot.answers.dates import read_date
from bot.answers.question_type import QuestionType, answer_type
from bot.answers.reading import Context, Reading
from bot.content.conditions import Value
from bot.content.flow import Collect
from bot.text import say_date


@answer_type
class Date(QuestionType):
    """A day, kept as "2027-04-01". A constraint limits it: such a day, or "today"."""

    name = "date"
    is_said_back = True
    is_day = True
    has_limits = True

    def read(self, question: Collect, text: str, context: Context) -> Reading:
        return read_date(question.constraint, text, context.language, context.today, context.compiled.calendar_words)

    def show_text(self, question: Collect, text: str, language: str) -> str:
        return say_date(text, language)

    def classes(self, question: Collect, named: frozenset[Value]) -> Iterator[Value]:
        ends = question.constraint and (question.constraint.at_least, question.constraint.at_most)
        days = {day for day in (*named, *(ends or ())) if isinstance(day, str) and day != "today"}
        near = {(date.fromisoformat(day) + timedelta(days=offset)).isoformat() for day in days for offset in (-1, 0, 1)}
        yield from sorted(near or {"2000-01-01"})
