"""What our buttons carry, in at most 64 bytes (Telegram's limit): words with colons between them.

Names and not numbers: a button of last week must still mean the same after a flow has changed.
"""

from dataclasses import dataclass

LONGEST = 64  # bytes


@dataclass(frozen=True, slots=True)
class AnswerButton:
    """A choice at a question. `revision`: of the state when the button was made."""

    question: str
    value: str
    revision: int

    @property
    def data(self) -> str:
        return f"a:{self.question}:{self.value}:{self.revision}"


@dataclass(frozen=True, slots=True)
class CommandButton:
    """The same as typing a command: "why" with "make-it-work-hu"."""

    command: str
    argument: str = ""

    @property
    def data(self) -> str:
        return f"c:{self.command}:{self.argument}"


@dataclass(frozen=True, slots=True)
class ConfirmationButton:
    """A reply to what waits for a yes: "yes", "no", or the number of an option, counting from 0."""

    reply: str
    revision: int

    @property
    def data(self) -> str:
        return f"y:{self.reply}:{self.revision}"


@dataclass(frozen=True, slots=True)
class ChangeButton:
    """Open a question again, from an overview."""

    question: str

    @property
    def data(self) -> str:
        return f"e:{self.question}"


OurButton = AnswerButton | CommandButton | ConfirmationButton | ChangeButton

ERASE_NOW = "now"  # behind "forget": the button under a text that has just offered it is the yes
SKIP = "~skip"  # the value of the button that passes a question over; no choice can be called so
DONE = "~done"  # of the button that ends the choosing of several


def parse(data: str) -> OurButton | None:
    """Read what a button carried; None when it is not one of ours, or of a time that we no longer know."""
    match data.split(":"):
        case ["a", question, value, revision] if revision.isdecimal():
            return AnswerButton(question, value, int(revision))
        case ["c", command, argument]:
            return CommandButton(command, argument)
        case ["y", reply, revision] if revision.isdecimal():
            return ConfirmationButton(reply, int(revision))
        case ["e", question]:
            return ChangeButton(question)
        case _:
            return None
