"""Rows for a workbook of Excel: as it can hold them, and no longer than it takes."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot.content.staff_sentences import StaffSentence
from bot.errors import BotError
from bot.staff.cells import Cell
from bot.staff.export.columns import Column, cells
from bot.staff.locale import Locale
from bot.staff.workbook import Workbook
from bot.store.lead_model import Details, Lead

CELL_LIMIT = 32_767  # characters in a cell of Excel
SHEET_LIMIT = 1_048_576  # rows in a sheet of Excel


class Xlsx:
    """For people: text is text, a date is a date, the header stays in view, and a second sheet explains."""

    suffix = ".xlsx"
    people = True
    events = False

    def __init__(self, file: Path, columns: Sequence[Column], about: Sequence[tuple[str, str]], locale: Locale) -> None:
        self.columns, self.about, self.locale, self.warnings = columns, about, locale, list[str]()
        self.book = Workbook(file, [column.title for column in columns], locale)
        self.rows = 0

    def write(self, lead: Lead, details: Details) -> None:
        self.rows += 1
        if self.rows >= SHEET_LIMIT:
            raise BotError(self.locale.say(StaffSentence.SHEET_FULL))
        row = zip(self.columns, cells(self.columns, lead, details), strict=True)
        self.book.add([self._cell(column, value, lead) for column, value in row])

    def _cell(self, column: Column, value: Cell, lead: Lead) -> Cell:
        match value:
            case str():
                return self._text(self.locale.phone(value) if column.is_phone else value, column, lead)
            case bool():
                return self.locale.say_bool(value)
            case datetime():
                return self.locale.clock(value)
            case _:
                return value

    def _text(self, text: str, column: Column, lead: Lead) -> str:
        if len(text) > CELL_LIMIT:
            reference, title, cut = lead.reference, column.title, self.locale.say(StaffSentence.CELL_CUT)
            self.warnings.append(self.locale.say(StaffSentence.CELL_TOO_LONG, reference=reference, column=title))
            return text[: CELL_LIMIT - len(cut)] + cut
        return text

    def close(self) -> None:
        say = self.locale.say
        head = (say(StaffSentence.COLUMN), say(StaffSentence.MEANING))
        explained = [*self.about, (say(StaffSentence.NUMBER_OF_LEADS), str(self.rows)), ("", ""), head]
        self.book.close(explained + [(column.title, column.meaning) for column in self.columns])
