"""What the desk refuses, in Dutch: one table for every way in. Each way has its own commands."""

from collections.abc import Mapping
from datetime import date

from bot.recognisers.private import Sensitive
from bot.staff.errors import Code, DeskError
from bot.staff.events import say_event
from bot.staff.locale import Locale
from bot.store.code_labels import word
from bot.store.lead_model import CloseReason, LeadEvent, Status
from bot.store.team import Role
from bot.text import fill

# In braces: the data of the error, and commands of the way in ({show} {claim} {release} {list} {forget}).
WORDS = {
    Code.NOT_ALLOWED: "Dat mag je niet met de rol {role}. Vraag het een {needed}.",
    Code.NO_LEAD: "Er is geen lead {reference}. Kijk met: {list}.",
    Code.NO_LEAD_PERHAPS: "Er is geen lead {reference}. Bedoel je {meant}?",
    Code.ERASED: "De gegevens van {reference} zijn gewist.",
    Code.TAKEN: "{assignee} heeft {reference} al.",
    Code.NOT_YOURS: "{assignee} heeft {reference}.",
    Code.CLAIM_FIRST: "Pak {reference} eerst op met: {claim}.",
    Code.CHANGED: (
        "{reference} is veranderd sinds jij keek:\n"
        "  {events}\n"
        "Bekijk de lead: {show}.\n"
        "Wil je het toch zo? Geef je opdracht dan nog een keer."
    ),
    Code.CLOSED: "{reference} is al {status} ({reason}).{closed} Weer openen: {release}.",
    Code.EMPTY_NOTE: "Een notitie heeft tekst nodig.",
    Code.NOT_KEPT: "Dit lijkt op {found}. Dat bewaren we niet. Schrijf het anders op.",
    Code.STEP_TOO_LONG: (
        "Een volgende stap is hoogstens {most} tekens; dit zijn er {length}. "
        "Maak hem korter, en schrijf de rest in een notitie."
    ),
    Code.NOT_IN_FUTURE: "{day} is niet in de toekomst.",
    Code.AFTER_TERM: (
        "Op {day} is de bewaartermijn van {reference} voorbij en wordt alles gewist. Kies een eerdere dag."
    ),
    Code.NOT_YOUR_REASON: "'{reason}' kun je niet kiezen. Wissen doe je met: {forget}.",
}

FOUND = {
    Sensitive.BSN: "een BSN",
    Sensitive.IBAN: "een rekeningnummer",
    Sensitive.HEALTH: "iets over iemands gezondheid",
}


def say(error: DeskError, commands: Mapping[str, str], locale: Locale) -> str:
    """The error in words, with the commands of one way in; `{reference}` in a command is that of the error."""
    data = {name: _said(value, locale) for name, value in error.data.items()}
    return fill(WORDS[error.code], data | {name: fill(command, data) for name, command in commands.items()})


def _said(value: object, locale: Locale) -> str:
    match value:
        case Sensitive():
            return FOUND[value]
        case date():
            return locale.day(value)
        case LeadEvent():
            return f" {say_event(value, locale)}."
        case None:
            return ""
        case Status() | CloseReason() | Role():
            return word(value)
        case list():
            return "\n  ".join(say_event(event, locale) for event in value)
        case _:
            return str(value)
