"""What a turn did that no effect says: for programs that drive the conversation and read no texts."""

from dataclasses import dataclass
from enum import StrEnum


class Traced(StrEnum):
    DID = "did"  # a command that ran, "language:en" with where it led, "flow:human" that began, "smalltalk:robot"
    ANSWERED = "answered"  # a question of the FAQ whose answer was sent
    OFFERED = "offered"  # a question of the FAQ that was suggested
    SHOWN = "shown"  # a programme
    CARED = "cared"  # the kind of distress that was answered
    FAR = "far"  # work, by its id, for which nobody near them is known to train
    TAKEN_BACK = "taken_back"  # "klopt niet": a question, and behind a bar the code that was read
    SAID = "said"  # a sentence of the bot's own, by its key


@dataclass(frozen=True, slots=True)
class Trace:
    kind: Traced
    name: str
