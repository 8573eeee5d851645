"""A workbook of Excel, written row by row: memory stays bounded, whatever the number of leads."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]

from bot.content.staff_sentences import StaffSentence
from bot.errors import BotError
from bot.staff.locale import Locale

Value = str | int | float | date | datetime | None

A4 = 9  # as Excel counts papers
NARROWEST, WIDEST = 8, 40  # characters of a column
DAY_WIDTH, MOMENT_WIDTH = 11, 17  # "31-12-2026", "31-12-2026 23:59": narrower is shown as ###

OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class Workbook:
    """Text becomes text, a date a date; the header stays in view, and a second sheet explains.

    What passes through the disk on the way stands beside the file. Raises BotError when the disk refuses.
    """

    def __init__(self, file: Path, titles: Sequence[str], locale: Locale) -> None:
        self._titles, self._locale, self._line, self._is_open = titles, locale, 0, True
        leads = locale.say(StaffSentence.LEADS_SHEET)
        with _written(locale):
            self._book = xlsxwriter.Workbook(str(file), {**OPTIONS, "tmpdir": str(file.parent)})
            self._book.set_properties({"title": leads, "author": "Overstap"})
            self._day, self._moment, self._text = (
                self._book.add_format({"num_format": each})
                for each in (locale.words.day, f"{locale.words.day} hh:mm", "@")
            )
            self._bold = self._book.add_format({"bold": True, "bottom": 1})
            self._sheet = self._book.add_worksheet(_sheet_name(leads))
            self._sheet.freeze_panes(1, 1)
            self._sheet.set_landscape()
            self._sheet.set_paper(A4)
            self._sheet.fit_to_pages(1, 0)  # one page wide, and as many long as it takes
            self._sheet.repeat_rows(0)
            self._widths = [len(title) + 2 for title in titles]
            for number, title in enumerate(titles):
                self._sheet.write_string(0, number, title, self._bold)

    def add(self, row: Sequence[Value]) -> None:
        self._line += 1
        with _written(self._locale):
            for number, value in enumerate(row):
                self._widths[number] = max(self._widths[number], _width(value))
                self._write(number, value)

    def _write(self, column: int, value: Value) -> None:
        match value:
            case None:
                pass
            case str():
                self._sheet.write_string(self._line, column, _no_markup(value), self._text)
            case datetime():
                self._sheet.write_datetime(self._line, column, value, self._moment)
            case date():
                self._sheet.write_datetime(self._line, column, value, self._day)
            case _:
                self._sheet.write_number(self._line, column, value)

    def close(self, explanation: Sequence[tuple[str, str]]) -> None:
        """Add the second sheet and finish the file. Does nothing when it is finished already, or could not be."""
        if not self._is_open:
            return
        self._is_open = False
        try:
            with _written(self._locale):
                # Where columns are set after rows: what stands in a column is known only now.
                for number, width in enumerate(self._widths):
                    self._sheet.set_column(number, number, min(WIDEST, max(NARROWEST, width)))
                self._sheet.autofilter(0, 0, max(1, self._line), len(self._titles) - 1)
                self._explain(explanation)
                self._book.close()
        finally:
            for sheet in self._book.worksheets():
                sheet.row_data_fh.close()  # xlsxwriter leaves it open when the disk refuses

    def _explain(self, explanation: Sequence[tuple[str, str]]) -> None:
        sheet = self._book.add_worksheet(_sheet_name(self._locale.say(StaffSentence.MEANING_SHEET)))
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 90)
        for line, (name, meaning) in enumerate(explanation):
            sheet.write_string(line, 0, name, self._bold)
            sheet.write_string(line, 1, meaning)


@contextmanager
def _written(locale: Locale) -> Iterator[None]:
    """What keeps the file from being written, as one line for people."""
    try:
        yield
    except (OSError, xlsxwriter.exceptions.XlsxWriterException) as error:
        # The text of an error may quote a cell; what the system says does not, also as the cause of another error.
        of_system = [each.strerror for each in (error, *error.args) if isinstance(each, OSError)]
        trouble = next(filter(None, of_system), type(error).__name__)
        raise BotError(locale.say(StaffSentence.FILE_NOT_MADE, trouble=trouble)) from error


def _width(value: Value) -> int:
    """How wide a value is, in characters; of several lines the longest."""
    match value:
        case None:
            return 0
        case datetime():
            return MOMENT_WIDTH
        case date():
            return DAY_WIDTH
        case str():
            return max(map(len, value.split("\n", 20)), default=0) + 1
        case _:
            return len(f"{value}") + 1


def _sheet_name(name: str) -> str:
    """As Excel allows it."""
    return re.sub(r"[\[\]:*?/\\]", " ", name)[:31]


def _no_markup(text: str) -> str:
    """xlsxwriter takes what stands between these tags for its own, and writes it into the XML as it is."""
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text
