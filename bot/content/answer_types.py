"""What content must know of each type of question: its name, the kind of fact it gives, and what it cannot do without.

The types themselves stand in `bot.answers.types`, one file each, and register here: content is below them, and never
imports them. Whoever reads flows imports `bot.answers` first.
"""

from collections.abc import Iterator
from typing import ClassVar

from bot.content.flow import Collect
from bot.content.knowledge import FactKind


class AnswerType:
    """A type of question, as far as a flow is checked against it; how it is asked and read: `bot.answers.QuestionType`.

    `chooses`: its answers are values of its choices.
    """

    name: ClassVar[str]
    gives: ClassVar[FactKind] = FactKind.TEXT
    chooses: ClassVar[bool] = False

    def lacks(self, question: Collect) -> Iterator[tuple[str, str | None]]:
        """What a question of this type cannot do without, and how to mend it."""
        if self.chooses and not question.choices:
            yield f"{self.name} needs choices", "choices: [{value: ..., label: {nl, en}}]"


ANSWER_TYPES: dict[str, AnswerType] = {}
"""Every type by its name, in the order of the alphabet."""
