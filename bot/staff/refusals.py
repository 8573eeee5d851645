"""What the desk refuses, in words, for every way in. Each way has its own commands."""

from collections.abc import Mapping
from datetime import date

from bot.content.staff_sentences import StaffSentence
from bot.recognisers.private import Sensitive
from bot.staff.errors import DeskError
from bot.staff.events import say_event
from bot.staff.locale import Locale
from bot.store.lead_codes import CloseReason, Status
from bot.store.lead_model import LeadEvent
from bot.store.team import Role
from bot.text import fill


def say(error: DeskError, commands: Mapping[str, str], locale: Locale) -> str:
    """The error in words, with the commands of one way in; `{reference}` in a command is that of the error."""
    data = {name: _said(value, locale) for name, value in error.data.items()}
    how = {name: fill(command, data) for name, command in commands.items()}
    return locale.say(StaffSentence(error.code), **data, **how)


def _said(value: object, locale: Locale) -> str:
    match value:
        case Sensitive():
            return locale.words.not_kept[value]
        case date():
            return locale.day(value)
        case LeadEvent():
            return f" {say_event(value, locale)}."
        case None:
            return ""
        case Status() | CloseReason() | Role():
            return locale.words.word(value)
        case list():
            return "\n  ".join(say_event(event, locale) for event in value)
        case _:
            return str(value)
