"""What a change of a lead replaced, so that it can be put back. It is sealed with the event, and goes with the lead."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from typing import Any, cast

from bot.store.lead_codes import CloseReason, LeadOutcome, Status
from bot.store.lead_model import Lead, LeadChanges

# How what is no text or number is read back from JSON, by field.
_READ: dict[str, Callable[[Any], Any]] = {
    "status": Status,
    "close_reason": CloseReason,
    "outcome": LeadOutcome,
    "next_action_on": date.fromisoformat,
    "next_action_time": time.fromisoformat,
    **dict.fromkeys(
        ("claimed_at", "waiting_since", "first_contact_at", "last_contact_at", "closed_at", "asked_at"),
        datetime.fromisoformat,
    ),
}
# Indexes follow from what they are of, and are made again.
_DERIVED = frozenset({"phone", "email"})


def snapshot(before: Lead, changed: Iterable[str]) -> dict[str, Any]:
    """The fields that are changed, as JSON can hold what they were."""
    return {name: _plain(getattr(before, name)) for name in changed if name not in _DERIVED}


def restored(kept: Mapping[str, Any]) -> LeadChanges:
    """The fields to set again."""
    values = {
        name: _READ[name](value) if value is not None and name in _READ else value for name, value in kept.items()
    }
    return cast("LeadChanges", values)


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return dict(value) if isinstance(value, Mapping) else value
