"""A flow: the steps of a conversation, as frozen models. What editors write is described in docs/flows.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated

from bot.content.annotations import As, AtLeast, Id, IdOf, Key, Pattern, Words
from bot.content.conditions import Condition, Value
from bot.content.knowledge import FactRole
from bot.content.problems import Location
from bot.text import Text


# ------------------------------------------------------------------ what every step may have
@dataclass(frozen=True, slots=True)
class Branch:
    """Where to go when `condition` holds; None holds always ("else").

    `at`, here and below, is no part of what is compared: a line of comment above a step changes nothing in it.
    """

    condition: Annotated[Condition | None, Key("if"), "When this surely holds, the conversation goes on there."]
    then: Annotated[Id, "The step of this flow at which it goes on."]
    at: Location = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """What every step may have. One that is called by what it points at may have no `id`: it gets one with its flow.

    The docstring of each kind is what editors see at the key that says the kind.
    """

    id: Annotated[Id, "Its name, for 'next' and 'goto'."] = ""
    condition: Annotated[Condition | None, Key("if"), "The step is passed over unless this is surely so."] = None
    next: Annotated[
        tuple[Branch, ...], As("next"), "Where to go on: a step, or branches of which the first that holds is taken."
    ] = ()
    at: Location = field(compare=False)


# ------------------------------------------------------------------ questions
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
    """One of the answers that a question offers."""

    value: Annotated[
        str, Pattern("[A-Za-z0-9]+([_-][A-Za-z0-9]+)*", "self_employed"), "What rules and exports know it by."
    ]
    label: Annotated[Text, "What is on its button."]
    at: Location = field(compare=False)
    words: Annotated[Words, "Other ways to say it, by language."] = field(default_factory=dict)
    told: Annotated[Text | None, "How it is played back, behind 'you': 'have no diploma'."] = None
    for_staff: Annotated[Text | None, "How advisers read it, where the button is a yes or a no: 'employed'."] = None
    exclusive: Annotated[bool, "True when it goes with no other choice: 'none'."] = False
    at_least: Annotated[Annotated[int, AtLeast(0)] | None, "The smallest whole number that means it."] = None
    at_most: Annotated[Annotated[int, AtLeast(0)] | None, "The largest whole number that means it."] = None
    until: Annotated[date | None, "The last day on which it can be chosen. After it, it is not offered."] = None
    told_by: Annotated[str | None, "A fact: who tells it in the same message has chosen this."] = None

    @property
    def numbers(self) -> range | None:
        """The numbers that mean this choice; None when it declares none."""
        if self.at_least is None and self.at_most is None:
            return None
        return range(self.at_least or 0, MOST if self.at_most is None else self.at_most + 1)

    def is_over(self, on: date) -> bool:
        """Whether it can no longer be chosen on this day, which is one of the country of the content."""
        return self.until is not None and on > self.until


Limit = float | str
"""The end of a range: a number, or for a date "2026-11-21" or "today"."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """Limits: of a number its size, of a date its day, of a text its length in characters."""

    at: Location = field(compare=False)
    at_least: Annotated[Limit | None, "The smallest number, the first day, or the fewest characters."] = None
    at_most: Annotated[Limit | None, "The largest number, the last day, or the most characters."] = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """An answer that is refused with a text of its own."""

    condition: Annotated[Condition, Key("if"), "Which answers are refused."]
    text: Annotated[Text, "Why, and what to do."]
    at: Location = field(compare=False)
    soft: Annotated[bool, "True when the answer stands after all when they say that it is right."] = False


@dataclass(frozen=True, slots=True)
class Export:
    """Where an answer stands in an export."""

    column: Annotated[
        str, Pattern("[a-z][a-z0-9_]*", "postcode4"), "The column, when it is not called as the question is."
    ]


FactName = Annotated[Id, IdOf("fact")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collect(_Step):
    """Ask a question, and wait for the answer. The name is that of the fact that it gives."""

    id: Annotated[FactName, "The fact."]
    type: Annotated[str, As("answer type"), "What kind of answer it takes: a name of bot.content.answer_types."]
    text: Annotated[Text, "The question."]
    hint: Annotated[Text | None, "A line below the question, always."] = None
    why: Annotated[Text | None, "The answer to who asks why this is asked."] = None
    example: Annotated[Text | None, "An answer that would be understood; shown when one was not."] = None
    unit: Annotated[Text | None, "What stands behind a number: 'years'."] = None
    name: Annotated[Text | None, "What it is called in an overview; else the question itself."] = None
    told: Annotated[Text | None, "How an answer is played back, behind 'you': 'are {answer}'."] = None
    required: Annotated[bool, "True when nobody can pass it over."] = False
    skip: Annotated[Text | None, "The label of a button that passes it over: 'I do not know'."] = None
    default: Annotated[Value | None, "The value of the fact when it was passed over."] = None
    choices: Annotated[tuple[Choice, ...], AtLeast(1), "The answers that it offers."] = ()
    vocabulary: Annotated[Vocabulary | None, "Of a lookup: which work it asks for."] = None
    role: Annotated[FactRole | None, "What it is to the code; without one, that of its fact."] = None
    constraint: Annotated[Constraint | None, "Between which limits an answer lies."] = None
    rejections: Annotated[tuple[Rejection, ...], "Answers that are refused with a text of their own."] = ()
    confirm_below: Annotated[
        float, As("share"), "0 to 1: what is less certain is asked back; a typing error is 0.9."
    ] = 0.0
    max_attempts: Annotated[int, AtLeast(1), "After so many tries 'on_max_attempts' is done."] = 3
    on_max_attempts: Annotated[OnMaxAttempts, "Pass it over, hand over to a person, or keep their words."] = (
        OnMaxAttempts.SKIP
    )
    pii: Annotated[bool, "True for personal data: asked only after a consent, filed apart, never matched."] = False
    export: Annotated[Export | None, "Where the answer stands in an export."] = None
    ask_when: Annotated[AskWhen, "Whether it is left out when it can no longer change the result."] = AskWhen.ALWAYS
    ask_if: Annotated[
        Condition | None,
        "Asked only of whom this holds for. Who tells it unasked has told it, which 'if' would not see.",
    ] = None

    def offered(self, on: date) -> tuple[Choice, ...]:
        """The choices that can still be chosen on this day."""
        return tuple(choice for choice in self.choices if not choice.is_over(on))

    @property
    def column(self) -> str:
        """Where its answer stands in an export."""
        return self.export.column if self.export else self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent(_Step):
    """Ask for a yes or a no whose exact text is kept. The name is that of a fact: true or false."""

    id: Annotated[FactName, "The fact."]
    purpose: Annotated[Id, "What is agreed to: 'contact', 'keep', or a name of yours."]
    text: Annotated[Text, "What is agreed to, word for word."]
    why: Annotated[Text | None, "The answer to who asks why this is asked."] = None
    name: Annotated[Text | None, "What it is called in an overview."] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(_Step):
    """Show the answers, each with a button to change it, and go on after a yes."""

    text: Annotated[Text, "What is asked below the answers."]
    only: Annotated[tuple[FactName, ...], "The questions to show; without it all."] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait(_Step):
    """Stay silent for some time. Whoever says something before that is answered as in a conversation that ended."""

    duration: Annotated[timedelta, "How long: '14d' (m: minutes, h: hours, d: days)."]


# ------------------------------------------------------------------ what the bot does by itself
@dataclass(frozen=True, slots=True, kw_only=True)
class Say(_Step):
    """Say something, and go on."""

    text: Annotated[Text, "What is said."]
    title: Annotated[Text | None, "A line above it, in bold where that can be."] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Set(_Step):
    """Give a fact a value that nobody has to be asked for."""

    fact: Annotated[FactName, "The fact."]
    value: Annotated[Value, "Its value from here on."]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchStep(_Step):
    """Show the programmes and the money that fit what is known by now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schemes(_Step):
    """Show a company the schemes that fit what it told, with amounts, and who helps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Jobs(_Step):
    """Show three jobs that are worth a look to who does not know what they want."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submit(_Step):
    """File the lead."""

    text: Annotated[Text, "What is said when that was done; {reference} is its number."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Handoff(_Step):
    """Tell the advisers that somebody needs a person. The name is the reason."""

    text: Annotated[Text, "What is said to who needs a person."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(_Step):
    """Walk through another flow, and come back."""

    flow: Annotated[Id, IdOf("flow"), "The flow."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Goto(_Step):
    """Go on elsewhere."""

    target: Annotated[Id, "A step of this flow."]


@dataclass(frozen=True, slots=True, kw_only=True)
class End(_Step):
    """The conversation ends here; a flow that was called comes back. The name says how it ended."""

    text: Annotated[Text | None, "The last thing that is said."] = None


Question = Collect | Consent | Review
"""A step that waits for an answer."""

Step = Say | Collect | Set | MatchStep | Schemes | Jobs | Review | Consent | Submit | Handoff | Wait | Call | Goto | End


# ------------------------------------------------------------------ flows
class OnUpgrade(StrEnum):
    """What happens to somebody who is in the middle when a flow has changed. Their answers stay in any case."""

    REPLAY = "replay"  # go on; only what can no longer be read is asked again
    REVIEW = "review"  # the same, and show the answers first


class FlowRole(StrEnum):
    """What a flow is to the code, whatever an editor calls it: code asks for this, and never for an id."""

    HUMAN = "human"  # for who asks for a person: how to reach them
    EMPLOYER = "employer"  # for who says that they are a company
    EXPLORE = "explore"  # for who does not know what they want


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
    """One conversation, from its first step to its end."""

    id: Annotated[Id, "Its name: other flows, links and leads use it."]
    version: Annotated[int, AtLeast(1), "A number to raise when the flow changes; it is kept with every lead."]
    title: Annotated[Text, "What it is called."]
    steps: Annotated[tuple[Step, ...], AtLeast(1), "What happens, from top to bottom."]
    at: Location = field(compare=False)
    languages: Annotated[tuple[str, ...], AtLeast(1), "The languages it is in; none: all of them."] = ()
    opens_with: Annotated[Words, "Commands that open it, without the slash, by language."] = field(default_factory=dict)
    in_help: Annotated[Text | None, "What /help says behind its command; else its title."] = None
    role: Annotated[
        FlowRole | None, "What it is for, when the bot opens it by itself: a wish for a person, a company."
    ] = None
    aside: Annotated[bool, "True when it is walked in between, and the flow in which they were goes on after it."] = (
        False
    )
    capacity: Annotated[
        Annotated[int, AtLeast(1)] | None,
        "How many places there are; who comes after that is told, and kept as a request.",
    ] = None
    keeps_answers: Annotated[bool, "Of an aside: true when what it asked before is not asked anew."] = False
    expire_after: Annotated[timedelta, "After so long without a word the answers are erased: '14d', '12h'."] = (
        timedelta(7)
    )
    remind_after: Annotated[tuple[timedelta, ...], "When to remind who stopped half-way, from their last word."] = ()
    on_upgrade: Annotated[
        OnUpgrade, "What who is in the middle sees when it changed: it goes on, or shows the answers first."
    ] = OnUpgrade.REPLAY
    renames: Annotated[Mapping[str, Id], "Old names of questions with the new ones, so that answers stay."] = field(
        default_factory=dict
    )
    interrupts: Annotated[
        frozenset[Interrupt], "What people may do in between; to ask for help or a person is always one."
    ] = frozenset(Interrupt)
    positions: Mapping[str, int] = field(init=False, repr=False, compare=False)  # of each step, by its id
    explores: bool = field(init=False, repr=False, compare=False)  # whether it shows jobs to who does not know

    @property
    def opening_words(self) -> tuple[str, ...]:
        """The commands that open it, without the slash: its id, and the words in its header."""
        return (self.id, *(word for words in self.opens_with.values() for word in words))

    def __post_init__(self) -> None:
        # Turned round, so that the first of two equal ids wins: which is an error that `overstap check` reports.
        positions = {step.id: index for index, step in reversed(list(enumerate(self.steps)))}
        object.__setattr__(self, "positions", positions)
        object.__setattr__(self, "explores", any(isinstance(step, Jobs) for step in self.steps))

    def question(self, question_id: str) -> Question | None:
        """The question by this name, if it stands in this flow itself."""
        step = self.steps[self.positions[question_id]] if question_id in self.positions else None
        return step if isinstance(step, Collect | Consent | Review) else None
