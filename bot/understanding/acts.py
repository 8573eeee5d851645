"""The dialogue acts: what people do with words, each with the words it stands on.

They say nothing of what to do about it: that is for the engine (`POLICY` in bot/engine/handlers/policy.py), which
trusts none of them: values are checked like any other answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.answers import Option, Understood
from bot.content.knowledge import PartKind


@dataclass(frozen=True, slots=True)
class Fill:
    """It answers a question. `reading.raw` is what to keep. `corrects`: the question has another answer."""

    question: str
    reading: Understood
    words: str
    corrects: bool = False


@dataclass(frozen=True, slots=True)
class Which:
    """It may answer a question in several ways."""

    question: str
    options: tuple[Option, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Exclude:
    """Work that they do not want."""

    sectors: tuple[str, ...]
    occupations: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Limit:
    """What work or a course must have, or must not have."""

    kind: str
    value: str | int | bool
    words: str  # without the reason, which may be somebody's health


@dataclass(frozen=True, slots=True)
class Lift:
    """A limit that is no more: "tillen kan ik wel weer"."""

    kind: str


@dataclass(frozen=True, slots=True)
class Ask:
    """They want to know something. `otherwise`: the command that it may be instead, where nobody knows the answer."""

    words: str
    otherwise: str = ""
    certainty: float = 0.0  # probability that it is that


@dataclass(frozen=True, slots=True)
class Request:
    """They want the bot to do something; `command` is that of the command list, or a way to show results anew."""

    command: str
    argument: str
    words: str
    certainty: float = 1.0  # 0..1


@dataclass(frozen=True, slots=True)
class Affirm:
    words: str


@dataclass(frozen=True, slots=True)
class Deny:
    words: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something is not as was said, by us or by them."""

    words: str


@dataclass(frozen=True, slots=True)
class DontKnow:
    words: str


@dataclass(frozen=True, slots=True)
class Refuse:
    words: str


@dataclass(frozen=True, slots=True)
class Pick:
    """One of what is on the screen, by its id."""

    item: str
    words: str


@dataclass(frozen=True, slots=True)
class Chat:
    """A greeting, thanks, a complaint, or anything else."""

    talk: PartKind
    words: str
    certainty: float = 1.0  # 0..1


Act = Fill | Which | Exclude | Limit | Lift | Ask | Request | Affirm | Deny | Wrong | DontKnow | Refuse | Pick | Chat


@dataclass(frozen=True, slots=True)
class Understanding:
    """`unread`: what carries meaning, and no act explains. `told`: the words that may be an answer of theirs.

    `own`: what they said of themselves. `of_others`: some of it is about somebody else.
    """

    acts: tuple[Act, ...]
    unread: tuple[str, ...]
    told: str = ""
    own: str = ""
    of_others: bool = False

    @property
    def says_something(self) -> bool:
        """Whether any act stands by itself: a greeting, or a yes or a no to nothing, asks for no more than a word."""
        return not all(
            isinstance(act, Affirm | Deny | Wrong)
            or (isinstance(act, Chat) and act.talk in (PartKind.GREET, PartKind.THANKS))
            for act in self.acts
        )


COMMANDS: Mapping[PartKind, str] = {
    PartKind.HUMAN: "human",
    PartKind.ERASE: "forget",
    PartKind.STOP: "stop",
    PartKind.BACK: "back",
    PartKind.OVERVIEW: "review",
    PartKind.RESTART: "restart",
    PartKind.LANGUAGE: "language",
    PartKind.PLAN: "plan",
    PartKind.MYDATA: "mydata",
    PartKind.PRIVACY: "privacy",
    PartKind.WHO: "who",
    PartKind.WHY: "why",
    PartKind.REPEAT: "repeat",
    PartKind.SHORTER: "shorter",
    PartKind.SKIP: "skip",
    PartKind.EXPLORE: "explore",
    PartKind.NEARER: "nearer",
    PartKind.CHEAPER: "cheaper",
    PartKind.OTHER_WORK: "other_work",
    PartKind.WITH_PAY: "with_pay",
    PartKind.FASTER: "faster",
    PartKind.MONEY: "money",
    PartKind.MORE: "more",
}
"""Which part asks the bot to do what."""
COMPANY = "employer"  # what a message asks for that a company wrote, as a whole
