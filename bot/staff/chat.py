"""The adviser's work in a chat: commands in a private chat, and the button under a new lead in the advisers' group."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

from bot.engine.effects import Message
from bot.errors import BotError
from bot.staff.desk import Desk
from bot.staff.errors import DeskError
from bot.staff.labels import Labels
from bot.staff.overview import overview
from bot.staff.refusals import say
from bot.store import Address, Store
from bot.store.code_labels import all_words, to_code, word
from bot.store.lead_model import AttemptOutcome, CloseReason, Filter, Lead

MOST = 20  # leads in one message
REFERENCE = re.compile(r"L-\d{4}-\d+", re.IGNORECASE)

MENU = {
    "leads": "wat er open staat",
    "lead": "alles over een lead",
    "claim": "een lead oppakken",
    "notitie": "iets opschrijven bij een lead",
    "poging": "hoe een telefoontje afliep",
    "staf": "wat je kunt typen",
}

# How an error says what to do next; the last is not for a chat.
COMMANDS = {
    "show": "/lead {reference}",
    "claim": "/claim {reference}",
    "release": "/los {reference}",
    "list": "/leads",
    "forget": "overstap leads forget",
}

HELP = """\
Zo werk je met leads:
/leads: wat er open staat
/lead NUMMER: alles over een lead
/claim NUMMER: een lead oppakken
/los NUMMER: een lead teruggeven
/notitie NUMMER TEKST: iets opschrijven
/poging NUMMER gesproken, voicemail of geen_gehoor
/slaap NUMMER 31-12-2026: tot dan laten rusten
/sluit NUMMER REDEN: klaar, of gestopt"""


class StaffChat:
    """Answers members of staff, whom it knows by their address; for others it does not exist."""

    def __init__(self, store: Store, now: Callable[[], datetime], labels: Callable[[], Labels] = Labels) -> None:
        self.store, self.now = store, now
        self._commands: Mapping[str, Callable[[Desk, str, str], str]] = {
            "leads": lambda desk, _, __: _list(desk.queue(Filter(open=True), MOST)),
            "lead": lambda desk, reference, _: "\n".join(overview(desk.open(reference), labels(), desk.locale)),
            "claim": lambda desk, reference, _: _line(desk.claim(reference)),
            "los": lambda desk, reference, _: _line(desk.release(reference)),
            "notitie": lambda desk, reference, rest: _line(desk.note(reference, rest)),
            "poging": lambda desk, reference, rest: _line(desk.attempt(reference, _outcome(rest))),
            "slaap": lambda desk, reference, rest: _line(desk.snooze(reference, _day(rest))),
            "sluit": lambda desk, reference, rest: _line(desk.close(reference, _reason(rest))),
            "staf": lambda _, __, ___: HELP,
        }

    def accounts(self, channel: str) -> list[str]:
        """Who works here, as a channel knows them."""
        addresses = (each.address for each in self.store.team.all() if each.active)
        return [address.user for address in addresses if address and address.channel == channel]

    def menu(self) -> Mapping[str, str]:
        """Commands, each with what it does."""
        return MENU

    def hear(self, address: Address, text: str) -> Message | None:
        """Answer a command in a private chat; None when it is none of ours, or not from one of us."""
        name, _, rest = text.strip().partition(" ")
        command = self._commands.get(name.removeprefix("/").casefold()) if name.startswith("/") else None
        if command is None or (desk := self._desk(address, name)) is None:
            return None
        reference, _, more = rest.strip().partition(" ")
        if command not in (self._commands["leads"], self._commands["staf"]) and not REFERENCE.fullmatch(reference):
            return Message(f"Noem het nummer van de lead: {name} L-2026-0001")
        try:
            return Message(command(desk, reference.upper(), more.strip()))
        except DeskError as error:
            return Message(say(error, COMMANDS, desk.locale))
        except BotError as error:
            return Message(str(error))

    def press(self, address: Address, data: str) -> tuple[str, str | None]:
        """Answer the button under a new lead: a word to who pressed it, and a line for the group once it is theirs."""
        action, _, reference = data.partition(":")
        desk = self._desk(address, action)
        if desk is None or action != "claim" or not REFERENCE.fullmatch(reference):
            return "Dit kan alleen een adviseur die bij ons bekend is.", None
        try:
            lead = desk.claim(reference)
        except DeskError as error:
            return say(error, COMMANDS, desk.locale), None
        return f"{lead.reference} is van jou. Typ in ons privégesprek: /lead {lead.reference}", _line(lead)

    def _desk(self, address: Address, action: str) -> Desk | None:
        """The desk of a member; None for anyone else, of whom only is written down that they tried."""
        if member := self.store.team.at(address):
            return Desk(self.store, member, self.now)
        self.store.audit.write("unknown", "refused", action[:64], at=self.now())
        return None


def _list(leads: list[Lead]) -> str:
    return "\n".join(map(_line, leads)) or "Er staat niets open."


def _line(lead: Lead) -> str:
    """One lead in one line, with nothing that says who it is about."""
    parts = (lead.reference, lead.sector, lead.place, word(lead.status), lead.assignee)
    return " · ".join(part for part in parts if part)


def _outcome(typed: str) -> AttemptOutcome:
    try:
        return to_code(AttemptOutcome, typed)
    except ValueError:
        raise BotError(f"Hoe liep het af? Kies uit: {', '.join(all_words(AttemptOutcome))}.") from None


def _reason(typed: str) -> CloseReason:
    try:
        return to_code(CloseReason, typed)
    except ValueError:
        raise BotError(f"Waarom sluit je? Kies uit: {', '.join(all_words(CloseReason))}.") from None


def _day(word: str) -> date:
    try:
        return datetime.strptime(word, "%d-%m-%Y").date()  # noqa: DTZ007  # a day has no hour
    except ValueError:
        raise BotError("Noem een dag, bijvoorbeeld 31-12-2026.") from None
