"""What a type of question is: how an answer is read, said again and offered. One file each, in `bot.answers.types`."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from typing import ClassVar, TypeVar

from bot.answers.reading import Context, Option, Reading, Understood
from bot.compiled import Compiled
from bot.content.answer_types import ANSWER_TYPES, AnswerType
from bot.content.conditions import Value
from bot.content.flow import Choice, Collect
from bot.content.knowledge import FactRole
from bot.content.sentence_keys import Sentence
from bot.text import say_list, say_number

SOMETHING = "~something~"  # a text that no condition names


class QuestionType(AnswerType):
    """A type of question. Only `read` has no default.

    `in_own_words`: any words are an answer, so that a question or a courtesy is not told from one by its form.
    `is_said_back`: what was understood is said, also when it is certain: it is more than what was typed.
    `is_of_several`: its answer is a set. `is_day`: its answer is a day, "2027-04-01".
    `is_exact`: what it reads in the words for it is meant, also when it is not the very text: a town of a municipality.
    `takes_number`: a phone number answers it, so that a phone can share its own.
    `stands_out`: an answer is told from all else in a text, wherever it stands: an address.
    `is_name`: its answer is what someone is called.
    `is_personal`: its answers say who someone is, or how to reach them.
    `has_limits`: a constraint means something. `takes_choices`: choices do, if only as a help.
    `may_be_enough`: one of a row, after some of which one may see what follows from these.
    `makes_choices`: its choices follow from what else is known; with none, it is not asked.
    """

    in_own_words: ClassVar[bool] = False
    is_number: ClassVar[bool] = False
    is_yes_or_no: ClassVar[bool] = False
    is_said_back: ClassVar[bool] = False
    is_of_several: ClassVar[bool] = False
    is_day: ClassVar[bool] = False
    is_exact: ClassVar[bool] = False
    takes_number: ClassVar[bool] = False
    stands_out: ClassVar[bool] = False
    is_name: ClassVar[bool] = False
    is_personal: ClassVar[bool] = False
    has_limits: ClassVar[bool] = False
    takes_choices: ClassVar[bool] = False
    may_be_enough: ClassVar[bool] = False
    makes_choices: ClassVar[bool] = False

    @abstractmethod
    def read(self, question: Collect, text: str, context: Context) -> Reading:
        """Read `text` as an answer. Sure, asking which, or saying why not; it never guesses in silence or raises."""
        raise NotImplementedError

    def choices(self, question: Collect, facts: Mapping[str, Value], compiled: Compiled) -> tuple[Choice, ...]:
        """What it offers to who told these facts."""
        return question.choices

    # ------------------------------------------------------------------ said
    def show(self, question: Collect, value: Value, compiled: Compiled, language: str) -> str:
        """An answer in words. It may be of another kind: words that were kept as they were, an older version's."""
        match value:
            case bool():
                return compiled.content.sentences[Sentence.YES if value else Sentence.NO][language]
            case frozenset():
                labels = [choice.label[language] for choice in question.choices if choice.value in value]
                return say_list(labels, language)
            case int() | float():
                return self.show_number(question, value, language)
            case str():
                return self.show_text(question, value, language)

    def show_number(self, question: Collect, number: float, language: str) -> str:
        said = say_number(number, language)
        return f"{said} {question.unit[language]}" if question.unit else said

    def show_text(self, question: Collect, text: str, language: str) -> str:
        return text

    def recall(self, question: Collect, raw: str, value: Value, context: Context) -> str:
        """An answer as it stands in an overview: what they typed may say more than its value."""
        return self.show(question, value, context.compiled, context.language)

    def guesses(self, reading: Understood) -> bool:
        """Whether what was understood is no more than a guess, which is asked back."""
        return False

    def offers(self, question: Collect, compiled: Compiled, language: str) -> tuple[Option, ...]:
        """The answers to press, always; choices that are only a help are shown to who was not understood."""
        return ()

    def contact_kind(self, question: Collect, said: str) -> str:
        """Under which name a personal answer stands in a lead."""
        return self.name if self.is_personal else question.id

    # ------------------------------------------------------------------ for editors
    def accepts(self, question: Collect, value: Value) -> bool:
        """Whether somebody could answer this: a `default` must be an answer."""
        return isinstance(value, str)

    def samples(self, question: Collect, compiled: Compiled) -> Iterator[str]:
        """What people type, where answers have no classes."""
        yield from ()

    def classes(self, question: Collect, named: frozenset[Value]) -> Iterator[Value]:
        """One value of each class that `named` (values in conditions) tells apart; see bot.authoring.answer_classes."""
        yield from sorted(value for value in named if isinstance(value, str))
        yield SOMETHING


K = TypeVar("K", bound=type[QuestionType])


def answer_type(kind: K) -> K:
    """Register a type of question by its name."""
    ANSWER_TYPES[kind.name] = kind()
    return kind


def role_of(question: Collect, compiled: Compiled) -> FactRole | None:
    """What a question asks for: its own role, else that of its fact."""
    return question.role or compiled.content.knowledge.role_of(question.id)


def type_of(question: Collect) -> QuestionType:
    kind = ANSWER_TYPES[question.type]
    assert isinstance(kind, QuestionType), "what registers here is more than a name"
    return kind
