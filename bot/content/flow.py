"""A flow: the steps of a conversation, as frozen models. What editors write is described in docs/flows.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from bot.content.conditions import Condition, Value
from bot.content.knowledge import Words
from bot.content.problems import Location
from bot.text import Text


# ------------------------------------------------------------------ what every step may have
@dataclass(frozen=True, slots=True)
class Branch:
    """Where to go when `condition` holds; None holds always ("else"). `then` is the id of a step of the same flow.

    `at`, here and below, is no part of what is compared: a line of comment above a step changes nothing in it.
    """

    condition: Condition | None
    then: str
    at: Location = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """`condition`: the step is passed over unless this is surely so; an unknown fact passes it over too.

    `next`: the first branch that holds is taken; when none does, the conversation goes on with the step below.
    """

    id: str
    condition: Condition | None = None
    next: tuple[Branch, ...] = ()
    at: Location = field(compare=False)


# ------------------------------------------------------------------ questions
class AnswerType(StrEnum):
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    RANGE = "range"  # a whole number on a scale, shown as buttons
    CURRENCY = "currency"  # an amount in EUR
    DATE = "date"
    YES_NO = "yes_no"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    LOOKUP = "lookup"  # free text, understood as work: `vocabulary` says which
    EMAIL = "email"
    PHONE = "phone"
    POSTCODE_NL = "postcode_nl"
    PLACE = "place"  # a Dutch municipality
    CONTACT = "contact"  # a phone number or an e-mail address, whichever they give


CHOOSING = frozenset({AnswerType.SELECT_ONE, AnswerType.SELECT_MULTIPLE})
NUMBERS = frozenset({AnswerType.INTEGER, AnswerType.DECIMAL, AnswerType.RANGE, AnswerType.CURRENCY})
OWN_WORDS = frozenset({AnswerType.TEXT, AnswerType.LOOKUP})


class Vocabulary(StrEnum):
    CURRENT_JOB = "current_job"
    DESIRED_WORK = "desired_work"


class AskWhen(StrEnum):
    ALWAYS = "always"
    IT_CAN_CHANGE_THE_RESULT = "it_can_change_the_result"  # of `match`, given what is known by then


class OnMaxAttempts(StrEnum):
    """What happens when somebody was not understood `max_attempts` times."""

    SKIP = "skip"  # go on; the fact stays unknown
    HANDOFF = "handoff"  # offer a person, and go on
    KEEP = "keep"  # keep their words as the answer, for the adviser


MOST = 10**9  # no number that people type is larger


@dataclass(frozen=True, slots=True)
class Choice:
    """`words`: other ways to say it. `exclusive`: in a select_multiple, it goes with no other choice ("none").

    `from_` and `until`: the whole numbers that mean this choice, both ends included; None is no end.
    """

    value: str
    label: Text
    words: Words
    exclusive: bool
    from_: int | None
    until: int | None
    at: Location = field(compare=False)

    @property
    def numbers(self) -> range | None:
        """The numbers that mean this choice; None when it declares none."""
        if self.from_ is None and self.until is None:
            return None
        return range(self.from_ or 0, MOST if self.until is None else self.until + 1)


@dataclass(frozen=True, slots=True)
class Constraint:
    """Limits: of a number its size, of a date its day ("2026-11-21" or "today"), of a text its length in characters."""

    at_least: float | str | None
    at_most: float | str | None
    at: Location = field(compare=False)


@dataclass(frozen=True, slots=True)
class Rejection:
    """An answer that is refused with a text of its own. `soft`: the answer stands when they give it again."""

    condition: Condition
    text: Text
    soft: bool
    at: Location = field(compare=False)


@dataclass(frozen=True, slots=True)
class Export:
    """The column of an export in which an answer stands, when it is not the id of the question."""

    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Collect(_Step):
    """A question. Its `id` is the name of the fact that it asks for."""

    type: AnswerType
    text: Text
    hint: Text | None = None  # below the question, always
    why: Text | None = None  # for who asks "waarom?"
    example: Text | None = None  # an answer that would be understood; shown when one was not
    unit: Text | None = None  # behind a number: "jaar"
    name: Text | None = None  # in an overview: "Opleiding"; else the question itself
    required: bool = False  # nobody can pass it over
    skip: Text | None = None  # the label of a button that passes it over: "Weet ik niet"
    default: Value | None = None  # the value of the fact when it was passed over
    choices: tuple[Choice, ...] = ()
    vocabulary: Vocabulary | None = None
    constraint: Constraint | None = None
    rejections: tuple[Rejection, ...] = ()
    confirm_below: float = 0.0  # 0..1: what is understood with less certainty is confirmed first
    max_attempts: int = 3
    on_max_attempts: OnMaxAttempts = OnMaxAttempts.SKIP
    pii: bool = False  # personal data: asked only after a consent
    export: Export | None = None
    ask_when: AskWhen = AskWhen.ALWAYS

    @property
    def column(self) -> str:
        """Where its answer stands in an export."""
        return self.export.column if self.export else self.id

    @property
    def in_own_words(self) -> bool:
        """Whether any words are an answer, so that a question or a courtesy is not told from one by its form."""
        return self.type in OWN_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent(_Step):
    """A yes or no whose exact text is kept. Its `id` is a fact: true or false."""

    purpose: str
    text: Text
    why: Text | None = None
    name: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(_Step):
    """Show the answers, each with a button to change it, and go on after a yes."""

    text: Text
    only: tuple[str, ...] = ()  # the questions to show; none means all


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait(_Step):
    """Stay silent for some time. Whoever says something before that is answered as in a conversation that ended."""

    duration: timedelta


# ------------------------------------------------------------------ what the bot does by itself
@dataclass(frozen=True, slots=True, kw_only=True)
class Say(_Step):
    text: Text
    title: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Set(_Step):
    """Give a fact a value that nobody has to be asked for."""

    fact: str
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchStep(_Step):
    """Show the programmes and the money that fit what is known by now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submit(_Step):
    """File the lead. `text` may hold {reference}."""

    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Handoff(_Step):
    """Tell the advisers that somebody needs a person. The `id` is the reason."""

    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(_Step):
    """Walk through another flow, and come back."""

    flow: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Goto(_Step):
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class End(_Step):
    """The conversation ends here; a flow that was called comes back. The `id` is the outcome."""

    text: Text | None = None


Question = Collect | Consent | Review
"""A step that waits for an answer."""

Step = Say | Collect | Set | MatchStep | Review | Consent | Submit | Handoff | Wait | Call | Goto | End


# ------------------------------------------------------------------ flows
class OnUpgrade(StrEnum):
    """What happens to somebody who is in the middle when a flow has changed. Their answers stay in any case."""

    REPLAY = "replay"  # go on; only what can no longer be read is asked again
    REVIEW = "review"  # the same, and show the answers first


class Interrupt(StrEnum):
    """What people may do in the middle of a question. /stop, /mens, /help and /privacy always work."""

    FAQ = "faq"
    BACK = "back"
    REVIEW = "review"
    SKIP = "skip"
    RESTART = "restart"
    LANGUAGE = "language"
    SEARCH = "search"


@dataclass(frozen=True, slots=True)
class Flow:
    """`opens_with`: commands that start this flow, without the slash ("werkgever" for /werkgever).

    `aside`: it is walked in between; then the flow in which the person was goes on, and it is its lead that changes.
    """

    id: str
    version: int
    title: Text
    languages: tuple[str, ...]
    opens_with: Words
    aside: bool
    expire_after: timedelta
    remind_after: tuple[timedelta, ...]
    on_upgrade: OnUpgrade
    renames: Mapping[str, str]
    interrupts: frozenset[Interrupt]
    steps: tuple[Step, ...]
    at: Location = field(compare=False)
    positions: Mapping[str, int] = field(init=False, repr=False, compare=False)  # of each step, by its id

    @property
    def opening_words(self) -> tuple[str, ...]:
        """The commands that open it, without the slash: its id, and the words in its header."""
        return (self.id, *(word for words in self.opens_with.values() for word in words))

    def __post_init__(self) -> None:
        # Turned round, so that the first of two equal ids wins: which is an error that `overstap check` reports.
        positions = {step.id: index for index, step in reversed(list(enumerate(self.steps)))}
        object.__setattr__(self, "positions", positions)

    def question(self, question_id: str) -> Question | None:
        """The question by this name, if it stands in this flow itself."""
        step = self.steps[self.positions[question_id]] if question_id in self.positions else None
        return step if isinstance(step, Collect | Consent | Review) else None
