"""What the desk refuses, as a code with data: whoever shows it has the words (`bot.staff.refusals`)."""

from enum import StrEnum

from bot.errors import BotError
from bot.store.lead_model import Lead, LeadEvent


class Code(StrEnum):
    """What is wrong. Beside each: its data."""

    NOT_ALLOWED = "not_allowed"  # role, needed
    NO_LEAD = "no_lead"  # reference
    ERASED = "erased"  # reference
    TAKEN = "taken"  # reference, assignee
    NOT_YOURS = "not_yours"  # reference, assignee
    CLAIM_FIRST = "claim_first"  # reference
    CHANGED = "changed"  # reference, events
    CLOSED = "closed"  # reference, status, reason, closed: the event, if it is known
    EMPTY_NOTE = "empty_note"
    NOT_KEPT = "not_kept"  # found
    STEP_TOO_LONG = "step_too_long"  # most, length
    NOT_IN_FUTURE = "not_in_future"  # day
    AFTER_TERM = "after_term"  # reference, day
    NOT_YOUR_REASON = "not_your_reason"  # reason
    IS_OPEN = "is_open"  # reference, status
    NOTHING_TO_UNDO = "nothing_to_undo"  # reference
    NO_NOTE = "no_note"  # reference, number
    NOT_YOUR_NOTE = "not_your_note"  # author
    NO_COLLEAGUE = "no_colleague"  # name
    HAS_LEADS = "has_leads"  # name, number
    NO_PHONE = "no_phone"  # typed
    NO_EMAIL = "no_email"  # typed
    NO_WAY_TO_REACH = "no_way_to_reach"  # reference
    NO_NAME = "no_name"
    NO_CONSENT = "no_consent"
    NO_SUCH_ABSENCE = "no_such_absence"


class DeskError(BotError):
    """What a member of staff asked for cannot be done."""

    def __init__(self, code: Code, **data: object) -> None:
        super().__init__(code)
        self.code, self.data = code, data


class Refused(DeskError):
    """Someone asked for what their role does not allow. It says nothing about whether the lead exists."""


class Changed(DeskError):
    """Somebody changed a lead since this member of staff last saw it. Nothing was replaced."""

    def __init__(self, lead: Lead, since: list[LeadEvent]) -> None:
        super().__init__(Code.CHANGED, reference=lead.reference, events=since)
        self.lead = lead
