"""What the types of questions have in common whose answer is a phone number."""

from bot.answers.contact_details import show_phone
from bot.answers.question_type import QuestionType
from bot.compiled import Compiled
from bot.content.conditions import Value
from bot.content.flow import Collect


class Reachable(QuestionType):
    """A phone number is kept as E.164 ("+31612345678"), and shown as people write it."""

    is_said_back = True
    takes_number = True
    stands_out = True
    is_personal = True

    def show(self, question: Collect, value: Value, compiled: Compiled, language: str) -> str:
        if isinstance(value, str) and value.startswith("+"):
            return show_phone(value, compiled.content.country)
        return super().show(question, value, compiled, language)
