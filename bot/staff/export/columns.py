"""Which columns an export has: always the same ones in front, then a column for each question that was ever asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.staff.export.cells import Cell, clean
from bot.store.lead import Details, Lead


class Kind(StrEnum):
    TEXT = "text"
    PHONE = "phone"
    DAY = "day"
    MOMENT = "moment"
    NUMBER = "number"
    TRUTH = "truth"


@dataclass(frozen=True, slots=True)
class Column:
    """`key` is what a program reads, and never changes; `title` is what people read."""

    key: str
    title: str
    meaning: str
    of: Callable[[Lead, Details], Cell]
    kind: Kind = Kind.TEXT


def _advice(lead: Lead, _: Details) -> str:
    shown = (lead.advice or {}).get("programmes", [])
    return "\n".join(_programme(each) for each in shown)


def _programme(shown: dict[str, Any]) -> str:
    reasons = "; ".join(reason["text"] for reason in shown.get("reasons", [])[:3])
    verdict = {"fits": "past", "maybe": "past misschien"}.get(shown.get("verdict", ""), "")
    return f"{shown.get('name', shown['id'])} ({verdict}){': ' if reasons else ''}{reasons}"


def _subsidies(lead: Lead, _: Details) -> str:
    shown = (lead.advice or {}).get("subsidies", [])
    return ", ".join(each["id"] for each in shown)


def _consent(purpose: str) -> Callable[[Lead, Details], Cell]:
    def given(_: Lead, details: Details) -> Cell:
        standing = [each for each in details.consents if each.purpose == purpose and not each.withdrawn_at]
        return standing[-1].given_at if standing else None

    return given


def _notes(_: Lead, details: Details) -> str:
    return "\n".join(f"{note.at:%d-%m-%Y} {note.author}: {note.text}" for note in details.notes)


def _action(lead: Lead, _: Details) -> str:
    return "verwijderen" if lead.erased_at else "bijwerken"


FIRST = (
    Column("external_id", "Nummer", "Het nummer van de lead. Dit verandert nooit.", lambda lead, _: lead.reference),
    Column("action", "Actie", "'verwijderen': haal deze persoon uit je eigen systeem.", _action),
    Column("kind", "Soort", "Welk gesprek de persoon heeft gevoerd.", lambda lead, _: lead.kind),
    Column("status", "Status", "Hoe ver het contact is.", lambda lead, _: lead.status),
    Column("close_reason", "Reden", "Waarom de lead is gesloten.", lambda lead, _: lead.close_reason),
    Column("assignee", "Adviseur", "Wie de lead heeft opgepakt.", lambda lead, _: lead.assignee),
    Column("name", "Naam", "Zoals de persoon die heeft gegeven.", lambda lead, _: lead.contact.get("name")),
    Column("phone", "Telefoon", "Met de nul ervoor.", lambda lead, _: lead.contact.get("phone"), Kind.PHONE),
    Column("email", "E-mail", "", lambda lead, _: lead.contact.get("email")),
    Column("place", "Gemeente", "", lambda lead, _: lead.place),
    Column("sector", "Sector", "Waar de wens het best bij past.", lambda lead, _: lead.sector),
    Column("language", "Taal", "De taal van het gesprek.", lambda lead, _: lead.language),
    Column("channel", "Kanaal", "Waar het gesprek was.", lambda lead, _: lead.channel),
    Column("source", "Bron", "De code van de link waarmee de persoon kwam.", lambda lead, _: lead.source),
    Column("complete", "Compleet", "Nee: de persoon stopte onderweg.", lambda lead, _: lead.complete, Kind.TRUTH),
    Column("reached", "Gestopt bij", "De vraag die toen open stond.", lambda lead, _: lead.progress),
    Column("created_at", "Binnengekomen", "", lambda lead, _: lead.created_at, Kind.MOMENT),
    Column("updated_at", "Veranderd", "", lambda lead, _: lead.updated_at, Kind.MOMENT),
    Column("first_contact_at", "Eerste contact", "", lambda lead, _: lead.first_contact_at, Kind.MOMENT),
    Column("attempts", "Pogingen", "Hoe vaak er is gebeld.", lambda lead, _: lead.attempts, Kind.NUMBER),
    Column("next_action", "Volgende stap", "", lambda lead, _: lead.next_action),
    Column("next_action_on", "Op", "De dag van de volgende stap.", lambda lead, _: lead.next_action_on, Kind.DAY),
    Column("consent_contact", "Toestemming contact", "Wanneer die is gegeven.", _consent("contact"), Kind.MOMENT),
    Column("consent_keep", "Toestemming bewaren", "Een jaar bewaren mag.", _consent("keep"), Kind.MOMENT),
    Column("programmes", "Opleidingen", "Wat past, en waarom.", _advice),
    Column("subsidies", "Regelingen", "Geld dat misschien kan. Vraag het altijd na.", _subsidies),
    Column("flow", "Versie vragen", "", lambda lead, _: lead.versions.get("flow")),
    Column("content", "Versie kennis", "", lambda lead, _: str(lead.versions.get("content", ""))[:12]),
)

# Last, as advisers asked for: it is the widest.
LAST = (Column("notes", "Notities", "Van de adviseurs.", _notes),)


def columns(questions: Sequence[str], titles: Mapping[str, str], *, retired: bool) -> tuple[Column, ...]:
    """The columns for these questions, in their order, so that a new one never moves another.

    `titles` are of the questions that are asked now; the others come along when `retired` is true.
    """
    asked = [each for each in questions if retired or each in titles]
    return (*FIRST, *(_question(question, titles.get(question, question)) for question in asked), *LAST)


def _question(question: str, title: str) -> Column:
    def answer(lead: Lead, _: Details) -> Cell:
        given = lead.answers.get(question)
        if given is None:
            return None
        value = given["said"] if given["value"] is None else given["value"]
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    return Column(f"answer_{question}", title, "Een antwoord uit het gesprek.", answer)


def cells(columns: Sequence[Column], lead: Lead, details: Details) -> list[Cell]:
    """One row: text is cleaned, and an erased lead has its number and what is to be done with it, no more."""
    if lead.erased_at:
        known = {"external_id", "action", "kind", "status", "close_reason", "updated_at"}
        return [_clean(column.of(lead, details)) if column.key in known else None for column in columns]
    return [_clean(column.of(lead, details)) for column in columns]


def _clean(value: Cell) -> Cell:
    return (clean(value) or None) if isinstance(value, str) else value
