"""The codes of a lead, as the database has them: what advisers call them stands in `bot.content.staff_words`."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Status(StrEnum):
    NEW = "new"
    CLAIMED = "claimed"
    TRIED = "tried"
    TALKING = "talking"
    DONE = "done"
    LAPSED = "lapsed"

    @property
    def closed(self) -> bool:
        return self in (Status.DONE, Status.LAPSED)


class CloseReason(StrEnum):
    ENROLLED = "enrolled"
    FUNDED = "funded"
    REFERRED = "referred"
    UNREACHED = "unreached"
    ON_THEIR_OWN = "on_their_own"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"
    EXPIRED = "expired"


class AttemptOutcome(StrEnum):
    """How an attempt to reach someone ended."""

    NO_ANSWER = "no_answer"
    VOICEMAIL = "voicemail"
    SPOKEN = "spoken"
    MAILED = "mailed"
    WRONG_NUMBER = "wrong_number"


class LeadOutcome(StrEnum):
    """What came of it for the person, whatever the reason to close was; it may be known much later."""

    SIGNED_UP = "signed_up"  # for a course
    STARTED = "started"  # with it
    NEW_JOB = "new_job"  # without a course
    STAYS = "stays"  # in the work that they have
    STOPPED = "stopped"


class Stage(StrEnum):
    """How far somebody came who stopped."""

    NO_CONTACT = "no_contact"
    CHOOSING = "choosing"
    PAYING = "paying"
    ADMISSION = "admission"
    LEARNING = "learning"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a lead: in which programme and with which scheme (ids of the knowledge), or where they stopped."""

    kind: LeadOutcome
    programme: str | None = None
    scheme: str | None = None
    stage: Stage | None = None


class NextStep(StrEnum):
    """A next step of ours; all others are in an adviser's own words."""

    CALL = "call"
    MAIL = "mail"
    CLOSE = "close"  # tried often enough: perhaps


# What is written down of a lead. Whoever reads it in words has a word for each: tests hold us to it.
EventKind = Literal[
    "filed",
    "changed",
    "contact changed",
    "duplicate",
    "handed over",
    "withdrawn",
    "claimed",
    "released",
    "attempt",
    "noted",
    "snoozed",
    "closed",
    "reopened",
    "erased",
    "assigned",
    "undone",
    "note struck",
    "contact corrected",
    "outcome",
    "escalated",
    "proposed",
    "placed",
    "no match",
]
