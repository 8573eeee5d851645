"""What happened to a lead, as an adviser reads it."""

from datetime import date

from bot.staff.locale import Locale
from bot.store.code_labels import REASONS, detail_of
from bot.store.lead_model import EventKind, LeadEvent

EVENTS: dict[EventKind, str] = {
    "filed": "aanvraag ingediend",
    "changed": "antwoorden veranderd",
    "contact changed": "naam, telefoon of e-mail veranderd",
    "duplicate": "zelfde telefoon of e-mail",
    "handed over": "vroeg om een mens",
    "withdrawn": "toestemming ingetrokken",
    "claimed": "opgepakt",
    "released": "losgelaten",
    "attempt": "contact gezocht",
    "noted": "notitie geschreven",
    "snoozed": "uitgesteld",
    "closed": "gesloten",
    "reopened": "weer geopend",
    "erased": "gewist",
}

PURPOSES = {"contact": "contact opnemen", "keep": "een jaar bewaren"}
ACTORS = {"person": "persoon", "retention": "bewaartermijn"}
ON_REQUEST = "asked"  # the usual reason for handing over: the event says it already


def say_event(event: LeadEvent, locale: Locale) -> str:
    """When, who and what, in a line."""
    detail = ", ".join(_detail(value, locale) for value in detail_of(event).values() if value != ON_REQUEST)
    actor = ACTORS.get(event.actor, event.actor)
    return f"{locale.moment(event.at)} {actor}: {EVENTS[event.kind]}{in_brackets(detail)}"


def _detail(value: object, locale: Locale) -> str:
    """A code in words, a day as people write it."""
    try:
        return locale.day(date.fromisoformat(str(value)))
    except ValueError:
        return PURPOSES.get(str(value)) or REASONS.get(str(value)) or str(value).replace("_", " ")


def in_brackets(text: str | None) -> str:
    return f" ({text})" if text else ""
