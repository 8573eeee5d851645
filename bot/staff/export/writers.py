"""Rows into a file, one kind of file each. Every writer streams: a row is on disk before the next one is read."""

import csv
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Protocol

from bot.content.staff_sentences import StaffSentence
from bot.staff.cells import Cell, international, without_formula, without_loss
from bot.staff.events import detail_of
from bot.staff.export.columns import Column, cells
from bot.staff.export.xlsx import Xlsx
from bot.staff.locale import Locale
from bot.store.lead_model import Details, Lead

SCHEMA = 1  # of a line of JSON; goes up when a name in it changes or goes


class Writer(Protocol):
    """`warnings` are about what could not be written as it is; they name a lead and a column, never the content.

    `people`: who reads the file wants names and labels, and not the codes that a program goes by. `events`: what was
    done with a lead stands in it.
    """

    suffix: str
    people: bool
    events: bool
    warnings: list[str]

    def write(self, lead: Lead, details: Details) -> None: ...

    def close(self) -> None: ...


class _Csv:
    """Rows of text. RFC 4180, with CRLF between the rows."""

    suffix = ".csv"
    people = True
    events = False
    encoding = "utf-8"
    errors = "strict"
    delimiter = ","

    def __init__(self, file: Path, columns: Sequence[Column], about: Sequence[tuple[str, str]], locale: Locale) -> None:
        self.columns, self.locale, self.warnings = columns, locale, list[str]()
        self.stream = file.open("w", encoding=self.encoding, errors=self.errors, newline="")
        self.rows = csv.writer(self.stream, delimiter=self.delimiter, lineterminator="\r\n")
        self.rows.writerow(self.head(column) for column in columns)

    def write(self, lead: Lead, details: Details) -> None:
        row = zip(self.columns, cells(self.columns, lead, details), strict=True)
        self.rows.writerow([self._cell(column, value, lead) for column, value in row])

    def _cell(self, column: Column, value: Cell, lead: Lead) -> str | int | float:
        match value:
            case None:
                return ""
            case bool():
                return self.truth(value)
            case int() | float():
                return self.number(value)
            case datetime() | date():
                return self.day(value)
            case str():
                return self.text(self.phone(value) if column.is_phone else value, column, lead)

    def close(self) -> None:
        self.stream.close()

    def head(self, column: Column) -> str:
        return column.title

    def text(self, value: str, column: Column, lead: Lead) -> str:
        return without_loss(value)

    def truth(self, value: bool) -> str:
        return self.locale.say_bool(value)

    def number(self, value: float) -> str | int | float:
        return value if isinstance(value, int) else f"{value}".replace(".", ",")

    def day(self, value: date) -> str:
        return self.locale.moment(value) if isinstance(value, datetime) else self.locale.day(value)

    def phone(self, value: str) -> str:
        return self.locale.phone(value)


class DutchExcel(_Csv):
    """What a Dutch Excel opens with a double click: semicolons, decimal commas, and a mark that says UTF-8."""

    encoding = "utf-8-sig"
    delimiter = ";"


class Crm(_Csv):
    """What a CRM reads: English names that stay, codes, ISO dates, whole phone numbers."""

    people = False

    def head(self, column: Column) -> str:
        return column.key

    def text(self, value: str, column: Column, lead: Lead) -> str:
        # No guard for digits: a CRM reads text as text, and an apostrophe would end up in its records.
        return value if column.is_phone else without_formula(value)

    def truth(self, value: bool) -> str:
        return "true" if value else "false"

    def number(self, value: float) -> str | int | float:
        return value

    def day(self, value: date) -> str:
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if isinstance(value, datetime) else value.isoformat()

    def phone(self, value: str) -> str:
        return international(value)


class Afas(_Csv):
    """What AFAS Profit imports: Windows-1252. What that cannot hold becomes a question mark, and is listed."""

    encoding = "cp1252"
    errors = "replace"
    delimiter = ";"

    def text(self, value: str, column: Column, lead: Lead) -> str:
        if value.encode(self.encoding, "ignore").decode(self.encoding) != value:
            lost = sorted({character for character in value if not character.encode(self.encoding, "ignore")})
            codes = " ".join(f"U+{ord(character):04X}" for character in lost)
            self.warnings.append(
                self.locale.say(
                    StaffSentence.CELL_NOT_WRITTEN, reference=lead.reference, column=column.title, characters=codes
                )
            )
        # Line breaks end a record in an ASCII import.
        return without_formula(value.replace("\n", " / "))


class Jsonl:
    """For programs: a whole lead on a line, with answers, consents and events."""

    suffix = ".jsonl"
    people = False
    events = True

    def __init__(self, file: Path, columns: Sequence[Column], about: Sequence[tuple[str, str]], locale: Locale) -> None:
        self.words, self.warnings = locale.words, list[str]()
        # "replace": half of a surrogate pair has no bytes in UTF-8.
        self.stream = file.open("w", encoding="utf-8", errors="replace", newline="\n")

    def write(self, lead: Lead, details: Details) -> None:
        action = "delete" if lead.erased_at else "upsert"
        fields = _of(lead, _PUBLIC) | {
            "status": self.words.word(lead.status),
            "close_reason": self.words.word(lead.close_reason) or None,
            "next_action": self.words.word(lead.next_action) or None,
            "answers": {
                name: {"value": each.value, "said": each.words, "column": each.column}
                for name, each in lead.answers.items()
            },
            "advice": lead.advice and lead.advice.json,
        }
        around = {name: [_of(each, each.__slots__) for each in getattr(details, name)] for name in Details.__slots__}
        around["events"] = [
            {**_of(each, each.__slots__), "detail": detail_of(each, self.words)} for each in details.events
        ]
        whole = {"schema": SCHEMA, "external_id": lead.reference, "action": action, **fields, **around}
        self.stream.write(json.dumps(whole, ensure_ascii=False, default=_json, separators=(",", ":")) + "\n")

    def close(self) -> None:
        self.stream.close()


# Our own numbers mean nothing elsewhere.
_PUBLIC = tuple(
    each for each in Lead.__slots__ if each not in {"id", "conversation_id", "assignee_id", "duplicate_of_id"}
)


def _of(thing: Any, names: Iterable[str]) -> dict[str, Any]:
    # `asdict` would copy every value that is in a value: a quarter of the time of the whole export.
    return {name: getattr(thing, name) for name in names}


def _json(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    assert isinstance(value, date)
    return value.isoformat()


class Ics:
    """Next actions for a calendar. A calendar is shared and shown on phones: the number only."""

    suffix = ".ics"
    people = True
    events = False

    def __init__(self, file: Path, columns: Sequence[Column], about: Sequence[tuple[str, str]], locale: Locale) -> None:
        self.locale, self.warnings = locale, list[str]()
        self.stream = file.open("w", encoding="utf-8", newline="")
        self._lines("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Overstap//Leads//NL", "CALSCALE:GREGORIAN")

    def write(self, lead: Lead, details: Details) -> None:
        gone = lead.erased_at is not None or lead.next_action_on is None
        day = lead.next_action_on or self.locale.country.calendar.day(lead.updated_at)
        self._lines(
            "BEGIN:VEVENT",
            f"UID:{lead.reference}@overstap",
            f"DTSTAMP:{lead.updated_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"SUMMARY:{lead.reference}",
            "TRANSP:TRANSPARENT",
            "STATUS:CANCELLED" if gone else "STATUS:CONFIRMED",
            f"SEQUENCE:{lead.change}",
            "END:VEVENT",
        )

    def close(self) -> None:
        self._lines("END:VCALENDAR")
        self.stream.close()

    def _lines(self, *lines: str) -> None:
        # RFC 5545 allows 75 bytes; ours are ASCII and shorter, which a test holds them to.
        self.stream.write("".join(f"{line}\r\n" for line in lines))


# The one list of profiles, as `overstap leads export --profile` offers them; of two for one kind of file the first
# is what `--format` makes.
WRITERS: dict[str, type[Writer]] = {
    "xlsx": Xlsx,
    "excel-nl": DutchExcel,
    "crm": Crm,
    "afas": Afas,
    "jsonl": Jsonl,
    "ics": Ics,
}
