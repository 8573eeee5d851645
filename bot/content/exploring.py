"""What work is like, and what one may like in it: for who does not know which work they want."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import hypot
from typing import Annotated

from bot.content.annotations import AtLeast, Id, IdOf, Key, PartialDay, Pattern, Url, Words
from bot.content.problems import Location
from bot.text import Text

LimitIds = Annotated[tuple[Annotated[Id, IdOf("limit")], ...], "Limits with which work that has it is not shown."]


class Liking(StrEnum):
    """The answer to a card."""

    LIKE = "like"
    FINE = "fine"
    DISLIKE = "dislike"


class Interest(StrEnum):
    """Holland's six (1959, 1997): what draws somebody in work. No person is one of them."""

    REALISTIC = "realistic"
    INVESTIGATIVE = "investigative"
    ARTISTIC = "artistic"
    SOCIAL = "social"
    ENTERPRISING = "enterprising"
    CONVENTIONAL = "conventional"


class Trait(StrEnum):
    """What a day at work is like."""

    HEAVY = "heavy"
    PEOPLE = "people"
    OUTDOORS = "outdoors"
    SCREEN = "screen"


@dataclass(frozen=True, slots=True)
class CardAnswer:
    """One of the three answers to a card."""

    value: Annotated[Liking, "Which of the three."]
    label: Annotated[Text, "What is on its button."]
    words: Annotated[Words, "Other ways to say it, by language."]


@dataclass(frozen=True, slots=True)
class InterestWords:
    """An interest, in words of our own."""

    id: Annotated[Interest, "Which of the six."]
    liking: Annotated[Text, "What they like, behind 'you like to'."]
    phrase: Annotated[Text, "What a job has of it, in a list of why."]
    cards: Annotated[tuple[Annotated[Id, IdOf("fact")], ...], "The facts of its cards."]
    words: Annotated[Words, "How people say it by themselves."]


@dataclass(frozen=True, slots=True)
class TraitWords:
    """What a day at work is like, in words of our own."""

    id: Annotated[Trait, "Which of the four."]
    card: Annotated[Annotated[Id, IdOf("fact")], "The fact of its card."]
    phrase: Annotated[Text, "What a job has of it, in a list of why."]
    day: Annotated[Text, "What it is like, in a sentence."]
    words: Annotated[Words, "How people say by themselves that they like it."]
    not_for: LimitIds = ()
    little_not_for: Annotated[
        tuple[Annotated[Id, IdOf("limit")], ...], "Limits with which work that has none of it is not shown."
    ] = ()


@dataclass(frozen=True, slots=True)
class Drawback:
    """What one may mind of work."""

    id: Annotated[Id, "The name by which the table of work has it."]
    text: Annotated[Text, "A sentence of its own."]
    not_for: LimitIds = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why none of three jobs is right, and what comes of it for the next three."""

    id: Annotated[Id, "Its name."]
    label: Annotated[Text, "What its button says."]
    words: Annotated[Words, "How people say it."]
    at: Location
    less: Annotated[tuple[Id, ...], "Drawbacks that the next three do not have."] = ()
    livelier: Annotated[bool, "True: next is work with people, or in different places."] = False
    better_paid: Annotated[bool, "True: next is work of the highest level that is in reach."] = False
    shorter: Annotated[bool, "True: next is work that one learns on the job, or in months."] = False
    easier: Annotated[bool, "True: next is work of a lower level."] = False
    elsewhere: Annotated[bool, "True: next is work unlike what was shown."] = False
    limit: Annotated[Annotated[Id, IdOf("limit")] | None, "The limit that it is from then on."] = None


@dataclass(frozen=True, slots=True)
class Prospect:
    """What a dated source says of the demand for work."""

    isco: Annotated[tuple[Annotated[str, Pattern(r"\d{4}", '"8332"')], ...], AtLeast(1), "The unit groups."]
    text: Annotated[Text, "What it says, in a sentence."]
    source: Annotated[Url, "The page."]
    dated: Annotated[PartialDay, Key("date"), "The day of that page."]
    checked: Annotated[date, "When we read it."]


@dataclass(frozen=True, slots=True)
class ExploringSentences:
    """How work that is worth a look is said."""

    fits: Annotated[Text, "What they like that is in it."]
    can: Annotated[Text, "What one does in it and they did before."]
    near: Annotated[Text, "It is near their work."]
    new: Annotated[Text, "It is like nothing that they said."]
    day: Annotated[Text, "What one does on a Tuesday."]
    needs: Annotated[Text, "What it asks."]
    no_diploma: Annotated[Text, "It asks no training."]
    way: Annotated[Text, "How one becomes it."]
    towards: Annotated[Text, "The first step on a way of several."]
    no_way: Annotated[Text, "Nobody knows a way for them."]
    mind: Annotated[Text, "What one may mind."]
    no_drawback: Annotated[Text, "Nothing is known that one may mind."]
    prospect: Annotated[Text, "What a dated source says of the demand."]
    little: Annotated[Text, "Of a trait: little."]
    sometimes: Annotated[Text, "Of a trait: now and then."]
    often: Annotated[Text, "Of a trait: most of the day."]
    trait: Annotated[Text, "Two jobs that differ in a trait."]
    both: Annotated[Text, "Two jobs that are alike in a trait."]
    liked: Annotated[Text, "Of an interest: they like it."]
    liked_somewhat: Annotated[Text, "Of an interest: a part of it."]
    fine: Annotated[Text, "Of an interest: they do not mind."]
    disliked: Annotated[Text, "Of an interest: rather not."]
    all_skills: Annotated[Text, "The button for all skills that are named."]
    chart: Annotated[Text, "What the chart of interests is called."]


@dataclass(frozen=True, slots=True)
class Likings:
    """What `interests.yaml` holds."""

    interests: Annotated[tuple[InterestWords, ...], "All six."]
    traits: Annotated[tuple[TraitWords, ...], "All four."]
    answers: Annotated[tuple[CardAnswer, ...], "What one says to a card; the buttons stand in this order."]
    drawbacks: Annotated[tuple[Drawback, ...], "What one may mind of work."]
    refusals: Annotated[tuple[Refusal, ...], "Why none of three jobs is right; their buttons stand in this order."]
    never_shown: Annotated[
        tuple[Annotated[Id, IdOf("occupation")], ...], "Occupations that are known, and are no job to look at."
    ] = ()
    enough: Annotated[Words, "Whole messages of who has seen enough cards."] = field(default_factory=dict)
    comparing: Annotated[Words, "How one asks to compare two jobs: 'vergelijk 1 en 3'."] = field(default_factory=dict)
    prospects: Annotated[tuple[Prospect, ...], "What sources say of the demand for work."] = ()
    says: Annotated[ExploringSentences | None, "How work that is worth a look is said."] = None

    @property
    def named(self) -> "tuple[InterestWords | TraitWords, ...]":
        """What one may like: the interests, and what a day is like."""
        return (*self.interests, *self.traits)


@dataclass(frozen=True, slots=True)
class Skill:
    """Something that people do in work."""

    id: Annotated[Id, "The name by which the table of work has it."]
    does: Annotated[Text, "What one does, behind 'you can' and on a button."]
    you: Annotated[Text, "The same behind 'you'."]
    at: Location
    with_: Annotated[tuple[Trait, ...], Key("with"), "People, or a screen, when it is done with them."] = ()
    card: Annotated[Annotated[Id, IdOf("fact")] | None, "The fact of the card that is about it."] = None
    words: Annotated[Words, "How people say by themselves that they like it."] = field(default_factory=dict)
    not_for: LimitIds = ()


@dataclass(frozen=True, slots=True)
class Unpaid:
    """What somebody did without a job, and learnt by it."""

    id: Annotated[Id, "Its name."]
    name: Annotated[Text, "What it is called, in a sentence."]
    words: Annotated[Words, "How people say it."]
    skills: Annotated[tuple[Annotated[Id, IdOf("skill")], ...], "What one does there."]


@dataclass(frozen=True, slots=True)
class Skills:
    """What `skills.yaml` holds."""

    skills: Annotated[tuple[Skill, ...], "What people do in work."]
    unpaid: Annotated[tuple[Unpaid, ...], "What one learns without a job."] = ()


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A row of the table of work: one unit group of ISCO-08.

    `interests`: O*NET's occupational interests, 1 to 7. `zone`: its job zone, 1 (little preparation) to 5.
    `traits`: 0 little, 1 now and then, 2 most of the day. `neighbours`: the groups with the most skills in common,
    nearest first (cosine of ESCO's, 0 to 1).
    """

    isco: str
    interests: Mapping[Interest, float]
    zone: float
    traits: Mapping[Trait, int]
    drawbacks: tuple[str, ...]
    skills: tuple[str, ...]
    neighbours: Mapping[str, float]
    line: int
    leaning: tuple[float, ...] = field(init=False, repr=False, compare=False)  # `interests` around 0, of length 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "leaning", leaning(self.interests))


def leaning(interests: Mapping[Interest, float]) -> tuple[float, ...]:
    """Six interests around their mean, of length 1: the inner product of two is their correlation (Pearson's).

    All 0 when they are all alike, because then they lean nowhere.
    """
    values = [interests.get(one, 0.0) for one in Interest]
    middle = sum(values) / len(values)
    length = hypot(*(value - middle for value in values))
    return tuple((value - middle) / length if length else 0.0 for value in values)


@dataclass(frozen=True, slots=True)
class WorkTable:
    """`knowledge/exploring/work.csv`."""

    file: str
    source: str
    dated: str
    licence: str
    rows: tuple[WorkRow, ...]


@dataclass(frozen=True, slots=True)
class Exploring:
    """All that is known for who does not know what they want; without rows there is nothing to explore."""

    likings: Likings = Likings((), (), (), (), ())
    skills: Mapping[str, Skill] = field(default_factory=dict)
    unpaid: tuple[Unpaid, ...] = ()
    work: Mapping[str, WorkRow] = field(default_factory=dict)  # by unit group
    table: WorkTable | None = None
