"""A workbook of Excel, written by a process of its own while this one still reads: writing takes as long as reading.

That process imports nothing else of ours, and gets rows over a pipe: no key, and no way to the database.
"""

import signal
from collections.abc import Sequence
from datetime import date, datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]

from bot.errors import BotError

Value = str | int | float | date | datetime | None
TOGETHER = 50  # rows in a parcel


class Workbook:
    """Text becomes text, a date a date; the header stays in view, and a second sheet explains.

    The pipe holds a few parcels and then waits for the writer, so memory stays bounded. What passes through the disk
    on the way stands beside the file.
    """

    def __init__(self, file: Path, titles: Sequence[str]) -> None:
        # Spawned: a copy of this process would hold the open database.
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, file, tuple(titles)), daemon=True)
        self._process.start()
        theirs.close()
        self._rows: list[Sequence[Value]] = []
        self._stopped = False

    def add(self, row: Sequence[Value]) -> None:
        self._rows.append(row)
        if len(self._rows) == TOGETHER:
            self._send(self._rows)
            self._rows = []

    def close(self, explanation: Sequence[tuple[str, str]]) -> None:
        """Add the second sheet and finish the file; raises BotError when it could not be written."""
        try:
            if not self._stopped:
                self._send(self._rows)
                self._send(tuple(explanation))
                self._hear()
        finally:
            self._pipe.close()
            self._process.join()

    def _send(self, parcel: list[Sequence[Value]] | tuple[tuple[str, str], ...]) -> None:
        try:
            self._pipe.send(parcel)
        except ConnectionError:
            self._hear()

    def _hear(self) -> None:
        """What the other process says when it stops: what went wrong, or nothing."""
        self._stopped = True
        try:
            trouble = self._pipe.recv()
        except (EOFError, ConnectionError):  # it was killed, for want of memory perhaps
            trouble = "het proces dat schreef is gestopt"
        if trouble:
            raise BotError(f"Het bestand is niet gemaakt: {trouble}.")


def _work(pipe: Connection, file: Path, titles: Sequence[str]) -> None:
    """The other process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches both; the first one decides what comes of it
    try:
        _write(pipe, file, titles)
    except EOFError:
        return  # nobody waits for the file
    except Exception as error:
        # The text of an error may quote a cell; what the system says does not, also as the cause of another error.
        of_system = [each.strerror for each in (error, *error.args) if isinstance(each, OSError)]
        pipe.send(next(filter(None, of_system), type(error).__name__))
    else:
        pipe.send(None)


def _write(pipe: Connection, file: Path, titles: Sequence[str]) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(str(file), {**options, "strings_to_numbers": False, "tmpdir": str(file.parent)})
    book.set_properties({"title": "Leads", "author": "Overstap"})
    day, moment, text = (book.add_format({"num_format": each}) for each in ("dd-mm-yyyy", "dd-mm-yyyy hh:mm", "@"))
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet = book.add_worksheet("Leads")
    sheet.freeze_panes(1, 1)
    for number, title in enumerate(titles):
        sheet.set_column(number, number, min(40, max(12, len(title) + 2)))
        sheet.write_string(0, number, title, bold)
    line = 0
    while isinstance(parcel := pipe.recv(), list):
        for row in parcel:
            line += 1
            for number, value in enumerate(row):
                match value:
                    case None:
                        pass
                    case str():
                        sheet.write_string(line, number, _no_markup(value), text)
                    case datetime():
                        sheet.write_datetime(line, number, value, moment)
                    case date():
                        sheet.write_datetime(line, number, value, day)
                    case _:
                        sheet.write_number(line, number, value)
    sheet.autofilter(0, 0, max(1, line), len(titles) - 1)
    explained = book.add_worksheet("Toelichting")
    explained.set_column(0, 0, 28)
    explained.set_column(1, 1, 90)
    for line, (name, meaning) in enumerate(parcel):
        explained.write_string(line, 0, name, bold)
        explained.write_string(line, 1, meaning)
    book.close()


def _no_markup(text: str) -> str:
    """xlsxwriter takes what stands between these tags for its own, and writes it into the XML as it is."""
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text
