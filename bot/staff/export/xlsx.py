"""Rows for a workbook of Excel: as it can hold them, and no longer than it takes."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot.errors import BotError
from bot.staff.cells import Cell
from bot.staff.export.columns import Column, cells
from bot.staff.locale import Locale
from bot.staff.workbook import Workbook
from bot.store.lead_model import Details, Lead

CELL_LIMIT = 32_767  # characters in a cell of Excel
CUT = " … [afgekapt]"
SHEET_LIMIT = 1_048_576  # rows in a sheet of Excel


class Xlsx:
    """For people: text is text, a date is a date, the header stays in view, and a second sheet explains."""

    suffix = ".xlsx"
    people = True
    events = False

    def __init__(self, file: Path, columns: Sequence[Column], about: Sequence[tuple[str, str]], locale: Locale) -> None:
        self.columns, self.about, self.locale, self.warnings = columns, about, locale, list[str]()
        self.book = Workbook(file, [column.title for column in columns])
        self.rows = 0

    def write(self, lead: Lead, details: Details) -> None:
        self.rows += 1
        if self.rows >= SHEET_LIMIT:
            raise BotError("Dit zijn meer leads dan een blad van Excel kan hebben. Kies --format csv.")
        row = zip(self.columns, cells(self.columns, lead, details), strict=True)
        self.book.add([self._cell(column, value, lead) for column, value in row])

    def _cell(self, column: Column, value: Cell, lead: Lead) -> Cell:
        match value:
            case str():
                return self._text(self.locale.phone(value) if column.is_phone else value, column, lead)
            case bool():
                return "ja" if value else "nee"
            case datetime():
                return self.locale.clock(value)
            case _:
                return value

    def _text(self, text: str, column: Column, lead: Lead) -> str:
        if len(text) > CELL_LIMIT:
            self.warnings.append(f"{lead.reference}, {column.title}: te lang voor Excel, afgekapt")
            return text[: CELL_LIMIT - len(CUT)] + CUT
        return text

    def close(self) -> None:
        explained = [*self.about, ("Aantal leads", str(self.rows)), ("", ""), ("Kolom", "Betekenis")]
        self.book.close(explained + [(column.title, column.meaning) for column in self.columns])
