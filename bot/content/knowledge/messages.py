"""Labelled messages, from which the bot learns what a part of a message is."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from bot.content.annotations import Pattern
from bot.content.knowledge.care import DistressKind
from bot.content.problems import Location


class PartKind(StrEnum):
    """What a part of a message is."""

    # What they tell of themselves.
    WISH = "wish"  # work, or a course, that they want
    JOB = "job"  # work that they do or did
    PLACE = "place"
    EDUCATION = "education"
    EMPLOYMENT = "employment"
    BENEFIT = "benefit"
    AGE = "age"
    HOURS = "hours"
    SCHEDULE = "schedule"
    PAY = "pay"  # whether they need pay while they learn
    DUTCH = "dutch"  # how well they speak it, or another language
    ICT = "ict"  # whether they worked or studied in it
    PERMIT = "permit"  # papers; where a diploma is from
    NAME = "name"
    REACH = "reach"  # a number, an address; how and when to be reached
    EXCLUDE = "exclude"  # work that they do not want
    LIMIT = "limit"  # what work or a course must have, or must not have
    OTHER = "other"  # of somebody else, or a circumstance that answers nothing
    # What they ask, and what they say to what was asked.
    ASK = "ask"
    YES = "yes"
    NO = "no"
    DONT_KNOW = "dont_know"
    REFUSE = "refuse"
    WRONG = "wrong"  # that something is not as we said, or not as they said before
    # What they want the bot to do.
    HUMAN = "human"
    ERASE = "erase"
    STOP = "stop"
    BACK = "back"
    OVERVIEW = "overview"
    RESTART = "restart"
    LANGUAGE = "language"
    PLAN = "plan"
    MYDATA = "mydata"
    PRIVACY = "privacy"
    WHO = "who"
    WHY = "why"
    REPEAT = "repeat"
    SHORTER = "shorter"
    EMPLOYER = "employer"
    SKIP = "skip"
    EXPLORE = "explore"
    NEARER = "nearer"
    CHEAPER = "cheaper"
    OTHER_WORK = "other_work"
    WITH_PAY = "with_pay"
    FASTER = "faster"
    MONEY = "money"  # which money there is for them, what it costs them
    MORE = "more"  # one of what is on the screen
    # The rest.
    GREET = "greet"
    THANKS = "thanks"
    COMPLAINT = "complaint"
    WEARY = "weary"  # tired, worn out, hurt by what happened to them
    CHAT = "chat"


@dataclass(frozen=True, slots=True)
class LabelledMessage:
    """A message as people type it, with what is in it.

    Parts stand in the notation of Rasa: "[Dordrecht.](place) [maar wie betaalt dat](ask)"; a choice that is not named
    in so many words stands behind what it is of: "[fabriek dicht](employment=job_seeker)".
    """

    said: Annotated[
        str, "The message, made up: never one that a real person sent. Parts: [words](what they are), or (what=choice)."
    ]
    lang: Annotated[str, Pattern("[a-z]{2}", "nl"), "The language it is in."]
    writer: Annotated[str, "Who made it up: figures are measured on the messages of other writers."]
    at: Location
    distress: Annotated[DistressKind | None, "The cry in it; null: none, or what only looks like one."] = None
    asked: Annotated[
        str | None, "The question that was open: the id of a question, or start, results, confirm, done."
    ] = None

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """The parts, as words and what they are; none in a message without them."""
        return parts_of(self.said)

    @property
    def text(self) -> str:
        """The message as it would be typed."""
        return PART.sub(r"\1", self.said)


def parts_of(said: str) -> tuple[tuple[str, str], ...]:
    """The parts of a labelled message; none when it has none."""
    return tuple((words, kind) for words, kind, _ in PART.findall(said))


def choices_of(said: str) -> tuple[tuple[str, str, str], ...]:
    """The parts that say which choice they mean: words, what they are, the choice."""
    return tuple((words, kind, choice) for words, kind, choice in PART.findall(said) if choice)


PART = re.compile(r"\[([^\[\]]+)\]\((\w+)(?:=(\w+))?\)")
