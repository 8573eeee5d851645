"""What happened to a lead, as an adviser reads it."""

from datetime import date
from typing import Any

from bot.content.staff_words import StaffWords
from bot.staff.locale import Locale
from bot.store.lead_codes import EventKind
from bot.store.lead_model import LeadEvent

ON_REQUEST = "asked"  # the usual reason for handing over: the event says it already
CODED: frozenset[EventKind] = frozenset({"attempt", "closed", "erased"})


def detail_of(event: LeadEvent, words: StaffWords) -> dict[str, Any]:
    """The detail of an event, with words for the codes of ours; the reason of another event is a flow's own."""
    if event.kind not in CODED:
        return dict(event.detail)
    return {name: words.word(value) if isinstance(value, str) else value for name, value in event.detail.items()}


def say_event(event: LeadEvent, locale: Locale) -> str:
    """When, who and what, in a line."""
    words = locale.words
    detail = ", ".join(say_detail(value, locale) for value in detail_of(event, words).values() if value != ON_REQUEST)
    actor = words.actors.get(event.actor, event.actor)
    return f"{locale.moment(event.at)} {actor}: {words.events[event.kind]}{in_brackets(detail)}"


def say_detail(value: object, locale: Locale) -> str:
    """A code in words, a day as people write it."""
    said, words = str(value), locale.words
    try:
        return locale.day(date.fromisoformat(said))
    except ValueError:
        return words.purposes.get(said) or words.reasons.get(said) or said.replace("_", " ")


def in_brackets(text: str | None) -> str:
    return f" ({text})" if text else ""
