"""What was going on when a message came: all that reading it may need."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.answers import Context as AnswerContext
from bot.answers import role_of, type_of
from bot.content.conditions import Value
from bot.content.flow import Collect, Consent, Review
from bot.content.knowledge import FactRole


@dataclass(frozen=True)
class Context:
    """`asked`: the open question. `moment`: what was on the screen, as labelled messages name it: the id of a question,
    or start, confirm, wipe, done. `questions`: those that a message may answer. `known`: the values of what was
    answered, by question. `shown`: what is on the screen, in order: ids, and what they are called; the first `cards` of
    them with a number.
    """

    answers: AnswerContext
    asked: Collect | Consent | Review | None
    moment: str
    questions: tuple[Collect, ...] = ()
    known: Mapping[str, Value | None] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)  # of what was answered, by question
    shown: tuple[tuple[str, str], ...] = ()
    cards: int = 0
    played_back: bool = False  # we just said what we understood: a bare yes or no is about that

    @cached_property
    def by_role(self) -> Mapping[FactRole, Collect]:
        """The question for each role: the open one first."""
        ordered = [*([self.asked] if isinstance(self.asked, Collect) else []), *self.questions]
        found: dict[FactRole, Collect] = {}
        for question in ordered:
            if role := role_of(question, self.answers.compiled):
                found.setdefault(role, question)
        return found

    @property
    def is_personal(self) -> bool:
        """Whether a consent, a name or a number is asked: "liever niet bellen" is how to reach them then."""
        return isinstance(self.asked, Consent) or (isinstance(self.asked, Collect) and self.asked.pii)

    @cached_property
    def name(self) -> Collect | None:
        return next((one for one in self.questions if type_of(one).is_name), None)

    @cached_property
    def reach(self) -> Collect | None:
        return next((one for one in self.questions if type_of(one).stands_out), None)
